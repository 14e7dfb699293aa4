"""The page that is printed: A4, marked on every sheet, every name on it, nothing outside the paper."""

import re
import subprocess
from pathlib import Path

from factories import Prison

CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
]


def printed(page: Path) -> tuple[list[str], str]:
    """Print a page as a browser does; return the text of each sheet, and what the PDF says of itself."""
    pdf = page.with_suffix(".pdf")
    command = [*CHROMIUM, f"--user-data-dir={page.parent / 'browser'}", f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    about = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1], about


def test_a_list_of_120_prisoners_prints_on_marked_and_numbered_a4_sheets(kw, database, tmp_path) -> None:
    prison = Prison(database)
    numbers = [f"A{number:04}BC" for number in range(120)]
    for number in numbers:
        prison.prisoner(number, name=f"Test Man{number[1:5]}", arrived="2026-01-05")
    page = tmp_path / "overdue.html"

    said = kw(f"overdue --days 7 --output {page}")
    sheets, about = printed(page)

    assert said.code == 0
    assert len(sheets) > 1
    assert re.search(r"Page size: .* pts \(A4\)", about)
    assert all("OFFICIAL-SENSITIVE" in sheet for sheet in sheets)
    assert all(f"{at} of {len(sheets)}" in sheet for at, sheet in enumerate(sheets, 1))
    assert [number for number in numbers if not any(number in sheet for sheet in sheets)] == []
