"""`kw import` of a wing office's own spreadsheet, kept as people please: what it asks, and what it does not need to."""

import json
from datetime import date

import pytest

from commands.prison_sheets import PrisonSheets
from databases import everything, rows

HEADINGS = ("Cell", "Prison No", "Name", "Age", "IEP", "Main KW", "Back-up KW", "Last KS date", "Next due", "Comments")
ABBOT = ("C1-01", "A1111ZA", "ABBOT Liam", 34, "Std", "Off. Tibbs", "Off. Crane", date(2026, 5, 4), None, "quiet")
BAKER = ("C1-02", "A2222ZB", "BAKER, Joseph", 41, "Enh", "Crane", "Tibbs", date(2026, 3, 16), None, None)
COLE = ("C1-03", "A3333ZC", "Cole-Smith, D", 22, "Basic", "J Crane", None, "n/k", None, None)
DOYLE = ("C1-04", "a4444zd ", "DOYLE Pat", 29, "Std", "Joanne Crane", "Crane", "28.04.2026", None, None)
OSHEA = ("C1-06", "A5555ZE", "O'Shea, K", 50, "Std", "TBC", None, "w/e 9/5", date(2026, 5, 20), None)
VACANT = ("C1-05", None, "VACANT")
TRACKER = (
    ("C WING KEYWORK TRACKER - FICTIONAL",),
    ("RED = overdue",),
    HEADINGS,
    ABBOT,
    BAKER,
    COLE,
    DOYLE,
    VACANT,
    OSHEA,
    ("TOTAL ON WING", None, 5),
)
GONE = (("Prison No", "Name", "Left", "Where"), ("A0101ZZ", "JAMES Leo", date(2026, 5, 2), "HMP Elsewhere"))
HELD = (
    "SELECT p.prison_number, w.first_name, w.last_name FROM allocation a JOIN person p ON p.id = a.person_id "
    "JOIN key_worker w ON w.id = a.key_worker_id ORDER BY 1"
)


@pytest.fixture
def sheets(tmp_path) -> PrisonSheets:
    return PrisonSheets(tmp_path / "wing")


@pytest.fixture
def tracker(sheets) -> str:
    book = {"C wing": TRACKER, "KW list": (("Officer", "Grade"), ("Tibbs", "B3")), "Discharged": GONE}
    return f"import '{sheets.workbook('C wing tracker FINAL v3.xlsx', **book)}'"


def test_a_wings_own_tracker_goes_in_with_one_question_to_each_doubt(kw, tracker):
    said = kw(tracker, answers=["09/05/2026", "before 1/5/2026", "y"])

    listed = {row["prison_number"]: row["days"] for row in json.loads(kw("overdue --days 7 --format json").out)["rows"]}
    assert "Last KS date, line 9: 'w/e 9/5' is no date. The day, or Enter: not known:" in said.err
    assert listed == {"A2222ZB": 57, "A4444ZD": 14, "A3333ZC": 11, "A1111ZA": 8}


def test_officers_are_the_same_by_whole_name_by_initial_and_by_last_name_in_whatever_order(kw, tracker, database):
    kw(tracker, answers=["", "", "y"])

    assert rows(database, HELD) == [
        ("A1111ZA", "Officer", "Tibbs"),
        ("A2222ZB", "Joanne", "Crane"),
        ("A3333ZC", "Joanne", "Crane"),
        ("A4444ZD", "Joanne", "Crane"),
    ]


def test_a_list_with_levels_in_a_column_of_its_own_is_still_a_list_of_prisoners(kw, tracker, database):
    kw(tracker, answers=["", "", "y"])

    basic = "SELECT p.prison_number, e.code FROM event e JOIN person p ON p.id = e.person_id"
    assert rows(database, basic) == [("A3333ZC", "BASIC")]


