"""A day's plan as it is handed out: a sheet for each officer, and who had to be left out: `kw plan` (help: plan)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, time
from typing import Final

from keyworker_cli.reports.contact.overdue import say_marked_gap, stress_gap
from keyworker_cli.reports.markers.priorities import say_markers
from keyworker_cli.reports.plan.day_plan import DayPlan
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Appointment, Column, Report, Row, Section, Value
from keyworker_cli.reports.words import TO_BEGIN, emphasised, name_excluded, person
from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.contact.gap_state import state_of
from keyworker_cli.rules.dates.clock import minute_of_day
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.day_plan import Candidate, LeftOut, LeftOutBecause, Place, Plan, Planned
from keyworker_cli.rules.rota.slots import say_hours
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import count_prisoners, say_count
from keyworker_cli.rules.settings import Settings

LEFT_OUT_SHOWN: Final = 20
"""How many of the prisoners left out a page names; the rest are counted, and JSON has them all."""

ORDER_OF_WORK: Final = "An order of work, not an assessment of risk. Nobody is dropped: who is left out comes again."


def plan_report(request: ReportRequest, made: DayPlan, *, saved: bool = False) -> Report:
    """Return a plan as a sheet for each officer, and below it the prisoners to be seen who had to be left out."""
    plan = made.plan.narrowed(request.covers, request.covers_officer)
    left_out = tuple(_left_out_row(one, request.settings) for one in plan.left_out)
    section = Section(
        name="plan",
        title="",
        columns=COLUMNS,
        rows=tuple(_row(one, made, request.settings) for one in plan.planned),
        lead=tuple(_lead(plan, request)),
        foot=tuple(_free(plan)),
        empty=_nobody(plan, made),
        group=_sheet,
        appointments=_appointments(plan.on),
    )
    covered = [prisoner for prisoner in made.prisoners if request.covers(prisoner)]
    return request.report(
        "plan",
        request.titled(f"Plan for {say_date(plan.on)}"),
        [section, *_left_out(left_out)],
        summary=_summary(plan, covered, left_out, limit=request.settings.gap_days, saved=saved),
        settings=("target.minutes_per_week", "gap.days", "gap.serious_days", "session.min_minutes"),
        warnings=[
            *made.warnings,
            *_not_there(request, made.absent),
            *name_excluded(prisoner for prisoner in made.excluded if request.covers(prisoner)),
        ],
        foot=(ORDER_OF_WORK,),
    )


def _not_there(request: ReportRequest, absent: Collection[Slot]) -> Iterator[str]:
    for slot in absent:
        if request.covers_officer(slot):
            yield f"{slot.name} is on the rota {say_hours(slot)}, but {say_status(slot.unavailable)}: nobody is planned"


# --- the rows ---


def _row(one: Planned, made: DayPlan, settings: Settings) -> Row:
    candidate, place = one.candidate, one.place
    return {
        "key_worker": person(place.slot.staff_id, place.slot.name),
        "slot": f"{place.slot.name} ({place.slot.staff_id}), wing {place.slot.wing or 'none'}, {say_hours(place.slot)}",
        "start": say_minute(place.start_minute),
        "end": say_minute(place.end_minute),
        **_prisoner(candidate, settings),
        "relation": one.relation.value,
        "because": "; ".join(text for text in (_why(candidate), _who(one, made)) if text),
        "because_short": _who_short(one, made) or _why(candidate),
    }


def _prisoner(candidate: Candidate, settings: Settings) -> dict[str, Value]:
    prisoner, priority = candidate.prisoner, candidate.priority
    return {
        "prison_number": prisoner.prison_number,
        "name": prisoner.name,
        "location": prisoner.location,
        "tier": priority.tier,
        "see_today": priority.see_today,
        "days": candidate.days,
        "state": state_of(candidate.days, settings).value,
        "never_seen": prisoner.never_seen,
        "records_from": prisoner.records_begin_on,
        "markers": list(priority.codes),
        "marker_words": say_markers(priority),
    }


def _why(candidate: Candidate) -> str:
    """Say what puts him where he is in the order."""
    yet = " yet" if candidate.prisoner.never_seen else ""
    if candidate.priority.see_today:
        return f"to be seen today{', no key work yet' if yet else ''}"
    return f"no key work{yet} for {say_count(candidate.days, 'day')}" if candidate.wanted else "a place was left"


def _who(one: Planned, made: DayPlan) -> str:
    """Say why it is this officer."""
    prisoner, slot = one.candidate.prisoner, one.place.slot
    match one.relation:
        case Relation.OWN:
            return "his key worker"
        case Relation.KNOWN:
            return f"saw him on {say_date(made.known[prisoner.person_id][slot.key_worker_id])}"
        case Relation.WING:
            return "of his wing"
        case Relation.NONE:
            return "" if prisoner.never_seen else "not met before"


def _who_short(one: Planned, made: DayPlan) -> str:
    """Say why it is this officer beside a narrow row, which has the days and stands among those to be seen."""
    return _who(one, made).replace("saw him on", "met")


def _appointments(on: date) -> Callable[[Row], Iterator[Appointment]]:
    """Return what gives the session of a row as an entry in its key worker's calendar."""

    def of(row: Row) -> Iterator[Appointment]:
        worker = row["key_worker"]
        if isinstance(worker, Mapping):
            start, end = (minute_of_day(time.fromisoformat(str(row[key]))) for key in ("start", "end"))
            yield Appointment(
                whose_id=str(worker["staff_id"]),
                whose=str(worker["name"]),
                key=f"plan-{on.isoformat()}-{worker['staff_id']}-{row['prison_number']}",
                on=on,
                start_minute=start,
                end_minute=end,
                title=f"Key work: {row['name']} ({row['prison_number']})",
                place=str(row["location"] or ""),
            )

    return of


