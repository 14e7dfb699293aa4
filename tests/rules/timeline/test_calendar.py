"""A prisoner's calendar, day by day against a slow reading of his record."""

from datetime import date, timedelta

from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.rota.spells import LOST, NO_ROTA, NO_TIME, RotaSpell
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.calendar import CALENDAR_WEEKS, Calendar, DayMark, calendar_of

CAME, TODAY = date(2026, 4, 8), date(2026, 5, 12)  # a Wednesday and a Tuesday


def calendar(concerns=(), spells=(), since: date = CAME, until: date = TODAY) -> Calendar:
    return calendar_of((), concerns, spells, since=since, until=until, settings=Settings())


def on(found: Calendar, day: date) -> DayMark:
    return found.days[found.weeks.index(Week.of(day))][day.weekday()]


def test_it_begins_with_the_week_he_came_in_and_ends_with_this_one() -> None:
    found = calendar()

    assert (found.weeks[0], found.weeks[-1], len(found.days)) == (Week(2026, 15), Week(2026, 20), 6)
    assert on(found, CAME - timedelta(days=1)) is DayMark.NOT_HERE
    assert on(found, CAME) is on(found, TODAY) is DayMark.NOTHING
    assert on(found, TODAY + timedelta(days=1)) is DayMark.NOT_HERE


def test_of_a_long_stay_it_shows_half_a_year() -> None:
    assert len(calendar(since=date(2024, 1, 1)).weeks) == CALENDAR_WEEKS


def test_weeks_without_a_slot_and_those_all_dropped_are_marked_and_unknown_ones_are_not() -> None:
    days = {NO_TIME: date(2026, 4, 14), LOST: date(2026, 4, 21), NO_ROTA: date(2026, 4, 28)}
    found = calendar(spells=[RotaSpell(day, day, 1, kind) for kind, day in days.items()])

    assert [on(found, day) for day in days.values()] == [DayMark.NO_TIME, DayMark.NO_TIME, DayMark.NOTHING]


def test_a_concern_stands_before_the_rota() -> None:
    day = date(2026, 4, 14)

    assert on(calendar(concerns=[day], spells=[RotaSpell(day, day, 1, NO_TIME)]), day) is DayMark.CONCERN