def test_who_has_left_by_the_name_of_the_sheet_or_by_a_column_is_not_here_and_named(kw, tracker, sheets, database):
    said = kw(tracker + " --dry-run")
    left = ("NOMS No", "Surname", "Forename", "Date left")
    other = sheets.workbook("b.xlsx", Roll=(left, ("B1111ZA", "A", "B", None), ("B2222ZB", "C", "D", date(2026, 5, 2))))
    kw(f"import {other} --yes")

    assert "sheet Discharged: 2 rows not read, by its name or title those who have left" in said.err
    assert rows(database, "SELECT prison_number FROM person") == [("B1111ZA",)]


def test_without_a_terminal_a_day_that_is_none_is_a_fault_and_a_mapping_file_says_what_it_is(
    kw, tracker, tmp_path, database
):
    mapping = tmp_path / "mine.toml"
    mapping.write_text('[values]\n"w/e 9/5" = "2026-05-09"\n', encoding="utf-8")

    refused = kw(tracker + " --yes")
    assert (refused.code, "line 9, Last KS date: w/e 9/5: this is not a date" in refused.err) == (6, True)
    assert everything(database) == {}
    assert kw(f"{tracker} --yes --mapping {mapping}").code == 0
    assert ("2026-05-09",) in rows(database, "SELECT held_on FROM session")


def test_a_heading_that_may_be_what_is_missing_is_asked_about_once_and_kept(kw, sheets, database):
    head = ("Prison No", "Name", "Spoken to", "Looked after by", "Remarks")
    path = sheets.workbook(
        "x.xlsx",
        Wing=(
            head,
            ("A1111ZA", "ABBOT Liam", date(2026, 5, 4), "Joanne Crane", "tall"),
            ("A2222ZB", "BAKER Jo", date(2026, 5, 5), "Joanne Crane", None),
        ),
    )

    said = kw(f"import {path}", answers=["last", "key", "", "y"])
    again = kw(f"import {path}", answers=["n"])

    assert "'Spoken to' (2 cells: 2026-05-04; 2026-05-05) is last seen, arrived, date of birth? Enter" in said.err
    assert "'Looked after by' (2 cells: Joanne Crane) is key worker?" in said.err
    assert "Remarks" not in said.err.partition("not read")[0]
    assert [name for (_, *name) in rows(database, HELD)] == [["Joanne", "Crane"]] * 2
    assert ("?" in again.err.partition("Save this?")[0], again.code) == (False, 0)


def test_a_name_nearly_that_of_an_officer_is_asked_about_and_next_week_it_is_known(kw, sheets, prison, database):
    prison.officer("QTX12A", name="Ruth Bramley")
    path = sheets.workbook("x.xlsx", Wing=(("NOMS No", "Name", "KW"), ("A1111ZA", "ABBOT Liam", "Bramly, Ruth")))

    said = kw(f"import {path}", answers=["", "", "y"])

    assert "did you mean QTX12A Ruth Bramley? Enter for QTX12A, `new` for somebody else, or a staff id:" in said.err
    assert kw(f"import {path} --yes").code == 0
    assert rows(database, "SELECT staff_id FROM key_worker") == [("QTX12A",)]


def test_or_it_is_another_officer(kw, sheets, prison, database):
    prison.officer("QTX12A", name="Ruth Bramley")
    path = sheets.workbook("x.xlsx", Wing=(("NOMS No", "Name", "KW"), ("A1111ZA", "ABBOT Liam", "Bramly, Ruth")))

    kw(f"import {path}", answers=["new", "", "y"])

    assert kw(f"import {path} --yes").code == 0
    assert rows(database, HELD) == [("A1111ZA", "Ruth", "Bramly")]


def test_prison_numbers_are_known_by_themselves_where_their_heading_is_not(kw, sheets, database):
    people = [(f"A000{n}ZA", "ABBOT", "Liam", "C-1-001") for n in range(1, 5)]
    path = sheets.workbook("x.xlsx", Wing=(("Their ref", "Surname", "Forename", "Cell"), *people))

    said = kw(f"import {path} --yes")

    assert "Their ref = prison number" in said.err
    assert rows(database, "SELECT count(*) FROM person") == [(4,)]


