"""Half a year of the invented prison twice over: its slots used as recorded, and the same slots used by `kw plan`.

`python tests/benchmarks/simulation.py` prints the table; `pytest tests/benchmarks/test_simulation.py` holds it to what
is to be reached. The 26 weeks before Tue 12 May 2026 of the standard prison are lived day by day: who arrives, leaves,
is away, what happens to whom and which slots are worked is as recorded; only who is seen in the slots differs. A plan
of 45-minute sessions has fewer of them than were recorded, because the recorded ones are shorter: about half an hour.
So the plan is shown with both.

The bound on the share of prisoner-days past L days. Prisoners called to be seen today come first whatever their gap, so
their sessions are taken as the plan had them. Between two of those, or an arrival and the first, lies a stretch of
days; the days of it past L are over the limit unless somebody sees the prisoner meanwhile, and each such session takes
at most L + 1 of them away. As many of those as there were other places are taken away where they are most. What is left
no other order that sees the prisoners called first can have fewer of. `slots alone` is the same bound if nobody had to
come first. Neither can quite be reached: they know beforehand who will be called or leave, and they give up on the
longest waits, which `kw plan` never does. So the last lines show other orders with the same slots: the one `kw plan`
had before, which put those half way to a serious gap before the tiers of the rest, one with the tiers first, and one
without them.
"""

import heapq
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from pathlib import Path

from keyworker_cli.cli import Environment, main
from keyworker_cli.fiction import AS_OF, write_prison
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.markers.priority import Known, find_priorities, seen_since
from keyworker_cli.rules.markers.table import LOWEST_TIER, UNTIL_SEEN
from keyworker_cli.rules.plan.day_plan import Candidate, Place, find_candidates, find_places, make_plan
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.store import Store

WEEKS = 26
LIMITS = (7, 14, 28)
FIRST_DAYS = 3
DAY = timedelta(days=1)
SETTINGS = Settings()

Stay = tuple[int, date]
Order = Callable[[Candidate], tuple[int, ...] | tuple[object, ...]]


@dataclass(frozen=True)
class Recorded:
    """One day as recorded: the prisoners here and in scope, what is known of them, and the slots worked.

    `published` are all its slots, whatever became of them, as they stood before the day.
    """

    on: date
    prisoners: Sequence[Contact]
    known: Known
    slots: Sequence[Slot]
    published: Sequence[Slot]


@dataclass
class Line:
    """One line of the table: of the prisoner-days, the share past each limit; the longest gap; first meetings in
    time.
    """

    name: str
    prisoner_days: int = 0
    over: Counter[int] = field(default_factory=Counter)
    longest: int | None = 0
    arrivals: int = 0
    met: int = 0
    sessions: int = 0

    def share_over(self, limit: int) -> float:
        """Return the share of prisoner-days past a limit."""
        return self.over[limit] / self.prisoner_days

    def count(self, on: date, prisoners: Sequence[Contact], first_seen: dict[Stay, date]) -> None:
        """Count a day at its end; a prisoner who is away overnight is in no figure but the first meetings."""
        for prisoner in prisoners:
            if prisoner.away is None:
                gap = (on - prisoner.clock_from).days
                self.prisoner_days += 1
                self.over.update(limit for limit in LIMITS if gap > limit)
                self.longest = max(self.longest or 0, gap)
            if (on - prisoner.arrived_on).days == FIRST_DAYS:
                self.arrivals += 1
                self.met += stay_of(prisoner) in first_seen

    def words(self) -> str:
        """Return it as a line of Markdown."""
        shares = " | ".join(f"{self.share_over(limit):.1%}" for limit in LIMITS)
        met = f"{self.met / self.arrivals:.0%}" if self.arrivals else ""
        sessions = f"{self.sessions:,}" if self.sessions else ""
        return f"| {self.name} | {sessions} | {shares} | {self.longest or ''} | {met} |"


def stay_of(prisoner: Contact) -> Stay:
    return prisoner.person_id, prisoner.arrived_on


def read_days(database: Path) -> list[Recorded]:
    """Return the days of the 26 weeks, with the day before them first."""
    first = AS_OF - timedelta(days=7 * WEEKS)
    return [read_day(Store(database), first + number * DAY) for number in range(7 * WEEKS + 1)]


