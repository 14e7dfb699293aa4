"""Which days figures are of."""

from datetime import date

import pytest

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.periods import ask_period

TODAY = date(2026, 5, 12)


def test_without_a_word_it_is_the_28_days_that_end_today():
    period = ask_period(as_of=TODAY)

    assert (period.first_on, period.last_on, period.length) == (date(2026, 4, 15), TODAY, 28)
    assert period.words() == "Wed 15 Apr to Tue 12 May 2026 (28 days)"


def test_the_last_day_alone_takes_the_28_days_up_to_it():
    assert ask_period(as_of=TODAY, until="30/4/2026").first_on == date(2026, 4, 3)


def test_one_day_is_a_period_and_the_day_before_it_the_one_before():
    period = ask_period(as_of=TODAY, since="12/5/2026")

    assert period.length == 1
    assert period.words() == "Tue 12 May 2026 (1 day)"
    assert (period.before.first_on, period.before.last_on) == (date(2026, 5, 11), date(2026, 5, 11))


def test_across_a_year_end_both_years_are_said():
    period = ask_period(as_of=TODAY, since="22/12/2025", until="4/1/2026")

    assert period.words() == "Mon 22 Dec 2025 to Sun 4 Jan 2026 (14 days)"
    assert (period.before.first_on, period.before.last_on) == (date(2025, 12, 8), date(2025, 12, 21))


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("13/5/2026", None, "is after the day asked about"),
        ("1/5/2026", "30/4/2026", "is after --until"),
        (None, "13/5/2026", "is after the day asked about"),
        ("1/5/2006", None, "more than ten years"),
        ("31/2/2026", None, "31"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_by_name(since, until, said):
    with pytest.raises(UsageError) as refused:
        ask_period(as_of=TODAY, since=since, until=until)

    assert said in refused.value.message
