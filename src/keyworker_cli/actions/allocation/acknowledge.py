"""A key worker confirms that they know whose key worker they are (help: allocation)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import OfCaseload
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.say import say_count, say_worker

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
        "name them: kw caseload KEY_WORKER; or say who you are: --user NAME. kw worker list shows them all.",
    )


def acknowledge(store: "Store", author: "Author", worker: Worker) -> Outcome:
    """Record that a key worker knows of all their allocations; return what was done.

    Those acknowledged before keep their day. Where somebody else says so for the key worker, that is said. Raises
    `RefusedError` for a day to come.
    """
    on = author.as_of
    if on > author.today:
        raise RefusedError(
            f"{say_date(on)} is still to come; nobody has acknowledged anything then.", "leave out --as-of."
        )
    with store.transaction(author) as change:
        held = change.queries.allocations_of_caseload(worker.key_worker_id, as_of=on, settings=change.settings)
        new = [one for one in held if one.acknowledged_on is None]
        for one in new:
            change.acknowledge(one.allocation_id, one.prison_number, on=on)
    name = say_worker(worker)
    if not held:
        return Outcome(answer=(f"{name} has nobody allocated: there is nothing to acknowledge.",))
    if not new:
        before = f"{name} had acknowledged all of their allocations before, {len(held)} in all; nothing changed."
        return Outcome(answer=(before,))
    return Outcome((_acknowledged(worker, new, before=len(held) - len(new), author=author),), saved=author.saves)


def _acknowledged(worker: Worker, new: Sequence[OfCaseload], *, before: int, author: "Author") -> Changed:
    by = "" if worker.login == author.user else "{by} for "
    return changed(
        "acknowledge",
        "allocation",
        worker.staff_id,
        "{Acknowledged} by " + by + "{name} ({key}) on {on}: {allocations}" + ("; {before} before." if before else "."),
        name=worker.name,
        by=author.user,
        on=author.as_of,
        allocations=say_count(len(new), "allocation"),
        before=before,
        prison_numbers=[one.prison_number for one in new],
    )
