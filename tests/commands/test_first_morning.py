"""The first list on the first morning: the README's "your own prison" is run; each figure rests on a row of a file."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from databases import rows

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "sample_data" / "lists"
TODAY = date(2026, 5, 12)


@pytest.fixture
def said(kw, monkeypatch) -> dict[str, object]:
    """What each line of the README's block said, by the line."""
    monkeypatch.chdir(ROOT)
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Bring your own prison in")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    lines = [line.partition("#")[0].removeprefix("kw ").strip() for line in block[1].splitlines()]
    return {line: kw(line) for line in lines}


def test_every_line_of_the_readme_works_and_the_import_edits_no_file(said):
    assert {line: one.code for line, one in said.items()} == dict.fromkeys(said, 0)
    assert [line for line in said if line.startswith("import")] == [
        "import sample_data/lists --dry-run",
        "import sample_data/lists --yes",
    ]


def cell(name: str, line: int, heading: str, headings_on: int = 1) -> str:
    """What stands in a file of the lists, on this row under this heading."""
    path = LISTS / name
    if path.suffix == ".xlsx":
        lines = [*CalamineWorkbook.from_path(path).get_sheet_by_name("Wing B").to_python(skip_empty_area=False)]
    else:
        lines = [*csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
    return str(lines[line - 1][lines[headings_on - 1].index(heading)])


LIST, NOTES, ARRIVALS = (
    f"{name} FICTIONAL.{kind}"
    for name, kind in (("Unit B list", "xlsx"), ("key worker case notes", "csv"), ("admissions", "csv"))
)


def test_each_figure_of_the_first_list_rests_on_a_row_of_a_file(said, kw):
    listed = {row["prison_number"]: row for row in json.loads(kw("overdue --days 7 --format json").out)["rows"]}

    assert {number: (row["days"], row["state"]) for number, row in listed.items()} == {
        "B5002BB": (41, "serious"),
        "A5001AA": (7, "due"),
    }
    for line, number, last in ((6, "B5002BB", "2026-04-01"), (5, "A5001AA", "2026-05-05")):
        assert number in cell(LIST, line, "NOMS No", 4)
        assert listed[number]["last_session_on"] == last
        assert listed[number]["days"] == (TODAY - date.fromisoformat(last)).days
        assert cell(LIST, line, "Last KW session", 4) in (last, f"{date.fromisoformat(last):%d/%m/%Y}")
    assert (cell(NOTES, 3, "NOMS Number"), cell(NOTES, 3, "Contact Date")) == ("B5002BB", "01/04/2026")
    assert (cell(NOTES, 2, "NOMS Number"), cell(NOTES, 2, "Contact Date")) == ("A5001AA", "05/05/2026")


def test_and_so_does_each_prisoner_who_is_not_on_it(said, kw, database):
    assert (cell(LIST, 7, "NOMS No", 4), cell(LIST, 7, "Last KW session", 4)) == ("C5003CC", "2026-05-09T00:00:00")
    assert (cell(LIST, 9, "NOMS No", 4), cell(LIST, 9, "Last KW session", 4)) == ("E5005EE", "11/05/2026")
    assert cell(ARRIVALS, 2, "Admission Time").startswith("08/05/2026")
    assert (cell(NOTES, 5, "NOMS Number"), cell(NOTES, 5, "Contact Date")) == ("F5006FF", "11/05/2026")
    last = "SELECT p.prison_number, max(s.held_on) FROM session s JOIN person p ON p.id = s.person_id "
    assert rows(database, f"{last} WHERE s.type = 'KS' GROUP BY 1 ORDER BY 1") == [
        ("A5001AA", "2026-05-05"),
        ("B5002BB", "2026-04-01"),
        ("C5003CC", "2026-05-09"),
        ("E5005EE", "2026-05-11"),
        ("F5006FF", "2026-05-11"),
    ]
    assert cell(NOTES, 4, "Case Note Type / Sub Type") == "KA - KE"
    assert "kw's records of him begin on Sun 10 May 2026" in kw("why D5004DD").out


def test_of_nobody_on_a_list_without_days_of_arrival_it_is_said_that_he_came_that_day(said, kw):
    assert "was here already on Sun 10 May 2026, since when is not known" in kw("why D5004DD").out
    assert "Here already; since when is not known, in B-1-004" in kw("timeline D5004DD").out
    assert "by Sun 10 May 2026" in kw("prisoner list").out
    points = {row["point"]: row for row in json.loads(kw("compliance --format json").out)["rows"]}
    first_days = points["first_days"]
    assert (first_days["n"], first_days["of"]) == (1, 1), "only Ted Birch has a day of arrival"


def test_of_a_last_date_from_a_list_no_note_is_due(said, kw):
    checked = json.loads(kw("notes check --format json").out)

    assert [row["prison_number"] for row in checked["rows"]] == ["F5006FF"], "case notes: the list has dates alone"


def test_nobody_is_said_never_to_have_had_a_key_worker_whose_arrival_is_not_known(said, kw):
    rows_ = json.loads(kw("unallocated --format json").out)["rows"]

    assert {row["prison_number"]: row["never_allocated"] for row in rows_} == {"E5005EE": False, "F5006FF": True}
