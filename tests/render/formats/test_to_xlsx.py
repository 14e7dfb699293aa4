"""The workbook, read back as a spreadsheet program reads it."""

from datetime import date, datetime, time
from typing import Any

import pytest

from keyworker_cli.render.formats.to_xlsx import render
from keyworker_cli.reports.report import Column, Report
from render.example_reports import briefing, everywhere, one_cell, overdue
from render.reading_back import sheets


def first_sheet(report: Report) -> list[list[Any]]:
    return next(iter(sheets(render(report)).values()))


def test_there_is_a_sheet_for_each_section_and_one_about_the_report() -> None:
    assert list(sheets(render(briefing()))) == ["See today", "No key worker", "About"]


def test_dates_numbers_and_times_are_real() -> None:
    header, first, second, _ = first_sheet(overdue())
    row = dict(zip(header, first, strict=True))
    assert row["Last session"] == date(2026, 3, 25)
    assert row["Number"] == "A1234BC"
    assert row["Minutes a week"] == pytest.approx(29.53)
    assert row["Recorded"] == datetime.combine(date(2026, 3, 25), time(16, 2))
    assert dict(zip(header, second, strict=True))["At"] == time(9, 0)


def test_zero_is_0_and_missing_is_said() -> None:
    header, _, second, _ = first_sheet(overdue())
    row = dict(zip(header, second, strict=True))
    assert row["Days (number)"] == 0
    assert (row["Last session"], row["Minutes a week"]) == ("never", "no data")


def said(value: object, words: str) -> list[list[Any]]:
    section = one_cell(value).sections[0]._replace(columns=(Column("text", "Seen", show=lambda _row: words),))
    return first_sheet(one_cell(value)._replace(sections=(section,)))


def test_words_that_say_more_than_the_number_are_kept_beside_it() -> None:
    assert said(49, "49 (7 weeks)") == [["Seen", "Seen (number)"], ["49 (7 weeks)", 49]]
    assert said(128, "never") == [["Seen", "Seen (number)"], ["never", 128]]


def test_words_that_say_more_than_the_date_are_kept_beside_it() -> None:
    day = date(2026, 3, 25)
    assert said(day, "Wed 25 Mar, Shah, Nadia") == [["Seen", "Seen (date)"], ["Wed 25 Mar, Shah, Nadia", day]]


def test_a_number_with_its_unit_and_a_date_without_its_year_are_the_number_and_the_date() -> None:
    assert said(49, "49 days") == [["Seen"], [49]]
    assert said(62.5, "62.5 %") == [["Seen"], [62.5]]
    assert said(date(2026, 3, 25), "Wed 25 Mar") == [["Seen"], [date(2026, 3, 25)]]


def test_a_first_column_says_in_which_group_a_prisoner_is() -> None:
    header, first, _, last = first_sheet(overdue())
    assert (header[0], first[0], last[0]) == ("Group", "", "Out: court, bedwatch, hospital, ROTL")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "{=1}", "https://example.org", "mailto:a@b.c", "12", "1e5"])
def test_text_is_text_and_nothing_else(text: str) -> None:
    assert first_sheet(one_cell(text))[1][0] == text


def test_an_empty_section_says_so_under_its_headings() -> None:
    assert sheets(render(briefing()))["No key worker"] == [["Number", "Days"], ["Every prisoner has a key worker.", ""]]


def test_about_says_what_the_report_rests_on_and_how_it_is_marked() -> None:
    about = [text for row in sheets(render(overdue()))["About"] for text in row]
    for text in ("OFFICIAL-SENSITIVE", "HMP Fellgate", "Wed 13 May 2026", "gap.days 7", "no rota after Fri 8 May"):
        assert text in about


@pytest.mark.parametrize(
    "name", ["a/b:c*d?[e]", "'quoted'", "x" * 60, "History", "about", "", "   ", "\U0001f600" * 20]
)
def test_any_title_makes_a_sheet_name_that_excel_takes(name: str) -> None:
    names = list(sheets(render(everywhere(name))))
    assert len({name.casefold() for name in names}) == 3
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)


def test_two_runs_give_the_same_bytes() -> None:
    assert render(briefing()) == render(briefing())


def test_a_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    assert str(first_sheet(one_cell("x" * 40_000))[1][0]).endswith("(cut: a spreadsheet's cell holds no more)")


def test_numbers_and_dates_that_excel_cannot_hold_are_written_out() -> None:
    assert first_sheet(one_cell(10**18))[1][0] == "1000000000000000000"
    assert first_sheet(one_cell(date(1850, 1, 7)))[1][0] == "Mon 7 Jan 1850"