def test_an_officer_of_whom_a_list_has_the_last_name_is_the_same_when_another_has_both(kw, sheets, database):
    def wing(officer: str) -> str:
        return str(sheets.workbook("x.xlsx", Wing=(("NOMS No", "Name", "KW"), ("A1111ZA", "ABBOT Liam", officer))))

    kw(f"import {wing('Tibbs')} --yes")
    kw(f"import {wing('Tibbs, Alan')} --yes")

    assert rows(database, HELD) == [("A1111ZA", "Officer", "Tibbs")]


WEEK = ("NOMS No", "Surname", "Forename", "Key worker", "IEP")
ADAMS, BROWN, CLARK, DAVIS = (
    (f"A000{n}ZA", name, "Sam", "Joanne Crane", "Std") for n, name in enumerate(("Adams", "Brown", "Clark", "Davis"), 1)
)
LAST_WEEK = (WEEK, ADAMS, BROWN, (*CLARK[:4], "Basic"))
THIS_WEEK = (WEEK, (*ADAMS[:3], "Alan Tibbs", "Std"), BROWN, DAVIS)
HERE = "SELECT last_name FROM person ORDER BY 1"


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("last", "this"),
    [
        ("wc 4 May", "wc 11 May"),
        ("wc 04.05", "wc 11.05"),
        ("Roll 04.05.2026", "Roll 11.05.2026"),
        ("20260504", "20260511"),
    ],
)
def test_of_a_sheet_for_every_week_the_newest_says_who_is_here(kw, sheets, database, last, this, first):
    weeks = {last: LAST_WEEK, this: THIS_WEEK} if first else {this: THIS_WEEK, last: LAST_WEEK}
    path = sheets.workbook("tracker.xlsx", **weeks)

    said = kw(f"import {path} --yes")

    assert rows(database, HERE) == [("Adams",), ("Brown",), ("Davis",)]
    assert f"sheet {last}: 1 row left out, not on the newer tracker.xlsx sheet {this} (line 4)" in said.err
    assert rows(database, HELD)[0] == ("A0001ZA", "Alan", "Tibbs")
    assert rows(database, "SELECT count(*) FROM event") == [(0,)]


def test_nor_is_one_here_who_is_only_on_an_older_week_that_holds_all_of_the_newest(kw, sheets, database):
    path = sheets.workbook("tracker.xlsx", **{"wc 4.5": (WEEK, ADAMS, BROWN, CLARK), "wc 11.5": (WEEK, ADAMS, BROWN)})

    kw(f"import {path} --yes")

    assert rows(database, HERE) == [("Adams",), ("Brown",)]


@pytest.mark.parametrize("status", ["TRF 9/5 HMP Elsewhere", "Transferred", "released", "OUT"])
def test_a_status_that_says_somebody_has_left_is_named_and_ends_no_stay(kw, sheets, database, status):
    head, stays = ("NOMS No", "Surname", "Forename", "Status"), ("Transferred in 2/5", "Remand", "")
    here = ((*one[:3], said) for one, said in zip((ADAMS, BROWN, DAVIS), stays, strict=True))
    path = sheets.workbook("tracker.xlsx", Roll=(head, *here, (*CLARK[:3], status)))

    said = kw(f"import {path} --yes")

    assert f"1 row left out, Status is '{status}': not here; it ends no stay (line 5)" in said.err
    assert rows(database, HERE) == [("Adams",), ("Brown",), ("Davis",)]


@pytest.mark.parametrize("title", ["TRANSFERS OUT", "Leavers this week", "Released / transferred"])
def test_a_block_of_those_who_have_left_under_a_list_says_of_nobody_that_they_are_here(kw, sheets, database, title):
    gone = ((), (title,), ("NOMS No", "Surname", "Date", "To"), (*DAVIS[:2], date(2026, 5, 9), "HMP Elsewhere"))
    path = sheets.workbook("tracker.xlsx", Roll=(*THIS_WEEK[:3], *gone))

    said = kw(f"import {path}", answers=["", "y"])

    assert "from line 5: 3 rows not read, by its name or title those who have left" in said.err
    assert rows(database, HERE) == [("Adams",), ("Brown",)]


