"""Which notes a manager reads (help: note-quality)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.months import Month, parse_month
from keyworker_cli.rules.notes.sample import pick_sample
from noted import noted

APRIL = Month(2026, 4)
NOTES = [
    noted(n, held_on=date(2026, 4, 1) + timedelta(days=n), note=f"note {n}", key_worker_id=n % 3, staff_id=f"S{n % 3}")
    for n in range(29)
]


def test_five_notes_of_each_officer_are_picked_in_order_of_time() -> None:
    picked = pick_sample(NOTES, APRIL)

    assert [one.staff_id for one in picked] == ["S0"] * 5 + ["S1"] * 5 + ["S2"] * 5
    assert [one.held_on for one in picked[:5]] == sorted(one.held_on for one in picked[:5])


@given(st.permutations(NOTES))
def test_the_same_five_are_picked_in_whatever_order_they_come(notes) -> None:
    assert pick_sample(notes, APRIL) == pick_sample(NOTES, APRIL)


def test_the_pick_does_not_depend_on_row_numbers_or_on_other_officers() -> None:
    renumbered = [note._replace(session_id=1000 - note.session_id) for note in NOTES if note.staff_id == "S1"]

    picked = {one.note for one in pick_sample(NOTES, APRIL) if one.staff_id == "S1"}

    assert {one.note for one in pick_sample(renumbered, APRIL)} == picked


def test_an_officer_with_fewer_gives_all_he_has_and_sessions_without_a_note_are_left_out() -> None:
    few = [
        *NOTES[:2],
        noted(90, held_on=date(2026, 4, 9), staff_id="S0"),
        noted(91, held_on=date(2026, 5, 1), note="x"),
    ]

    assert {one.session_id for one in pick_sample(few, APRIL)} == {0, 1}


@pytest.mark.parametrize(
    ("typed", "month"), [("2026-04", "2026-04"), (None, "2026-04"), ("last", "2026-04"), ("This", "2026-05")]
)
def test_a_month_is_read_as_it_is_typed(typed, month) -> None:
    assert str(parse_month(typed, today=date(2026, 5, 12))) == month


def test_the_month_before_january_is_december() -> None:
    assert str(parse_month("last", today=date(2026, 1, 31))) == "2025-12"
    assert Month(2026, 12).last_day == date(2026, 12, 31)
    assert Month(2028, 2).last_day == date(2028, 2, 29)


@pytest.mark.parametrize("typed", ["2026-13", "2026-0", "26-04", "april", "", "2026-04-01"])
def test_what_is_no_month_is_refused(typed) -> None:
    with pytest.raises(UsageError) as refused:
        parse_month(typed or " ", today=date(2026, 5, 12))
    assert "2026-04" in refused.value.hint
