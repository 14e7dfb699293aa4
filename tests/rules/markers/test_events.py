"""What may be recorded of a prisoner, when, and which event is meant when one ends."""

from datetime import UTC, date, datetime

import pytest

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.signals import Confidence, DerivedMarker, MarkerCode, ProcessMarker
from keyworker_cli.rules.facts.care import EventRecord
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.markers.events import (
    Occurrence,
    check_occurrence,
    event_to_end,
    read_event_code,
    recorded_before,
    say_event,
    with_time,
)

NOW = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
TODAY = date(2026, 5, 12)
PRISONER = Person(1, "A1234BC", "Ash", "Ben", None, None, None, None, None)


def stay(arrived: date, left: date | None = None) -> Stay:
    return Stay(**{**dict.fromkeys(Stay._fields), "stay_id": 1, "arrived_on": arrived, "left_on": left})


HERE = [stay(date(2026, 1, 5))]
GONE = [stay(date(2026, 1, 5), date(2026, 3, 2))]


def record(code: str, on: date, **values) -> EventRecord:
    return EventRecord(**{**dict.fromkeys(EventRecord._fields), "event_id": 1, "code": code, "event_on": on, **values})


def check(code: MarkerCode, on: date, stays=HERE, **values) -> Stay:
    return check_occurrence(Occurrence(code, on, **values), PRISONER, stays, now=NOW)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("SEG", "SEG"),
        ("seg", "SEG"),
        ("violence-to-staff", "VIOLENCE_TO_STAFF"),
        ("self harm", "SELF_HARM"),
        ("bere", "BEREAVEMENT"),
    ],
)
def test_a_code_is_understood_in_any_case_and_by_its_beginning(typed: str, code: str) -> None:
    assert read_event_code(typed) == code


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        read_event_code("BULIED")

    assert "did you mean BULLIED?" in caught.value.hint


@pytest.mark.parametrize("code", [*DerivedMarker, *ProcessMarker])
def test_what_follows_from_the_record_is_never_typed(code: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read_event_code(code.lower())

    assert ("kw acct open" in caught.value.hint) is (code in ("ACCT", "ACCT_PC"))


@pytest.mark.parametrize("code", [code for code in MarkerCode if code is not MarkerCode.COURT])
def test_nothing_but_a_court_date_may_lie_ahead(code: MarkerCode) -> None:
    with pytest.raises(RefusedError, match="still to come"):
        check(code, date(2026, 5, 13), until_on=date(2026, 5, 20))

    assert check(MarkerCode.COURT, date(2026, 5, 13)) == HERE[0]


def test_a_time_of_today_that_has_not_come_is_refused() -> None:
    with pytest.raises(RefusedError, match="it is 08:15"):
        check(MarkerCode.SEG, TODAY, at_minute=8 * 60 + 16)

    assert check(MarkerCode.SEG, TODAY, at_minute=8 * 60 + 15) == HERE[0]


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(RefusedError, match="cannot end on Mon 11 May 2026"):
        check(MarkerCode.DEBT, TODAY, until_on=date(2026, 5, 11))


def test_cellular_confinement_needs_its_length() -> None:
    with pytest.raises(UsageError, match="needs its length"):
        check(MarkerCode.CELLULAR_CONFINEMENT, TODAY)


@pytest.mark.parametrize(
    ("code", "on", "stays"),
    [
        (MarkerCode.SEG, date(2026, 1, 4), HERE),
        (MarkerCode.BASIC, date(2025, 6, 1), HERE),
        (MarkerCode.SELF_HARM, date(2026, 3, 3), GONE),
        (MarkerCode.BEREAVEMENT, date(2025, 6, 1), GONE),
        (MarkerCode.COURT, date(2026, 5, 20), GONE),
        (MarkerCode.DEBT, TODAY, []),
    ],
)
def test_an_event_of_a_prisoner_who_was_not_here_is_refused(code: MarkerCode, on: date, stays: list[Stay]) -> None:
    with pytest.raises(RefusedError, match="he was not here"):
        check(code, on, stays)


@pytest.mark.parametrize("code", [MarkerCode.BEREAVEMENT, MarkerCode.SELF_HARM_HISTORY, MarkerCode.DEPRESSION])
def test_what_is_known_of_a_prisoner_from_before_he_came_may_be_recorded_while_he_is_here(code: MarkerCode) -> None:
    assert check(code, date(2025, 6, 1)) == HERE[0]


def test_an_event_on_the_day_he_left_may_be_recorded_later() -> None:
    assert check(MarkerCode.ADJUDICATION, date(2026, 3, 2), GONE) == GONE[0]


def test_an_event_of_today_begins_now_and_one_of_another_day_at_a_time_nobody_said() -> None:
    assert with_time(Occurrence(MarkerCode.SEG, TODAY), now=NOW).at_minute == 8 * 60 + 15
    assert with_time(Occurrence(MarkerCode.SEG, TODAY, at_minute=420), now=NOW).at_minute == 420
    assert with_time(Occurrence(MarkerCode.SEG, date(2026, 5, 11)), now=NOW).at_minute is None


@pytest.mark.parametrize(("minute", "repeats"), [(None, True), (540, True), (541, False)])
def test_the_same_code_on_the_same_day_is_a_repeat_unless_another_time_is_given(minute, repeats: bool) -> None:
    there = [record("SEG", TODAY, at_minute=540), record("DEBT", TODAY)]

    found = recorded_before(Occurrence(MarkerCode.SEG, TODAY, at_minute=minute), there)

    assert (found == there[0]) is repeats


def end(events, *, began: date | None = None, on: date = TODAY) -> EventRecord:
    return event_to_end(events, MarkerCode.BASIC, began_on=began, on=on, prisoner=PRISONER)


def test_the_one_without_an_end_is_the_one_to_end() -> None:
    over = record("BASIC", date(2026, 2, 1), until_on=date(2026, 3, 1))
    still = record("BASIC", date(2026, 4, 1))

    assert end([still, over, record("DEBT", TODAY)]) == still


def test_an_end_that_is_still_to_come_may_be_brought_forward() -> None:
    planned = record("BASIC", date(2026, 4, 1), until_on=date(2026, 6, 1))

    assert end([planned]) == planned


def test_of_two_the_day_it_began_says_which() -> None:
    two = [record("BASIC", date(2026, 4, 1)), record("BASIC", date(2026, 4, 20))]

    with pytest.raises(UsageError) as caught:
        end(two)
    assert len(caught.value.details) == 2
    assert end(two, began=date(2026, 4, 1)) == two[0]


def test_what_is_over_cannot_be_ended_again_nor_before_it_began() -> None:
    with pytest.raises(NotFoundError):
        end([record("BASIC", date(2026, 2, 1), until_on=date(2026, 3, 1))])
    with pytest.raises(RefusedError, match="it began on"):
        end([record("BASIC", date(2026, 4, 1))], on=date(2026, 3, 31))


def test_an_event_is_said_with_what_is_known_of_it() -> None:
    what = Occurrence(MarkerCode.DEBT, TODAY, 660, date(2026, 5, 20), Confidence.SUSPECTED)

    assert say_event(what) == "in debt (suspected), Tue 12 May 2026 at 11:00, until Wed 20 May 2026"
