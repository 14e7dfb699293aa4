"""The HTML page: one file, for paper, black and white."""

import re

from keyworker_cli.render.formats.to_html import render
from keyworker_cli.reports.report import Column
from render.example_reports import briefing, overdue
from render.reading_back import PageReader


def test_it_fetches_nothing_and_runs_nothing() -> None:
    page = PageReader(render(briefing()))
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "a"} & set(page.tags)
    assert not {"src", "href", "srcset", "style", "onload"} & {name for name, _ in page.attributes}
    assert "url(" not in render(briefing())
    assert "@import" not in render(briefing())
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_it_is_a4_marked_on_every_sheet_with_page_numbers() -> None:
    page = render(briefing())
    assert "size: A4" in page
    assert 'counter(page) " of " counter(pages)' in page
    assert page.count('content: "OFFICIAL-SENSITIVE"') == 2
    assert page.count('<p class="marking">OFFICIAL-SENSITIVE</p>') == 2


def test_it_names_the_prison_and_the_day() -> None:
    assert "HMP Fellgate · Wed 13 May 2026" in PageReader(render(briefing())).shown


def test_every_colour_is_black_white_or_grey() -> None:
    colours = re.findall(r"#([0-9a-f]{3,6})\b", render(briefing()))
    assert colours
    assert all(len(set(colour)) == 1 for colour in colours)


def test_the_headings_of_a_table_are_repeated_on_the_next_sheet() -> None:
    page = PageReader(render(overdue()))
    assert page.tags.count("thead") == 1
    assert "thead { display: table-header-group; }" in render(overdue())


def test_the_prisoners_of_a_group_stand_under_its_heading() -> None:
    cells = PageReader(render(overdue())).cells
    assert cells.index("O'Brien, Zoë") < cells.index("Out: court, bedwatch, hospital, ROTL") < cells.index("Quill, Sam")


def test_a_wide_table_is_printed_across_and_a_narrow_one_upright() -> None:
    narrow = overdue().sections[0]._replace(columns=overdue().sections[0].columns[:3])
    assert "A4 landscape" in render(overdue())
    assert "A4 portrait" in render(overdue(sections=(narrow,)))


def test_warnings_travel_with_the_page_because_stderr_does_not() -> None:
    assert "Note: no rota after Fri 8 May" in PageReader(render(overdue())).shown


def test_settings_in_force_stand_on_the_page() -> None:
    assert "Settings in force: gap.days 7 · gap.serious_days 28" in PageReader(render(overdue())).shown


def test_a_prison_with_a_strange_name_cannot_leave_its_place_in_the_style_sheet() -> None:
    page = render(overdue(prison={"name": '"; } </style><b>x</b> {'}))
    assert page.count("</style>") == 1
    assert PageReader(page).tags.count("b") == 0


def test_a_report_without_columns_or_settings_is_still_a_page() -> None:
    bare = overdue().sections[0]._replace(columns=(Column("days"),), more=0, foot=(), lead=())
    page = PageReader(render(overdue(sections=(bare,), settings={}, warnings=())))
    assert "table" not in page.tags
