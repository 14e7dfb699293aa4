"""What is due, and how far the morning page can be relied on: reviews, needs, and how fresh the data is.

help: briefing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.briefing.morning import Morning, emphasised
from keyworker_cli.reports.markers import acct
from keyworker_cli.reports.plan.outcome import outcome_of_plan
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.reports.sessions import needs
from keyworker_cli.rules.budget.budget import rota_reach
from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.dates.say import say_day, say_days
from keyworker_cli.rules.facts.audit import RecordingTime
from keyworker_cli.rules.markers.acct import ReviewState
from keyworker_cli.rules.oversight.freshness import Lateness, find_lateness, lateness_window, say_roll
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.stays.places import in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SHOWN: Final = 5
LEAST_FRESH: Final = 2


# --- ACCT reviews, and needs ---


def acct_reviews(store: "Store", request: ReportRequest) -> Section:
    """Return the ACCT reviews of the next 7 days, the nearest first, then those not held when due, the latest first.

    To the first he can still be invited.
    """
    section = acct.reviews_section(store, request)
    ahead = [row for row in section.rows if row["state"] == ReviewState.DUE]
    missed = [row for row in section.rows if row["state"] == ReviewState.OVERDUE]
    rows = (*ahead, *reversed(missed))
    summary = acct.summed_up(rows)
    lead = (
        f"{summary['due']} in the next {acct.REVIEW_DAYS} days, {summary['overdue']} not held when due; "
        f"key worker invited to {summary['invited']} of {summary['reviews']}."
    )
    return section._replace(
        title="ACCT reviews due",
        columns=tuple(_acct_column(column) for column in section.columns),
        rows=rows,
        summary=summary,
        lead=(lead,) if rows else (),
        empty="None is due in the next 7 days.",
        at_most=SHOWN,
        more_hint="kw acct reviews",
        size="small",
    )


def _acct_column(column: Column) -> Column:
    if column.key == "due_on":
        return column._replace(show=_due, width=26)
    title, width = ACCT_TITLES.get(column.key, ("", 0))
    return column._replace(title=title, width=width)


def _due(row: Row) -> str:
    said = say_day(row["due_on"]) if isinstance(row["due_on"], date) else ""
    after = ", post-closure" if row["post_closure"] else ""
    return f"{said}{after}, NOT HELD" if row["state"] == ReviewState.OVERDUE else f"{said}{after}"


ACCT_TITLES: Final = {
    "name": ("Name", 36),
    "prison_number": ("Number", 15),
    "location": ("Location", 16),
    "key_worker.name": ("Key worker", 0),
    "invited": ("Invited", 14),
    "on_duty": ("On duty", 0),
}


def needs_due(store: "Store", request: ReportRequest) -> Section:
    """Return what is to be done for the men today, then what was to be done before, the longest overdue first."""
    listed = list(needs.need_rows(store, request))
    by_today = [row for row in listed if isinstance(row["due_on"], date) and row["due_on"] <= request.as_of]
    due = tuple(sorted(by_today, key=lambda row: row["due_on"] != request.as_of))
    overdue = sum(row["due_on"] != request.as_of for row in due)
    lead = f"{len(due) - overdue} due today, {overdue} overdue."
    return Section(
        name="needs_due",
        title="Actions due",
        columns=tuple(_need_column(column) for column in needs.COLUMNS),
        rows=due,
        summary={"open": len(listed), "due_today": len(due) - overdue, "overdue": overdue},
        lead=(lead,) if due else (),
        empty=f"Nothing is due; open: {len(listed)}.",
        at_most=SHOWN,
        more_hint="kw need list",
        size="small",
    )


def _need_column(column: Column) -> Column:
    if column.key == "due_on":
        return column._replace(show=_need_due, wrap=False, width=26)
    title, width = NEED_TITLES.get(column.key, ("", 0))
    return column._replace(title=title, width=width)


def _need_due(row: Row) -> str:
    overdue = row["days_overdue"]
    return f"{say_count(overdue, 'day')} overdue" if isinstance(overdue, int) and overdue else "today"


NEED_TITLES: Final = {
    "name": ("Name", 34),
    "prison_number": ("Number", 15),
    "location": ("Location", 16),
    "need": ("To be done", 38),
    "owner": ("By", 22),
}


# --- what became of the last plan ---


def yesterdays_plan(store: "Store", morning: Morning) -> Iterator[Section]:
    """Return what became of the last plan that was kept, who was not seen and why; no part where none was kept."""
    section = outcome_of_plan(store, morning.request, morning.everyone)
    if section is not None:
        yield section._replace(
            columns=tuple(column._replace(width=OUTCOME_WIDTHS.get(column.key, 0)) for column in section.columns),
            at_most=SHOWN,
            more_hint="kw overdue",
            size="small",
        )


OUTCOME_WIDTHS: Final = {"name": 34, "prison_number": 15, "key_worker.name": 30, "start": 11, "became": 40}


# --- how fresh the data is ---


@dataclass(frozen=True)
class Reach:
    """How far the rota of the officers asked about goes: by wing, the last day with any time on it."""

    by_wing: Mapping[str | None, date]

    def say(self, as_of: date) -> str:
        """Say where it ends: wings whose rota is over first, since nobody can tell what their time is."""
        if not self.by_wing:
            return "no rota recorded"
        ends: dict[date, list[str]] = {}
        for wing, on in self.by_wing.items():
            ends.setdefault(on, []).append(wing or "no wing")
        return "; ".join(_say_end(on, sorted(wings, key=in_order), as_of) for on, wings in sorted(ends.items()))


def _say_end(on: date, wings: list[str], as_of: date) -> str:
    named = f"wing{'' if len(wings) == 1 else 's'} {', '.join(wings)}"
    return f"{named}: no rota after {say_day(on)}" if on < as_of else f"{named} to {say_day(on)}"


def freshness(store: "Store", morning: Morning, *, roll: int | None) -> Section:
    """Return, source by source, the latest day recorded and what it says: silence must not read as safety.

    `roll` is the number of men on the prison's roll, counted elsewhere.
    """
    lateness = find_lateness(_times(store, morning.request))
    here = len(morning.men) + len(morning.excluded)
    reach = _rota_reach(store, morning)
    rows: list[Row] = [
        _sessions(lateness),
        {
            "source": "rota",
            "latest_on": max(reach.by_wing.values(), default=None),
            "says": reach.say(morning.request.as_of),
        },
        _movements(store, morning),
        _events(store, morning),
        {"source": "roll", "latest_on": None, "says": NO_ROLL if roll is None else say_roll(roll, here)},
    ]
    return Section(
        name="freshness",
        title="How far this can be relied on",
        columns=FRESHNESS_COLUMNS,
        rows=tuple(rows),
        summary={
            "sessions": lateness.sessions,
            "recorded_late": lateness.late,
            "recorded_late_percent": lateness.percent_late,
            "recording_moment_unknown": lateness.unknown,
            "last_recorded_at": lateness.recorded_at,
            "rota_until": {wing or "": on for wing, on in reach.by_wing.items()},
            "prisoners": here,
            "roll": roll,
            "not_in_kw": None if roll is None else roll - here,
        },
        figures=True,
        size="small",
        least=LEAST_FRESH,
    )


NO_ROLL: Final = "not compared: kw briefing --roll N says how many men are not in kw"


def _times(store: "Store", request: ReportRequest) -> Iterator[RecordingTime]:
    """Yield when the sessions of the last 28 days were recorded, of the officers asked about."""
    for one in store.queries.recording_times(*lateness_window(request.as_of)):
        if request.key_worker is not None:
            if one.key_worker_id == request.key_worker.key_worker_id:
                yield one
        elif not request.wings or one.wing in request.wings:
            yield one


def _sessions(lateness: Lateness) -> dict[str, Value]:
    if lateness.latest_on is None:
        return {"source": "sessions", "latest_on": None, "says": "none held in the last 4 weeks"}
    said = []
    if lateness.sessions:
        late = f"{lateness.percent_late} % were typed a day or more late"
        said.append(f"of the last 4 weeks' {lateness.sessions:,} sessions {late}")
    if lateness.recorded_at is not None:
        said.append(f"the last typed on {say_day(london_date(lateness.recorded_at))}")
    if lateness.unknown:
        said.append(f"of {lateness.unknown:,} it is not known when they were typed")
    return {"source": "sessions", "latest_on": lateness.latest_on, "says": "; ".join(said)}


def _rota_reach(store: "Store", morning: Morning) -> Reach:
    request = morning.request
    reach = rota_reach(store.queries.latest_slots(as_of=request.as_of), morning.rota, as_of=request.as_of)
    wings = {worker.wing for worker in store.queries.workers() if worker.wing in reach and worker.wing is not None}
    if request.key_worker is not None:
        wings &= {request.key_worker.wing}
    asked = (wing for wing in sorted(wings, key=in_order) if not request.wings or wing in request.wings)
    return Reach({wing: reach[wing] for wing in asked})


def _movements(store: "Store", morning: Morning) -> dict[str, Value]:
    left = [one.left_on for one in store.queries.latest_departure(as_of=morning.request.as_of)]
    came = max((man.arrived_on for man in morning.everyone), default=None)
    says = f"last arrival {_day(came)}, last departure {_day(max(left, default=None))}"
    return {
        "source": "arrivals and departures",
        "latest_on": max([*left, *([came] if came else [])], default=None),
        "says": says,
    }


def _events(store: "Store", morning: Morning) -> dict[str, Value]:
    request = morning.request
    men = {man.person_id for man in morning.men}
    events = store.queries.marking_events(as_of=request.as_of, settings=request.settings)
    latest = max(
        (one.event_on for one in events if one.person_id in men and one.event_on <= request.as_of), default=None
    )
    return {"source": "events", "latest_on": latest, "says": _ago(latest, request.as_of)}


def _ago(latest: date | None, as_of: date) -> str:
    if latest is None:
        return "none recorded"
    return "the latest is of today" if latest == as_of else f"the latest is {say_days(days_between(latest, as_of))} old"


def _day(on: date | None) -> str:
    return say_day(on) if on else "none"


def _latest(row: Row) -> str:
    on = row["latest_on"]
    return say_day(on) if isinstance(on, date) else "-"


FRESHNESS_COLUMNS: Final = (
    Column("source", "Source", style=emphasised, width=22),
    Column("latest_on", "Latest", show=_latest, width=14),
    Column("says", "Which says", wrap=True, width=56),
)
