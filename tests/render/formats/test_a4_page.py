"""One sheet of A4: letters and rows as fit, the rest counted; small parts give way to large ones."""

import re

import pytest

from keyworker_cli.render.fitting.letter_widths import line_count, text_width
from keyworker_cli.render.formats.a4_page import HEIGHT, lay_out
from keyworker_cli.render.formats.to_html import render
from keyworker_cli.reports.report import Column, Report, Section
from render.example_reports import overdue
from render.reading_back import PageReader

COLUMNS = (
    Column("name", "Name", width=40),
    Column("number", "Number", width=15),
    Column("note", "Note", width=40, wrap=True),
    Column("off", "Not on paper"),
)


def part(size, rows: int, *, note: str = "none", least: int = 0, at_most: int | None = None, name: str = "men"):
    made = tuple({"name": f"Man {n}", "number": f"A{n:04}BC", "note": note, "off": "hidden"} for n in range(rows))
    return Section(name, name.title(), COLUMNS, made, size=size, least=least, at_most=at_most, more_hint="kw overdue")


def sheet(*parts: Section) -> Report:
    return overdue(sections=parts, several=True)


def shown(report: Report) -> dict[str, int]:
    laid = lay_out(report)
    return {one.section.name: one.shown for one in (*laid.large, *(one for column in laid.small for one in column))}


def test_the_rows_a_part_must_show_are_shown_and_the_others_while_there_is_room() -> None:
    found = shown(sheet(part("large", 200, least=25), part("small", 50, name="gaps", at_most=5)))

    assert 25 <= found["men"] < 60
    assert found["gaps"] == 5


def test_small_parts_give_way_to_what_must_be_shown() -> None:
    found = shown(sheet(part("large", 50, least=50), *(part("small", 9, name=f"small {n}") for n in range(6))))

    assert found["men"] == 50
    assert sum(found.values()) < 50 + 6 * 9


def test_what_is_left_out_is_counted_beside_the_title() -> None:
    report = sheet(part("large", 200, least=25), part("small", 50, name="gaps", at_most=5))
    left_out = 200 - shown(report)["men"]

    page = PageReader(render(report))

    assert f"and {left_out} more: kw overdue" in page.shown
    assert "and 45 more: kw overdue" in page.shown


@pytest.mark.parametrize(("rows", "larger"), [(3, True), (90, False)])
def test_letters_are_larger_where_all_there_is_fits(rows: int, larger: bool) -> None:
    assert (lay_out(sheet(part("large", rows))).scale > 1) is larger


def test_texts_of_any_length_never_make_it_more_than_a_sheet() -> None:
    report = sheet(part("large", 60, note="many long words " * 30, least=60), part("small", 9, name="gaps"))

    laid = lay_out(report)

    columns = [sum(one.height for one in column) for column in laid.small]
    assert sum(one.height for one in laid.large) + max(columns) < HEIGHT
    assert f"and {60 - laid.large[0].shown} more" in PageReader(render(report)).shown


def test_a_column_without_a_width_is_not_on_paper() -> None:
    assert "hidden" not in render(sheet(part("large", 2)))


def test_a_number_is_never_broken_however_narrow_its_share() -> None:
    columns = (Column("name", "Name", width=90), Column("number", "Number", width=1))
    report = sheet(part("small", 1)._replace(columns=columns))

    assert 'style="width: ' in render(report)
    (laid,) = lay_out(report).small[0]
    assert laid.widths[1] > text_width("A0000BC", laid.type.points)


def test_lines_are_counted_as_words_wrap_and_long_words_break() -> None:
    assert line_count("", 20, 8) == 1
    assert line_count("short", 20, 8) == 1
    assert line_count("two words", text_width("words ", 8), 8) == 2
    assert line_count("x" * 100, text_width("x" * 30, 8), 8) >= 4


def test_the_quiet_parts_grow_smaller_before_what_is_read_at_arms_length() -> None:
    small = [part("small", 9, name=f"small {number}", least=5) for number in range(12)]

    laid = lay_out(sheet(part("large", 30, least=30), *small))

    assert laid.quiet < laid.scale
    assert laid.large[0].type.points > 7
    assert laid.large[0].shown == 30


def test_a_list_of_reasons_keeps_to_its_line_and_counts_what_it_leaves_out() -> None:
    reasons = part("large", 60, note="ACCT, self-harm, early days, self-harm history, depression, +2")
    name, number, note, off = COLUMNS
    page = sheet(reasons._replace(columns=(name, number, note._replace(several=True), off)))

    (laid,) = lay_out(page).large

    assert len({round(height, 2) for height in laid.heights}) == 1
    words = laid.rows[0][2].words
    assert re.fullmatch(r"ACCT, self-harm(, early days)?.*, \+\d", words)
    assert words.count(", ") + int(words.rpartition("+")[2]) == 7
    assert text_width(words, laid.type.points) < laid.widths[2]
    assert words in PageReader(render(page)).shown
