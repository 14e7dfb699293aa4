"""Whatever files are brought: taken whole, or refused with nothing changed; and taken again, nothing changes."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.desk import WORLDS, Desk, Typed, check_said, check_sound, demo_prison, desk, fuzzed, fuzzed_shortly
from fuzz.files_at_random import as_csv, as_xlsx, edited, rewritten, rows_of, saved, scratched

pytestmark = pytest.mark.sqlite_file  # each round begins with a copy of a file

REFUSED = (2, 4, 5, 6, 7)
READ_AFTERWARDS = ("overdue", "briefing", "budget", "compliance", "doctor")
FILE = "brought"


@cache
def sheets() -> dict[str, bytes]:
    """Return the files that `kw export` writes of the demo prison."""
    with desk(demo_prison) as here:
        assert here.type(["export", "out"]).code == 0
        return {path.name: path.read_bytes() for path in Path("out").glob("*.csv")}


def bring(here: Desk, *line: str) -> Typed:
    """Type a line that takes a file in, and check that it is taken whole or not at all."""
    before = here.content()
    said = here.type([*line])
    check_said(said)
    if said.code == 0:
        check_sound(here)
    else:
        assert said.code in REFUSED
        assert here.content() == before
    return said


@fuzzed_shortly
@given(data=st.data(), world=st.sampled_from(WORLDS))
def test_a_folder_with_a_file_that_somebody_edited_is_taken_whole_or_not_at_all(data, world) -> None:
    name = data.draw(st.sampled_from(sorted(sheets())))
    content = data.draw(edited(rows_of(sheets()[name])).flatmap(saved))
    with desk(world) as here:
        for other, whole in sheets().items():
            Path("files", other).write_bytes(content if other == name else whole)
        if bring(here, "import", "files").code == 0:
            again = bring(here, "import", "files")
            assert set(re.findall(r"([0-9,]+) (?:new|changed)", again.out)) == {"0"}
            for report in READ_AFTERWARDS:
                check_said(here.type([report]))


def a_csv(rows: list[list[str]]) -> Path:
    path = Path(f"{FILE}.csv")
    path.write_bytes(as_csv(rows))
    return path


def a_spreadsheet(rows: list[list[str]]) -> Path:
    path = Path(f"{FILE}.xlsx")
    path.write_bytes(as_xlsx(rows, "rota"))
    return path


def a_spreadsheet_named_csv(rows: list[list[str]]) -> Path:
    return a_spreadsheet(rows).rename(f"{FILE}.csv")


def a_csv_named_spreadsheet(rows: list[list[str]]) -> Path:
    return a_csv(rows).rename(f"{FILE}.xlsx")


def half_a_spreadsheet(rows: list[list[str]]) -> Path:
    path = a_spreadsheet(rows)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def a_folder(rows: list[list[str]]) -> Path:
    path = Path(f"{FILE}.csv")
    path.mkdir()
    return path


def a_link_to_itself(rows: list[list[str]]) -> Path:
    path = Path(f"{FILE}.csv")
    path.symlink_to(path)
    return path


DRESSES = (a_csv, a_spreadsheet, a_spreadsheet_named_csv, a_csv_named_spreadsheet, half_a_spreadsheet, a_folder)
SPREADSHEETS = Path(__file__).parents[1] / "commands" / "spreadsheets"


@cache
def workbooks() -> dict[str, bytes]:
    """Return a workbook of each kind that is read: a list as a prison has it, and sheets as kw export writes them."""
    lists = {path.name.rpartition(" ")[2]: path.read_bytes() for path in SPREADSHEETS.glob("roll *")}
    own = {name: rows_of(sheets()[f"{name}.csv"]) for name in ("sessions", "prisoners")}
    return lists | {f"{name}.xlsx": as_xlsx(rows, name) for name, rows in own.items()}


@fuzzed_shortly
@given(data=st.data(), world=st.sampled_from(WORLDS), name=st.sampled_from(sorted(workbooks())))
def test_a_workbook_whose_own_parts_were_changed_is_taken_whole_or_not_at_all(data, world, name) -> None:
    book = workbooks()[name]
    content = data.draw(rewritten(book) if zipfile.is_zipfile(io.BytesIO(book)) else scratched(book))
    with desk(world) as here:
        Path(name).write_bytes(content)
        bring(here, "import", name, "--yes")


LINES = (
    *[["import", "--as", kind] for kind in ("prisoners", "sessions", "rota", "settings", "key_workers")],
    ["import", "--dry-run"],
    ["import", "--roll", "--yes"],
    ["rota", "publish", "--file"],
    ["restore", "--yes"],
)


@fuzzed
@given(
    data=st.data(),
    world=st.sampled_from(WORLDS),
    dress=st.sampled_from([*DRESSES, a_link_to_itself]),
    line=st.sampled_from(LINES),
)
def test_a_file_in_any_dress_is_taken_whole_or_not_at_all(data, world, dress, line) -> None:
    name = data.draw(st.sampled_from(["prisoners.csv", "rota.csv", "sessions.csv", "key_workers.csv", "settings.csv"]))
    rows = data.draw(edited(rows_of(sheets()[name])))
    with desk(world) as here:
        bring(here, *line, str(dress(rows)))
