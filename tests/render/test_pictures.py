"""Pictures of small cells: the same on a terminal and on a page, and nothing of them in any other form."""

import re

import pytest

from keyworker_cli.render.pictures import draw_figures, draw_key, draw_lines, draw_svg
from keyworker_cli.reports.report import Picture

PICTURE = Picture(
    title="Weeks",
    columns=("Jan", "", "", "Feb"),
    rows=(("Mon", ("█", "·", "!", " ")), ("Tue", ("░", "x", "·", "█"))),
    key=(("█", "session"), ("!", "concern <b>")),
    said=("2 sessions.",),
    beside=("50 %", "25 %"),
    reasons="!",
    plain=(("Mon", ("█", "·", "░", " ")), ("Tue", ("░", "x", "·", "█"))),
)


def test_the_words_above_stand_at_their_cells_and_the_figures_at_the_end() -> None:
    assert list(draw_lines(PICTURE)) == [
        "     Jan   Feb",
        "Mon  █ · !    50 %",
        "Tue  ░ x · █  25 %",
        "     █ session   ! concern <b>",
        "2 sessions.",
    ]


def test_a_word_above_that_the_one_before_leaves_no_room_is_left_out() -> None:
    picture = Picture("Weeks", ("Apr", "May", "", "", "Jun"), (("Mon", ("█",) * 5),), (), ())

    assert next(iter(draw_lines(picture))).split() == ["Apr", "Jun"]
    assert [word for word in ("Apr", "May", "Jun") if f">{word}<" in draw_svg(picture)] == ["Apr", "Jun"]


def test_a_page_says_in_the_drawing_what_it_shows_and_escapes_every_word() -> None:
    svg, key = draw_svg(PICTURE), {name: drawn for drawn, name in draw_key(PICTURE)}

    assert 'aria-label="Weeks Mon: 50 %; Tue: 25 %; 2 sessions."' in svg
    assert svg.count("<rect") == 3
    assert "<b>" not in key["concern <b>"]


def test_without_reasons_nothing_shows_where_something_said_why_he_matters() -> None:
    shown = PICTURE.without_reasons()

    assert shown.rows[0] == ("Mon", ("█", "·", "░", " "))
    assert shown.key == (("█", "session"),)


def test_joined_cells_are_a_bar_without_a_gap_and_one_piece_on_a_page() -> None:
    picture = Picture("", (), (("long", ("█",) * 4), ("short", ("▃",))), (), (), beside=("4", "1"), joined=True)

    assert list(draw_lines(picture)) == ["long   ████  4", "short  ▃  1"]
    assert re.findall(r'<rect .*? width="([0-9]+)" height="([0-9]+)"', draw_svg(picture)) == [
        ("64", "32"),
        ("16", "12"),
    ]


@pytest.mark.parametrize(("share", "filled"), [(0.5, "119"), (0.25, "60"), (1.0, "238"), (1.7, "238")])
def test_a_share_is_a_filled_bar_within_its_outline_and_never_past_it(share: float, filled: str) -> None:
    drawn = draw_figures([share], "50 %")

    assert re.findall(r'<rect x="1" y="5" width="(\d+)" height="20" fill="(#\w+)"', drawn) == [
        ("238", "#fff"),
        (filled, "#000"),
    ]
    assert 'aria-label="50 %"' in drawn


@pytest.mark.parametrize("share", [0.0, None])
def test_a_share_of_nothing_is_an_empty_bar(share: float | None) -> None:
    assert draw_figures([share], "0 %").count("<rect") == 1


def test_of_several_figures_none_is_a_dot_and_the_smallest_still_a_bar() -> None:
    drawn = draw_figures([0.0, 0.001, 1.0, None], "0, 0.001, 1, no data")

    assert re.findall(r'height="([\d.]+)" fill="#000"', drawn) == ["0.0", "2.0", "28.0"]
    assert drawn.count("<circle") == 1
