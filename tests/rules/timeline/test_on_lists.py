"""On which mornings a prisoner stood on a list, held to a slow twin that asks on each of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.on_lists import Signals, mornings_overdue, mornings_to_be_seen
from rules.markers.marked_prisoner import event, prisoner, session

ARRIVED = date(2026, 1, 5)
SETTINGS = Settings()


def day(number: int) -> date:
    return ARRIVED + timedelta(days=number)


def stay(left: int | None = None, out_of_scope: int | None = None) -> Stay:
    left_on = None if left is None else day(left)
    return Stay(
        1, ARRIVED, "RECEPTION", "B-2-014", left_on, None, None if out_of_scope is None else day(out_of_scope), ""
    )


def found(seen=(), *, as_of=40, absences=(), **stays) -> list[tuple[int, int, int]]:
    """Each run as the number of its first and last day since arrival, and of its mornings."""
    seen_on, away = [day(number) for number in seen], [Away("HOSPITAL", *map(day, nights)) for nights in absences]
    runs = mornings_overdue(stay(**stays), seen_on, away, as_of=day(as_of), settings=SETTINGS)
    return [((run.first_on - ARRIVED).days, (run.last_on - ARRIVED).days, run.number) for run in runs]


def test_a_prisoner_seen_weekly_is_on_the_list_on_no_morning() -> None:
    assert found(seen=range(2, 40, 7)) == []


def test_a_prisoner_never_seen_is_on_it_from_the_eighth_morning_to_the_last() -> None:
    assert found(as_of=12) == [(8, 12, 5)]


def test_one_seen_during_the_day_had_stood_on_the_list_that_morning() -> None:
    assert found(seen=[10], as_of=15) == [(8, 10, 3)]


def test_the_morning_of_the_day_he_left_is_the_last() -> None:
    assert found(left=11) == [(8, 11, 4)]


def test_from_the_day_he_is_out_of_scope_he_is_on_no_list() -> None:
    assert found(out_of_scope=11) == [(8, 10, 3)]


def test_the_mornings_after_a_night_away_are_not_counted() -> None:
    assert found(absences=[(9, 12)], as_of=14) == [(8, 14, 4)]


def test_serious_is_said_from_its_first_morning() -> None:
    (run,) = mornings_overdue(stay(), [], [], as_of=day(40), settings=SETTINGS)

    assert run.serious_on == day(29)


@given(
    seen=st.lists(st.integers(0, 60), max_size=12),
    left=st.none() | st.integers(0, 70),
    as_of=st.integers(0, 80),
    days=st.integers(1, 20),
)
def test_as_a_twin_that_asks_on_each_morning(seen, left, as_of, days) -> None:
    settings = Settings(gap_days=days)
    runs = mornings_overdue(stay(left), [day(number) for number in seen], [], as_of=day(as_of), settings=settings)

    expected = []
    for morning in range(1, min(as_of, as_of if left is None else left) + 1):
        before = [number for number in seen if number < morning]
        if morning - max(before, default=0) > days:
            expected.append(morning)

    assert sum(run.number for run in runs) == len(expected)
    listed = [
        number for run in runs for number in range((run.first_on - ARRIVED).days, (run.last_on - ARRIVED).days + 1)
    ]
    assert listed == expected


def to_be_seen(*events, seen=(), as_of=40) -> list[tuple[int, int]]:
    """Each run of mornings on which he was to be seen today, as its first and last day since arrival."""
    who = prisoner(arrived=ARRIVED, arrival_type="RECEPTION")
    held = [session(day(number)) for number in seen]
    listed = mornings_to_be_seen(who, stay(), held, Signals(events, ()), [], as_of=day(as_of), settings=SETTINGS)
    return [((run.first_on - ARRIVED).days, (run.last_on - ARRIVED).days) for run in listed]


def test_a_signal_after_the_morning_meeting_puts_him_on_the_list_to_see_today_from_the_next_morning() -> None:
    before, after = (event("SELF_HARM", day(20), at_minute=minute) for minute in (8 * 60, 9 * 60))

    assert to_be_seen(before, seen=[18], as_of=22) == [(20, 22)]
    assert to_be_seen(after, seen=[18], as_of=22) == [(21, 22)]


def test_once_he_has_been_seen_he_leaves_that_list_until_his_week_is_up() -> None:
    signal = event("SELF_HARM", day(20), at_minute=9 * 60)

    assert to_be_seen(signal, seen=[18, 23], as_of=31) == [(21, 23), (30, 31)]


def test_a_signal_still_to_come_is_on_no_morning_before_it() -> None:
    assert to_be_seen(event("SELF_HARM", day(20)), seen=[5, 12, 18], as_of=19) == []


def test_one_that_runs_until_he_is_seen_stands_while_he_is_not() -> None:
    later = event("RELATIONSHIP", day(20), at_minute=9 * 60, next_seen_on=day(25))

    assert to_be_seen(later, seen=[18, 25], as_of=27) == [(21, 25)]
