"""What a prison of 600 really needs: half a year lived with the least rota, and with so many slots every week.

`python tests/benchmarks/least_minutes.py` prints the table and draws `what_slots_buy.svg`; `pytest
tests/benchmarks/test_least_minutes.py` holds both to what is to be reached. The 26 weeks are those of `simulation.py`:
who arrives, leaves, is away and what happens to whom is as recorded. What differs is the slots.

Each Monday the week's slots are placed for those here on Sunday evening, Monday to Friday, as `kw rota least` would: of
any officers, as many on a day as it takes, none at the weekend. A slot is 135 minutes, three sessions of 45 or four of
30. Nobody knows on Monday who will arrive, leave, be taken away or come back in the week. The slots are then used
either by `kw plan` or by the longest wait alone, which is the earliest deadline first.

The curve asks the other way round: with the same number of slots every week, evenly over Monday to Friday, and the
longest wait first, what share of prisoner-days is past each limit. The first eight weeks, in which the backlog of the
recorded year is worked off, are left out of it.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from benchmarks.simulation import (
    DAY,
    LIMITS,
    WEEKS,
    Line,
    Order,
    Recorded,
    Simulation,
    read_days,
    standard_prison,
    stay_of,
)
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.day_plan import Candidate
from keyworker_cli.rules.plan.fewest_slots import Question, fewest_slots, run_of

SLOT = 135
WORKING_DAYS = 5
MOST_A_DAY = 120
BACKLOG_WEEKS = 8
LEVELS = tuple(range(0, 241, 20))
PICTURE = Path(__file__).with_name("what_slots_buy.svg")


def longest_wait(one: Candidate) -> tuple[int, str]:
    """The longest wait first, whatever the markers."""
    return (-one.days, one.prisoner.prison_number)


class Placed(Simulation):
    """The same days with slots placed each Monday: the least for a limit, or as many as were published."""

    def __init__(
        self, days: Sequence[Recorded], minutes: int, *, name: str, limit: int, same: bool = False, order: Order
    ) -> None:
        super().__init__(days, minutes, name=name, order=order)
        self._limit, self._same = limit, same
        self._slots: list[int] = [0] * 7
        self.weeks: Counter[tuple[int, int]] = Counter()

    def _live(self, day: Recorded) -> None:
        week = day.on.isocalendar()[:2]
        if week not in self.weeks:
            self._place(day)
        number = self._slots[day.on.weekday()]
        self.weeks[week] += number
        super()._live(replace(day, slots=slots_on(day, number)))

    def _place(self, monday: Recorded) -> None:
        before = self._days[(monday.on - self._days[0].on).days - 1]
        prisoners = [
            prisoner._replace(last_session_on=self._seen.get(stay_of(prisoner)))
            for prisoner in before.prisoners
            if prisoner.away is None
        ]
        first = monday.on.weekday()
        per_slot = SLOT // self._minutes
        question = Question(
            base=(0,) * 7,
            offers=tuple((per_slot,) * (MOST_A_DAY if first <= on < WORKING_DAYS else 0) for on in range(7)),
            needs=Counter(days for prisoner in prisoners if (days := self._days_of(prisoner, monday, first))),
        )
        least = fewest_slots(question)
        assert least is not None
        assert least.proved
        number = published_in_week(self._days, monday) if self._same else least.number
        self._slots = placed(question, least.slots, number)

    def _days_of(self, prisoner: Contact, monday: Recorded, first: int) -> int:
        """Return the days on which he is to be seen, as bits; 0 where he would not pass the limit by Sunday."""
        by = first + (prisoner.clock_from - monday.on).days + self._limit + 1
        if by > 6:
            return 0
        last = WORKING_DAYS - 1 if by < first else min(by, WORKING_DAYS - 1)
        return run_of(first, last)

    def minutes_each(self) -> float:
        """Return the minutes of the slots, a prisoner and week."""
        return self.weeks.total() * SLOT / (self.line.prisoner_days / 7)


def placed(question: Question, least: Sequence[int], number: int) -> list[int]:
    """Return so many slots by day: of the least those that most are seen in time with, and what is left over evenly."""
    left, slots = list(least), [0] * len(least)
    for _ in range(number):
        days = [on for on, more in enumerate(left) if more]
        if days:
            best = min(days, key=lambda on: (question.missed_by_deadline(question.places(_one_more(slots, on))), on))
            left[best] -= 1
        else:
            best = min((on for on, size in enumerate(question.offers) if size), key=lambda on: (slots[on], on))
        slots[best] += 1
    return slots


def _one_more(slots: Sequence[int], on: int) -> list[int]:
    return [number + (at == on) for at, number in enumerate(slots)]


def published_in_week(days: Sequence[Recorded], monday: Recorded) -> int:
    last = monday.on + (6 - monday.on.weekday()) * DAY
    minutes = sum(slot.minutes for day in days if monday.on <= day.on <= last for slot in day.published)
    return minutes // SLOT


def slots_on(day: Recorded, number: int) -> list[Slot]:
    """Return so many slots of a day, of officers who know nobody."""
    return [
        Slot(-at, -at, f"X{at}", "", "", None, day.on, 540, 540 + SLOT, "PUBLISHED", None, None, None)
        for at in range(1, number + 1)
    ]


# --- the same every week ---


@dataclass(frozen=True)
class Level:
    """So many slots every week, and the share of prisoner-days past each limit once the backlog is worked off."""

    slots: int
    minutes_each: float
    past: tuple[float, ...]


def levels(days: Sequence[Recorded]) -> list[Level]:
    return [level(days, slots) for slots in LEVELS]


def level(days: Sequence[Recorded], slots: int) -> Level:
    seen = {stay_of(prisoner): prisoner.last_session_on for prisoner in days[0].prisoners if prisoner.last_session_on}
    past: Counter[int] = Counter()
    prisoner_days = 0
    for number, day in enumerate(days[1:]):
        here = [prisoner for prisoner in day.prisoners if prisoner.away is None]
        clock = {stay_of(prisoner): seen.get(stay_of(prisoner)) or prisoner.arrived_on for prisoner in here}
        weekday = day.on.weekday()
        places = 3 * (slots // WORKING_DAYS + (weekday < slots % WORKING_DAYS)) if weekday < WORKING_DAYS else 0
        for prisoner in sorted(here, key=lambda prisoner: (clock[stay_of(prisoner)], prisoner.prison_number))[:places]:
            seen[stay_of(prisoner)] = clock[stay_of(prisoner)] = day.on
        if number >= 7 * BACKLOG_WEEKS:
            prisoner_days += len(here)
            past.update(limit for since in clock.values() for limit in LIMITS if (day.on - since).days > limit)
    weeks = (len(days) - 1 - 7 * BACKLOG_WEEKS) / 7
    return Level(
        slots, slots * SLOT * weeks / (prisoner_days / 7), tuple(past[limit] / prisoner_days for limit in LIMITS)
    )


def drawn(found: Sequence[Level], published: float, worked: float) -> str:
    """Return the curve as a picture: a line of its own kind for each limit, and where the recorded year stands."""
    wide, high, left, top = 520, 260, 46, 14
    widest = found[-1].slots

    def at(slots: float, share: float) -> tuple[float, float]:
        return round(left + slots / widest * wide, 1), round(top + (1 - share) * high, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 90} {top + high + 44}" '
        'font-family="sans-serif" font-size="11">',
        "<title>Share of prisoner-days past 7, 14 and 28 days by slots a week</title>",
    ]
    for percent in range(0, 101, 25):
        x, y = at(0, percent / 100)
        parts.append(f'<path d="M{x} {y}h{wide}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 6}" y="{y + 4}" text-anchor="end">{percent}%</text>')
    for slots in range(0, widest + 1, 40):
        x, y = at(slots, 0)
        parts.append(f'<text x="{x}" y="{y + 16}" text-anchor="middle">{slots}</text>')
    x, y = at(widest / 2, 0)
    parts.append(f'<text x="{x}" y="{y + 34}" text-anchor="middle">slots of 135 minutes a week, 600 prisoners</text>')
    for slots, words in ((worked, "worked"), (published, "published")):
        x, y = at(slots, 1)
        parts.append(f'<path d="M{x} {y}v{high}" stroke="#888" stroke-dasharray="2 4"/>')
        parts.append(f'<text x="{x + 3}" y="{y + 9}">{words}</text>')
    for number, (limit, dashes) in enumerate(zip(LIMITS, ("", "7 3", "2 2"), strict=True)):
        points = " ".join("{},{}".format(*at(one.slots, one.past[number])) for one in found)
        line = f'fill="none" stroke="#000" stroke-width="1.6" stroke-dasharray="{dashes}"'
        parts.append(f'<polyline points="{points}" {line}/>')
        x, y = left + wide + 8, top + 20 + 18 * number
        parts.append(f'<path d="M{x} {y}h26" {line}/><text x="{x + 32}" y="{y + 4}">{limit} days</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


# --- the table ---


@dataclass(frozen=True)
class Row:
    """A line of the table, with the slots it took."""

    line: Line
    minutes_each: float
    slots_a_week: float
    most_a_week: int

    def words(self) -> str:
        shares = " | ".join(f"{self.line.share_over(limit):.1%}" for limit in LIMITS)
        weeks = f"{self.slots_a_week:.0f} | {self.most_a_week}"
        return f"| {self.line.name} | {weeks} | {self.minutes_each:.1f} | {shares} | {self.line.longest} |"


def row(name: str, days: Sequence[Recorded], *, limit: int, minutes: int = 45, same: bool = False, order: Order) -> Row:
    lived = Placed(days, minutes, name=name, limit=limit, same=same, order=order)
    lived.run()
    return Row(lived.line, lived.minutes_each(), lived.weeks.total() / WEEKS, max(list(lived.weeks.values())[1:]))


def as_published(days: Sequence[Recorded]) -> Row:
    every = [replace(day, slots=day.published) for day in days]
    line = Simulation(every, 45, name="published as recorded, none dropped, `kw plan`").run().line
    by_week: Counter[tuple[int, int]] = Counter()
    for day in days[1:]:
        by_week[day.on.isocalendar()[:2]] += sum(slot.minutes for slot in day.published) // SLOT
    total = by_week.total()
    return Row(line, total * SLOT / (line.prisoner_days / 7), total / WEEKS, max(by_week.values()))


def rows(days: Sequence[Recorded]) -> list[Row]:
    plan = attrgetter("order")
    return [
        as_published(days),
        row("the same minutes placed by `rota least`, `kw plan`", days, limit=7, same=True, order=plan),
        row("the same minutes placed so, longest wait first", days, limit=7, same=True, order=longest_wait),
        row("least for 7 days, longest wait first", days, limit=7, order=longest_wait),
        row("least for 7 days, `kw plan`", days, limit=7, order=plan),
        row("least for 7 days, 30-minute sessions", days, limit=7, minutes=30, order=longest_wait),
        row("least for 14 days, longest wait first", days, limit=14, order=longest_wait),
        row("least for 28 days, longest wait first", days, limit=28, order=longest_wait),
        row("least for 28 days, `kw plan`", days, limit=28, order=plan),
    ]


def table(found: Sequence[Row]) -> str:
    heading = [
        "| 26 weeks, 600 prisoners | slots a week | most | minutes per prisoner "
        "| over 7 days | over 14 | over 28 | longest gap |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return "\n".join([*heading, *(one.words() for one in found)])


def draw(days: Sequence[Recorded], found: Sequence[Level]) -> str:
    published, worked = (
        sum(slot.minutes for day in days[1:] for slot in slots(day)) / SLOT / WEEKS
        for slots in (attrgetter("published"), attrgetter("slots"))
    )
    return drawn(found, published, worked)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        lived = read_days(standard_prison(Path(made)))
    print(table(rows(lived)))
    curve = levels(lived)
    for one in curve:
        print(one.slots, f"{one.minutes_each:.1f}", *(f"{share:.1%}" for share in one.past), file=sys.stderr)
    PICTURE.write_text(draw(lived, curve), encoding="utf-8")
