"""Two prison numbers found to be one prisoner's: joined, so that both find him, or parted again (help: movements)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from keyworker_cli.lookup import find_prisoner, prison_number
from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.stays.merging import (
    check_different_prisoners,
    check_no_stay_since,
    check_stays_apart,
    merge_to_undo,
    say_joined,
)
from keyworker_cli.rules.stays.record_lock import check_not_locked

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def merge(store: "Store", author: "Author", keep_number: str, other_number: str, *, why: str) -> Outcome:
    """Make one prisoner of two numbers: all that is recorded under the other becomes his; return what was done.

    Raises `RefusedError` for a number with itself, for prisoners who were here at the same time, saying when, and for
    one who has died; `NotFoundError` for a number that nobody has.
    """
    with store.transaction(author) as change:
        queries = change.queries
        kept, other = (find_prisoner(queries, prison_number(number)) for number in (keep_number, other_number))
        check_different_prisoners(kept, other, typed=(keep_number, other_number))
        check_stays_apart(kept, queries.stays_of(kept.person_id), other, queries.stays_of(other.person_id))
        counts = change.merge(kept, other, on=author.as_of, why=why)
    done = changed(
        "merge",
        "person",
        kept.prison_number,
        "{name} ({key}) and {other_name} ({other}) {are} one prisoner: {key} {is} his number, either finds him.\n"
        "{Joined} to his record: {joined}. His gap and his required time follow from all of it.",
        name=kept.name,
        other=other.prison_number,
        other_name=other.name,
        joined=say_joined(counts.items()),
    )
    undo = f"If this is wrong: kw prisoner merge --undo {kept.prison_number} {other.prison_number} --why TEXT"
    return Outcome((done,), (undo,), tuple(_unlike(kept, other)), saved=author.saves)


def _unlike(kept: Person, other: Person) -> Iterator[str]:
    if (kept.name.casefold(), kept.date_of_birth) != (other.name.casefold(), other.date_of_birth):
        yield "their names or dates of birth differ: make sure that this is one prisoner."


def undo_merge(store: "Store", author: "Author", keep_number: str, other_number: str, *, why: str) -> Outcome:
    """Part two numbers that were merged: what came with the other goes back to it; return what was done.

    What has been recorded since goes with the stay it is dated in. Raises `NotFoundError` where they were not merged,
    `RefusedError` where a stay has begun since, or the prisoner has died.
    """
    with store.transaction(author) as change:
        queries = change.queries
        kept = find_prisoner(queries, prison_number(keep_number))
        check_not_locked(kept)
        merges = queries.merges_of(kept.person_id)
        merged = merge_to_undo(kept, merges, number=prison_number(other_number))
        check_no_stay_since(merged, merges, queries.stays_of(kept.person_id), kept=kept)
        counts = change.undo_merge(kept, merged, on=author.as_of)
        change.note_in_audit(
            "undo merge", "person_merge", f"{kept.prison_number} {merged.merged_number}", after={"why": why}
        )
    done = changed(
        "undo merge",
        "person",
        kept.prison_number,
        "{key} and {other}, merged on {merged_on}, {are} two again ({why}).\n{Gone back} to {other}: {parted}.",
        other=merged.merged_number,
        merged_on=merged.merged_on,
        why=why,
        parted=say_joined(counts.items()),
    )
    return Outcome((done,), saved=author.saves)
