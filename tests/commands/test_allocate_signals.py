"""`kw allocate` and the signals: the prisoners to be seen today come first, and who is not to be seen alone.

help: allocation, see-today.
"""

import json
from datetime import date

import pytest

from factories import world

NO_ONE_TO_ONE = "no one-to-one with this prisoner (RNO121), since Mon 11 May 2026; a manager decides who sees him"


@pytest.fixture
@world
def one_place(prison):
    """Two prisoners without a key worker, Ben Ash for longer, and an officer with one place left."""
    prison.prisoner("A1111AA", name="Ben Ash", arrived="2026-03-02", born="1980-02-01")
    prison.prisoner("B2222BB", name="Carl Birch", arrived="2026-04-01", born="1980-02-01")
    prison.officer("SHAH", name="Nadia Shah", capacity=1)
    return prison


def placed(kw, line: str = "allocate --dry-run") -> list[tuple[str, bool]]:
    """Each prisoner of the recommendation in its order, and whether he is given a key worker."""
    rows = json.loads(kw(f"{line} --format json").out)["rows"]
    return [(row["name"], row["key_worker"] is not None) for row in rows]


def test_the_prisoner_longest_without_a_key_worker_gets_the_place(kw, one_place) -> None:
    assert placed(kw) == [("Ben Ash", True), ("Carl Birch", False)]


def test_a_prisoner_to_be_seen_today_gets_it_before_him(kw, one_place) -> None:
    one_place.event("B2222BB", "SELF_HARM", "2026-05-10")

    assert placed(kw) == [("Carl Birch", True), ("Ben Ash", False)]


def test_the_list_of_prisoners_without_a_key_worker_recommends_as_allocate_does(kw, one_place) -> None:
    one_place.event("B2222BB", "SELF_HARM", "2026-05-10")

    rows = json.loads(kw("unallocated --format json").out)["rows"]

    assert {row["name"]: row["recommended"] and row["recommended"]["staff_id"] for row in rows} == {
        "Ben Ash": None,
        "Carl Birch": "SHAH",
    }


@pytest.mark.parametrize(
    "line", ["allocate --dry-run", "allocate --yes", "allocate A1111AA --to SHAH", "allocate A1111AA --dry-run"]
)
def test_no_one_to_one_is_warned_of_by_name_however_he_is_allocated(kw, one_place, line) -> None:
    one_place.event("A1111AA", "NO_ONE_TO_ONE", "2026-05-11")

    said = kw(line)

    assert said.code == 0
    assert f"Ben Ash (A1111AA): {NO_ONE_TO_ONE}" in said.err


def test_the_warning_goes_with_the_answer_to_a_script(kw, one_place) -> None:
    one_place.event("A1111AA", "NO_ONE_TO_ONE", "2026-05-11")

    warnings = json.loads(kw("allocate --dry-run --format json").out)["warnings"]

    assert any(NO_ONE_TO_ONE in warning for warning in warnings)


def test_the_warning_comes_before_the_question(kw, one_place) -> None:
    one_place.event("A1111AA", "NO_ONE_TO_ONE", "2026-05-11")

    said = kw("allocate", answers=["n"])

    assert said.err.index(NO_ONE_TO_ONE) < said.err.index("Save 1 allocation?")


def test_a_prisoner_who_gets_nobody_and_one_whose_alert_has_ended_are_not_warned_of(kw, one_place) -> None:
    one_place.event("A1111AA", "NO_ONE_TO_ONE", "2026-03-10", until_on=date(2026, 5, 1))
    one_place.event("B2222BB", "NO_ONE_TO_ONE", "2026-05-11")

    assert "RNO121" not in kw("allocate --dry-run").err
