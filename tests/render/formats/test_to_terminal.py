"""The table in a terminal, at the widths that people have."""

import re

import pytest

from keyworker_cli.render.formats.to_terminal import render
from keyworker_cli.reports.report import Column, Report, Section
from render.example_reports import one_cell, overdue

STYLED = re.compile(r"\x1b\[[0-9;]*m")


def screen(report: Report, width: int) -> str:
    return render(report, width=width, colour=False, terminal=False)


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 250])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(len(line) for line in screen(overdue(), width).splitlines()) <= width


@pytest.mark.parametrize("width", [80, 100, 120])
def test_names_and_numbers_are_whole_at_every_usual_width(width: int) -> None:
    shown = screen(overdue(), width)
    for text in ("A1234BC", "Ashdown, Peter", "O'Brien, Zoë", "Shah, Nadia", "49 (7 weeks)", "0 (0 weeks)"):
        assert text in shown


def test_the_column_with_the_highest_priority_number_goes_first() -> None:
    wide, narrower = screen(overdue(), 200), screen(overdue(), 180)
    assert "Recorded  " in wide
    assert "not shown: Recorded (a wider terminal or --format csv shows them)" in narrower


def test_every_column_is_either_shown_or_named_as_not_shown() -> None:
    titles = [column.title for column in overdue().sections[0].columns if column.title]
    for width in range(80, 220, 10):
        shown = " ".join(screen(overdue(), width).split())
        assert all(word in shown for title in titles for word in title.split())


def test_a_screen_with_room_for_all_leaves_nothing_out_and_says_nothing_of_it() -> None:
    shown = screen(overdue(), 300)
    assert "not shown" not in shown
    assert "no rota time published for his key worker since Monday 30 March\n" in shown


@pytest.mark.parametrize("width", [1, 2, 5, 12, 30])
def test_a_screen_too_narrow_for_anything_still_gets_an_answer(width: int) -> None:
    assert screen(overdue(), width)


def test_a_pasted_text_of_10_000_characters_wraps_and_loses_nothing() -> None:
    shown = screen(one_cell("z" * 10_000), 80)
    assert shown.count("z") == 10_000
    assert "-5" in shown


def test_an_empty_section_says_so_and_names_no_columns() -> None:
    hidden = Column("b" * 9, "Nowhere " * 9, priority=1)
    nobody = Section(name="nobody", title="", columns=(Column("a", "A"), hidden), rows=(), empty="Nobody is overdue.")
    shown = screen(overdue(sections=(nobody,), settings={}), 40)
    assert shown.splitlines()[-1] == "Nobody is overdue."


def test_a_limit_of_nought_says_how_many_there_are_and_not_that_there_is_nobody() -> None:
    section = overdue().sections[0].limited(0)
    shown = screen(overdue(sections=(section,)), 80)
    assert "and 17 more: kw overdue" in shown
    assert "Nobody" not in shown


def test_colour_adds_nothing_but_colour() -> None:
    plain = screen(overdue(), 120)
    coloured = render(overdue(), width=120, colour=True, terminal=True)
    assert "\x1b[1;31mAshdown, Peter" in coloured
    assert [line.rstrip() for line in STYLED.sub("", coloured).splitlines()] == plain.splitlines()


def test_without_colour_a_terminal_still_gets_bold_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    shown = render(overdue(), width=120, colour=False, terminal=True)
    assert "\x1b[1m" in shown
    assert "\x1b[33m" not in shown
    assert "\x1b[1;31m" not in shown


def test_a_terminal_that_knows_no_styles_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in render(overdue(), width=120, colour=True, terminal=True)


def test_a_list_too_long_for_its_line_is_told_by_its_first_and_how_many_more_there_are() -> None:
    said = "ACCT, self-harm, early days, self-harm history, +1"
    column = Column("markers", "Concerns", show=lambda _row: said, wrap=True, several=True)
    name = Column("name", "Name")
    section = Section(name="list", title="", columns=(name, column), rows=({"name": "Ashdown, Peter", "markers": []},))

    def shown(width: int) -> str:
        lines = screen(overdue(sections=(section,)), width).splitlines()
        at = next(at for at, line in enumerate(lines) if line.startswith("Ashdown, Peter"))
        return " ".join(" ".join(lines[at : lines.index("", at)]).removeprefix("Ashdown, Peter").split())

    assert shown(80) == said
    assert shown(60) == "ACCT, self-harm, early days, +2"
    assert shown(44) == "ACCT, self-harm, +3"
    assert shown(28) == "ACCT, +4"


def test_a_narrow_screen_says_in_fewer_letters_what_would_take_a_second_line() -> None:
    by = Column(
        "", "By", show=lambda _row: "Daniel Okafor 14:00", short=lambda _row: "D Okafor 14:00", wrap=True, priority=1
    )
    section = Section(name="list", title="", columns=(Column("name", "Name"), by), rows=({"name": "Ashdown, Peter"},))

    def shown(width: int) -> str:
        return screen(overdue(sections=(section,)), width)

    assert "Ashdown, Peter  Daniel Okafor 14:00" in shown(40)
    assert "Ashdown, Peter  D Okafor 14:00" in shown(34)


@pytest.mark.parametrize("width", range(60, 76))
def test_a_figure_stays_with_its_sign_and_a_day_with_its_month(width: int) -> None:
    lead = "Delivery rate W12 44 %, W13 51 %, W14 45 %, to Wed 25 Mar and on Thu 26 March 2026. No key work yet: 41."
    (section,) = overdue().sections
    shown = screen(overdue(sections=(section._replace(lead=(lead,)),)), width)

    assert all(text in shown for text in ("44 %", "51 %", "45 %", "Wed 25 Mar", "Thu 26 March", "yet: 41."))
    assert "\ue000" not in shown


def test_where_there_is_no_room_dates_and_hours_part_before_words_and_figures_break() -> None:
    columns = (Column("share", "Share", align="right"), Column("hours", "Hours"), Column("on", "On"))
    rows = ({"share": "32 of 91", "hours": "14:00-16:15 worked", "on": "Wed 25 Mar 2026"},)
    shown = screen(overdue(sections=(Section(name="", title="", columns=columns, rows=rows),), settings={}), 23)
    assert shown.splitlines()[-4:] == [
        "32 of 91  14:00-  Wed",
        "          16:15   25",
        "          worked  Mar",
        "                  2026",
    ]