def read_day(store: Store, on: date) -> Recorded:
    queries = store.queries
    prisoners = [
        prisoner for prisoner in queries.contacts(as_of=on, settings=SETTINGS) if not out_of_scope(prisoner, as_of=on)
    ]
    known = Known(queries.marking_events(as_of=on, settings=SETTINGS), queries.marking_accts(as_of=on), (), ())
    there = [slot for slot in queries.slots_between(on, on) if slot.unavailable is None]
    store.close()
    worked, published = (
        [slot._replace(status="PUBLISHED", reason=None) for slot in some]
        for some in ([slot for slot in there if slot.status == "WORKED"], there)
    )
    return Recorded(on, prisoners, known, worked, published)


# --- the two ways to use the slots ---


def as_recorded(days: Sequence[Recorded]) -> Line:
    """Return what became of the prisoners: every counted session, in a slot or outside one."""
    line = Line("as recorded, any time")
    first_seen: dict[Stay, date] = {}
    for day in days[1:]:
        first_seen |= {
            stay_of(prisoner): day.on
            for prisoner in day.prisoners
            if not prisoner.never_seen and stay_of(prisoner) not in first_seen
        }
        line.sessions += sum(prisoner.last_session_on == day.on for prisoner in day.prisoners)
        line.count(day.on, day.prisoners, first_seen)
    return line


class Simulation:
    """The same days with every worked slot used by a plan. `called` are its sessions with prisoners to be seen
    today.
    """

    def __init__(
        self, days: Sequence[Recorded], minutes: int, *, name: str, order: Order = attrgetter("order")
    ) -> None:
        self.line = Line(name)
        self._days, self._minutes, self._order = days, minutes, order
        self._seen = {
            stay_of(prisoner): prisoner.last_session_on for prisoner in days[0].prisoners if prisoner.last_session_on
        }
        self._first_seen: dict[Stay, date] = {}
        self._sessions: dict[int, list[date]] = {}
        self.called: set[tuple[Stay, date]] = set()

    def run(self) -> "Simulation":
        """Live through the days."""
        for day in self._days[1:]:
            self._live(day)
        return self

    def bounds(self) -> Iterator[Line]:
        """Yield the two bounds, the tighter one first."""
        others = self.line.sessions - len(self.called)
        yield self._bound("bound, prisoners called today first", self.called, others)
        yield self._bound("bound, slots alone", set(), self.line.sessions)

    def _bound(self, name: str, called: Container[tuple[Stay, date]], others: int) -> Line:
        over = Counter({limit: least_over(self._days, called, others, limit) for limit in LIMITS})
        return Line(name, self.line.prisoner_days, over, longest=None)

    def _live(self, day: Recorded) -> None:
        prisoners = [prisoner._replace(last_session_on=self._seen.get(stay_of(prisoner))) for prisoner in day.prisoners]
        places = find_places(day.slots, on=day.on, as_of=day.on, session_minutes=self._minutes)
        planned = self._plan(day, prisoners, places)
        for one in planned:
            self._see(one, day.on)
        self.line.sessions += len(planned)
        self.line.count(
            day.on,
            [prisoner._replace(last_session_on=self._seen.get(stay_of(prisoner))) for prisoner in prisoners],
            self._first_seen,
        )

    def _plan(self, day: Recorded, prisoners: Sequence[Contact], places: Sequence[Place]) -> list[Candidate]:
        known = day.known._replace(
            events=[
                event._replace(next_seen_on=self._next_seen(event.person_id, event.event_on, event.next_seen_on))
                if event.code in UNTIL_SEEN
                else event
                for event in day.known.events
            ]
        )
        priorities = find_priorities(prisoners, known, as_of=day.on, settings=SETTINGS)
        candidates = sorted(find_candidates(prisoners, priorities, on=day.on, settings=SETTINGS), key=self._order)
        plan = make_plan(candidates, places, on=day.on, session_minutes=self._minutes, known_by={})
        return [one.candidate for one in plan.planned]

    def _next_seen(self, person_id: int, since: date, recorded: date | None) -> date | None:
        """Return when a prisoner was first seen after a day: as recorded up to the first day lived here, then as
        planned.
        """
        if recorded is not None and recorded <= self._days[0].on:
            return recorded
        return next((on for on in self._sessions.get(person_id, ()) if on > since), None)

    def _see(self, one: Candidate, on: date) -> None:
        stay = stay_of(one.prisoner)
        self._seen[stay] = on
        self._first_seen.setdefault(stay, on)
        self._sessions.setdefault(one.prisoner.person_id, []).append(on)
        if one.priority.see_today:
            self.called.add((stay, on))


