"""Which prisoner, which key worker is meant: by number or id, else by name; never a guess (help: output)."""

import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from keyworker_cli.errors import NotFoundError, UsageError
from keyworker_cli.rules.typed import as_compared, as_prison_number

if TYPE_CHECKING:
    from keyworker_cli.rules.facts.people import Person, Worker
    from keyworker_cli.store.reads.queries import Queries

LISTED_AT_MOST = 12
NEAR = 0.75  # of what was typed: a slip of the finger, not another name


def prison_number(text: str) -> str:
    """Return a prison number in capitals; raises `UsageError` for anything but a letter, 4 digits and 2 letters."""
    number = as_prison_number(text)
    if number is None:
        raise UsageError(
            f"{text!r} is not a prison number.", "a prison number is a letter, 4 digits and 2 letters: A1234BC."
        )
    return number


def find_prisoner(queries: "Queries", text: str) -> "Person":
    """Return the one prisoner this number or name means.

    Raises `NotFoundError` when there is none, suggesting the nearest; `UsageError` when a number is malformed or a name
    matches several, listing them.
    """
    words = text.strip()
    if not any(character.isalnum() for character in words):
        raise UsageError("no prisoner was named.", "type their number or name: A1234BC.")
    if any(character.isdigit() for character in words):
        number = prison_number(words)
        found = queries.person_by_number(number)
    else:
        found = _people_named(queries, words)
    if not found:
        nearest = _nearest(
            words, {f"{prisoner.prison_number} {prisoner.name}": prisoner.name for prisoner in queries.people()}
        )
        raise NotFoundError(
            f"there is no prisoner {words!r} in kw.", nearest or "kw prisoner list shows everyone here."
        )
    if len(found) > 1:
        lines = [
            f"{prisoner.prison_number}  {prisoner.name}, {prisoner.location or 'no location'}" for prisoner in found
        ]
        raise _several(words, "prisoners", lines, "type the number of the one you mean.")
    return found[0]


def as_it_stands(queries: "Queries", prisoner: "Person") -> "Person":
    """Return a prisoner as he stands in the record now: read again inside the change that rests on it."""
    (there,) = queries.person_by_number(prisoner.prison_number)
    return there


def find_worker(queries: "Queries", text: str) -> "Worker":
    """Return the one key worker this staff id or name means; errors as `find_prisoner`."""
    words = text.strip()
    if not any(character.isalnum() for character in words):
        raise UsageError("no key worker was named.", "type their staff id or name: SHAH.")
    found = workers_meant(queries, words)
    if not found:
        nearest = _nearest(words, {f"{worker.staff_id} {worker.name}": worker.name for worker in queries.workers()})
        raise NotFoundError(f"there is no key worker {words!r} in kw.", nearest or "kw worker list shows them all.")
    if len(found) > 1:
        lines = [f"{worker.staff_id}  {worker.name}, wing {worker.wing or 'not recorded'}" for worker in found]
        raise _several(words, "key workers", lines, "type the staff id of the one you mean.")
    return found[0]


def workers_meant(queries: "Queries", words: str) -> "list[Worker]":
    """Return the key workers whom a staff id or a name may mean: none, one or several."""
    exact = queries.worker_by_staff_id(words)
    if exact:
        return exact
    workers = {worker.staff_id: worker for worker in queries.workers()}
    return [
        workers[one]
        for one in _named(words, ((one.staff_id, f"{one.name} {one.first_name}") for one in workers.values()))
    ]


def _people_named(queries: "Queries", words: str) -> "list[Person]":
    """Return the prisoners whom a name may mean; only where it may mean several is everyone read."""
    numbers = _named(words, queries.names())
    if len(numbers) == 1:
        return queries.person_by_number(numbers[0])
    return [one for one in queries.people() if one.prison_number in numbers] if numbers else []


def _named(words: str, people: Iterable[tuple[str, str]]) -> list[str]:
    """Return the keys of those of whose name these words are a part, from the beginning of a word on.

    `people` are pairs of a key and a name, its first part once more at its end, so that either may be typed first.
    Where nobody has the words so, those are meant of whom each word begins a word: `alder, s`. Case, accents and
    apostrophes do not matter.
    """
    typed = as_compared(words)
    names = {key: as_compared(name) for key, name in people}
    found = [key for key, name in names.items() if f" {typed}" in f" {name}"]
    return found or [key for key, name in names.items() if _begins_each(typed.split(), name.split())]


def _begins_each(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether each word that was typed begins a word of the name, no two of them the same."""
    left = list(dict.fromkeys(name))
    for word in sorted(typed, key=len, reverse=True):
        begun = next((one for one in left if one.startswith(word)), None)
        if begun is None:
            return False
        left.remove(begun)
    return True


def _several(words: str, who: str, lines: Sequence[str], hint: str) -> UsageError:
    shown = (*lines[:LISTED_AT_MOST], *([f"and {len(lines) - LISTED_AT_MOST} more"] * (len(lines) > LISTED_AT_MOST)))
    return UsageError(f"{words!r} matches {len(lines)} {who}:", hint, shown)


def _nearest(words: str, people: dict[str, str]) -> str | None:
    """Return a hint naming the one that is near, by number or by any word of a name; `None` where none is."""
    spellings = {
        as_compared(spelling): line
        for line, name in people.items()
        for spelling in (line.partition(" ")[0], name, *name.split())
    }
    close = difflib.get_close_matches(as_compared(words), spellings, n=1, cutoff=NEAR)
    lines = list(dict.fromkeys(spellings[spelling] for spelling in close))
    return f"did you mean {' or '.join(lines)}?" if lines else None
