"""The least rota of a week: who cannot be kept and why, what each slot buys, and how too little is shared."""

from datetime import date, timedelta

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.plan.fair_share import fair_share
from keyworker_cli.rules.plan.least_rota import LeastRota, NotKept, Prospect, WhyNot, least_rota, times_of
from rules.plan.planned_day import TODAY, slot, unseen

DAYS = tuple(TODAY + timedelta(days=ahead) for ahead in range(1, 8))  # Wed 13 to Tue 19 May


def week(prisoners, *, published=(), offers=(), absences=(), barred=()) -> Prospect:
    return Prospect(
        days=DAYS,
        prisoners=list(prisoners),
        absences=list(absences),
        barred=frozenset(barred),
        published=times_of(published, DAYS, session_minutes=45),
        offers=times_of(offers, DAYS, session_minutes=45),
        limit=7,
    )


def half_days(officer: int, *ahead: int, minutes: int = 135):
    return [
        slot(officer, minutes=minutes, on=TODAY + timedelta(days=day), slot_id=-100 * officer - day) for day in ahead
    ]


def reasons(least: LeastRota) -> dict[int, tuple[WhyNot, bool]]:
    return {one.prisoner.person_id: (one.why, one.seen) for one in least.not_kept}


def of(numbers, days: int, **values) -> list[Contact]:
    return [unseen(number, days, **values) for number in numbers]


def test_one_slot_keeps_three_who_would_pass_the_limit() -> None:
    least = least_rota(week(of((1, 2, 3), 5, officer=1), offers=half_days(1, 1, 2, 3)))

    assert (len(least.given), least.bound, least.proved, least.own) == (1, 1, True, 3)
    assert least.not_kept == ()


def test_a_prisoner_may_be_seen_on_the_first_day_past_the_limit_and_no_later() -> None:
    """Seen five days ago, the eighth day is the third from now: a slot on it is in time, one on the fourth is not."""
    kept, late = (least_rota(week(of((1,), 5), offers=half_days(1, day))) for day in (3, 4))

    assert (len(kept.given), reasons(kept)) == (1, {})
    assert reasons(late) == {1: (WhyNot.NOBODY_THERE, True)}


def test_who_would_not_pass_the_limit_needs_no_slot() -> None:
    assert least_rota(week(of((1,), 0), offers=half_days(1, 1))).given == ()


def test_who_is_over_it_already_cannot_be_kept_and_is_seen_by_the_last_day() -> None:
    least = least_rota(week(of((1,), 20), offers=half_days(1, 6)))

    assert reasons(least) == {1: (WhyNot.OVER_BEFORE, True)}
    assert least.not_kept[0] == NotKept(least.not_kept[0].prisoner, date(2026, 4, 30), WhyNot.OVER_BEFORE, True)
    assert len(least.given) == 1


def test_each_who_cannot_be_kept_has_a_reason() -> None:
    prisoners = [*of((1,), 5), *of((2,), 5), *of((3, 4, 5, 6), 6)]
    away = AbsenceSpan(1, TODAY, TODAY + timedelta(days=4))

    least = least_rota(week(prisoners, offers=half_days(1, 2, 5), absences=[away], barred=[2]))

    assert reasons(least) == {
        1: (WhyNot.AWAY, True),
        2: (WhyNot.NO_ONE_TO_ONE, False),
        6: (WhyNot.TOO_FEW, True),
    }


def test_who_is_away_all_the_time_is_not_here() -> None:
    assert least_rota(week(of((1,), 5), absences=[AbsenceSpan(1, TODAY, None)])).not_kept == ()


def test_the_slots_come_in_the_order_in_which_each_buys_most() -> None:
    prisoners = [*of(range(1, 5), 6), *of((5,), 4)]

    least = least_rota(week(prisoners, offers=[*half_days(1, 2, 4), *half_days(2, 2)]))

    assert [time.on for time in least.given] == [1, 1]
    assert [(one.slots, one.not_in_time) for one in least.curve] == [(0, 5), (1, 2), (2, 0)]


def test_the_curve_counts_who_is_past_each_limit_on_the_last_day() -> None:
    prisoners = [*of((1,), 3), *of((2,), 10), *of((3,), 25)]

    least = least_rota(week(prisoners, offers=half_days(1, 1, minutes=45) + half_days(2, 1, 2, minutes=45)))

    assert [one.past for one in least.curve] == [(3, 2, 1), (2, 1, 0), (1, 0, 0), (0, 0, 0)]


def test_where_there_is_not_enough_the_fair_way_takes_the_longest_wait_first() -> None:
    prospect = week([*of((1,), 40), *of((2, 3), 3)], offers=half_days(1, 2, 3, 4, minutes=45))
    least = least_rota(prospect)

    share = fair_share(prospect, least, 1)

    assert (share.longest_plainly, share.longest_fairly) == (47, 10)
    assert (share.over_plainly, share.over_fairly) == (2, 2)


def test_the_fair_way_leaves_the_same_share_of_every_wing() -> None:
    prisoners = [
        *(unseen(number, 3) for number in (1, 2)),
        *(unseen(number, 3)._replace(location="C-1-001") for number in (3, 4)),
    ]
    prospect = week(prisoners, offers=half_days(1, 2, 3, 4, 5, minutes=45))

    share = fair_share(prospect, least_rota(prospect), 2)

    assert [(one.wing, one.prisoners, one.over_fairly) for one in share.wings] == [("B", 2, 1), ("C", 2, 1)]
