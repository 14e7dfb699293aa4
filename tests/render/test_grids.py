"""Pictures of small cells: the same on a terminal and on a page, and nothing of them in any other form."""

from keyworker_cli.render.grids import draw_key, draw_lines, draw_svg
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


def test_a_page_says_in_the_drawing_what_it_shows_and_escapes_every_word() -> None:
    svg, key = draw_svg(PICTURE), {name: drawn for drawn, name in draw_key(PICTURE)}

    assert 'aria-label="Weeks 2 sessions."' in svg
    assert svg.count("<rect") == 3
    assert "<b>" not in key["concern <b>"]


def test_without_reasons_nothing_shows_where_something_said_why_he_matters() -> None:
    shown = PICTURE.without_reasons()

    assert shown.rows[0] == ("Mon", ("█", "·", "░", " "))
    assert shown.key == (("█", "session"),)
