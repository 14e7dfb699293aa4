"""How far the morning page can be relied on: how fresh each source is (help: briefing)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from keyworker_cli.reports.briefing.morning import Morning
from keyworker_cli.reports.notes.sample_read import sample_read
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.reports.words import emphasised, say_date_or
from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.say import say_day_near, say_days
from keyworker_cli.rules.facts.audit import RecordingTime
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.oversight.freshness import Lateness, find_lateness, lateness_window, say_roll
from keyworker_cli.rules.rota.reach import rota_reach
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.stays.places import in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

LEAST_FRESH: Final = 2


class Reach(NamedTuple):
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
    day = say_day_near(on, as_of)
    return f"{named}: no rota after {day}" if on < as_of else f"{named} to {day}"


def freshness(store: "Store", morning: Morning, workers: Iterable[Worker], *, roll: int | None) -> Section:
    """Return, source by source, the latest day recorded and what it says: silence must not read as safety.

    `roll` is the number of prisoners on the prison's roll, counted elsewhere.
    """
    lateness = find_lateness(_times(store, morning.request))
    here = len(morning.prisoners) + len(morning.excluded)
    reach = _rota_reach(morning, workers)
    rows: list[Row] = [
        _sessions(lateness, morning.request.as_of),
        {
            "source": "rota",
            "latest_on": max(reach.by_wing.values(), default=None),
            "says": reach.say(morning.request.as_of),
        },
        _movements(store, morning),
        _events(morning),
        _looked_into(store, morning.request),
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


NO_ROLL: Final = "not compared: kw briefing --roll N says how many prisoners are not in kw"


def _times(store: "Store", request: ReportRequest) -> Iterator[RecordingTime]:
    """Yield when the sessions of the last 28 days were recorded, of the officers asked about."""
    for one in store.queries.recording_times(*lateness_window(request.as_of)):
        if request.key_worker is not None:
            if one.key_worker_id == request.key_worker.key_worker_id:
                yield one
        elif not request.wings or one.wing in request.wings:
            yield one


def _sessions(lateness: Lateness, as_of: date) -> dict[str, Value]:
    if lateness.latest_on is None:
        return {"source": "sessions", "latest_on": None, "says": "none held in the last 4 weeks"}
    said = []
    if lateness.sessions:
        late = f"{lateness.percent_late} % were typed a day or more late"
        said.append(f"of the last 4 weeks' {say_count(lateness.sessions, 'session')} {late}")
    if lateness.recorded_at is not None:
        said.append(f"the last typed on {say_day_near(london_date(lateness.recorded_at), as_of)}")
    if lateness.unknown:
        said.append(f"of {lateness.unknown:,} it is not known when they were typed")
    return {"source": "sessions", "latest_on": lateness.latest_on, "says": "; ".join(said)}


def _rota_reach(morning: Morning, workers: Iterable[Worker]) -> Reach:
    request = morning.request
    reach = rota_reach(morning.today.latest_slots, morning.rota, as_of=request.as_of)
    wings = {worker.wing for worker in workers if worker.wing in reach and worker.wing is not None}
    if request.key_worker is not None:
        wings &= {request.key_worker.wing}
    asked = (wing for wing in sorted(wings, key=in_order) if not request.wings or wing in request.wings)
    return Reach({wing: reach[wing] for wing in asked})


def _movements(store: "Store", morning: Morning) -> dict[str, Value]:
    left = [one.left_on for one in store.queries.latest_departure(as_of=morning.request.as_of)]
    came = max((prisoner.arrived_on for prisoner in morning.everyone if prisoner.arrival_known), default=None)
    as_of = morning.request.as_of
    says = f"last arrival {_day(came, as_of)}, last departure {_day(max(left, default=None), as_of)}"
    return {
        "source": "arrivals and departures",
        "latest_on": max([*left, *([came] if came else [])], default=None),
        "says": says,
    }


def _events(morning: Morning) -> dict[str, Value]:
    request = morning.request
    prisoners = {prisoner.person_id for prisoner in morning.prisoners}
    latest = max(
        (
            one.event_on
            for one in morning.today.known.events
            if one.person_id in prisoners and one.event_on <= request.as_of
        ),
        default=None,
    )
    return {"source": "events", "latest_on": latest, "says": _ago(latest, request.as_of)}


def _looked_into(store: "Store", request: ReportRequest) -> dict[str, Value]:
    """Say how many notes of last month's sample were read, and how many prisoners were asked themselves this month."""
    month = Month.of(request.as_of)
    sample = sample_read(store, request, month.before)
    answers = [
        one
        for one in store.queries.own_answers(month.first_day, request.as_of, settings=request.settings)
        if not request.wings or one.wing in request.wings
    ]
    read = f"{sample.read} of {say_count(sample.of, 'note')} of {month.before}'s sample read by a manager"
    if not sample.of:
        read = f"no note of {month.before} to be read"
    asked = f"{say_count(len(answers), 'prisoner')} asked for their own answer in {month}"
    latest = max((one.asked_on for one in answers), default=None)
    return {"source": "who looked into it", "latest_on": latest, "says": f"{read}; {asked}"}


def _ago(latest: date | None, as_of: date) -> str:
    if latest is None:
        return "none recorded"
    return "the latest is of today" if latest == as_of else f"the latest is {say_days(days_between(latest, as_of))} old"


def _day(on: date | None, as_of: date) -> str:
    return say_day_near(on, as_of) if on else "none"


def _latest(row: Row) -> str:
    return say_date_or(row["latest_on"], "-")


FRESHNESS_COLUMNS: Final = (
    Column("source", "Source", style=emphasised, width=22),
    Column("latest_on", "Latest", show=_latest, width=16),
    Column("says", "Which says", wrap=True, width=56),
)
