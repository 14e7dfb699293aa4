"""`kw deallocate`: a prisoner's key worker is taken from him, with a reason, and stays in his history."""

import json

import pytest

from factories import world

TODAY = "2026-05-12"


@world
def one_allocated(prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")


@pytest.fixture
def allocated_prisoner(prison):
    one_allocated(prison)
    return prison.people["A1234BC"]


def last_allocation(prison, person_id):
    prison.store.close()
    held = prison.store.queries.allocations_of(person_id)[0]
    return held.staff_id, held.ended_on and str(held.ended_on), held.end_reason, held.ended_by


def test_he_has_no_key_worker_from_that_day(kw, prison, allocated_prisoner):
    said = kw("deallocate A1234BC")

    assert said.out == (
        "Mr A (A1234BC) has no key worker from Tue 12 May 2026 (ended by hand); "
        "Officer Shah had him since Tue 6 Jan 2026.\n"
    )
    assert last_allocation(prison, allocated_prisoner) == ("SHAH", TODAY, "MANUAL", "governor")
    (row,) = json.loads(kw("unallocated --format json").out)["rows"]
    assert (row["prison_number"], row["days"], row["never_allocated"]) == ("A1234BC", 0, False)


@pytest.mark.parametrize("typed", ["RELEASED", "released", "Change in complexity of need", "out-of-scope"])
def test_a_reason_is_one_of_the_codes_in_any_case(typed, kw, prison, allocated_prisoner):
    said = kw(["deallocate", "A1234BC", "--reason", typed])

    assert said.code == 0
    assert last_allocation(prison, allocated_prisoner)[2] == typed.upper().replace(" ", "_").replace("-", "_")


def test_it_may_be_said_of_a_day_gone_by(kw, prison, allocated_prisoner):
    kw("deallocate A1234BC --as-of 08/05/2026")

    assert last_allocation(prison, allocated_prisoner)[1] == "2026-05-08"


def test_a_dry_run_says_what_would_be_and_saves_nothing(kw, prison, allocated_prisoner):
    said = kw("deallocate A1234BC --dry-run")

    assert said.out.startswith("Mr A (A1234BC) would have no key worker from Tue 12 May 2026")
    assert (said.code, said.err) == (0, "nothing saved: --dry-run\n")
    assert last_allocation(prison, allocated_prisoner) == ("SHAH", None, None, None)
