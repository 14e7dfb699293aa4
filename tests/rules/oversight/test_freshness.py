"""How soon sessions are typed, and whether the prisoners on the roll are in kw."""

from datetime import UTC, date, datetime

import pytest

from keyworker_cli.rules.facts.audit import RecordingTime
from keyworker_cli.rules.oversight.freshness import find_lateness, lateness_window, say_roll


def typed(held: str, at: str, *, known: bool = True) -> RecordingTime:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return RecordingTime(1, "B", date.fromisoformat(held), moment, known)


def test_a_session_typed_on_its_own_day_is_not_late():
    assert find_lateness([typed("2026-05-11", "2026-05-11T16:00")]).late == 0


def test_a_session_typed_the_next_morning_is_a_day_late():
    assert find_lateness([typed("2026-05-11", "2026-05-12T07:00")]).late == 1


def test_the_day_is_londons_so_half_past_eleven_utc_in_summer_is_the_next():
    assert find_lateness([typed("2026-05-11", "2026-05-11T23:30")]).late == 1
    assert find_lateness([typed("2026-01-12", "2026-01-12T23:30")]).late == 0


def test_three_of_ten_are_30_per_cent():
    sessions = [typed("2026-05-04", f"2026-05-0{4 if number < 7 else 6}T12:00") for number in range(10)]

    assert find_lateness(sessions).percent_late == 30


def test_what_was_imported_without_its_moment_is_in_neither_number():
    found = find_lateness(
        [typed("2026-05-11", "2026-05-11T16:00"), typed("2026-04-20", "2026-05-12T06:00", known=False)]
    )

    assert (found.sessions, found.late, found.unknown, found.percent_late) == (1, 0, 1, 0)


def test_of_no_sessions_there_is_no_share():
    found = find_lateness([])

    assert (found.percent_late, found.latest_on, found.recorded_at) == (None, None, None)


def test_the_latest_day_and_the_latest_typing_are_told_apart():
    found = find_lateness([typed("2026-05-11", "2026-05-11T16:00"), typed("2026-05-04", "2026-05-12T06:00")])

    assert found.latest_on == date(2026, 5, 11)
    assert found.recorded_at == datetime(2026, 5, 12, 6, tzinfo=UTC)


def test_four_weeks_are_28_days_with_the_last():
    assert lateness_window(date(2026, 5, 12)) == (date(2026, 4, 15), date(2026, 5, 12))


@pytest.mark.parametrize(
    ("roll", "said"),
    [
        (612, "roll 612, 598 in kw: 14 prisoners are not in kw"),
        (599, "roll 599, 598 in kw: 1 prisoner is not in kw"),
        (598, "roll 598: all are in kw"),
        (597, "roll 597, 598 in kw: 1 prisoner is in kw and not on the roll"),
        (0, "roll 0, 598 in kw: 598 prisoners are in kw and not on the roll"),
    ],
)
def test_the_roll_says_how_many_prisoners_are_not_in_kw(roll, said):
    assert say_roll(roll, 598) == said
