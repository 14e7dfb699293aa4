"""Bars in black and white: what each row draws, to which scale, and what its hatchings stand for."""

import re
from typing import Any

from keyworker_cli.render.bars import draw_key, draw_rows
from keyworker_cli.render.to_html import render
from keyworker_cli.reports.report import Bars, Column, Report, Section
from render.example_reports import overdue
from render.reading_back import PageReader

STATES = ("serious", "overdue", "due", "others")


def amounts(row: Any) -> tuple[float, float, float, float]:
    return row["serious"], row["overdue"], row["due"], row["others"]


def rows(*counts: tuple[int, int, int, int]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(zip(STATES, each, strict=True)) for each in counts)


END_TO_END = Bars(STATES, amounts)
ONE_IN_ANOTHER = Bars(("required", "published", "worked", "delivered"), amounts, end_to_end=False)


def widths(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect [^>]*? width="([0-9.]+)"', svg)]


def page(*, rows: tuple[dict[str, Any], ...] = rows((2, 3, 1, 4), (0, 0, 0, 10))) -> Report:
    columns = (Column("serious", "Serious"), Column("due", "Due", priority=1))
    section = Section("wings", "Wings", columns, rows, bars=END_TO_END)
    return overdue()._replace(sections=(section, section._replace(bars=None)), several=True)


def test_bars_end_to_end_share_one_scale():
    first, second = draw_rows(END_TO_END, rows((2, 3, 1, 4), (0, 0, 0, 5)))

    assert round(sum(widths(first)) / sum(widths(second))) == 2


def test_nothing_is_drawn_of_what_is_zero():
    assert widths(draw_rows(END_TO_END, rows((0, 3, 0, 4)))[0])[2:] == []
    assert widths(draw_rows(END_TO_END, rows((0, 0, 0, 0)))[0]) == []


def test_bars_one_in_another_all_begin_at_the_left():
    (svg,) = draw_rows(ONE_IN_ANOTHER, rows((100, 80, 50, 20)))

    assert len(set(re.findall(r'<rect x="([0-9.]+)"', svg))) == 1
    assert widths(svg) == sorted(widths(svg), reverse=True)


def test_each_hatching_is_named_and_no_two_are_alike():
    key = draw_key(END_TO_END)

    assert [name for _, name in key] == list(STATES)
    assert len({re.sub("aria-label=.*? width", "", svg) for svg, _ in key}) == 4


def test_a_picture_says_its_figures_to_a_screen_reader():
    (svg,) = draw_rows(END_TO_END, rows((2, 3, 1, 1200)))

    assert 'aria-label="serious 2, overdue 3, due 1, others 1,200"' in svg


def test_a_name_in_the_key_cannot_leave_its_place():
    bars = Bars(('"><script>', "overdue", "due", "others"), amounts)

    assert "<script>" not in draw_rows(bars, rows((1, 1, 1, 1)))[0] + draw_key(bars)[0][0]


def test_the_page_draws_a_bar_a_row_and_the_key_above_them():
    read = PageReader(render(page()))

    assert read.tags.count("svg") == 2 + len(STATES)
    assert set(read.tags) & {"script", "img", "link"} == set()


def test_pictures_are_black_and_white_and_need_nothing_from_elsewhere():
    text = render(page())

    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) == {"#000", "#fff"}
    assert "url(" not in text


def seeing_him(*, writable: bool) -> PageReader:
    column = Column("who", "To be seen by", writable=writable)
    section = Section("men", "Men", (column,), ({"who": "______ (Officer P: no slot)"},))
    return PageReader(render(overdue()._replace(sections=(section,))))


def test_a_line_to_write_on_is_drawn():
    read = seeing_him(writable=True)

    assert ("class", "line") in read.attributes
    assert "Officer P: no slot" in read.shown
    assert "___" not in read.shown


def test_underscores_that_somebody_typed_stay():
    assert "______ (Officer P: no slot)" in seeing_him(writable=False).cells
