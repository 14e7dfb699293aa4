"""JSON and CSV, which scripts rely on (help: output)."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest

from keyworker_cli.render.formats import to_csv as as_csv
from keyworker_cli.render.formats import to_json as as_json
from keyworker_cli.reports.report import Column, Report, Section
from render.example_reports import briefing, one_cell, overdue


def parsed(report: Report) -> Any:
    return json.loads(as_json.render(report))


def lines(report: Report) -> list[list[str]]:
    return list(csv.reader(StringIO(as_csv.render(report), newline="")))


def of(*rows: dict[str, Any], columns: tuple[Column, ...]) -> Report:
    return overdue(sections=(Section(name="rows", title="Rows", columns=columns, rows=rows),))


# --- JSON ---


def test_the_object_has_the_promised_keys_in_order() -> None:
    keys = ["report", "schema", "as_of", "known_at", "prison", "settings", "summary", "rows", "warnings"]
    assert list(parsed(overdue())) == keys


def test_a_report_in_parts_has_sections_in_place_of_rows() -> None:
    answer = parsed(briefing())
    assert "rows" not in answer
    assert [list(section) for section in answer["sections"]] == [["name", "title", "summary", "rows"]] * 2
    assert answer["sections"][1]["rows"] == []


def test_each_row_is_one_line_that_is_json_by_itself() -> None:
    found = [line for line in as_json.render(overdue()).splitlines() if "prison_number" in line]
    assert [json.loads(line.strip().rstrip(","))["prison_number"] for line in found] == [
        "A1234BC",
        "A5678CD",
        "A9012EF",
    ]


def test_a_missing_key_worker_is_null_and_zero_is_0() -> None:
    first, second, _ = parsed(overdue())["rows"]
    assert first["key_worker"] == {"staff_id": "KW01", "name": "Shah, Nadia"}
    assert second["key_worker"] is None
    assert (second["days"], second["last_session_on"], second["never_seen"]) == (0, None, True)


def test_only_what_has_a_column_is_told() -> None:
    assert "away" not in parsed(overdue())["rows"][0]
    assert "markers" not in parsed(overdue().without_reasons())["rows"][0]


def test_dates_are_iso_and_moments_carry_their_offset() -> None:
    answer = parsed(overdue(known_at=datetime(2026, 5, 12, 22, 59, tzinfo=UTC)))
    assert (answer["as_of"], answer["known_at"]) == ("2026-05-13", "2026-05-12T22:59:00+00:00")
    assert answer["rows"][0]["recorded_at"] == "2026-03-25T16:02:00+00:00"


def test_an_empty_report_has_no_rows() -> None:
    section = overdue().sections[0]._replace(rows=())
    assert parsed(overdue(sections=(section,)))["rows"] == []


def test_the_summary_of_the_only_section_is_the_summary_of_the_report() -> None:
    assert parsed(overdue())["summary"] == {"listed": 2, "away": 1, "longest_gap_days": None}


def test_letters_stay_readable_and_a_quotation_mark_is_escaped() -> None:
    shown = as_json.render(one_cell('Zoë "Z" O\'Brien'))
    assert 'Zoë \\"Z\\" O\'Brien' in shown


def test_what_a_terminal_would_obey_is_written_as_its_number_and_read_back_equal() -> None:
    text = "\x1b]0;x\x07 \x9b2J \x7f \u202e \u2028"
    shown = as_json.render(one_cell(text))
    assert not {character for character in shown if character in text} - {" ", "]", "0", ";", "x", "2", "J"}
    assert json.loads(shown)["rows"][0]["text"] == text


def test_a_number_that_is_none_is_refused_rather_than_written_as_no_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json.render(one_cell(float("nan")))


# --- CSV ---


def test_nested_names_are_joined_and_lists_too() -> None:
    header, first, second, _ = lines(overdue())
    row = dict(zip(header, first, strict=True))
    assert row["key_worker_staff_id"] == "KW01"
    assert row["key_worker_name"] == "Shah, Nadia"
    assert row["markers"] == "BASIC;VIOLENCE_TO_PRISONER"
    assert dict(zip(header, second, strict=True))["key_worker_name"] == ""


def test_missing_is_empty_zero_is_0_and_true_is_true() -> None:
    header, _, second, _ = lines(overdue())
    row = dict(zip(header, second, strict=True))
    assert (row["last_session_on"], row["days"], row["never_seen"]) == ("", "0", "true")


def test_an_empty_report_has_its_header() -> None:
    full, empty = overdue(), overdue(sections=(overdue().sections[0]._replace(rows=()),))
    assert lines(empty) == lines(full)[:1]


def test_sections_are_told_apart_by_a_column_beside_the_number_and_share_their_columns() -> None:
    nobody = briefing().sections[1]
    one = nobody._replace(rows=({"prison_number": "A1111AA", "days": 3},))
    header, *rows = lines(briefing()._replace(sections=(briefing().sections[0], one)))
    last = dict(zip(header, rows[-1], strict=True))
    assert header[:3] == ["prison_number", "section", "name"]
    assert (last["section"], last["prison_number"], last["days"], last["name"]) == ("unallocated", "A1111AA", "3", "")
    assert rows[0][1] == "see_today"


def test_an_object_under_one_column_is_spread_over_its_parts() -> None:
    columns = (Column("key_worker"), Column("days"))
    report = of(
        {"key_worker": None, "days": 1}, {"key_worker": {"staff_id": "KW1", "name": "A"}, "days": 2}, columns=columns
    )
    assert lines(report) == [["key_worker_staff_id", "key_worker_name", "days"], ["", "", "1"], ["KW1", "A", "2"]]


def test_a_column_of_words_only_is_for_people() -> None:
    columns = (Column("days", "Days"), Column("", "Seen by", show=lambda _row: "________"))
    assert lines(of({"days": 1}, columns=columns)) == [["days"], ["1"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "\r=", "\x00=", "\uff1d"])
def test_text_that_a_spreadsheet_would_calculate_is_quoted(start: str) -> None:
    cell = lines(one_cell(f"{start}1+1"))[1][0]
    assert cell.startswith("'")


def test_a_negative_number_is_still_a_number() -> None:
    assert lines(one_cell(-7))[1] == ["-7", "-5"]
    assert lines(one_cell(-7.5))[1] == ["-7.5", "-5"]


def test_a_date_is_iso() -> None:
    assert lines(one_cell(date(2026, 3, 25)))[1][0] == "2026-03-25"


def test_lines_end_as_on_unix() -> None:
    assert "\r" not in as_csv.render(overdue())
