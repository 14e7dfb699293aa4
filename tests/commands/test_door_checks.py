"""A check at the cell door takes nobody off a list, and a refusal there is not the same as one in a room."""

import json

import pytest

from factories import world

AS_OF = "--as-of 2026-05-12 --format json"


@pytest.fixture
@world
def at_the_door(prison):
    """A prisoner seen on 1 May, and since then only at his door: 45 minutes on the 10th, whatever that was."""
    prison.prisoner("A1234BC", arrived="2026-04-01")
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


def test_two_refusals_at_the_door_bring_the_advice_to_try_elsewhere(kw, at_the_door) -> None:
    first = kw("log-session A1234BC --by SHAH --refused --place Hatch --on 2026-05-11")
    second = kw("log-session A1234BC --by SHAH --refused --place 'cell door' --on 2026-05-12")

    assert "offered at the door: another place may be easier" in first.err
    advice = "ffered at the door 2 times and refused: try another place, or another officer."
    assert advice in second.err
    why = kw("why A1234BC").out
    assert "refused since Fri 1 May 2026: 2, 2 of them offered at the door." in why
    assert advice in why
    assert "refused, offered at the door" in why
    assert "at the door, not counted" in why
    assert "Refused a session with Officer Shah, offered at the door" in kw("timeline A1234BC").out


def test_a_refused_entry_is_no_refusal_of_a_session(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-05-08")
    prison.slot("SHAH", "2026-05-11", status="WORKED")
    prison.session("A1234BC", "SHAH", "2026-05-11", outcome="REFUSED", type="KE")

    (row,) = rows(kw, "overdue")
    assert (row["why"], row["refusals_since"]) == ("UNUSED", 0)


def test_refused_before_this_key_worker_had_him_says_nothing_of_that_officer_s_time(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-05-05", outcome="REFUSED")
    prison.allocated("A1234BC", "SHAH", "2026-05-08")
    prison.slot("SHAH", "2026-05-11", status="WORKED")

    (row,) = rows(kw, "overdue")
    assert (row["why"], row["refusals_since"], row["refusals_in_window"]) == ("UNUSED", 1, 0)
    prison.session("A1234BC", "SHAH", "2026-05-11", outcome="REFUSED")
    (row,) = rows(kw, "overdue")
    assert (row["why"], row["refusals_since"], row["refusals_in_window"]) == ("REFUSED", 2, 1)
