"""The rota: time published, what became of it, and what its loss costs in prisoners (help: rota)."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from keyworker_cli.actions.files.answers import taken_in
from keyworker_cli.actions.files.load import load
from keyworker_cli.actions.files.reading.input_files import find_files
from keyworker_cli.actions.rota.answers import confirmed, corrects, dropped, published, unconfirmed
from keyworker_cli.reports.outcome import Outcome
from keyworker_cli.rules.codes.records import LossReason, SlotStatus
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import SlotTime, check_worked, choose_slot, find_new_slots, prisoners_not_seen
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


def publish(store: "Store", author: "Author", officer: Worker, planned: Sequence[SlotTime]) -> Outcome:
    """Put slots on an officer's rota: all of them or none; one that is there already is left as it is.

    Raises `RefusedError` when one overlaps another, naming it.
    """
    since, until = min(slot.slot_on for slot in planned), max(slot.slot_on for slot in planned)
    with store.transaction(author) as change:
        recorded = change.queries.slots_of(officer.key_worker_id, since=since, until=until)
        new = find_new_slots(planned, recorded)
        for slot in new:
            change.publish_slot(
                officer.key_worker_id,
                officer.staff_id,
                on=slot.slot_on,
                start_minute=slot.start_minute,
                end_minute=slot.end_minute,
                published_on=author.as_of,
            )
        now = change.queries.slots_of(officer.key_worker_id, since=since, until=until)
    added = set(new)
    absent = [s for s in now if s.unavailable and SlotTime(s.slot_on, s.start_minute, s.end_minute) in added]
    return published(officer, new, same=len(set(planned)) - len(new), unavailable=absent, saved=author.saves)


def publish_file(store: "Store", author: "Author", path: Path, *, stdin: TextIO | None = None) -> Outcome:
    """Put the slots of a file on the rota, all of them or none, under the rules of `kw import` (help: files).

    Raises `NotFoundError` where there is no such file, `BadInputError` with every bad row.
    """
    files = find_files([path], kind="rota", stdin=stdin).files
    loaded = load(store, files, author=author)
    return taken_in(loaded, saved=author.saves)


def confirm(store: "Store", author: "Author", officer: Worker, *, on: date, at: str | None, agreed: bool) -> Outcome:
    """Record that an officer worked a slot on a day; one recorded as dropped is corrected only when that is `agreed`.

    Raises `RefusedError` for a day still to come, `NotFoundError` without a slot, `UsageError` when there are several
    and `at` does not say which.
    """
    check_worked(on, as_of=author.as_of)
    with store.transaction(author) as change:
        slots = change.queries.slots_of(officer.key_worker_id, since=on, until=on)
        slot = choose_slot(slots, officer=officer.name, on=on, at=at)
        if corrects(slot, SlotStatus.WORKED, None) and not agreed:
            return confirmed([slot], saved=False, question="Correct it?")
        change.mark_slot(slot.slot_id, slot.staff_id, on=on, status=SlotStatus.WORKED, reason=None)
    return confirmed([slot], saved=author.saves)


def unconfirmed_slots(store: "Store", author: "Author", *, on: date) -> list[Slot]:
    """Return the slots of a day that nobody has confirmed, of officers who were there; refuses a day still to come."""
    check_worked(on, as_of=author.as_of)
    return [slot for slot in store.queries.slots_between(on, on) if _unconfirmed(slot)]


def confirm_all(store: "Store", author: "Author", slots: Sequence[Slot], *, on: date, agreed: bool) -> Outcome:
    """Record these slots of a day as worked, when that is `agreed`, but for those that somebody has settled since."""
    if not slots or not agreed:
        return unconfirmed(slots, on=on)
    wanted = {slot.slot_id for slot in slots}
    with store.transaction(author) as change:
        still = [s for s in change.queries.slots_between(on, on) if s.slot_id in wanted and _unconfirmed(s)]
        for slot in still:
            change.mark_slot(slot.slot_id, slot.staff_id, on=on, status=SlotStatus.WORKED, reason=None)
    return confirmed(still, saved=author.saves)


def lose(
    store: "Store",
    author: "Author",
    officer: Worker,
    *,
    on: date,
    at: str | None,
    status: SlotStatus,
    reason: LossReason,
    agreed: bool,
) -> Outcome:
    """Record that an officer's slot was dropped, and why; say what it costs in prisoners, and who they would be.

    One recorded as worked, or as dropped otherwise, is corrected only when that is `agreed`.

    Raises `NotFoundError` without a slot that day, `UsageError` when there are several and `at` does not say which.
    """
    with store.transaction(author) as change:
        slots = change.queries.slots_of(officer.key_worker_id, since=on, until=on)
        slot = choose_slot(slots, officer=officer.name, on=on, at=at)
        settings, as_of = change.settings, author.as_of
        places = prisoners_not_seen(slot.minutes, minutes_each=settings.target_minutes_per_week)
        longest = _his_prisoners(change.queries, officer, as_of=min(on, as_of), settings=settings)[:places]
        done = partial(dropped, slot, status, reason, places=places, longest=longest, to_come=on > as_of)
        if corrects(slot, status, reason) and not agreed:
            return done(saved=False, question="Correct it?")
        change.mark_slot(slot.slot_id, slot.staff_id, on=on, status=status, reason=reason)
    return done(saved=author.saves)


def _his_prisoners(queries: "Queries", officer: Worker, *, as_of: date, settings: Settings) -> list[Gap]:
    """Return the prisoners an officer would have seen: in scope, not away overnight, the longest unseen first."""
    contacts = queries.contacts(as_of=as_of, settings=settings)
    his = [
        prisoner for prisoner in contacts if prisoner.key_worker_id == officer.key_worker_id and prisoner.away is None
    ]
    return find_gaps(
        (prisoner for prisoner in his if not out_of_scope(prisoner, as_of=as_of)), as_of=as_of, settings=settings
    )


def _unconfirmed(slot: Slot) -> bool:
    return slot.status == SlotStatus.PUBLISHED and slot.unavailable is None
