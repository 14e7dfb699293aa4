"""What a cell of an import file may hold, kind by kind: read into its stored form, written as it was read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.codes.signals import Topic
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.rules.files import cells
from keyworker_cli.rules.files.cells import BadCellError, CellKind, ImportContext

WORLD = ImportContext(date(2026, 5, 12), {"A1234BC": 7}, {"SHAH": 3})


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        (cells.NUMBER, " a1234bc ", "A1234BC"),
        (cells.NUMBERS, "A1234BC; b2345cd", "A1234BC;B2345CD"),
        (cells.PRISONER, "a1234bc", 7),
        (cells.WORKER, "shah", 3),
        (cells.DATE, "25/03/2026", "2026-03-25"),
        (cells.DATE, "25 Mar 2026", "2026-03-25"),
        (cells.PAST_DATE, "12/05/2026", "2026-05-12"),
        (cells.MOMENT, "2026-05-12T15:02:00Z", "2026-05-12T15:02:00.000000Z"),
        (cells.MOMENT, "2026-05-12T15:02:00.123456Z", "2026-05-12T15:02:00.123456Z"),
        (cells.MOMENT, "12/05/2026 15:02", "2026-05-12T14:02:00.000000Z"),
        (cells.CLOCK, "9:40", 580),
        (cells.CLOCK, "0940", 580),
        (cells.END_CLOCK, "24:00", 1440),
        (cells.BOOLEAN, "Yes", 1),
        (cells.BOOLEAN, "n", 0),
        (cells.code(codes.Outcome), "did not attend", "DID_NOT_ATTEND"),
        (cells.codes(Topic), "family; mental-health", "FAMILY;MENTAL_HEALTH"),
        (cells.integer(0, 480), "045", 45),
        (cells.TEXT, " as typed ", " as typed "),
    ],
)
def test_a_cell_is_read_as_people_write_it(kind: CellKind, text: str, stored: object) -> None:
    assert kind.read(text, WORLD) == stored


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (cells.NUMBER, "A123BC", "'A123BC' is not a prison number (a letter, 4 digits, 2 letters)"),
        (cells.NUMBER, "A١٢٣٤BC", "is not a prison number"),
        (cells.PRISONER, "B2345CD", "'B2345CD' is no prisoner in kw or in prisoners.csv"),
        (cells.DATE, "12/25/2026", "there is no month 25"),
        (cells.DATE, "25/3", "the year is missing"),
        (cells.PAST_DATE, "13/05/2026", "'13/05/2026' is in the future"),
        (cells.MOMENT, "2026-02-30T10:00:00Z", "expected 2026-03-25T15:02:00Z"),
        (cells.MOMENT, "2026-05-12T24:02:00Z", "expected 2026-03-25T15:02:00Z"),
        (cells.CLOCK, "24:00", "there is no hour 24"),
        (cells.BOOLEAN, "perhaps", "'perhaps' is not yes or no"),
        (cells.code(codes.Mode), "letter", "'letter' is not one of IN_PERSON, TELEPHONE, VIDEO"),
        (cells.integer(0, 480), "٤٥", "is not a whole number from 0 to 480"),
        (cells.integer(0, 480), "9" * 5000, "is not a whole number from 0 to 480"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_what_it_is_and_what_was_expected(
    kind: CellKind, text: str, reason: str
) -> None:
    with pytest.raises(BadCellError) as refused:
        kind.read(text, WORLD)

    assert reason in refused.value.reason
    assert len(refused.value.reason) < 300


def test_of_a_number_that_a_bad_row_may_have_kept_out_nothing_is_said() -> None:
    world = ImportContext(date(2026, 5, 12), people_known=False)

    assert cells.PRISONER.read("B2345CD", world) is None


@given(st.integers(0, 1440))
def test_a_time_of_day_is_written_as_it_is_read(minute: int) -> None:
    assert cells.END_CLOCK.write is not None
    assert cells.END_CLOCK.read(cells.END_CLOCK.write(minute), WORLD) == minute


@given(st.integers(0, 2 * 10**15))
def test_a_moment_is_written_as_it_is_read(microseconds: int) -> None:
    stored = moment_text(datetime(1950, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds))

    assert cells.MOMENT.write is not None
    assert cells.MOMENT.read(cells.MOMENT.write(stored), WORLD) == stored
