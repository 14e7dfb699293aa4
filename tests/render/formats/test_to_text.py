"""The table for a pipe: the words of the screen's table, one line a row, nothing cut."""

import re

from keyworker_cli.render.formats import to_terminal as table
from keyworker_cli.render.formats import to_text as plain
from keyworker_cli.reports.report import Report, Row
from render.example_reports import briefing, one_cell, overdue


def words(shown: str) -> list[str]:
    return re.findall(r"[\w.'()/]+", shown)


def on_a_wide_screen(report: Report) -> str:
    return table.render(report, width=500, colour=False, terminal=False)


def test_it_says_the_same_words_in_the_same_order_as_the_screen() -> None:
    assert words(plain.render(briefing())) == words(on_a_wide_screen(briefing()))
    assert words(plain.render(overdue())) == words(on_a_wide_screen(overdue()))


def test_a_prisoner_is_one_line_whatever_is_said_of_him() -> None:
    long = "one\ntwo\tthree " * 500
    lines = plain.render(one_cell(long)).splitlines()
    assert [line.split()[-1] for line in lines if "three" in line] == ["-5"]


def test_a_long_text_in_one_row_does_not_pad_the_others() -> None:
    section = overdue().sections[0]
    rows = ({**section.rows[0], "name": "x" * 10_000}, *section.rows[1:])
    report = overdue(sections=(type(section)(section.name, section.title, section.columns, rows),))
    assert max(len(line) for line in plain.render(report).splitlines() if "O'Brien" in line) < 300


def test_wide_letters_and_accents_leave_the_columns_in_line() -> None:
    rows: list[Row] = [
        {"text": "Zoe\u0308", "days": 1},
        {"text": "\u738b\u4f1f", "days": 2},
        {"text": "Amir", "days": 3},
    ]
    report = one_cell("")
    section = report.sections[0]
    lines = plain.render(
        Report("texts", "T", report.as_of, (type(section)("texts", "", section.columns, tuple(rows)),))
    ).splitlines()
    assert lines[-3:] == ["Zoe\u0308      1", "\u738b\u4f1f     2", "Amir     3"]


def test_only_its_own_marks_are_ascii_and_names_keep_their_letters() -> None:
    shown = plain.render(overdue())
    assert "Zoë" in shown
    assert {character for character in shown if not character.isascii()} == {"ë"}
