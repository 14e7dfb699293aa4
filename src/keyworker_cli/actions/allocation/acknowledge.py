"""A key worker confirms that he knows whose key worker he is (help: allocation)."""

from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import OfCaseload
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


def own_record(queries: "Queries", user: str) -> Worker:
    """Return the key worker who logs in under this name. Raises `UsageError` where nobody does."""
    for worker in queries.worker_by_login(user):
        return worker
    raise UsageError(
        f"{user!r} is not the login of a key worker, so kw cannot tell whose caseload is meant.",
        "name him: kw caseload KEY_WORKER; or say who you are: --user NAME. kw worker list shows them all.",
    )


def acknowledge(
    store: "Store",
    author: "Author",
    worker: Worker,
    *,
    on: date,
    today: date,
    settings: Settings,
    keep: bool = True,
) -> str:
    """Record that a key worker knows of all his allocations; return what was done, in a sentence.

    Those he has acknowledged before keep their day. Where somebody else says so for him, that is said. Raises
    `RefusedError` for a day to come; with `keep` false everything is checked and nothing is saved.
    """
    if on > today:
        raise RefusedError(
            f"{say_date(on)} is still to come; nobody has acknowledged anything then.", "leave out --as-of."
        )
    with store.transaction(author, keep=keep) as change:
        held = change.queries.allocations_of_caseload(worker.key_worker_id, as_of=on, settings=settings)
        new = [one for one in held if one.acknowledged_on is None]
        for one in new:
            change.acknowledge(one.allocation_id, one.prison_number, on=on)
    return _done(worker, held, new, on=on, user=author.user, keep=keep)


def _done(worker: Worker, held: list[OfCaseload], new: list[OfCaseload], *, on: date, user: str, keep: bool) -> str:
    name = f"{worker.name} ({worker.staff_id})"
    if not held:
        return f"{name} has no men: there is nothing to acknowledge."
    if not new:
        return f"{name} had acknowledged all of his allocations before, {len(held)} in all; nothing changed."
    before = f"; {len(held) - len(new)} before" if len(held) > len(new) else ""
    allocations = say_count(len(new), "allocation")
    by = "" if worker.login == user else f" by {user} for {name}"
    has = "Acknowledged" if keep else "Would be acknowledged"
    return f"{has}{by or f' by {name}'} on {say_date(on)}: {allocations}{before}."
