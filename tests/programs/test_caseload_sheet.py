"""A key worker's caseload as it is printed: one sheet of A4, however long the names and the caseload."""

import re

import pytest
from weasyprint import HTML

from programs.test_morning_page import LONG, measured, overlaps
from programs.test_page_in_a_browser import printed


@pytest.fixture
def caseload(prison):
    """Twelve prisoners of the longest names, each with concerns and an action, whose key worker has such a name too."""
    first, last = LONG
    prison.officer("LONG", name=f"{first} {last}", wing="B")
    for number in range(12):
        who = f"A{number:04}BC"
        prison.prisoner(
            who, name=f"{first} {last}{chr(97 + number)}", arrived="2026-01-05", location=f"B-4-{number:03}"
        )
        prison.allocated(who, "LONG", "2026-01-06")
        prison.session(who, "LONG", f"2026-04-{number + 10}")
        prison.event(who, "SELF_HARM", "2026-05-11", at="20:00")
        prison.event(who, "BEREAVEMENT", "2026-05-10", at="09:00")
        prison.need(who, "2026-05-01", "Ask the mental health team for the date of his review", due="2026-06-01")
    return prison


@pytest.mark.parametrize("more", ["", "--with-reasons"], ids=["without reasons", "with reasons"])
def test_twelve_prisoners_of_the_longest_names_are_on_one_sheet(kw, caseload, tmp_path, more) -> None:
    page = tmp_path / "caseload.html"

    assert kw(f"caseload LONG {more} --output {page}").code == 0
    sheets, about = printed(page)
    found = measured(page)

    assert len(sheets) == 1
    assert re.search(r"Page size: .* pts \(A4\)", about)
    assert overlaps(found["boxes"]) == []
    assert all(f"A{number:04}BC" in sheets[0] for number in range(12))
    assert len(HTML(filename=str(page)).render().pages) == 1
