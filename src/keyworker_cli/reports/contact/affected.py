"""After a death or serious self-harm: who else to see, and the staff who knew him: `kw affected` (help: affected)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.errors import RefusedError
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised, person, say_key_worker, say_last_seen, who_and_where
from keyworker_cli.rules.contact.affected import (
    TOGETHER_DAYS,
    Affected,
    KnewHim,
    Tie,
    find_affected,
    find_staff,
    key_worker_on,
    place_spells,
)
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Acct
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.spans import PlaceInStay
from keyworker_cli.rules.facts.stays import Moved, Stay
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.stays.after_death import died_on, recorded_in_time
from keyworker_cli.rules.stays.presence import stay_on

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SHOWN: Final = 10  # a morning's work: the rest are counted


def affected_report(
    store: "Store", request: ReportRequest, prisoner: Person, *, on: date | None, everybody: bool = False
) -> Report:
    """Return who of the prisoners here was near him in the 28 days up to a day, and the staff who knew him.

    People are shown the first ten, or `everybody`. `on` `None` is the day asked about, or the day he left. Raises
    `RefusedError` for a day still to come and one on which he was not here.
    """
    queries, as_of = store.queries, request.as_of
    stays = queries.stays_of(prisoner.person_id)
    day = on or _latest_day(stays, as_of=as_of)
    stay = _stay_on(day, prisoner, stays, as_of=as_of)
    died = died_on(stays)
    allocations = [one for one in queries.allocations_of(prisoner.person_id) if recorded_in_time(one, died)]
    moves = [one for one in queries.moves_of(prisoner.person_id) if recorded_in_time(one, died)]
    sessions = [one for one in queries.sessions_of(prisoner.person_id) if recorded_in_time(one, died)]
    held = key_worker_on(allocations, on=day)
    listed = find_affected(
        [one for one in queries.contacts(as_of=as_of, settings=request.settings) if request.covers(one)],
        place_spells(_places(prisoner, stay, moves), on=day),
        by_prisoner(queries.places_here(day, as_of=as_of)),
        person_id=prisoner.person_id,
        key_worker_id=held.key_worker_id if held else None,
        on=day,
    )
    prisoners = _prisoners(listed, queries.accts_here(as_of=as_of), as_of=as_of)
    if everybody:
        prisoners = prisoners._replace(at_most=None)
    knew = find_staff(allocations, sessions, since=stay.arrived_on, on=day)
    return request.report(
        "affected",
        request.titled(f"Who else to see: {prisoner.name}, {prisoner.prison_number}, {say_date(day)}"),
        [prisoners, _staff(knew)],
        summary={
            "prison_number": prisoner.prison_number,
            "name": prisoner.name,
            "on": day,
            "key_worker": person(held.staff_id, held.name) if held else None,
            **prisoners.summary,
            "staff": len(knew),
        },
        settings=("session.min_minutes",),
        lead=(CONTACT_NOT_RISK,),
        foot=(NOT_IN_KW,),
        several=True,
    )


def _places(prisoner: Person, stay: Stay, moves: Sequence[Moved]) -> list[PlaceInStay]:
    """Return where he was in a stay: where he came to, then each place he moved to; `moves` are the latest first."""
    came = PlaceInStay(prisoner.person_id, stay.arrived_on, stay.location, None, None)
    later = (one for one in reversed(moves) if one.moved_on >= stay.arrived_on)
    return [came, *(came._replace(moved_on=one.moved_on, moved_to=one.location) for one in later)]


CONTACT_NOT_RISK: Final = (
    "Contact, not risk: who was near him by the record. Whoever else was close to him, friends and family here among "
    "them, you have to ask."
)
NOT_IN_KW: Final = (
    "kw knows key workers only: who found him, wing and healthcare staff, and Listeners are to be added by those who "
    "know them. Those who have left the prison since are not listed."
)


def _latest_day(stays: Iterable[Stay], *, as_of: date) -> date:
    """Return the day asked about, or the day on which his latest stay had ended by then."""
    left = next((stay.left_on for stay in stays if stay.arrived_on <= as_of), None)
    return min(left, as_of) if left else as_of


def _stay_on(day: date, prisoner: Person, stays: Iterable[Stay], *, as_of: date) -> Stay:
    refuse_still_to_come(day, today=as_of, hint="check --on.")
    if stay := stay_on(day, stays):
        return stay
    raise RefusedError(
        f"{say_prisoner(prisoner)} was not here on {say_date(day)}.",
        f"kw timeline {prisoner.prison_number} shows when he was.",
    )


# --- prisoners ---


def _prisoners(listed: Sequence[Affected], accts: Iterable[Acct], *, as_of: date) -> Section:
    opened = {one.person_id: one.opened_on for one in accts if one.closed_on is None or one.closed_on > as_of}
    rows = [_row(one, opened.get(one.prisoner.person_id), as_of=as_of) for one in listed]
    ordered = sorted(rows, key=_order)
    shown = max(SHOWN, sum(_is_first(row) for row in rows))
    left = Counter(Tie[str(row["tie"])] for row in ordered[shown:])
    on_acct = sum(row["acct_opened_on"] is not None for row in rows)
    numbers = {tie: sum(one.tie is tie for one in listed) for tie in Tie}
    parts = ", ".join(f"{WORDS[tie]} {numbers[tie]}" for tie in Tie)
    return Section(
        "prisoners",
        "Prisoners",
        COLUMNS,
        tuple(ordered),
        summary={
            "prisoners": len(rows),
            "with_an_open_acct": on_acct,
            **{f"same_{tie.name.lower()}": number for tie, number in numbers.items()},
        },
        lead=(f"{say_count(len(rows), 'prisoner')}: {parts}. With an open ACCT: {on_acct}.",) if rows else (),
        empty=f"Nobody here was near him in the {TOGETHER_DAYS} days by the moves, or has the key worker he had.",
        group=_heading,
        at_most=shown,
        more_hint=f"{', '.join(f'{WORDS[tie]} {left[tie]}' for tie in Tie if left[tie])} (--all names them)",
    )


WORDS: Final = {Tie.CELL: "cell", Tie.LANDING: "landing", Tie.KEY_WORKER: "key worker", Tie.WING: "wing"}
FIRST: Final = "To be seen first of all others"
HEADINGS: Final = {
    Tie.CELL: "Same cell",
    Tie.LANDING: "Same landing, or segregated or in healthcare together",
    Tie.KEY_WORKER: "Same key worker",
    Tie.WING: "Same wing",
}


def _row(one: Affected, acct_opened_on: date | None, *, as_of: date) -> Row:
    prisoner = one.prisoner
    return {
        "tie": one.tie.name,
        **who_and_where(prisoner),
        "together": one.near.name if one.near else None,
        "together_days": one.days,
        "together_last_on": one.last_on,
        "places_together": one.places,
        "together_until": say_day_near(one.last_on, as_of) if one.last_on else "",
        "same_key_worker": one.same_key_worker,
        "days": days_between(prisoner.clock_from, as_of),
        "last_session_on": prisoner.last_session_on,
        "last_session_by": person(prisoner.last_session_staff_id, prisoner.last_session_by),
        "records_from": prisoner.records_begin_on,
        "acct_opened_on": acct_opened_on,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "away": prisoner.away,
    }


def _is_first(row: Row) -> bool:
    """His cell, and whoever has an open ACCT: none of these is left for later."""
    return row["tie"] == Tie.CELL.name or row["acct_opened_on"] is not None


def _order(row: Row) -> tuple[bool, int, bool, bool, bool, int, int, str]:
    """His cell, then an open ACCT, then the nearest.

    Of those who are equally near whoever moved with him comes first, then the same key worker, the most days together
    and the longest without key work.
    """
    tie = Tie[str(row["tie"])]
    return (
        not _is_first(row),
        tie,
        row["acct_opened_on"] is None,
        not _moved_together(row),
        not row["same_key_worker"],
        -_number(row, "together_days"),
        -_number(row, "days"),
        str(row["prison_number"]),
    )


def _heading(row: Row) -> str:
    tie = Tie[str(row["tie"])]
    return FIRST if _is_first(row) and tie is not Tie.CELL else HEADINGS[tie]


def _moved_together(row: Row) -> bool:
    return _number(row, "places_together") > 1


def _number(row: Row, key: str) -> int:
    return int(str(row[key]))


def _together(row: Row) -> str:
    last_on, near = row["together_last_on"], row["together"]
    if not isinstance(last_on, date):
        return "no" if HEADINGS.get(Tie[str(row["tie"])]) == _heading(row) else "same key worker"
    said_above = near == row["tie"] and _heading(row) != FIRST
    where = "" if said_above else f"{WORDS[Tie[str(near)]]}, "
    moved = "; moved with him" if _moved_together(row) else ""
    return f"{where}{say_count(_number(row, 'together_days'), 'day')} to {row['together_until']}{moved}"


def _acct(row: Row) -> str:
    opened = row["acct_opened_on"]
    return f"open since {say_date(opened)}" if isinstance(opened, date) else "none open"


COLUMNS = (
    Column("tie"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("days", "Gap", align="right"),
    Column("acct_opened_on", "ACCT", show=_acct, wrap=True, reason=True),
    Column("together_last_on", "Together", show=_together, wrap=True, priority=1),
    Column("together"),
    Column("together_days"),
    Column("places_together"),
    Column("same_key_worker"),
    Column("last_session_on", "Last key work", show=say_last_seen, wrap=True, priority=2),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, wrap=True, priority=3),
    Column("away"),
)


# --- staff ---


def _staff(knew: Iterable[KnewHim]) -> Section:
    return Section(
        "staff",
        "Staff who knew him, for their care",
        STAFF_COLUMNS,
        tuple(_staff_row(one) for one in knew),
        empty="No key worker is recorded with him in this stay.",
    )


def _staff_row(one: KnewHim) -> Row:
    return {
        "officer": person(one.staff_id, one.name),
        "key_worker_from": one.from_on,
        "key_worker_until": one.to_on,
        "at_the_time": one.at_the_time,
        "entries": one.entries,
        "last_on": one.last_on,
    }


def _was(row: Row) -> str:
    since, until = row["key_worker_from"], row["key_worker_until"]
    if not isinstance(since, date):
        return "never his key worker"
    if row["at_the_time"] or not isinstance(until, date):
        return f"his key worker, since {say_date(since)}"
    return f"{say_date(since)} to {say_date(until)}"


def _entries(row: Row) -> str:
    last_on = row["last_on"]
    if not isinstance(last_on, date):
        return "none recorded"
    return f"{row['entries']}, last on {say_date(last_on)}"


STAFF_COLUMNS = (
    Column("officer.staff_id", "Staff id"),
    Column("officer.name", "Name", style=emphasised),
    Column("key_worker_from", "Key worker", show=_was, wrap=True),
    Column("key_worker_until"),
    Column("at_the_time"),
    Column("last_on", "Sessions and entries", show=_entries, wrap=True),
    Column("entries"),
)
