"""Markdown, as a viewer shows it."""

import pytest

from keyworker_cli.render.formats.to_markdown import render
from render.example_reports import briefing, everywhere, one_cell, overdue
from render.reading_back import markdown_as_page

MARKS = [
    "*bold*",
    "_x_ __y__",
    "`code`",
    "[a](https://example.org)",
    "![a](b)",
    "<b>x</b>",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "---",
    "===",
    "a | b",
    "~~gone~~",
    "&lt;b&gt; &amp;",
    "\\* \\| \\",
    "> quoted",
    "https://example.org www.example.org someone@example.org",
    "$x$ :smile: @name",
    "    four spaces",
]


@pytest.mark.parametrize("text", MARKS)
def test_what_people_typed_is_shown_letter_for_letter_in_a_cell(text: str) -> None:
    page = markdown_as_page(render(one_cell(text)))
    assert page.cells == ["Text", "Days", text.strip(), "-5"]


@pytest.mark.parametrize("text", MARKS)
def test_a_text_of_marks_adds_no_tag_wherever_it_stands(text: str) -> None:
    plain, marked = markdown_as_page(render(everywhere("words"))), markdown_as_page(render(everywhere(text)))
    assert marked.tags == plain.tags


def test_numbers_stand_to_the_right() -> None:
    assert "| --- | ---: |" in render(one_cell("x"))


def test_a_decimal_number_is_not_mistaken_for_a_list() -> None:
    assert "| 29.5 |" in render(overdue())


def test_every_section_has_its_heading_and_the_settings_are_said() -> None:
    page = markdown_as_page(render(briefing()))
    assert page.tags.count("h2") == 2
    assert "settings: gap.days 7 · gap.serious_days 28" in page.shown
    assert page.shown.count("OFFICIAL-SENSITIVE") == 2
