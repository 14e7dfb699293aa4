"""The morning page as it is printed: always one sheet of A4, whoever is on it, whatever it is printed with.

Asked of a browser: where each piece of text stands. Nothing may stand over anything else, nor outside the paper.
"""

import html
import io
import json
import re
import subprocess
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from weasyprint import HTML

from factories import Prison
from keyworker_cli.cli import Environment, main
from keyworker_cli.fiction.prison import write_prison
from keyworker_cli.render.formats.a4_page import HEIGHT, WIDTH
from programs.test_page_in_a_browser import CHROMIUM, printed

TITLES = (
    *("To be seen today", "The wings", "The longest gaps", "New and not met", "No key worker", "No cover"),
    *("Concerns not raised", "Fewest sessions in 12 weeks"),
    *("Never met by their key worker", "ACCT reviews due", "Actions due", "How far this can be relied on"),
)
FONTS = {"as it is": None, "Liberation": "Liberation Sans", "DejaVu": "DejaVu Sans"}
LONG = ("Bartholomew-Alexander", "Featherstonehaugh-Cholmondeley")

MEASURE = """
<script>
const mm = 96 / 25.4, boxes = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walk.nextNode()); ) {
  const parent = node.parentElement.tagName;
  if (parent === "SCRIPT" || parent === "STYLE" || !node.textContent.trim()) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const box of range.getClientRects())
    if (box.width > 0.5) boxes.push([node.textContent.trim().slice(0, 40), box.left, box.top, box.right, box.bottom]);
}
for (const svg of document.querySelectorAll("td svg")) {
  const box = svg.getBoundingClientRect();
  boxes.push([svg.getAttribute("aria-label"), box.left, box.top, box.right, box.bottom]);
}
const body = document.body.getBoundingClientRect(), main = document.querySelector("main").getBoundingClientRect();
const foot = document.querySelector("footer").getBoundingClientRect();
const found = {boxes, left: body.left, top: body.top, right: body.right, bottom: body.bottom, main: main.bottom,
  foot: foot.top, mm};
document.body.setAttribute("data-found", JSON.stringify(found));
</script>
"""


def long_names(database: Path) -> None:
    """Sixty prisoners of the longest names, whom officers of such names see; something happened to 25 yesterday."""
    prison, (first, last) = Prison(database), LONG
    for number in range(12):
        prison.officer(f"K{number:05}", name=f"{first} {last}{chr(97 + number)}", wing="ABCD"[number % 4])
        prison.slot(f"K{number:05}", "2026-05-12", "14:00", "16:15")
    for number in range(60):
        who = f"A{number:04}BC"
        prison.prisoner(
            who, name=f"{first} {last}", arrived="2026-01-05", location=f"{'ABCD'[number % 4]}-4-{number:03}"
        )
        prison.allocated(who, f"K{number % 12:05}", "2026-01-06")
        if number < 25:
            prison.event(who, "SELF_HARM", "2026-05-11", at="20:00")
    prison.store.close()


class Printed:
    """The page of one prison, written and printed once for each way it is asked for."""

    def __init__(self, database: Path) -> None:
        self.database, self.folder = database, database.parent
        self._sheets: tuple[list[str], str] | None = None

    def kw(self, line: str) -> str:
        out, err = io.StringIO(), io.StringIO()
        there = Environment(
            datetime(2026, 5, 12, 7, 15, tzinfo=UTC),
            out,
            err,
            {"KW_USER": "governor", "KW_DB": str(self.database)},
            io.StringIO(),
        )
        assert main(line.split(), there) == 0, err.getvalue()
        return out.getvalue()

    def write(self, more: str = "") -> Path:
        path = self.folder / f"briefing{more.strip('-')}.html"
        self.kw(f"briefing --as-of 2026-05-12 --roll 612 {more} --output {path}")
        return path

    @property
    def sheet(self) -> str:
        """The text of its one sheet, without reasons."""
        if self._sheets is None:
            self._sheets = printed(self.write())
        (sheet,), _ = self._sheets
        return sheet


@pytest.fixture(scope="module", params=["demo", "standard", "large", "long names"])
def page(request, tmp_path_factory) -> Printed:
    """The page of a prison of 24, 600 or 1,200, or of the longest names."""
    folder = tmp_path_factory.mktemp("prison")
    page = Printed(folder / "kw.db")
    if request.param == "long names":
        long_names(page.database)
    else:
        write_prison(request.param, folder / "files")
        page.kw(f"import {folder / 'files'}")
    return page