def _sheet(row: Row) -> str:
    return str(row["slot"])


MARKERS = Column(
    "markers", "Concerns", show=lambda row: str(row["marker_words"]), wrap=True, several=True, priority=2, reason=True
)
COLUMNS = (
    Column("key_worker.staff_id"),
    Column("key_worker.name"),
    Column("start", "Time", show=lambda row: f"{row['start']}-{row['end']}"),
    Column("end"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("days", "Days", align="right", show=say_marked_gap, style=stress_gap),
    Column("state"),
    Column("tier"),
    Column("see_today"),
    Column("never_seen"),
    Column("relation"),
    Column("because", "Reason", wrap=True, short=lambda row: str(row["because_short"])),
    MARKERS,
)
LEFT_OUT_COLUMNS = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location", priority=1),
    Column("days", "Days", align="right", show=say_marked_gap, style=stress_gap),
    Column("state"),
    Column("because", "Why not", wrap=True),
    MARKERS,
)
LEFT_OUT_SAID = ("prison_number", "name", "location", "tier", "see_today", "days", "because")
"""What the summary says of each prisoner left out: no markers, which files leave out."""


# --- who is left out ---


def _left_out_row(one: LeftOut, settings: Settings) -> Row:
    why = _why(one.candidate)
    because = {
        LeftOutBecause.NO_PLACE: f"no place left; {why}",
        LeftOutBecause.NO_ONE_TO_ONE: f"no one-to-one: a manager decides (--include); {why}",
    }
    return {**_prisoner(one.candidate, settings), "because": because[one.because]}


def _left_out(rows: tuple[Row, ...]) -> Iterator[Section]:
    """Show the first of those left out beside the sheets; none is left uncounted."""
    if rows:
        yield Section(
            name="left_out",
            title="Left out, most urgent first",
            columns=LEFT_OUT_COLUMNS,
            rows=rows,
            more_hint="kw plan --format json names them all",
            beside=True,
        ).limited(LEFT_OUT_SHOWN)


# --- above and below ---


def _lead(plan: Plan, request: ReportRequest) -> Iterator[str]:
    places = say_count(len(plan.places), "place")
    yield f"{count_prisoners(plan.wanted)}, {places} of {plan.session_minutes} minutes, short by {plan.short}."
    called, left = (sum(one.candidate.priority.see_today for one in some) for some in (plan.planned, plan.left_out))
    if called or left:
        yield f"To be seen today: {called + left}; {called} planned, {left} left out."
    others = sum(not request.covers(one.candidate.prisoner) for one in plan.planned)
    if others:
        whose = "wing" if request.wings else "key worker"
        yield f"In the time of these officers, of another {whose}: {count_prisoners(others)}."
    to_manager = len(plan.left_out) - plan.short
    if to_manager:
        yield f"For a manager to decide, not one-to-one: {count_prisoners(to_manager)}."
    filled = sum(not one.candidate.wanted for one in plan.planned)
    if filled:
        yield f"Places left over go to prisoners seen within the limit: {filled}."


def _free(plan: Plan) -> Iterator[str]:
    if plan.free:
        yield f"Free, for nobody is left to be seen: {', '.join(_say_place(place) for place in plan.free)}."


def _say_place(place: Place) -> str:
    return f"{place.slot.name} {say_minute(place.start_minute)}-{say_minute(place.end_minute)}"


def _nobody(plan: Plan, made: DayPlan) -> str:
    if not made.prisoners:
        return f"There are no prisoners here in kw. {TO_BEGIN}"
    if not plan.places:
        return f"No slot is to come on {say_date(plan.on)}: nobody can be planned. kw rota show lists the week."
    return "Nobody is left to be seen."


def _summary(
    plan: Plan, covered: Collection[Contact], left_out: Collection[Row], *, limit: int, saved: bool
) -> dict[str, Value]:
    to_be_seen = [prisoner for prisoner in covered if days_between(prisoner.clock_from, plan.on) >= limit]
    return {
        "date": plan.on,
        "session_minutes": plan.session_minutes,
        "men": plan.wanted,
        "places": len(plan.places),
        "planned": len(plan.planned),
        "short": plan.short,
        "free": len(plan.free),
        "for_a_manager": len(plan.left_out) - plan.short,
        "seen_already": sum(prisoner.last_session_on == plan.on for prisoner in covered),
        "away": sum(prisoner.away is not None for prisoner in to_be_seen),
        "saved": saved,
        "left_out": [{key: row[key] for key in LEFT_OUT_SAID} for row in left_out],
    }
