"""A check at the cell door takes nobody off a list, and a refusal there is not the same as one in a room."""

import json

import pytest

AS_OF = "--as-of 2026-05-12 --format json"


@pytest.fixture
def at_the_door(prison):
    """A man seen on 1 May, and since then only at his door: 45 minutes on the 10th, whatever that was."""
    prison.man("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.session("A1234BC", "SHAH", "2026-05-01")
    prison.session("A1234BC", "SHAH", "2026-05-10", 45, place="Cell Door")
    return prison


def rows(kw, line: str) -> list[dict]:
    return json.loads(kw(f"{line} {AS_OF}").out)["rows"]


def test_a_session_at_the_cell_door_is_a_short_contact_whatever_its_minutes(kw, at_the_door) -> None:
    (row,) = rows(kw, "overdue")
    assert (row["days"], row["last_session_on"]) == (11, "2026-05-01")


def test_its_minutes_are_individual_and_it_is_no_session(kw, at_the_door) -> None:
    (officer,) = rows(kw, "budget --weeks 1")
    assert (officer["individual_minutes"], officer["sessions"]) == (45, 0)
    assert json.loads(kw(f"stats {AS_OF}").out)["summary"]["sessions"] == 1


def test_a_prison_says_itself_which_places_do_not_count(kw, at_the_door) -> None:
    kw(["config", "set", "session.uncounted_places", "Hatch;  Yard"])

    assert json.loads(kw("config list --format json").out)["rows"][5]["value"] == "Hatch; Yard"
    assert rows(kw, "overdue") == []


@pytest.mark.parametrize("place", ["Hatch", " landing", "OBSERVATION PANEL"])
def test_the_other_places_are_known_without_case(kw, at_the_door, place: str) -> None:
    at_the_door.session("A1234BC", "SHAH", "2026-05-11", 45, place=place)
    assert rows(kw, "overdue")[0]["days"] == 11
