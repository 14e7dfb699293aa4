"""The morning page as it is printed: one sheet of A4, marked, with every part on it, for a small prison and a large."""

import re
import subprocess
from pathlib import Path

import pytest
from test_page_in_a_browser import printed

from keyworker_cli.fiction.prison import write_prison

MARGIN, PAPER = 11 / 25.4 * 72, 210 / 25.4 * 72
TITLES = (
    *("See today", "The longest gaps", "New and not met", "No key worker", "Without cover"),
    *("Never met by their key worker", "Overdue by wing", "Key-work time this week", "ACCT reviews due"),
    *("Needs due", "How fresh this is", "Settings in force"),
)


@pytest.fixture(params=["demo", "standard", "large"])
def page(request, kw, tmp_path) -> Path:
    """The page of an invented prison of 24, 600 or 1,200 men."""
    write_prison(request.param, tmp_path / "files")
    kw(f"import {tmp_path / 'files'}")
    page = tmp_path / "briefing.html"
    assert kw(f"briefing --as-of 2026-05-12 --roll 612 --output {page}").code == 0
    return page


def test_the_morning_page_is_one_marked_sheet_with_every_part_on_it(page) -> None:
    sheets, about = printed(page)

    (sheet,) = sheets
    assert re.search(r"Page size: .* pts \(A4\)", about)
    assert sheet.count("OFFICIAL-SENSITIVE") >= 2
    assert "Page 1 of 1" in sheet
    assert [title for title in TITLES if title not in sheet] == []


def test_nothing_stands_outside_the_margins_nor_is_made_too_small_to_read(page) -> None:
    """A browser shrinks the whole page where something is wider than the paper."""
    printed(page)

    words = boxes(page.with_suffix(".pdf"))
    assert min(left for left, _, _ in words) >= MARGIN - 1
    assert max(right for _, right, _ in words) <= PAPER - MARGIN + 1
    assert min(height for _, _, height in words) >= 6


def boxes(pdf: Path) -> list[tuple[float, float, float]]:
    """Return where each word begins and ends on the sheet, and its height, in points."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    found = re.findall(r'xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" yMax="([0-9.]+)"', text)
    return [(float(left), float(right), float(bottom) - float(top)) for left, top, right, bottom in found]
