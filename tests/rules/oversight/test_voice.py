"""Who is asked for their own answer, and how far answers and record agree (help: voice)."""

import random
from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.voice import OwnAnswer
from keyworker_cli.rules.oversight.voice import (
    Question,
    State,
    agreement,
    check_asking,
    draw,
    longer_ago,
    read_last_talk,
    sample_of,
)
from keyworker_cli.rules.oversight.wilson import wilson

MAY = Month(2026, 5)
FIRST, TODAY = MAY.first_day, date(2026, 5, 12)


def prisoner(number: int, *, wing: str | None = "B", **values) -> Contact:
    """A prisoner of a wing, here and in scope unless other values are given."""
    empty = dict.fromkeys(Contact._fields)
    row = {
        "person_id": number,
        "prison_number": f"A{number:04}BC",
        "last_name": f"Man {number}",
        "first_name": "Mr",
        "arrived_on": date(2026, 1, 5),
        "arrival_type": "RECEPTION",
        "location": wing and f"{wing}-1-001",
    }
    return Contact(**{**empty, **row, **values})


def answered(number: int = 1, **values) -> OwnAnswer:
    """An answer of 4 May beside a record with key worker 7 and a session of 1 May."""
    row = {
        **dict.fromkeys(OwnAnswer._fields),
        "person_id": number,
        "prison_number": f"A{number:04}BC",
        "first_name": "Mr",
        "last_name": "A",
        "asked_on": date(2026, 5, 4),
        "asked_by": "chaplain",
        "wing": "B",
        "holder_id": 7,
        "last_session_on": date(2026, 5, 1),
    }
    return OwnAnswer(**{**row, **values})


def drawn(there, now=None, answers=(), *, month=MAY, per_wing=5):
    return draw(
        there,
        there if now is None else now,
        answers,
        month=month,
        drawn_on=month.first_day,
        as_of=TODAY,
        per_wing=per_wing,
    )


def asked(sample) -> list[int]:
    return [one.prisoner.person_id for one in sample if one.state is not State.GONE]


PRISONERS = [prisoner(number, wing="BC"[number % 2]) for number in range(40)]


def test_five_of_each_wing_are_asked_and_nobody_twice() -> None:
    sample = drawn(PRISONERS)

    assert [one.wing for one in sample] == ["B"] * 5 + ["C"] * 5
    assert len(set(asked(sample))) == 10


@given(st.permutations(PRISONERS))
def test_the_same_are_asked_in_whatever_order_they_come(prisoners) -> None:
    assert drawn(prisoners) == drawn(PRISONERS)


def test_another_month_asks_others_and_over_a_year_everybody_may_come() -> None:
    months = Month(2027, 4).until(60)
    samples = [set(asked(drawn(PRISONERS, month=month))) for month in months]

    assert samples[0] != samples[1]
    assert set().union(*samples) == {one.person_id for one in PRISONERS}


def test_a_small_wing_is_asked_whole() -> None:
    assert sorted(asked(drawn([prisoner(1), prisoner(2), prisoner(3, wing=None)]))) == [1, 2, 3]


def test_who_is_out_of_scope_or_away_is_not_drawn() -> None:
    prisoners = [
        prisoner(1),
        prisoner(2, away="HOSPITAL"),
        prisoner(3, out_of_scope_from=FIRST),
        prisoner(4, out_of_scope_from=TODAY),
    ]

    sample = {one.prisoner.person_id: one.state for one in drawn(prisoners)}

    assert sample == {1: State.TO_ASK, 4: State.GONE}


def test_the_next_takes_the_place_of_one_who_left_and_nobody_elses_changes() -> None:
    prisoners = [prisoner(number) for number in range(20)]
    before = asked(drawn(prisoners))
    now = [one for one in prisoners if one.person_id != before[1]]

    after = drawn(prisoners, now)

    assert asked(after)[:4] == [before[0], *before[2:]]
    assert [one.prisoner.person_id for one in after if one.state is State.GONE] == [before[1]]
    assert len(asked(after)) == 5


def test_one_who_was_asked_keeps_his_place_when_he_has_left() -> None:
    prisoners = [prisoner(number) for number in range(20)]
    first = asked(drawn(prisoners))[0]

    sample = drawn(
        prisoners, [one for one in prisoners if one.person_id != first], [answered(first, spoke_freely=True)]
    )

    assert {one.prisoner.person_id: one.state for one in sample}[first] is State.ANSWERED
    assert asked(sample) == asked(drawn(prisoners))


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_the_sample_against_a_slow_twin(seed, per_wing) -> None:
    chance = random.Random(seed)
    prisoners = [
        prisoner(
            number,
            wing=chance.choice("BC"),
            away=chance.choice([None, None, None, "COURT"]),
            out_of_scope_from=chance.choice([None, None, None, FIRST, TODAY]),
        )
        for number in range(chance.randrange(30))
    ]
    now = [one._replace(away=chance.choice([None, None, "COURT"])) for one in prisoners if chance.random() < 0.8]
    there = {one.person_id: one for one in now}
    answers = [answered(one.person_id) for one in prisoners if chance.random() < 0.1]
    given_by = {one.person_id for one in answers}

    expected = set()
    for wing in "BC":
        fit = [m for m in prisoners if m.wing == wing and m.away is None and m.out_of_scope_from != FIRST]
        everybody = [one.prisoner for one in drawn(fit, fit, per_wing=99)]
        left = per_wing
        for one in everybody:
            if one.person_id in given_by:
                expected.add(one.person_id)
                left -= 1
            elif left > 0:
                here = there.get(one.person_id)
                if here and here.away is None and here.out_of_scope_from is None:
                    expected.add(one.person_id)
                    left -= 1

    assert set(asked(drawn(prisoners, now, answers, per_wing=per_wing))) == expected


