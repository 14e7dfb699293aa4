"""The files of an import, as they are declared: no heading means two columns, every row rule names its column."""

from collections import Counter
from datetime import date

import pytest

from keyworker_cli.rules.files.cells import ImportContext
from keyworker_cli.rules.files.kinds import SESSIONS, SHEETS, sheet_named
from keyworker_cli.rules.files.sheet import Sheet, plain

BY_NAME = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)


@BY_NAME
def test_no_heading_means_two_columns(sheet: Sheet) -> None:
    headings = Counter(said for column in sheet.columns for said in {plain(column.name), *column.synonyms})

    assert [heading for heading, columns in headings.items() if columns > 1] == []


@BY_NAME
def test_every_synonym_is_spelled_as_headings_are_compared(sheet: Sheet) -> None:
    assert [said for column in sheet.columns for said in column.synonyms if said != plain(said)] == []


@BY_NAME
def test_every_file_may_say_when_and_by_whom_a_row_was_recorded(sheet: Sheet) -> None:
    assert {"recorded_at", "recorded_by"} <= set(sheet.fields)


@BY_NAME
def test_a_file_is_known_by_its_name_however_it_is_dressed(sheet: Sheet) -> None:
    for name in (sheet.name, sheet.name.upper(), f"{sheet.name.replace('_', ' ').title()} 2026-05 (1)"):
        assert sheet_named(name) is sheet


def test_a_name_that_no_file_has_means_none() -> None:
    assert sheet_named("visits") is None


def test_headings_are_compared_without_case_spaces_and_marks() -> None:
    named = {said: SESSIONS.column_for(said) for said in ("Prison Number", "HELD_ON", "start-time", "Mins.", "mood")}

    assert [column.name if column else None for column in named.values()] == [
        "prison_number",
        "held_on",
        "start",
        "minutes",
        None,
    ]


def session(**cells: object) -> list[object]:
    row = {
        "person_id": 1,
        "key_worker_id": 2,
        "held_on": "2026-05-01",
        "type": "KS",
        "minutes": 45,
        "outcome": "COMPLETED",
    }
    return [(row | cells).get(name) for name in SESSIONS.fields]


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({}, []),
        ({"minutes": 0}, ["minutes"]),
        ({"minutes": 0, "type": "KE"}, []),
        ({"minutes": 0, "outcome": "REFUSED"}, []),
        ({"outcome": "REFUSED"}, ["minutes"]),
        ({"held_on": "2026-01-05"}, []),
        ({"held_on": "2026-01-04"}, ["held_on"]),
        ({"held_on": "2026-05-10"}, []),
        ({"held_on": "2026-05-11"}, ["held_on"]),
        ({"person_id": 9}, ["held_on"]),
        ({"minutes": 0, "held_on": "2026-01-04"}, ["minutes", "held_on"]),
    ],
)
def test_a_session_takes_time_only_when_it_was_held_and_lies_in_a_stay_its_last_day_included(
    cells: dict[str, object], columns: list[str]
) -> None:
    world = ImportContext(date(2026, 5, 12), stays={1: [("2026-01-05", "2026-05-10")]})

    faults = SESSIONS.checker(world)(session(**cells))  # type: ignore[arg-type]

    assert [column for column, _ in faults] == columns
