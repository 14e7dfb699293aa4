"""Whose the fewest slots are, against every other choice; who sees whom, against another way to pair (help: least)."""

from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.plan.assignment import pair
from keyworker_cli.rules.plan.fewest_slots import fewest_slots
from keyworker_cli.rules.plan.share_out import Time, choose_slots, count_with, own_at_most, seat
from rules.plan.weeks_at_random import RandomWeek, random_weeks, ways

OUT_OF_TIME = 10**6


def worth(week: RandomWeek, chosen: list[Time]) -> tuple[int, int]:
    seats = seat(week.wanted, [*week.published, *chosen])
    return count_with(seats, Relation.OWN), count_with(seats, Relation.WING)


def worth_by_pairing(week: RandomWeek, chosen: list[Time]) -> tuple[int, int]:
    times = [*week.published, *chosen]
    many = len(week.wanted)

    def cost(one, time: Time) -> int:
        if not one.days >> time.on & 1:
            return OUT_OF_TIME
        if one.prisoner.key_worker_id == time.slot.key_worker_id:
            return 0
        return many if one.prisoner.wing == time.slot.wing else many + 1

    costs = [[cost(one, time) for time in times] for one in week.wanted]
    paid = [row[at] for row, at in zip(costs, pair(costs, [time.places for time in times]), strict=True)]
    return paid.count(0), paid.count(many)


def test_no_other_choice_of_as_many_slots_sees_more_with_their_own_key_worker_then_on_their_wing() -> None:
    for week in random_weeks(seed=2):
        least = fewest_slots(week.question)
        if least is None:
            continue
        chosen = choose_slots(week.question, least, week.wanted, week.published, week.offers)

        assert len(chosen) == least.number
        assert worth(week, chosen) == worth_by_pairing(week, chosen)
        assert worth(week, chosen) == max(worth_by_pairing(week, way) for way in ways(week, least.number))
        most = own_at_most(week.question, least.number, week.wanted, week.published, week.offers)
        assert worth(week, chosen)[0] <= most


def test_everybody_is_seen_once_on_one_of_their_days_and_no_slot_holds_more_than_it_can() -> None:
    for week in random_weeks(seed=3):
        seats = seat(week.wanted, [*week.published, *week.offers])

        assert len({one.wanted.prisoner.person_id for one in seats}) == len(seats)
        assert all(one.wanted.days >> one.time.on & 1 for one in seats)
        assert all([one.time for one in seats].count(time) <= time.places for time in {one.time for one in seats})