def test_where_nobody_was_here_on_the_first_day_they_are_drawn_on_the_day_asked_about() -> None:
    def contacts(on):
        return [prisoner(1)] if on >= TODAY else []

    sample = sample_of(MAY, contacts, [], as_of=TODAY, per_wing=5)

    assert asked(sample) == [1]


@pytest.mark.parametrize(
    ("values", "agrees"),
    [
        ({"key_worker_said": "NAMED", "key_worker_id": 7}, True),
        ({"key_worker_said": "NAMED", "key_worker_id": 8}, False),
        ({"key_worker_said": "OTHER"}, False),
        ({"key_worker_said": "NONE"}, False),
        ({"key_worker_said": "NOT_KNOWN"}, False),
        ({"key_worker_said": "NONE", "holder_id": None}, True),
        ({"key_worker_said": "NOT_KNOWN", "holder_id": None}, True),
        ({"key_worker_said": "NAMED", "key_worker_id": 7, "holder_id": None}, False),
        ({}, None),
    ],
)
def test_whom_he_names_beside_whom_the_record_names(values, agrees) -> None:
    found = agreement(Question.KEY_WORKER, [answered(**values)])

    assert (found.n, found.of, found.unsaid) == (int(agrees is True), int(agrees is not None), int(agrees is None))


@pytest.mark.parametrize(
    ("values", "agrees", "longer"),
    [
        ({"last_talk_said": "ON_A_DAY", "last_talk_on": date(2026, 5, 1)}, True, False),
        ({"last_talk_said": "ON_A_DAY", "last_talk_on": date(2026, 4, 24)}, True, False),
        ({"last_talk_said": "ON_A_DAY", "last_talk_on": date(2026, 4, 23)}, False, True),
        (
            {"last_talk_said": "ON_A_DAY", "last_talk_on": date(2026, 5, 4), "last_session_on": date(2026, 4, 1)},
            False,
            False,
        ),
        ({"last_talk_said": "NEVER"}, False, True),
        ({"last_talk_said": "NEVER", "last_session_on": None}, True, False),
        ({"last_talk_said": "NEVER", "last_session_on": None, "records_from": date(2026, 3, 1)}, None, False),
        (
            {"last_talk_said": "ON_A_DAY", "last_talk_on": date(2026, 5, 1), "last_session_on": None},
            False,
            False,
        ),
        ({"last_talk_said": "NOT_KNOWN"}, None, False),
        ({}, None, False),
    ],
)
def test_when_they_last_talked_beside_the_last_session(values, agrees, longer) -> None:
    found = agreement(Question.LAST_TALK, [answered(**values)])

    assert (found.n, found.of, found.unsaid) == (int(agrees is True), int(agrees is not None), int(agrees is None))
    assert longer_ago(answered(**values)) is longer


def test_of_nineteen_answers_there_is_too_little_to_say_and_of_twenty_an_interval() -> None:
    free = [answered(number, spoke_freely=number % 2 == 0) for number in range(20)]

    assert agreement(Question.FREELY, free[:19]).interval is None
    assert agreement(Question.FREELY, free).interval == wilson(10, 20)


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(8, 10, 49.0, 94.3), (0, 10, 0.0, 27.8), (10, 10, 72.2, 100.0), (15, 148, 6.2, 16.0), (81, 263, 25.5, 36.6)],
)
def test_the_intervals_that_are_published(n, of, low, high) -> None:
    found = wilson(n, of)

    assert found is not None
    assert (round(found.low, 1), round(found.high, 1)) == (low, high)


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_shares_that_the_sample_does_not_contradict(of, data) -> None:
    n = data.draw(st.integers(0, of))
    found = wilson(n, of)
    assert found is not None
    for end, outward in ((found.low, -1), (found.high, 1)):
        for step, inside in ((-0.01 * outward, True), (0.01 * outward, False)):
            share = (end + step) / 100
            if 0 < share < 1:
                far = abs(n / of - share) / sqrt(share * (1 - share) / of)
                assert (far <= 1.959963984540054) is inside


def test_nobody_gives_no_interval() -> None:
    assert wilson(0, 0) is None


def test_an_answer_is_taken_by_somebody_else_and_of_who_was_drawn() -> None:
    (one,) = drawn([prisoner(1)])

    check_asking(name="Mr A", asked_on=TODAY, asker_id=8, holder_id=7, drawn=one)
    check_asking(name="Mr A", asked_on=TODAY, asker_id=None, holder_id=None, drawn=one)
    with pytest.raises(RefusedError, match="not his key worker"):
        check_asking(name="Mr A", asked_on=TODAY, asker_id=7, holder_id=7, drawn=one)
    with pytest.raises(RefusedError, match="not in the sample of 2026-05"):
        check_asking(name="Mr A", asked_on=TODAY, asker_id=8, holder_id=7, drawn=None)


def test_a_talk_after_he_was_asked_is_refused() -> None:
    with pytest.raises(UsageError, match="before"):
        read_last_talk("2026-05-13", asked_on=TODAY)
    assert read_last_talk("Not Known", asked_on=TODAY)[1] is None
    assert read_last_talk("2 weeks ago", asked_on=TODAY)[1] == TODAY - timedelta(days=14)
