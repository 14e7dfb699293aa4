"""A day to come, as far as it is known today."""

from datetime import UTC, date, datetime

from keyworker_cli.rules.facts.officers import Acquaintance
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.priority import Known
from keyworker_cli.rules.plan.days_ahead import known_ahead, known_by, minute_reached, prisoners_on
from rules.markers.marked_prisoner import event, prisoner

TODAY, TUESDAY = date(2026, 5, 12), date(2026, 5, 19)


def away_on(day: date, *spans: AbsenceSpan) -> str | None:
    (found,) = prisoners_on([prisoner(person_id=1, away="HOSPITAL", away_from=date(2026, 5, 1))], spans, on=day)
    return found.away


def test_a_prisoner_away_is_back_on_the_day_recorded_and_not_before() -> None:
    span = AbsenceSpan(1, date(2026, 5, 1), TUESDAY)

    assert away_on(date(2026, 5, 18), span) == "HOSPITAL"
    assert away_on(TUESDAY, span) is None


def test_a_prisoner_away_without_a_day_of_return_stays_away() -> None:
    assert away_on(TUESDAY, AbsenceSpan(1, date(2026, 5, 1), None)) == "HOSPITAL"


def test_what_happens_after_today_is_not_known_but_for_what_is_announced() -> None:
    events = [event("SELF_HARM", TODAY), event("SEG", TUESDAY), event("COURT", TUESDAY)]

    told = known_ahead(Known(events, (), (), ()), as_of=TODAY)

    assert [one.code for one in told.events] == ["SELF_HARM", "COURT"]


def test_the_minute_reached_is_london_s_and_only_of_today() -> None:
    now = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)

    assert minute_reached(now, on=TODAY) == 8 * 60 + 15
    assert minute_reached(now, on=TUESDAY) == 0


def test_who_has_seen_whom_is_told_by_prisoner() -> None:
    assert known_by([Acquaintance(1, 7, TODAY), Acquaintance(1, 8, TUESDAY)]) == {1: {7: TODAY, 8: TUESDAY}}
