"""On Fri 27 Mar 2026, when W14 is published without his key worker, the forecast warns of Mr A (help: two-men)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import world
from replays.worlds import MR_A, mr_a

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"
THAT_FRIDAY = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)


def named(kw, line: str = "forecast") -> dict[str, str]:
    """Who will pass the limit, and on which day."""
    said = kw(f"{line} --as-of 27/3/2026 --format json", now=THAT_FRIDAY)
    assert said.code == 0, said.err
    (prisoners,) = [part for part in json.loads(said.out)["sections"] if part["name"] == "men"]
    return {row["prison_number"]: row["overdue_on"] for row in prisoners["rows"]}


def give_slots(kw, staff_id: str) -> None:
    for day in ("30/3/2026", "1/4/2026"):
        line = f"rota publish {staff_id} --on {day} --from 14:00 --to 16:15 --as-of 27/3/2026"
        assert kw(line, now=THAT_FRIDAY).code == 0


@pytest.fixture
@world
def wing(prison):
    """Mr A, and a colleague of his key worker's whose two slots are needed by his own two prisoners, due before Mr
    A.
    """
    mr_a(prison)
    prison.officer("SHAH", name="Nadia Shah")
    for number, name, seen in [("B2222BB", "Carl Birch", "2026-03-21"), ("C3333CC", "Dan Cedar", "2026-03-22")]:
        prison.prisoner(number, name=name, arrived="2025-10-06", born="1980-02-01")
        prison.allocated(number, "SHAH", "2025-10-06")
        prison.session(number, "SHAH", seen, at="09:00")
    for day in ("2026-03-30", "2026-04-01"):
        prison.slot("SHAH", day, "09:00", "09:45")
    return prison


def test_the_forecast_names_mr_a_and_the_day_he_becomes_overdue(kw, wing) -> None:
    assert named(kw)[MR_A] == "2026-04-02"


def test_with_two_slots_given_back_to_officer_p_it_does_not(kw, wing) -> None:
    give_slots(kw, "PQ01")

    assert MR_A not in named(kw)


def test_without_any_rota_it_names_him_too(kw, prison) -> None:
    mr_a(prison)

    assert named(kw) == {MR_A: "2026-04-02"}


@pytest.fixture
def fellgate(kw) -> None:
    """The fictional prison as it is shown to everybody."""
    assert kw(["import", str(SAMPLE_DATA)]).code == 0


def test_in_the_sample_data_it_names_him_though_another_officer_could_see_him(kw, fellgate) -> None:
    assert named(kw)["A1001AA"] == "2026-04-02"

    said = kw("forecast --as-of 27/3/2026", now=THAT_FRIDAY, KW_WIDTH="200").out
    line = next(line for line in said.splitlines() if "Mr A " in line)
    assert line.rstrip().endswith("no key work detailed")
    assert said.index("In time only if another officer sees them, as kw plan") < said.index(line)
    assert "No rota is published after Fri 3 Apr 2026" in said


def test_in_the_sample_data_two_slots_given_back_keep_him_within_the_limit(kw, fellgate) -> None:
    give_slots(kw, "PQ01")

    assert "A1001AA" not in named(kw)


def test_the_week_published_without_officer_p_is_named_as_short(kw, fellgate) -> None:
    said = kw("forecast --as-of 27/3/2026 --format json", now=THAT_FRIDAY)

    (officers,) = [part for part in json.loads(said.out)["sections"] if part["name"] == "officers"]
    short = {(row["week"], row["name"]): (row["required_minutes"], row["short_minutes"]) for row in officers["rows"]}
    assert short[("2026-W14", "Officer P")] == (270.0, 270.0)
