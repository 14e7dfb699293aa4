"""Two prison numbers found to be one man's: joined, so that both find him, or parted again (DOMAIN 3.9)."""

from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.lookup import find_prisoner, prison_number
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.stays.merging import (
    check_no_stay_since,
    check_stays_apart,
    check_two_men,
    merge_to_undo,
    say_joined,
)
from keyworker_cli.rules.stays.movements import check_not_locked, say_man

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def merge(
    store: "Store", author: "Author", keep_number: str, other_number: str, *, why: str, on: date, keep: bool = True
) -> list[str]:
    """Make one man of two numbers: all that is recorded under the other becomes his; return what was done.

    Raises `RefusedError` for a number with itself, for men who were here at the same time, saying when, and for one who
    has died; `NotFoundError` for a number that nobody has.
    """
    with store.transaction(author, keep=keep) as change:
        queries = change.queries
        kept, other = (find_prisoner(queries, prison_number(number)) for number in (keep_number, other_number))
        check_two_men(kept, other, typed=(keep_number, other_number))
        check_stays_apart(kept, queries.stays_of(kept.person_id), other, queries.stays_of(other.person_id))
        counts = change.merge(kept, other, on=on, why=why)
    said = [
        f"{say_man(kept)} and {say_man(other)} are one man: {kept.prison_number} is his number, either finds him.",
        f"Joined to his record: {say_joined(counts.items())}. His gap and his required time follow from all of it.",
        f"If this was wrong: kw prisoner merge --undo {kept.prison_number} {other.prison_number} --why TEXT",
    ]
    if (kept.name.casefold(), kept.date_of_birth) != (other.name.casefold(), other.date_of_birth):
        said.append("Their names or dates of birth differ: make sure that this is one man.")
    return said


def undo_merge(
    store: "Store", author: "Author", keep_number: str, other_number: str, *, why: str, on: date, keep: bool = True
) -> list[str]:
    """Part two numbers that were merged: what came with the other goes back to it; return what was done.

    What has been recorded since goes with the stay it is dated in. Raises `NotFoundError` where they were not merged,
    `RefusedError` where a stay has begun since, or the man has died.
    """
    with store.transaction(author, keep=keep) as change:
        queries = change.queries
        kept = find_prisoner(queries, prison_number(keep_number))
        check_not_locked(kept)
        merges = queries.merges_of(kept.person_id)
        merged = merge_to_undo(kept, merges, number=prison_number(other_number))
        check_no_stay_since(merged, merges, queries.stays_of(kept.person_id), kept=kept)
        counts = change.undo_merge(kept, merged, on=on)
        change.note_in_audit(
            "undo merge", "person_merge", f"{kept.prison_number} {merged.merged_number}", after={"why": why}
        )
    return [
        f"{kept.prison_number} and {merged.merged_number}, merged on {say_date(merged.merged_on)}, "
        f"are two men again ({why}).",
        f"Gone back to {merged.merged_number}: {say_joined(counts.items())}.",
    ]
