"""What people type, or paste, or try: shown in every format, obeyed in none."""

import csv
import json
import re
import unicodedata
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.render.clean import clean, one_line
from keyworker_cli.render.formats import to_csv as as_csv
from keyworker_cli.render.formats import to_html as html
from keyworker_cli.render.formats import to_json as as_json
from keyworker_cli.render.formats import to_markdown as markdown
from keyworker_cli.render.formats import to_terminal as table
from keyworker_cli.render.formats import to_text as plain
from keyworker_cli.render.formats import to_xlsx as xlsx
from keyworker_cli.reports.report import Report
from render.example_reports import everywhere, one_cell
from render.reading_back import PageReader, markdown_as_page, sheets

HOSTILE = {
    "rich markup": "[bold red]X",
    "a closing tag of rich": "[/x] [/] [link=file:///etc/passwd]y",
    "a formula": "=1+1",
    "a formula with a command": "=cmd|' /C calc'!A0",
    "a formula behind a tab": "\t=1+1",
    "a terminal's title": "\x1b]0;x\x07",
    "the clipboard": "\x1b]52;c;eA==\x07",
    "a cleared screen in C1": "\x9b2J\x90x\x9c",
    "an apostrophe": "O'Brien",
    "accents": "Zoë Ńguyễn 王伟",
    "very long": "x" * 10_000,
    "very long with spaces": "word " * 2_000,
    "right to left": "abc \u202edcba\u202c \u05d0\u05d1 \u2067x\u2069",
    "a picture's name": ":smile: :thumbs_up:",
    "two lines": "Smith\nA9999ZZ  Jones",
    "a carriage return": "Smith\rJones",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an entity": "&lt;b&gt; &#x1b; &amp;",
    "a cell's border": "a | b | c",
    "a template": "{{ 7 * 7 }} {% raw %} ${x} %s {0}",
    "quotes": "\"double\" 'single' `back`",
    "a style": "</style></title><!-- -->]]>",
    "a spreadsheet's escape": "_x001B_ _x0041_",
    "only spaces": "   ",
    "nothing": "",
    "invisible letters": "Sm\u200bith\ufeff \u2028 \u2029",
    "null and backspace": "a\x00b\x08c\x7f",
    "Markdown": "# *a* _b_ [c](javascript:alert(1)) ~~d~~",
}

SCREEN_ORDERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
any_text = st.one_of(st.text(), st.text(st.sampled_from("=+-@|*_`<>[]&;:'\"\\/ \t\r\n\x1b\x00\x9b\u202e#{}%$.~!a1é王")))


def on_screen(report: Report) -> str:
    return table.render(report, width=100, colour=False, terminal=False)


@pytest.fixture(params=HOSTILE.values(), ids=[*HOSTILE])
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_format_for_a_terminal_gives_it_orders(text: str) -> None:
    report = everywhere(text)
    for render in (on_screen, plain.render, as_json.render, markdown.render, html.render):
        assert not SCREEN_ORDERS.search(render(report))
    assert not SCREEN_ORDERS.search(as_csv.render(report).replace("\t", ""))


def test_the_words_are_on_the_screen(text: str) -> None:
    shown = "".join(on_screen(one_cell(text)).replace("-5", "", 1).split())  # the cell beside it, in its first line
    assert "".join(one_line(text).split()) in shown


def test_rows_stay_rows_in_a_pipe(text: str) -> None:
    assert len(plain.render(one_cell(text)).splitlines()) == len(plain.render(one_cell("x")).splitlines())


def test_a_page_shows_the_text_and_gains_no_tag(text: str) -> None:
    page = PageReader(html.render(everywhere(text)))
    tags = PageReader(html.render(everywhere("words"))).tags
    if text.strip():
        assert page.tags == tags
    assert one_line(text) in page.cells


def test_markdown_gains_no_tag(text: str) -> None:
    if text.strip():
        assert (
            markdown_as_page(markdown.render(one_cell(text))).tags
            == markdown_as_page(markdown.render(one_cell("x"))).tags
        )


def test_a_spreadsheet_holds_the_text_as_text(text: str) -> None:
    _, row = next(iter(sheets(xlsx.render(one_cell(text))).values()))
    assert row == [one_line(text), -5]


@given(any_text)
def test_csv_reads_back_as_the_text_with_at_most_the_mark_that_makes_it_text(text: str) -> None:
    _, row = csv.reader(StringIO(as_csv.render(one_cell(text)), newline=""))
    assert row in ([clean(text), "-5"], [f"'{clean(text)}", "-5"])
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))


@given(any_text)
def test_json_reads_back_equal_wherever_the_text_stands(text: str) -> None:
    answer = json.loads(as_json.render(everywhere(text)))
    assert answer["sections"][0]["rows"] == [{"text": text, "days": -5}, {"text": [text, text], "days": 0}]
    assert (answer["sections"][0]["title"], answer["prison"]["name"], answer["warnings"]) == (text, text, [text])


@given(any_text)
def test_no_text_puts_a_control_character_on_the_screen_or_into_a_pipe(text: str) -> None:
    for render in (on_screen, plain.render):
        assert {c for c in render(everywhere(text)) if unicodedata.category(c) == "Cc"} == {"\n"}


@given(any_text)
def test_a_page_shows_any_text_in_its_cell_and_gains_no_tag(text: str) -> None:
    page = PageReader(html.render(one_cell(text)))
    assert page.cells == ["Text", "Days", one_line(text), "-5"]
    assert page.tags == PageReader(html.render(one_cell("x"))).tags


@given(any_text)
def test_markdown_shows_any_text_and_gains_no_tag(text: str) -> None:
    page = markdown_as_page(markdown.render(one_cell(text)))
    assert ["".join(cell.split()) for cell in page.cells] == ["Text", "Days", "".join(one_line(text).split()), "-5"]


@given(any_text)
def test_a_spreadsheet_can_be_made_of_any_text(text: str) -> None:
    assert sheets(xlsx.render(everywhere(text)))["About"][0] == ["Marking", "OFFICIAL-SENSITIVE"]


@given(any_text, st.integers(1, 200))
def test_a_screen_of_any_width_shows_any_text(text: str, width: int) -> None:
    assert table.render(everywhere(text), width=width, colour=True, terminal=True)
