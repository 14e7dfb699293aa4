"""Which prisoner, which key worker is meant: by number or id, else by name; never a guess (help: output)."""

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keyworker_cli.errors import NotFoundError, UsageError
from keyworker_cli.rules.typed import as_prison_number

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
        raise UsageError("no prisoner was named.", "type his number or his name: A1234BC.")
    if any(character.isdigit() for character in words):
        number = prison_number(words)
        found = queries.person_by_number(number)
    else:
        found = queries.people_by_name(words)
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
        raise UsageError("no key worker was named.", "type his staff id or his name: SHAH.")
    found = queries.worker_by_staff_id(words) or queries.workers_by_name(words)
    if not found:
        nearest = _nearest(words, {f"{worker.staff_id} {worker.name}": worker.name for worker in queries.workers()})
        raise NotFoundError(f"there is no key worker {words!r} in kw.", nearest or "kw worker list shows them all.")
    if len(found) > 1:
        lines = [f"{worker.staff_id}  {worker.name}, wing {worker.wing or 'not recorded'}" for worker in found]
        raise _several(words, "key workers", lines, "type the staff id of the one you mean.")
    return found[0]


def _several(words: str, who: str, lines: Sequence[str], hint: str) -> UsageError:
    shown = (*lines[:LISTED_AT_MOST], *([f"and {len(lines) - LISTED_AT_MOST} more"] * (len(lines) > LISTED_AT_MOST)))
    return UsageError(f"{words!r} matches {len(lines)} {who}:", hint, shown)


def _nearest(words: str, people: dict[str, str]) -> str | None:
    """Return a hint naming the one that is near, by number or by any word of a name; `None` where none is."""
    spellings = {
        spelling.casefold(): line for line, name in people.items() for spelling in (line[:7], name, *name.split())
    }
    close = difflib.get_close_matches(words.casefold(), spellings, n=1, cutoff=NEAR)
    lines = list(dict.fromkeys(spellings[spelling] for spelling in close))
    return f"did you mean {' or '.join(lines)}?" if lines else None
