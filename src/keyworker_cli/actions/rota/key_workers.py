"""Key workers: who is one, for how many prisoners, and whether they are there (help: rota)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.actions.rota.answers import unseen
from keyworker_cli.errors import RefusedError
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.allocation.allocate import still_with_another
from keyworker_cli.rules.allocation.recommend import capacity_of
from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.names import full_name
from keyworker_cli.rules.facts.officers import MovedAway, Officer
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.rota.staff_status import STATUS_WORDS, absence_began, back_word, check_spell, say_status
from keyworker_cli.rules.say import say_count, say_worker

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


@dataclass(frozen=True, slots=True)
class NewWorker:
    """An officer who becomes a key worker. Without a `capacity` the setting `capacity.default` holds."""

    staff_id: str
    last_name: str
    first_name: str
    login: str | None = None
    wing: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class NewSpell:
    """A status from a day on. `from_on` `None`: from the day asked about, or since when it has held already."""

    status: StaffStatus
    from_on: date | None = None
    return_on: date | None = None


def add_worker(store: "Store", author: "Author", worker: NewWorker) -> Outcome:
    """Record a key worker; return what was done. Refused: a staff id or a login that is another's."""
    with store.transaction(author) as change:
        _check_free(change.queries, worker)
        change.add_key_worker(
            staff_id=worker.staff_id,
            last_name=worker.last_name,
            first_name=worker.first_name,
            login=worker.login,
            wing=worker.wing,
            capacity=worker.capacity,
        )
        default = change.settings.capacity_default
    wing = " on wing {wing}" if worker.wing else ""
    whence = "" if worker.capacity is not None else " (capacity.default)"
    done = changed(
        "add",
        "key worker",
        worker.staff_id,
        "{name} ({key}) {is} a key worker" + wing + ", with a capacity of {capacity}" + whence + ".",
        name=full_name(worker.first_name, worker.last_name),
        login=worker.login,
        wing=worker.wing,
        capacity=default if worker.capacity is None else worker.capacity,
    )
    return Outcome((done,), saved=author.saves)


def set_capacity(store: "Store", author: "Author", worker: Worker, capacity: int) -> Outcome:
    """Set how many prisoners `kw allocate` may give a key worker by itself; return what was done."""
    with store.transaction(author) as change:
        officer = _officer(change.queries, worker, author.as_of)
        before = capacity_of(officer, settings=change.settings)
        change.set_capacity(officer.key_worker_id, officer.staff_id, capacity)
    if before == capacity and officer.capacity is not None:
        return Outcome(answer=(f"{say_worker(officer)} has a capacity of {capacity} already; nothing changed.",))
    over = officer.allocated - capacity
    done = changed(
        "set capacity",
        "key worker",
        officer.staff_id,
        "{name} ({key}) {has} a capacity of {capacity}, before {before}; {allocated} allocated"
        + (f", {over} over." if over > 0 else "."),
        name=officer.name,
        capacity=capacity,
        before=before,
        allocated=officer.allocated,
    )
    kept = "Nobody is taken from them; kw allocate gives them no more by itself."
    return Outcome((done,), (kept,) if over > 0 else (), saved=author.saves)


def set_status(store: "Store", author: "Author", worker: Worker, spell: NewSpell) -> Outcome:
    """Begin a spell of a status; return what was done, and with it their prisoners who lose their cover.

    Nobody is deallocated: an absent key worker's prisoners are listed, longest gap first, and how to reallocate them is
    said (help: rota). A spell that holds already is corrected, or left as it is.
    """
    as_of = author.as_of
    with store.transaction(author) as change:
        officer = _officer(change.queries, worker, spell.from_on or as_of)
        same = officer.active if spell.status is StaffStatus.ACTIVE else officer.status == spell.status
        from_on = spell.from_on or (officer.status_from if same and officer.status_from else as_of)
        check_spell(spell.status, from_on=from_on, return_on=spell.return_on)
        if same and spell.return_on == officer.return_on and spell.from_on in (None, officer.status_from):
            return Outcome(answer=(f"{say_worker(officer)} is already {_standing(officer)}; nothing changed.",))
        change.record_status(
            officer.key_worker_id, officer.staff_id, status=spell.status, from_on=from_on, return_on=spell.return_on
        )
        now = _officer(change.queries, worker, as_of)
        begins_later = from_on > as_of and spell.status is not StaffStatus.ACTIVE
        prisoners = _caseload(change, officer) if begins_later or not now.active else []
        moved = _moved_from(change, now) if now.active else []
    cover = _cover(prisoners, officer, from_on if begins_later else None)
    answer = (*_overtaken(now, from_on, as_of), *cover, *_way_back(moved, officer))
    return Outcome((_begun(officer, spell, from_on),), answer, saved=author.saves)