def least_over(days: Sequence[Recorded], called: Container[tuple[Stay, date]], others: int, limit: int) -> int:
    """Return the fewest prisoner-days past a limit, with the sessions of prisoners called and as many others as there
    were.
    """
    since = {stay_of(prisoner): prisoner.clock_from for prisoner in days[0].prisoners}
    over: Counter[tuple[Stay, date]] = Counter()
    for day in days[1:]:
        for prisoner in day.prisoners:
            stay = stay_of(prisoner)
            if (stay, day.on) in called:
                since[stay] = day.on
            begun = since.setdefault(stay, prisoner.arrived_on)
            over[stay, begun] += prisoner.away is None and (day.on - begun).days > limit
    taken = [part for number in over.values() for part in _parts(number, limit + 1)]
    return over.total() - sum(heapq.nlargest(others, taken))


def _parts(number: int, size: int) -> list[int]:
    whole, rest = divmod(number, size)
    return [size] * whole + [rest]


def live_tier(one: Candidate) -> int:
    """Return the highest tier of the markers that he was not seen since, or of all once his week is up."""
    due = one.days >= SETTINGS.gap_days
    tiers = (
        marker.tier for marker in one.priority.markers if marker.tier and (due or not seen_since(one.prisoner, marker))
    )
    return min(tiers, default=LOWEST_TIER + 1)


def before(one: Candidate) -> tuple[object, ...]:
    """The order before this one: see today by tier, then who is half way to serious, then by tier."""
    called, pressing = one.priority.see_today, 2 * one.days > SETTINGS.gap_serious_days
    block = 0 if called else 1 if pressing else 2
    return (block, 0 if block == 1 else live_tier(one), -one.days, one.prisoner.prison_number)


def tiers_first(one: Candidate) -> tuple[object, ...]:
    """The order without the prisoners soon to be serious: see today, then tier, then gap."""
    return (not one.priority.see_today, live_tier(one), -one.days, one.prisoner.prison_number)


def gaps_alone(one: Candidate) -> tuple[object, ...]:
    """See today, then whoever has waited longest, whatever his markers."""
    return (not one.priority.see_today, -one.days, one.prisoner.prison_number)


def simulate(database: Path) -> list[Line]:
    """Return the table."""
    days = read_days(database)
    lines = [as_recorded(days)]
    for minutes in (45, 30):
        planned = Simulation(days, minutes, name=f"kw plan, {minutes}-minute sessions").run()
        lines += [planned.line, *planned.bounds()]
    for minutes in (45, 30):
        lines.append(Simulation(days, minutes, name=f"the order before, {minutes} minutes", order=before).run().line)
    for name, order in (("tiers before long gaps", tiers_first), ("gaps alone", gaps_alone)):
        lines.append(Simulation(days, 45, name=f"45 minutes, see today, then {name}", order=order).run().line)
    return lines


def standard_prison(folder: Path) -> Path:
    """Make the standard prison in a folder; return its database."""
    database = folder / "standard.db"
    write_prison("standard", folder / "standard")
    there = Environment(datetime(2026, 5, 12, 7, tzinfo=UTC), sys.stderr, sys.stderr, {"KW_USER": "benchmark"})
    if main(["--db", str(database), "import", str(folder / "standard")], there):
        raise SystemExit("the prison could not be imported")
    return database


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table."""
    heading = [
        "| 26 weeks, 600 prisoners | sessions | over 7 days | over 14 | over 28 | longest gap | met within 3 days |"
    ]
    return "\n".join([*heading, "|---|---:|---:|---:|---:|---:|---:|", *(line.words() for line in lines)])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(table(simulate(standard_prison(Path(made)))))
