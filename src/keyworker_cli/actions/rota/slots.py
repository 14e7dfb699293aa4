"""The rota: time published, what became of it, and what its loss costs in men (help: rota)."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from keyworker_cli.actions.files.input_files import find_files
from keyworker_cli.actions.files.load import load
from keyworker_cli.actions.rota.answers import Lost, Published, PublishedFile, Worked
from keyworker_cli.rules.codes.records import LossReason, SlotStatus
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import SlotTime, check_worked, choose_slot, find_new_slots, men_not_seen
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


def publish(
    store: "Store", author: "Author", *, officer: Worker, planned: Sequence[SlotTime], published_on: date, keep: bool
) -> Published:
    """Put slots on an officer's rota: all of them or none; one that is there already is left as it is.

    Raises `RefusedError` when one overlaps another, naming it. With `keep` false nothing is saved.
    """
    since, until = min(slot.slot_on for slot in planned), max(slot.slot_on for slot in planned)
    with store.transaction(author, keep=keep) as change:
        recorded = change.queries.slots_of(officer.key_worker_id, since=since, until=until)
        new = find_new_slots(planned, recorded)
        for slot in new:
            change.publish_slot(
                officer.key_worker_id,
                officer.staff_id,
                on=slot.slot_on,
                start_minute=slot.start_minute,
                end_minute=slot.end_minute,
                published_on=published_on,
            )
        now = change.queries.slots_of(officer.key_worker_id, since=since, until=until)
    added = set(new)
    absent = (s for s in now if s.unavailable and SlotTime(s.slot_on, s.start_minute, s.end_minute) in added)
    return Published(officer.name, tuple(new), len(set(planned)) - len(new), tuple(absent))


def publish_file(store: "Store", author: "Author", path: Path, *, as_of: date, keep: bool) -> PublishedFile:
    """Put the slots of a file on the rota, all of them or none, under the rules of `kw import` (help: files).

    Raises `NotFoundError` where there is no such file, `BadInputError` with every bad row.
    """
    files, _ = find_files([path], kind="rota")
    return PublishedFile(load(store, files, author=author, as_of=as_of, keep=keep))


def confirm(
    store: "Store",
    author: "Author",
    *,
    officer: Worker,
    on: date,
    at: str | None,
    as_of: date,
    keep: bool,
    correct: bool = False,
) -> Worked:
    """Record that an officer worked his slot on a day; one recorded as lost is left as it is unless `correct` is true.

    Raises `RefusedError` for a day still to come, `NotFoundError` without a slot, `UsageError` when there are several
    and `at` does not say which.
    """
    check_worked(on, as_of=as_of)
    with store.transaction(author, keep=keep) as change:
        slots = change.queries.slots_of(officer.key_worker_id, since=on, until=on)
        slot = choose_slot(slots, officer=officer.name, on=on, at=at)
        done = Worked((slot,))
        if correct or done.correction is None:
            change.settle_slot(slot.slot_id, slot.staff_id, on=on, status=SlotStatus.WORKED, reason=None)
    return done


def unconfirmed_slots(store: "Store", *, on: date, as_of: date) -> list[Slot]:
    """Return the slots of a day that nobody has confirmed, of officers who were there; refuses a day still to come."""
    check_worked(on, as_of=as_of)
    return [slot for slot in store.queries.slots_between(on, on) if _unconfirmed(slot)]


def confirm_all(store: "Store", author: "Author", *, slots: Iterable[Slot], on: date, keep: bool) -> Worked:
    """Record these slots of a day as worked, except those that somebody has settled in the meantime."""
    wanted = {slot.slot_id for slot in slots}
    with store.transaction(author, keep=keep) as change:
        still = [s for s in change.queries.slots_between(on, on) if s.slot_id in wanted and _unconfirmed(s)]
        for slot in still:
            change.settle_slot(slot.slot_id, slot.staff_id, on=on, status=SlotStatus.WORKED, reason=None)
    return Worked(tuple(still))


def lose(
    store: "Store",
    author: "Author",
    *,
    officer: Worker,
    on: date,
    at: str | None,
    status: SlotStatus,
    reason: LossReason,
    as_of: date,
    keep: bool,
    correct: bool = False,
) -> Lost:
    """Record that an officer's slot was lost, and why; say what it costs in men, and who they would be.

    One recorded as worked, or as lost otherwise, is left as it is unless `correct` is true.

    Raises `NotFoundError` without a slot that day, `UsageError` when there are several and `at` does not say which.
    """
    with store.transaction(author, keep=keep) as change:
        slots = change.queries.slots_of(officer.key_worker_id, since=on, until=on)
        slot = choose_slot(slots, officer=officer.name, on=on, at=at)
        settings = change.queries.settings()
        places = men_not_seen(slot.minutes, minutes_each=settings.target_minutes_per_week)
        men = _his_men(change.queries, officer, as_of=min(on, as_of), settings=settings)
        done = Lost(slot, status, reason, places, tuple(men[:places]), to_come=on > as_of)
        if correct or done.correction is None:
            change.settle_slot(slot.slot_id, slot.staff_id, on=on, status=status, reason=reason)
    return done


def _his_men(queries: "Queries", officer: Worker, *, as_of: date, settings: Settings) -> list[Gap]:
    """Return the men an officer would have seen: in scope, not away overnight, the longest unseen first."""
    contacts = queries.contacts(as_of=as_of, settings=settings)
    his = [man for man in contacts if man.key_worker_id == officer.key_worker_id and man.away is None]
    return find_gaps((man for man in his if not out_of_scope(man, as_of=as_of)), as_of=as_of, settings=settings)


def _unconfirmed(slot: Slot) -> bool:
    return slot.status == SlotStatus.PUBLISHED and slot.unavailable is None
