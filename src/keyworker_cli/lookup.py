"""Which prisoner, which key worker is meant: by number or id, else by name; never a guess (help: output)."""

import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from keyworker_cli.errors import NotFoundError, UsageError
from keyworker_cli.rules.typed import AT_A_GLANCE, as_compared, as_prison_number

if TYPE_CHECKING:
    from keyworker_cli.rules.facts.people import Person, Worker
    from keyworker_cli.store.reads.queries import Queries

LISTED_AT_MOST = 12
NEAR = 0.75  # of what was typed: a slip of the finger, not another name
A_NUMBER = "a prison number is a letter, 4 digits and 2 letters: A1234BC."
NOBODY_YET = "kw has no prisoners yet: kw import takes a list of them in, kw prisoner add records one."
NO_OFFICER_YET = "kw has no key workers yet: kw worker add records one."
AS_DIGITS = str.maketrans("OQDILSZBG", "000115286")
AS_LETTERS = str.maketrans("015286", "OISZBG")


def prison_number(text: str) -> str:
    """Return a prison number in capitals; raises `UsageError` for anything but a letter, 4 digits and 2 letters."""
    number = as_prison_number(text)
    if number is None:
        raise UsageError(f"{text!r} is not a prison number.", A_NUMBER)
    return number


def find_prisoner(queries: "Queries", text: str) -> "Person":
    """Return the one prisoner this number or name means.

    Raises `NotFoundError` when there is none, suggesting the nearest or saying that it is a key worker's name;
    `UsageError` when a number is malformed or a name matches several, listing them.
    """
    words = text.strip()
    if not any(character.isalnum() for character in words):
        raise UsageError("no prisoner was named.", "type their number or name: A1234BC.")
    found = _people_meant(queries, words)
    if not found:
        officers = workers_meant(queries, words)
        hint = _said_of_an_officer(officers[0]) if len(officers) == 1 else _nearest_prisoner(queries, words)
        others = "kw prisoner list shows everyone here." if queries.people() else NOBODY_YET
        raise NotFoundError(f"there is no prisoner {words!r} in kw.", hint or others)
    if len(found) > 1:
        lines = [
            f"{prisoner.prison_number}  {prisoner.name}, {prisoner.location or 'no location'}" for prisoner in found
        ]
        raise _several(words, "prisoners", lines, "type the number of the one you mean.")
    return found[0]


def _people_meant(queries: "Queries", words: str) -> "list[Person]":
    """Return the prisoners whom a number or a name may mean; raises `UsageError` when a number is malformed."""
    if not any(character.isdigit() for character in words):
        return _people_named(queries, words)
    number = as_prison_number(words)
    if number is None:
        raise UsageError(f"{words!r} is not a prison number.", _nearest_prisoner(queries, words) or A_NUMBER)
    return queries.person_by_number(number)


def _nearest_prisoner(queries: "Queries", words: str) -> str | None:
    """Return a hint naming whose number reads alike (O for 0, I for 1) or who is in that cell, else whoever is near."""
    typed = "".join(words.split()).upper()
    alike = typed[:1].translate(AS_LETTERS) + typed[1:5].translate(AS_DIGITS) + typed[5:].translate(AS_LETTERS)
    people = {f"{prisoner.prison_number} {prisoner.name}": prisoner for prisoner in queries.people()}
    meant = [
        one
        for one, prisoner in people.items()
        if prisoner.prison_number == alike or (prisoner.left_on is None and prisoner.location == typed)
    ]
    nearest = _nearest(words, {one: prisoner.name for one, prisoner in people.items()})
    return f"did you mean {' or '.join(meant)}?" if 0 < len(meant) <= AT_A_GLANCE else nearest


def _said_of_an_officer(worker: "Worker") -> str:
    return f"{worker.name} is a key worker: kw caseload {worker.staff_id} shows their prisoners."


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
        hint = _nearest(words, {f"{worker.staff_id} {worker.name}": worker.name for worker in queries.workers()})
        hint = _said_of_a_prisoner(queries, words) or hint
        others = "kw worker list shows them all." if queries.workers() else NO_OFFICER_YET
        raise NotFoundError(f"there is no key worker {words!r} in kw.", hint or others)
    if len(found) > 1:
        lines = [f"{worker.staff_id}  {worker.name}, wing {worker.wing or 'not recorded'}" for worker in found]
        raise _several(words, "key workers", lines, "type the staff id of the one you mean.")
    return found[0]


def _said_of_a_prisoner(queries: "Queries", words: str) -> str | None:
    """Return a hint where a prisoner was named in place of a key worker."""
    number = as_prison_number(words)
    found = queries.person_by_number(number) if number else _people_named(queries, words)
    if len(found) != 1:
        return None
    return f"{found[0].name} is a prisoner: kw why {found[0].prison_number} names their key worker."


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
    Where nobody has the words so, those are meant of whom each word begins a word: `alder, s`; where there is none
    either, those who have the letters so: `o neill`. Case, accents and apostrophes do not matter.
    """
    typed = as_compared(words)
    names = {key: as_compared(name) for key, name in people}
    found = [key for key, name in names.items() if f" {typed}" in f" {name}"]
    found = found or [key for key, name in names.items() if _begins_each(typed.split(), name.split())]
    return found or [key for key, name in names.items() if _begins_joined(typed, name)]


def _begins_joined(typed: str, name: str) -> bool:
    """Say whether a name has these letters wherever its words are parted: `o neill`, `alhassan`, `van der berg`."""
    letters, words = typed.replace(" ", ""), name.split()
    return bool(letters) and any("".join(words[at:]).startswith(letters) for at in range(len(words)))


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
    spellings: dict[str, list[str]] = {}
    for line, name in people.items():
        for spelling in {as_compared(one) for one in (line.partition(" ")[0], name, *name.split())}:
            spellings.setdefault(spelling, []).append(line)
    close = difflib.get_close_matches(as_compared(words), spellings, n=1, cutoff=NEAR)
    lines = [line for spelling in close for line in spellings[spelling]]  # two of one name are both as near
    return f"did you mean {' or '.join(lines)}?" if 0 < len(lines) <= AT_A_GLANCE else None
