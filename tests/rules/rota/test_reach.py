"""How far the rota goes, by wing and for the prison, and where it ends before a day."""

from keyworker_cli.rules.facts.rota import LatestSlot
from keyworker_cli.rules.rota.reach import rota_reach, say_rota_ends
from rules.budget.time_facts import OKAFOR, SHAH, day, slot


def test_how_far_a_rota_reaches_is_known_by_wing_and_for_the_prison():
    latest = [LatestSlot("B", day("2026-05-08")), LatestSlot("C", day("2026-05-11"))]
    ahead = [slot(OKAFOR, "2026-05-14"), slot(SHAH, "2026-05-21", published="2026-05-15")]

    reach = rota_reach(latest, ahead, as_of=day("2026-05-12"))

    assert reach == {"B": day("2026-05-08"), "C": day("2026-05-14"), None: day("2026-05-14")}


def test_a_rota_that_ends_before_a_day_is_said_wing_by_wing_and_the_others_are_not():
    reach = {"B": day("2026-05-08"), "C": day("2026-05-11")}

    assert [*say_rota_ends(reach, ["A", "B", "C", None], before=day("2026-05-11"))] == [
        "wing A: no rota recorded",
        "wing B: no rota after Fri 8 May 2026",
        "officers without a wing: no rota recorded",
    ]