def in_font(path: Path, font: str | None) -> Path:
    """The same page where only one font is found."""
    if font is None:
        return path
    text = path.read_text(encoding="utf-8")
    found = path.with_name(f"{path.stem}-{font.replace(' ', '')}.html")
    found.write_text(text.replace('Arial, "Liberation Sans", Helvetica, "DejaVu Sans"', f'"{font}"'), encoding="utf-8")
    return found


def measured(path: Path) -> dict:
    """Ask a browser where each piece of text of a page stands."""
    text = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", path.read_text(encoding="utf-8"))
    asked = path.with_name(f"asked-{path.name}")
    asked.write_text(text.replace("</body>", f"{MEASURE}</body>"), encoding="utf-8")
    command = [*CHROMIUM, f"--user-data-dir={path.parent / 'browser'}", "--dump-dom", asked.as_uri()]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    return json.loads(html.unescape(re.search(r'data-found="([^"]*)"', said)[1]))


def overlaps(boxes: list[list]) -> list[tuple[str, str]]:
    """Return which two pieces of text stand over one another, by more than the space around letters."""
    found = []
    for at, (text, left, top, right, bottom) in enumerate(boxes):
        for other, left_2, top_2, right_2, bottom_2 in boxes[at + 1 :]:
            wide = min(right, right_2) - max(left, left_2)
            high = min(bottom, bottom_2) - max(top, top_2)
            if wide > 1 and high > 0.35 * min(bottom - top, bottom_2 - top_2):
                found.append((text, other))
    return found


@pytest.mark.parametrize("more", ["", "--with-reasons"], ids=["without reasons", "with reasons"])
def test_it_is_one_sheet_and_nothing_stands_over_anything_else_in_any_font(page, more) -> None:
    written = page.write(more)
    for font in FONTS.values():
        path = in_font(written, font)

        sheets, about = printed(path)
        found = measured(path)

        assert len(sheets) == 1
        assert re.search(r"Page size: .* pts \(A4\)", about)
        assert overlaps(found["boxes"]) == []
        assert min(box[1] for box in found["boxes"]) >= found["left"] - 0.5
        assert max(box[3] for box in found["boxes"]) <= found["right"] + 0.5
        assert found["main"] <= found["foot"] + 0.5
        assert (found["right"] - found["left"]) / found["mm"] == pytest.approx(WIDTH, abs=0.1)
        assert (found["bottom"] - found["top"]) / found["mm"] == pytest.approx(HEIGHT, abs=0.1)


@pytest.mark.parametrize("font", FONTS.values(), ids=FONTS)
def test_another_printer_than_a_browser_makes_one_sheet_of_it_as_well(page, font) -> None:
    document = HTML(filename=str(in_font(page.write("--with-reasons"), font))).render()

    assert len(document.pages) == 1


def test_it_is_marked_and_has_every_part_on_it(page) -> None:
    sheet = " ".join(page.sheet.split())

    assert sheet.count("OFFICIAL-SENSITIVE") >= 2
    assert "Page 1 of 1" in sheet
    assert [title for title in (*TITLES, "Settings in force") if title not in sheet] == []


def test_whoever_is_new_is_on_it_and_25_of_those_to_be_seen_today_in_the_order_of_work(page) -> None:
    sheet = page.sheet

    called = [
        row for row in json.loads(page.kw("overdue --as-of 2026-05-12 --format json"))["rows"] if row["see_today"]
    ]
    new = sum(row["new"] for row in called)
    must = [row["prison_number"] for row in called[: max(25, new)]]
    at = [sheet.find(number) for number in must]
    assert -1 not in at
    assert all(one < other for one, other in pairwise(at))


def test_what_is_not_on_it_is_counted_with_the_command_that_lists_it(page) -> None:
    sheet = page.sheet

    called = json.loads(page.kw("overdue --as-of 2026-05-12 --format json"))["summary"]["see_today"]
    large = sheet.split("The wings", maxsplit=1)[0]
    shown = len(set(re.findall(r"\b[A-Z]\d{4}[A-Z]{2}\b", large)))
    more = re.search(r"and ([\d,]+) more: kw overdue", large)
    assert called == shown + (int(more[1].replace(",", "")) if more else 0)
