"""A plan that was kept says who is seeing whom only while its slots are there."""

from keyworker_cli.rules.facts.rota import PlannedPlace
from keyworker_cli.rules.plan.kept_plan import check_plan
from rules.budget.time_facts import OKAFOR, SHAH, day, slot

TODAY = "2026-05-12"


def place(prisoner: int, officer: int, start: int = 9 * 60) -> PlannedPlace:
    return PlannedPlace(day(TODAY), prisoner, officer, "SHAH", "Shah", "Officer", start, start + 45)


def standing(places, slots):
    return sorted(check_plan(places, slots, on=day(TODAY)).standing)


def test_a_place_stands_while_its_slot_is_to_come():
    assert standing([place(1, SHAH)], [slot(SHAH, TODAY, "PUBLISHED")]) == [1]


def test_a_place_whose_slot_was_lost_is_gone():
    plan = check_plan([place(1, SHAH)], [slot(SHAH, TODAY, "REDEPLOYED")], on=day(TODAY))

    assert (list(plan.standing), list(plan.gone)) == ([], [1])


def test_a_place_is_gone_when_its_officer_is_not_there():
    assert standing([place(1, SHAH)], [slot(SHAH, TODAY, "PUBLISHED", unavailable="UNAVAILABLE_ANNUAL_LEAVE")]) == []


def test_a_place_is_gone_when_its_slot_was_cut_short():
    assert standing([place(1, SHAH, start=11 * 60)], [slot(SHAH, TODAY, "PUBLISHED")]) == []


def test_another_officers_slot_or_another_days_is_not_the_plans():
    slots = [slot(OKAFOR, TODAY, "PUBLISHED"), slot(SHAH, "2026-05-13", "PUBLISHED")]

    assert standing([place(1, SHAH)], slots) == []


def test_the_officers_planned_are_named_though_their_slots_are_gone():
    assert check_plan([place(1, SHAH)], [], on=day(TODAY)).officers == {SHAH}
