"""The weeks in which an officer worked no time, in as few lines as say it."""

from datetime import date

from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.spells import LOST, NO_ROTA, NO_TIME, spells_without_time

MONDAY = date(2026, 3, 2)
UNTIL = date(2026, 3, 31)


def slot(on: str, status: str = "WORKED", reason: str | None = None, unavailable: str | None = None) -> Slot:
    return Slot(1, 1, "SHAH", "Shah", "Nadia", "B", date.fromisoformat(on), 540, 675, status, reason, None, unavailable)


def spells(*slots: Slot, since: date = MONDAY, rota_until: date | None = UNTIL) -> list[tuple[str, str, str, int, int]]:
    found = spells_without_time(slots, since=since, until=UNTIL, rota_until=rota_until)
    return [(one.kind, f"{one.first_on:%m-%d}", f"{one.last_on:%m-%d}", one.weeks, one.slots) for one in found]


def test_weeks_on_end_without_time_are_one() -> None:
    assert spells(slot("2026-03-04")) == [(NO_TIME, "03-09", "03-31", 4, 0)]


def test_each_week_whose_slots_were_all_lost_is_said_with_the_reasons() -> None:
    lost = [
        slot("2026-03-03", "REDEPLOYED", "STAFFING"),
        slot("2026-03-04", "REDEPLOYED", "ESCORT"),
        slot("2026-03-05", "REDEPLOYED", "ESCORT"),
    ]
    found = list(spells_without_time(lost, since=MONDAY, until=date(2026, 3, 8), rota_until=UNTIL))

    assert [(one.kind, one.slots, one.reasons) for one in found] == [(LOST, 3, ("ESCORT", "STAFFING"))]


def test_a_week_with_one_slot_worked_or_not_confirmed_is_left_out() -> None:
    weeks = [slot(f"2026-03-{day}") for day in ("09", "16", "23", "30")]

    assert spells(slot("2026-03-03", "REDEPLOYED", "STAFFING"), slot("2026-03-04"), *weeks) == []
    assert spells(slot("2026-03-03", "PUBLISHED"), *weeks) == []


def test_a_slot_of_a_day_on_which_he_was_not_there_is_lost() -> None:
    weeks = [slot(f"2026-03-{day}") for day in ("09", "16", "23", "30")]

    assert spells(slot("2026-03-03", unavailable="INACTIVE"), *weeks) == [(LOST, "03-02", "03-08", 1, 1)]


def test_after_the_last_rota_recorded_nobody_can_tell() -> None:
    assert spells(slot("2026-03-04"), rota_until=date(2026, 3, 20)) == [
        (NO_TIME, "03-09", "03-22", 2, 0),
        (NO_ROTA, "03-23", "03-31", 2, 0),
    ]
    assert spells(rota_until=None) == [(NO_ROTA, "03-02", "03-31", 5, 0)]


def test_only_the_days_asked_about_are_said() -> None:
    first = date(2026, 3, 4)

    assert spells(slot("2026-03-03"), slot("2026-03-10"), since=first)[0] == (NO_TIME, "03-04", "03-08", 1, 0)
