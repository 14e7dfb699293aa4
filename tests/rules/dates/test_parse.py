"""Dates, weeks and moments: what people type is understood or refused with the reason (help: dates)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.london import (
    age_on,
    days_between,
    end_of_day,
    london,
    london_date,
    london_moment,
    london_zone,
)
from keyworker_cli.rules.dates.parse import parse_date, parse_full_date, parse_moment, parse_time
from keyworker_cli.rules.dates.say import say_date, say_day, say_days, say_moment, say_time
from keyworker_cli.rules.dates.weeks import Week, complete_weeks, parse_week

TODAY = date(2026, 5, 13)  # a Wednesday
CLOCKS_GO_FORWARD = date(2026, 3, 29)
CLOCKS_GO_BACK = date(2026, 10, 25)

Understood = TypeVar("Understood")

dates = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
todays = st.dates(min_value=date(1910, 1, 1), max_value=date(2190, 12, 31))  # the nearest 29 February is a date too
moments = st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


def _answer(understand: Callable[[], Understood]) -> Understood | UsageError:
    """Return what was understood, or the refusal; anything else that is raised fails the test."""
    try:
        return understand()
    except UsageError as refused:
        return refused


# --- what people type ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-25", date(2026, 3, 25)),
        ("2026/03/25", date(2026, 3, 25)),
        ("25/03/2026", date(2026, 3, 25)),
        ("25/3/2026", date(2026, 3, 25)),
        ("25.03.2026", date(2026, 3, 25)),
        ("25-03-2026", date(2026, 3, 25)),
        ("07/12/2026", date(2026, 12, 7)),
        ("21 nov 2026", date(2026, 11, 21)),
        ("21 November 2026", date(2026, 11, 21)),
        ("21st nov 2026", date(2026, 11, 21)),
        ("3 sept 2026", date(2026, 9, 3)),
        ("Wed 25 Mar 2026", date(2026, 3, 25)),
        ("wednesday, 25/03/2026", date(2026, 3, 25)),
        ("29/02/2028", date(2028, 2, 29)),
        ("  25/03/2026 ", date(2026, 3, 25)),
        ("today", TODAY),
        ("Today", TODAY),
        ("YESTERDAY", date(2026, 5, 12)),
        ("tomorrow", date(2026, 5, 14)),
        ("-3d", date(2026, 5, 10)),
        ("-1w", date(2026, 5, 6)),
        ("+3d", date(2026, 5, 16)),
        ("+2W", date(2026, 5, 27)),
        ("-0d", TODAY),
        ("3 days ago", date(2026, 5, 10)),
        ("1 day ago", date(2026, 5, 12)),
        ("a week ago", date(2026, 5, 6)),
        ("in 2 weeks", date(2026, 5, 27)),
    ],
)
def test_a_date_is_understood_as_people_type_it_whichever_way_it_looks(text: str, expected: date) -> None:
    assert parse_date(text, today=TODAY) == expected
    assert parse_date(text, today=TODAY, ahead=True) == expected


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("wed", TODAY, TODAY),
        ("Wednesday", TODAY, TODAY),
        ("tue", date(2026, 5, 12), date(2026, 5, 19)),
        ("tues", date(2026, 5, 12), date(2026, 5, 19)),
        ("THURSDAY", date(2026, 5, 7), date(2026, 5, 14)),
        ("21/11", date(2025, 11, 21), date(2026, 11, 21)),
        ("21 nov", date(2025, 11, 21), date(2026, 11, 21)),
        ("fri 21 nov", date(2025, 11, 21), None),
        ("sat 21 nov", None, date(2026, 11, 21)),
        ("13/5", TODAY, TODAY),
        ("12/5", date(2026, 5, 12), date(2027, 5, 12)),
        ("29/2", date(2024, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_the_latest_one_and_the_next_where_it_is_to_come(
    text: str, past: date | None, coming: date | None
) -> None:
    for ahead, expected in ((False, past), (True, coming)):
        if expected is None:
            with pytest.raises(UsageError, match="is a"):
                parse_date(text, today=TODAY, ahead=ahead)
        else:
            assert parse_date(text, today=TODAY, ahead=ahead) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("12/25/2026", "12/25/2026: there is no month 25; dates are day first"),
        ("2026-13-01", "2026-13-01: there is no month 13"),
        ("31/02", "31/02: there is no 31 February"),
        ("31/02/2026", "31/02/2026: there is no 31 February"),
        ("2026-02-30", "2026-02-30: there is no 30 February"),
        ("31 apr", "31 apr: there is no 31 April"),
        ("0/5", "0/5: there is no 0 May"),
        ("29/02/2026", "29/02/2026: there is no 29 February in 2026"),
        ("21/11/26", "21/11/26: the year 26 could be of two centuries"),
        ("5 mar 26", "5 mar 26: the year 26 could be of two centuries"),
        ("1/1/20226", "1/1/20226: there is no year 20226 here"),
        ("0026-03-25", "0026-03-25: there is no year 0026 here"),
        ("Tue 25 Mar 2026", "Tue 25 Mar 2026: 25 March 2026 is a Wednesday"),
        ("soon", "soon: this is not a date"),
        ("5 m", "5 m: this is not a date"),
        ("2026-W13", "2026-W13: this is not a date"),
        ("3d", "3d: this is not a date"),
        ("٣/٤/2026", "٣/٤/2026: this is not a date"),
        ("9999-12-31", "9999-12-31: there is no year 9999 here"),
        ("31/12/1899", "31/12/1899: there is no year 1899 here"),
        ("-999999d", "-999999d: this is further away than any date can be"),
        ("-99999d", "-99999d: this is further away than any date can be"),
        ("+199999d", "+199999d: this is further away than any date can be"),
        ("", "no date was given"),
        ("one\ntwo", "one two: this is not a date"),
        ("x" * 5000, "x" * 39 + "…: this is not a date"),
        ("1/1/" + "9" * 5000, "1/1/" + "9" * 35 + "…: there is no year " + "9" * 39 + "… here"),
    ],
)
def test_what_cannot_be_a_date_is_refused_with_the_reason_and_a_way_out(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_date(text, today=TODAY)
    assert refused.value.message == message
    assert refused.value.hint
    assert refused.value.exit_code == 2


def test_one_who_wrote_the_month_first_is_told_the_date_he_may_have_meant() -> None:
    with pytest.raises(UsageError) as refused:
        parse_date("12/25/2026", today=TODAY)
    assert refused.value.hint == "for 25 December write 25/12"


def test_a_hint_names_days_to_come_where_the_date_is_to_come() -> None:
    with pytest.raises(UsageError) as refused:
        parse_date("soon", today=TODAY, ahead=True)
    assert "tomorrow, +3d" in refused.value.hint


@pytest.mark.parametrize("text", ["2026-03-25", "25/03/2026", "25/3/2026", "25 mar 2026", "25-Mar-2026"])
def test_a_file_may_write_a_date_in_full(text: str) -> None:
    assert parse_full_date(text) == date(2026, 3, 25)


@pytest.mark.parametrize(
    "text", ["yesterday", "-3d", "wed", "25/03", "25 mar", "25/03/26", "31/02/2026", "2026-W13-3", ""]
)
def test_a_file_may_not_leave_a_date_to_the_day_it_is_read_on(text: str) -> None:
    with pytest.raises(UsageError):
        parse_full_date(text)


@given(dates, dates, st.booleans())
def test_every_date_kw_prints_is_understood_when_typed_back(on: date, today: date, ahead: bool) -> None:
    assert parse_date(say_date(on), today=today, ahead=ahead) == on
    assert parse_date(on.isoformat(), today=today, ahead=ahead) == on
    assert parse_date(f"{on:%d/%m/%Y}", today=today, ahead=ahead) == on
    assert parse_full_date(f"{on:%d/%m/%Y}") == on


@given(dates, todays)
def test_a_day_and_month_are_never_read_on_the_wrong_side_of_today(on: date, today: date) -> None:
    text = f"{on.day}/{on.month}"
    past, coming = parse_date(text, today=today), parse_date(text, today=today, ahead=True)
    assert past <= today <= coming
    assert (past.day, past.month) == (coming.day, coming.month) == (on.day, on.month)


@given(todays, st.sampled_from(["mon", "Tuesday", "wed", "THU", "friday", "sat", "Sun"]))
def test_a_weekday_is_within_a_week_of_today_and_on_the_right_side(today: date, name: str) -> None:
    past, coming = parse_date(name, today=today), parse_date(name, today=today, ahead=True)
    assert say_day(past)[:3].casefold() == say_day(coming)[:3].casefold() == name[:3].casefold()
    assert timedelta(0) <= today - past < timedelta(days=7)
    assert timedelta(0) <= coming - today < timedelta(days=7)


@given(st.text(max_size=30), st.booleans())
def test_whatever_is_typed_is_a_date_or_refused_in_words(text: str, ahead: bool) -> None:
    said = _answer(lambda: parse_date(text, today=TODAY, ahead=ahead))
    assert isinstance(said, date) or (said.message and said.hint)


# --- times and moments ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:40", time(9, 40)),
        ("9:40", time(9, 40)),
        ("0940", time(9, 40)),
        ("9.40", time(9, 40)),
        (" 14:15:59 ", time(14, 15)),
        ("00:00", time(0, 0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_understood_as_people_type_it(text: str, expected: time) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("24:00", "24:00: there is no hour 24"),
        ("12:60", "12:60: there is no minute 60"),
        ("9", "9: this is not a time"),
        ("940", "940: this is not a time"),
        ("9:40pm", "9:40pm: this is not a time"),
        ("-9:40", "-9:40: this is not a time"),
        ("", "no time was given"),
    ],
)
def test_what_cannot_be_a_time_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_time(text)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-25T15:02:00Z", datetime(2026, 3, 25, 15, 2, tzinfo=UTC)),
        ("2026-03-25 15:02+01:00", datetime(2026, 3, 25, 14, 2, tzinfo=UTC)),
        ("2026-03-25T15:02", datetime(2026, 3, 25, 15, 2, tzinfo=UTC)),
        ("2026-05-12T15:02", datetime(2026, 5, 12, 14, 2, tzinfo=UTC)),
        ("25/03/2026 15:02", datetime(2026, 3, 25, 15, 2, tzinfo=UTC)),
        ("Tue 12 May 2026 15:02", datetime(2026, 5, 12, 14, 2, tzinfo=UTC)),
        ("yesterday 8:15", datetime(2026, 5, 12, 7, 15, tzinfo=UTC)),
        ("3 days ago, 8:15", datetime(2026, 5, 10, 7, 15, tzinfo=UTC)),
        ("8:15", datetime(2026, 5, 13, 7, 15, tzinfo=UTC)),
        ("29/03/2026 00:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("29/03/2026 02:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("25/10/2026 01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_by_londons_clock_unless_it_carries_an_offset(text: str, expected: datetime) -> None:
    assert parse_moment(text, today=TODAY) == expected


@pytest.mark.parametrize("text", ["25/03/2026", "25 mar 2026", "2026-03-25", "Wed 25 Mar 2026"])
def test_a_date_alone_is_the_end_of_that_day(text: str) -> None:
    moment = parse_moment(text, today=TODAY)
    assert moment == end_of_day(date(2026, 3, 25))
    assert london_date(moment) == date(2026, 3, 25)
    assert london_date(moment + timedelta(microseconds=1)) == date(2026, 3, 26)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "29/03/2026 01:30",
            "29/03/2026 01:30: there was no 01:30 on Sun 29 Mar 2026, the clocks went forward",
        ),
        (
            "2026-03-29T01:30",
            "2026-03-29T01:30: there was no 01:30 on Sun 29 Mar 2026, the clocks went forward",
        ),
        ("2026-03-25T25:02", "2026-03-25T25:02: there is no such moment"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z: there is no such moment"),
        ("0001-01-01T00:00+14:00", "0001-01-01T00:00+14:00: there is no such moment"),
        ("yesterday 25:00", "25:00: there is no hour 25"),
        ("31/02/2026 10:00", "31/02/2026: there is no 31 February"),
        ("", "no date was given"),
    ],
)
def test_what_cannot_be_a_moment_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_moment(text, today=TODAY)
    assert refused.value.message == message


@given(st.text(alphabet="0123456789-+:T zZ./adnovwe", max_size=30))
def test_whatever_is_typed_is_an_aware_moment_or_refused_in_words(text: str) -> None:
    said = _answer(lambda: parse_moment(text, today=TODAY))
    if isinstance(said, datetime):
        assert said.utcoffset() == timedelta(0)
    else:
        assert said.message
        assert said.hint


@given(moments)
def test_a_moment_kw_prints_is_understood_to_the_minute_when_typed_back(moment: datetime) -> None:
    local = london(moment).replace(second=0, microsecond=0)
    first = local.replace(fold=0)  # the hour that comes twice is read as the first of the two
    # in UTC: in an hour that comes twice Python takes no two moments of different zones for equal
    assert parse_moment(say_moment(moment), today=TODAY) == first.astimezone(UTC)


def test_a_moment_without_its_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london(datetime(2026, 3, 25, 15, 2))  # noqa: DTZ001 - the mistake under test


def test_late_on_a_summer_evening_in_utc_it_is_already_tomorrow_in_london() -> None:
    assert london_date(datetime(2026, 5, 12, 23, 30, tzinfo=UTC)) == date(2026, 5, 13)
    assert london_date(datetime(2026, 1, 12, 23, 30, tzinfo=UTC)) == date(2026, 1, 12)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.timezones()))  # noqa: DTZ001
def test_the_date_in_london_is_that_of_its_clock_whenever_and_wherever_the_moment_was_taken(moment: datetime) -> None:
    assert london_date(moment) == moment.astimezone(london_zone()).date()


def test_the_date_in_london_is_that_of_its_clock_in_every_hour_of_three_centuries() -> None:
    moment = datetime(1900, 1, 1, tzinfo=UTC)
    while moment.year < 2200:
        assert london_date(moment) == moment.astimezone(london_zone()).date(), moment
        moment += timedelta(hours=11)  # so that each hour of the day comes round


@given(dates, st.times())
def test_londons_clock_at_a_moment_shows_the_time_it_was_made_from(on: date, at: time) -> None:
    local = london(london_moment(on, at))
    asked = datetime.combine(on, at.replace(fold=0), london_zone())
    assert local.replace(tzinfo=None) - asked.replace(tzinfo=None) in (timedelta(0), timedelta(hours=1))
    assert local.date() == on


# --- what kw says ---


def test_a_date_is_said_with_its_weekday_and_a_month_in_letters() -> None:
    assert say_date(date(2026, 3, 25)) == "Wed 25 Mar 2026"
    assert say_date(date(2026, 5, 1)) == "Fri 1 May 2026"
    assert say_day(date(2026, 5, 8)) == "Fri 8 May"


def test_a_moment_is_said_by_the_clock_on_the_wing() -> None:
    assert say_moment(datetime(2026, 3, 25, 15, 2, tzinfo=UTC)) == "Wed 25 Mar 2026 15:02"
    assert say_moment(datetime(2026, 5, 12, 23, 30, tzinfo=UTC)) == "Wed 13 May 2026 00:30"
    assert say_time(time(9, 5)) == "09:05"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (6, "6 days"),
        (7, "7 days (1 week)"),
        (13, "13 days (1 week)"),
        (14, "14 days (2 weeks)"),
        (49, "49 days (7 weeks)"),
        (55, "55 days (7 weeks)"),
        (185, "185 days (26 weeks)"),
    ],
)
def test_days_are_said_with_the_whole_weeks_in_them(days: int, said: str) -> None:
    assert say_days(days) == said


# --- days and ages ---


def test_the_clocks_going_forward_and_back_move_no_count_of_days() -> None:
    for clock_change in (CLOCKS_GO_FORWARD, CLOCKS_GO_BACK):
        before, after = clock_change - timedelta(days=1), clock_change + timedelta(days=1)
        assert days_between(before, clock_change) == 1
        assert days_between(before, after) == 2
        assert days_between(clock_change, clock_change) == 0
        late, early = london_moment(before, time(23, 59)), london_moment(after, time(0, 1))
        assert days_between(london_date(late), london_date(early)) == 2


def test_mr_a_was_not_seen_for_seven_weeks() -> None:
    assert say_days(days_between(date(2026, 3, 25), date(2026, 5, 13))) == "49 days (7 weeks)"


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2006, 5, 14), TODAY, 19),
        (date(2006, 5, 13), TODAY, 20),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (TODAY, TODAY, 0),
    ],
)
def test_a_prisoner_is_a_year_older_on_his_birthday(born_on: date, on: date, age: int) -> None:
    assert age_on(born_on, on) == age


# --- weeks ---


def test_the_last_days_of_a_year_with_53_weeks_belong_to_its_last_week() -> None:
    for on in (date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)):
        assert str(Week.of(on)) == "2026-W53"
    assert str(Week.of(date(2027, 1, 4))) == "2027-W01"
    assert Week(2026, 53) + 1 == Week(2027, 1)
    assert Week(2027, 1) - 1 == Week(2026, 53)
    assert Week(2026, 53) < Week(2027, 1)


def test_a_week_runs_from_monday_to_sunday_across_the_clock_change() -> None:
    week = Week.of(CLOCKS_GO_FORWARD)
    assert str(week) == "2026-W13"
    assert (week.monday, week.sunday) == (date(2026, 3, 23), CLOCKS_GO_FORWARD)
    assert len(week.days) == 7
    assert CLOCKS_GO_FORWARD in week
    assert CLOCKS_GO_FORWARD + timedelta(days=1) not in week


def test_a_week_is_complete_at_the_end_of_its_sunday() -> None:
    assert [str(week) for week in complete_weeks(date(2026, 4, 5), 2)] == ["2026-W13", "2026-W14"]
    assert [str(week) for week in complete_weeks(date(2026, 4, 4), 2)] == ["2026-W12", "2026-W13"]
    assert [str(week) for week in complete_weeks(date(2026, 4, 13), 2)] == ["2026-W14", "2026-W15"]
    assert complete_weeks(date(2026, 4, 5), 0) == []


@pytest.mark.parametrize(
    "text", ["2026-W54", "2025-W53", "9999-W52", "2026-W00", "W13", "2026-13", "26-W13", "", "week 13"]
)
def test_what_cannot_be_a_week_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        Week.parse(text)
    assert "2026-W13" in refused.value.hint


def test_a_week_the_year_does_not_have_is_named() -> None:
    with pytest.raises(UsageError, match="there is no week 53 in 2025"):
        Week.parse("2025-W53")
    with pytest.raises(ValueError, match="week"):
        Week(2025, 53)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-W48", Week(2026, 48)),
        ("2026w5", Week(2026, 5)),
        ("this", Week(2026, 20)),
        ("next", Week(2026, 21)),
        ("Next week", Week(2026, 21)),
        ("last week", Week(2026, 19)),
        ("8/5/2026", Week(2026, 19)),
        ("yesterday", Week(2026, 20)),
    ],
)
def test_a_week_may_be_named_or_any_date_in_it_given(text: str, expected: Week) -> None:
    assert parse_week(text, today=TODAY) == expected


@given(dates)
def test_every_date_lies_in_its_week_and_the_week_reads_back(on: date) -> None:
    week = Week.of(on)
    assert week.monday <= on <= week.sunday
    assert on in week
    assert week.monday.weekday() == 0
    assert days_between(week.monday, week.sunday) == 6
    assert Week.parse(str(week)) == week


@given(dates, st.integers(min_value=-600, max_value=600))
def test_weeks_are_counted_by_their_mondays(on: date, weeks: int) -> None:
    week = Week.of(on)
    assert (week + weeks).monday == week.monday + timedelta(weeks=weeks)
    assert (week + weeks) - weeks == week
    assert ((week + weeks) > week) == (weeks > 0)


@given(dates, st.integers(min_value=1, max_value=60))
def test_complete_weeks_are_consecutive_and_none_later_is_complete(as_of: date, number: int) -> None:
    weeks = complete_weeks(as_of, number)
    assert len(weeks) == number
    assert all(after == before + 1 for before, after in pairwise(weeks))
    assert weeks[-1].sunday <= as_of < (weeks[-1] + 1).sunday


def test_an_hour_left_out_in_march_is_never_before_its_day() -> None:
    assert london_moment(date(1999, 3, 28), time(1, 0, fold=1)) == london_moment(date(1999, 3, 28), time(1, 0))