def test_who_is_missing_from_next_weeks_list_is_named_and_stays(kw, sheets, prison, database):
    prison.prisoner("B9999ZZ", arrived="2026-01-05", location="E-1-001")  # of a wing that the list is not about
    cells = ("NOMS No", "Surname", "Forename", "Cell")
    last = sheets.workbook("last.xlsx", C=(cells, *((*one[:3], "C-1-001") for one in (ADAMS, BROWN, CLARK, DAVIS))))
    this = sheets.workbook("this.xlsx", C=(cells, *((*one[:3], "C-1-001") for one in (ADAMS, DAVIS))))
    few = sheets.workbook("few.xlsx", C=(cells, (*ADAMS[:3], "C-1-001")))
    kw(f"import {last} --yes")

    named = "2 prisoners here in kw and not on the list: A0002ZA Sam Brown, A0003ZA Sam Clark. A list ends no stay"
    assert named in kw(f"import {this} --yes --as-of 2026-05-19").err
    assert "not on the list" not in kw(f"import {last} --yes").err
    assert "not on the list" not in kw(f"import {few} --yes").err  # an officer's own few are no list of the wing
    assert rows(database, "SELECT count(*) FROM stay WHERE left_on IS NULL") == [(5,)]


def test_where_no_day_says_which_is_the_newest_it_is_asked_and_never_guessed(kw, sheets, database):
    path = sheets.workbook("tracker.xlsx", old=LAST_WEEK, current=THIS_WEEK)

    refused = kw(f"import {path} --yes")
    asked = kw(f"import {path}", answers=["2", "", "y"])

    assert (refused.code, "list the same prisoners and contradict each other" in refused.err) == (5, True)
    assert "2  tracker.xlsx sheet current: 3 prisoners" in asked.err
    assert rows(database, HERE) == [("Adams",), ("Brown",), ("Davis",)]


def test_a_units_list_beside_the_whole_prisons_is_a_part_of_it(kw, sheets, database):
    path = sheets.workbook("tracker.xlsx", unit=(WEEK, ADAMS), prison=(WEEK, ADAMS, BROWN, CLARK, DAVIS))

    assert kw(f"import {path} --yes").code == 0
    assert rows(database, "SELECT count(*) FROM person") == [(4,)]


def test_what_a_folder_holds_beside_is_named(kw, sheets, database):
    sheets.workbook("a.xlsx", Wing=(WEEK, ADAMS))
    (sheets.path / "handover.docx").write_text("x")
    (sheets.path / "old").mkdir()
    (sheets.path / "notes.txt").write_text('remember the "keys\n', encoding="cp1252")
    (sheets.path / "unicode.txt").write_text("\t".join(WEEK) + "\n" + "\t".join(BROWN) + "\n", encoding="utf-16")

    said = kw(f"import {sheets.path} --yes")

    assert "not read, no list or spreadsheet: handover.docx, notes.txt, old/" in said.err
    assert rows(database, HERE) == [("Adams",), ("Brown",)]


def test_a_hidden_sheet_is_named_and_not_read(kw, sheets, database):
    def hide(sheet, at, column):
        sheet.hide()

    path = sheets.workbook("a.xlsx", Wing=(WEEK, ADAMS), Old=((*WEEK, hide), BROWN))

    said = kw(f"import {path} --yes")

    assert "sheet Old: 2 rows not read, it is a hidden sheet" in said.err
    assert rows(database, HERE) == [("Adams",)]


def test_an_error_of_the_spreadsheet_for_a_key_worker_is_asked_about_and_clears_nobody_by_itself(kw, sheets, database):
    path = sheets.csv("list", "NOMS No,Surname,Forename,Key worker", "A0001ZA,Adams,Sam,#N/A", "A0002ZA,Brown,Sam,#N/A")

    refused = kw(f"import {path} --yes")
    asked = kw(f"import {path}", answers=["", "", "y"])

    assert "lines 2, 3, Key worker: #N/A is an error of the spreadsheet; mend the formula, or" in refused.err
    assert "Key worker, 2 rows: #N/A is an error of the spreadsheet Enter for nobody, or a staff id:" in asked.err
    assert rows(database, "SELECT count(*) FROM stay") == [(2,)]
    assert rows(database, HELD) == []
