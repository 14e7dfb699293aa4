"""Which notes repeat an earlier one: his or the officer's last ten, at least 80 per cent alike.

help: note-quality, N5.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from keyworker_cli.rules.facts.sessions import Noted
from keyworker_cli.rules.notes.word_lists import words_of

LAST_NOTES: Final = 10
ALIKE: Final = 0.80

MostAlike = Callable[[str, Sequence[str], float], tuple[int, float] | None]
"""What says which of some texts is most like one, and how alike from 0 to 1: `None` below the least that counts."""


class Repeat(NamedTuple):
    """An earlier note that a note repeats, and how alike the two are, from 0.80 to 1."""

    earlier: Noted
    alike: float


def find_repeats(notes: Iterable[Noted], wanted: Collection[int], most_alike: MostAlike) -> dict[int, Repeat]:
    """Return, for each of the `wanted` sessions whose note repeats an earlier one, the one that it is most like.

    `notes` are those to be checked and those before them, in any order; one given twice counts once. A note is compared
    with the ten before it of the same prisoner, and of the same officer. Capitals, spaces and signs make no difference.
    """
    found, plain = {}, {}

    def text_of(note: Noted) -> str:
        if note.session_id not in plain:
            plain[note.session_id] = " ".join(words_of(note.note or ""))
        return plain[note.session_id]

    for note, before in _with_those_before(notes, wanted):
        best = most_alike(text_of(note), [text_of(one) for one in before], ALIKE) if before else None
        if best is not None:
            place, alike = best
            found[note.session_id] = Repeat(before[place], alike)
    return found


def _with_those_before(notes: Iterable[Noted], wanted: Collection[int]) -> Iterator[tuple[Noted, list[Noted]]]:
    """Yield each wanted note with the last ten of his and of the officer's before it, the latest first."""
    his: dict[int, deque[Noted]] = {}
    officers: dict[int, deque[Noted]] = {}
    for note in sorted({note.session_id: note for note in notes if note.note}.values(), key=in_order_held):
        own = his.setdefault(note.person_id, deque(maxlen=LAST_NOTES))
        by = officers.setdefault(note.key_worker_id, deque(maxlen=LAST_NOTES))
        if note.session_id in wanted:
            yield note, [*reversed(own), *(one for one in reversed(by) if one.person_id != note.person_id)]
        own.append(note)
        by.append(note)


def in_order_held(note: Noted) -> tuple[int, int, str, str, int]:
    """The order in which sessions were held, one without a start first on its day; then by number and officer."""
    start = -1 if note.start_minute is None else note.start_minute
    return (note.held_on.toordinal(), start, note.prison_number, note.staff_id, note.session_id)