def _check_free(queries: "Queries", worker: NewWorker) -> None:
    for other in queries.worker_by_staff_id(worker.staff_id):
        raise RefusedError(f"{worker.staff_id} is {say_worker(other)} already.", f"kw worker show {other.staff_id}")
    for other in queries.worker_by_login(worker.login) if worker.login else ():
        raise RefusedError(
            f"the login {worker.login} is that of {say_worker(other)}.",
            "a login tells kw who is typing: give each key worker a login of their own.",
        )


def _officer(queries: "Queries", worker: Worker, as_of: date) -> Officer:
    return next(one for one in queries.officers(as_of=as_of) if one.key_worker_id == worker.key_worker_id)


def _caseload(change: "Change", officer: Officer) -> list[Gap]:
    as_of, settings = change.author.as_of, change.settings
    contacts = change.queries.contacts(as_of=as_of, settings=settings)
    his = [contact for contact in contacts if contact.key_worker_id == officer.key_worker_id]
    return find_gaps(his, as_of=as_of, settings=settings)


def _moved_from(change: "Change", officer: Officer) -> list[MovedAway]:
    """Return the prisoners who were moved from a key worker in the last absence and are with another."""
    queries, as_of, settings = change.queries, change.author.as_of, change.settings
    began = absence_began(queries.statuses_of(officer.key_worker_id), on=as_of)
    if began is None:
        return []
    moved = queries.moved_from(officer.key_worker_id, since=began, as_of=as_of)
    return still_with_another(moved, queries.contacts(as_of=as_of, settings=settings), officer)


def _overtaken(now: Officer, from_on: date, as_of: date) -> Iterator[str]:
    """Say so when a status recorded from a later day on holds on the day asked about."""
    if now.status_from is not None and from_on < now.status_from <= as_of:
        yield f"On {say_date(as_of)}: {_standing(now)}, as recorded before; that stands."


def _cover(prisoners: Sequence[Gap], officer: Officer, begins_on: date | None) -> Iterator[str]:
    if not prisoners:
        return
    number = say_count(len(prisoners), "prisoner")
    yield f"No cover{f' from {say_date(begins_on)}' if begins_on else ''}: {number}."
    yield from (f"  {unseen(gap)}" for gap in prisoners)
    yield f"They stay allocated. To give them another key worker: kw allocate --from {officer.staff_id}"


def _way_back(moved: Sequence[MovedAway], officer: Officer) -> Iterator[str]:
    if moved:
        number = say_count(len(moved), "prisoner was", "prisoners were")
        yield f"{number} moved to others in that absence: kw allocate --return {officer.staff_id}"


def _begun(officer: Officer, spell: NewSpell, from_on: date) -> Changed:
    back = f", {back_word(spell.status)} {{return_on}}." if spell.return_on else "."
    return changed(
        "set status",
        "key worker",
        officer.staff_id,
        "{name} ({key}) {is} {standing} from {from_on}" + back,
        name=officer.name,
        status=spell.status.value,
        standing=STATUS_WORDS[spell.status],
        from_on=from_on,
        return_on=spell.return_on,
    )


def _standing(officer: Officer) -> str:
    since = f" since {say_date(officer.status_from)}" if officer.status_from else ""
    back = f", {back_word(officer.status)} {say_date(officer.return_on)}" if officer.return_on else ""
    return f"{say_status(officer.status)}{since}{back}"
