"""`kw import` of a unit's own list: known by its headings, and enough to begin with."""

import json
from datetime import date

import pytest

from commands.prison_sheets import PrisonSheets
from databases import everything, rows

HEADINGS = ("NOMS No", "Surname", "Forename(s)", "D.O.B.", "Cell", "Key worker", "Last KW session", "Release Date")
ALDER = ("A1234BC", "ALDER", "Sam", date(1990, 1, 2), "B-1-001", "Bramley, Ruth", "05/05/2026", date(2026, 5, 1))
ONEILL = ("'B2345CD ", "O'NEILL", "Tom", None, "B-1-002\u00a0", "Ruth Bramley", date(2026, 4, 1), None)
HASSAN = ("C3456DE", "AL-HASSAN", "Omar", None, "B-1-003", "", "", None)
TITLES = (("HMP Fellgate, B wing: FICTIONAL",), (), ("as at 12 May 2026",))


@pytest.fixture
def sheets(tmp_path) -> PrisonSheets:
    return PrisonSheets(tmp_path / "lists")


@pytest.fixture
def unit_list(sheets) -> str:
    rows_ = (*TITLES, HEADINGS, ALDER, (), ONEILL, HASSAN, HEADINGS, ("Total", 3))
    return str(sheets.workbook("Wing B.xlsx", Notes=[("remember the keys",)], Roll=rows_))


def overdue(kw, days: int = 7) -> dict[str, dict]:
    return {row["prison_number"]: row for row in json.loads(kw(f"overdue --days {days} --format json").out)["rows"]}


def test_one_command_from_nothing_to_a_true_list(kw, unit_list):
    said = kw(f"import '{unit_list}' --yes")

    listed = overdue(kw)
    assert said.code == 0
    assert {number: row["days"] for number, row in listed.items()} == {"A1234BC": 7, "B2345CD": 41}
    assert listed["B2345CD"]["key_worker"]["name"] == "Ruth Bramley"
    assert [row["never_seen"] for row in listed.values()] == [False, False]


def test_it_is_shown_and_asked_and_a_no_saves_nothing_not_even_the_database(kw, unit_list, database):
    said = kw(f"import '{unit_list}'", answers=["", "n"])

    assert "Cell = location" in said.err
    assert "A1234BC  Sam Alder, B-1-001, here since before" in said.err
    assert "nothing saved" in said.err
    assert everything(database) == {}


def test_without_a_terminal_it_shows_what_it_would_do_and_names_the_way(kw, unit_list, database):
    said = kw(f"import '{unit_list}'")

    assert (said.code, "3 new" in said.out, "nothing saved: add --yes" in said.err) == (0, True, True)
    assert everything(database) == {}


def test_all_that_is_not_read_is_named_with_its_number(kw, unit_list):
    said = kw(f"import '{unit_list}' --dry-run")

    assert "sheet Notes: 1 row not read" in said.err
    assert "not read: Release Date (1 cell): a sentence's date: it never ends a stay" in said.err
    assert "left out: 1 row, the headings again (line 9)" in said.err
    assert "left out: 1 row, a total (line 10)" in said.err


def test_the_same_list_again_changes_nothing(kw, unit_list, database):
    kw(f"import '{unit_list}' --yes")
    before = rows(database, "SELECT 'a', id, changed_at FROM allocation UNION SELECT 's', id, changed_at FROM session")

    said = kw(f"import '{unit_list}' --yes")

    assert "0 new" in said.out
    assert "0 changed" in said.out
    after = rows(database, "SELECT 'a', id, changed_at FROM allocation UNION SELECT 's', id, changed_at FROM session")
    assert after == before


def test_where_all_of_a_list_is_known_it_is_said_and_nothing_asked(kw, unit_list, database):
    kw(f"import '{unit_list}' --yes")
    before = everything(database)

    said = kw(f"import '{unit_list}'", answers=[])

    assert "Nothing new: kw has all of it." in said.out
    assert "Save this?" not in said.err
    assert everything(database) == before


def test_a_release_date_ends_no_stay(kw, unit_list, database):
    kw(f"import '{unit_list}' --yes")

    assert rows(database, "SELECT count(*) FROM stay WHERE left_on IS NOT NULL") == [(0,)]


def test_the_day_of_arrival_is_asked_once_for_all(kw, unit_list, database):
    kw(f"import '{unit_list}'", answers=["01/03/2026", "y"])

    assert rows(database, "SELECT DISTINCT arrived_on, records_from FROM stay") == [("2026-03-01", "2026-05-12")]


def test_or_it_is_not_known_and_a_day_before_which_they_were_here_does(kw, unit_list, database):
    kw(f"import '{unit_list}' --here-since 2026-04-20 --yes")

    assert rows(database, "SELECT arrived_on, records_from FROM stay ORDER BY 1") == [
        ("2026-04-01", "2026-04-01"),
        ("2026-04-20", "2026-04-20"),
        ("2026-04-20", "2026-04-20"),
    ]


def test_never_seen_is_said_of_nobody_of_whom_kw_does_not_know(kw, unit_list):
    kw(f"import '{unit_list}' --yes --here-since 2026-04-20")

    listed, page = overdue(kw), kw("overdue --days 7")

    assert (listed["C3456DE"]["never_seen"], listed["C3456DE"]["days"]) == (False, 22)
    assert "no record before Mon 20 Apr 2026" in page.out
    assert "kw's records of 1 prisoner begin on Mon 20 Apr 2026" in page.err
    assert "C3456DE" not in kw("first-meetings --all").out
    assert "kw's records of him begin on Mon 20 Apr 2026" in kw("why C3456DE").out


def test_a_session_of_that_day_takes_the_place_of_the_date_in_the_list(kw, unit_list, sheets, database):
    kw(f"import '{unit_list}' --yes")
    sheets.csv("sessions", "prison_number,staff_id,held_on,start,minutes", "A1234BC,BRAMLEY-R,2026-05-05,10:00,45")

    said = kw(f"import {sheets.path / 'sessions.csv'}")

    assert "1 last date from a list gave way to a record of that day" in said.err
    counted = "SELECT minutes, source FROM session WHERE held_on = '2026-05-05' AND voided_at IS NULL"
    assert rows(database, counted) == [(45, None)]


def test_another_key_worker_in_next_weeks_list_takes_over_from_that_day(kw, unit_list, sheets, database):
    kw(f"import '{unit_list}' --yes")
    other = (*ALDER[:5], "Daniel Okafor", *ALDER[6:])
    later = sheets.workbook("next.xlsx", Roll=(HEADINGS, other))

    kw(f"import {later} --yes --as-of 2026-05-19")

    held = (
        "SELECT w.staff_id, a.allocated_on, a.ended_on FROM allocation a JOIN key_worker w ON w.id = a.key_worker_id "
    )
    assert rows(
        database, f"{held} JOIN person p ON p.id = a.person_id WHERE p.prison_number = 'A1234BC' ORDER BY 2"
    ) == [
        ("BRAMLEY-R", "2026-05-05", "2026-05-19"),
        ("OKAFOR-D", "2026-05-19", None),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Bramley, Ruth",
        "Ruth Bramley",
        "R Bramley",
        "BRAMLEY",
        "Ms R. Bramley",
        "bramley ruth",
        "Ofc Bramley",
        "RB",
        "R.B.",
    ],
)
def test_a_key_worker_is_found_however_a_list_writes_the_name(kw, sheets, prison, database, name):
    prison.officer("QTX12A", name="Ruth Bramley")
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, (*ALDER[:5], name, *ALDER[6:])))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT staff_id FROM key_worker") == [("QTX12A",)]


def test_a_name_spelled_otherwise_is_one_line_with_its_rows_and_a_suggestion(kw, sheets, prison):
    prison.officer("QTX12A", name="Ruth Bramley")
    others = [(f"A{n:04}BC", "ALDER", "Sam", None, "B-1-001", "Bramly, Ruth", "", None) for n in range(1, 8)]
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, *others))

    said = kw(f"import {path} --yes")

    assert said.code == 6
    assert (
        "Key worker: 'Bramly, Ruth': no key worker of that name; did you mean QTX12A Ruth Bramley? (7 rows)" in said.err
    )


@pytest.mark.parametrize("word", ["N/A", "never", "-", "not yet"])
def test_a_word_for_no_date_is_none(kw, sheets, database, word):
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, (*ALDER[:6], word, None)))

    said = kw(f"import {path} --yes")

    assert said.code == 0, said.err
    assert rows(database, "SELECT count(*) FROM session") == [(0,)]


def test_a_surname_in_capitals_comes_first_also_without_a_comma(kw, sheets, database):
    path = sheets.workbook(
        "roll.xlsx", Roll=(("NOMIS Number", "Prisoner Name", "KW"), ("A1234BC", "SMITH John", "K. Jones"))
    )

    kw(f"import {path} --yes")

    assert rows(database, "SELECT first_name, last_name FROM person") == [("John", "Smith")]


def test_a_mapping_file_says_what_a_heading_means_and_is_kept(kw, sheets, tmp_path, database):
    path = sheets.workbook(
        "roll.xlsx", Roll=(("Prison ID ref", "Surname", "Forename", "Rec'd"), ("A1234BC", "Alder", "Sam", "01/05/2026"))
    )
    mapping = tmp_path / "mine.toml"
    mapping.write_text('[headings]\n"Prison ID ref" = "number"\n"Rec\'d" = "arrived"\n')

    unknown, known = kw(f"import {path} --yes"), kw(f"import {path} --yes --mapping {mapping}")
    again = kw(f"import {path} --yes")

    assert (unknown.code, known.code, again.code) == (6, 0, 0)
    assert rows(database, "SELECT arrived_on FROM stay") == [("2026-05-01",)]


def test_what_is_piped_in_is_read_from_a_dash(kw, sheets, database):
    text = "NOMS No,Surname,Forename,Cell\nA1234BC,Alder,Sam,B-1-001\n"

    said = kw("import - --yes", typed=text)

    assert said.code == 0
    assert rows(database, "SELECT prison_number FROM person") == [("A1234BC",)]


def test_a_list_that_would_have_many_leave_is_asked_about_first(kw, sheets, database):
    head = "prison_number,arrived_on,last_name,first_name"
    numbers = [f"A{n:04}BC" for n in range(1, 41)]
    here = sheets.csv("prisoners", head, *(f"{number},2026-01-05,Alder,Sam" for number in numbers))
    kw(f"import {here}")
    left = [f"{number},2026-01-05,Alder,Sam,2026-05-11" for number in numbers[:10]]
    sheets.csv("prisoners", f"{head},left_on", *left)

    said = kw(f"import {here}")

    assert "10 of 40 would leave" in said.err
    assert rows(database, "SELECT count(*) FROM stay WHERE left_on IS NOT NULL") == [(0,)]
    kw(f"import {here} --yes")
    assert rows(database, "SELECT count(*) FROM stay WHERE left_on IS NOT NULL") == [(10,)]


def test_two_files_of_a_kind_that_contradict_each_other_are_refused(kw, sheets, database):
    head = "prison_number,arrived_on,last_name,first_name,date_of_birth"
    sheets.csv("prisoners", head, "A1234BC,2026-01-05,Alder,Sam,1990-01-02")
    sheets.csv("prisoners (1)", head, "A1234BC,2026-01-05,Alder,Sam,1991-01-02")
    sheets.csv("sessions", "prison_number,staff_id,held_on,minutes,outcome", "A1234BC,KW1,2026-05-01,45,COMPLETED")
    sheets.csv("sessions 2", "prison_number,staff_id,held_on,minutes,outcome", "A1234BC,KW1,2026-05-01,30,COMPLETED")
    sheets.csv("key_workers", "staff_id,last_name,first_name", "KW1,Ashdown,Eve")

    said = kw(f"import {sheets.path}")

    assert said.code == 6
    assert "prisoners.csv line 2: says something else than line 2 of prisoners (1).csv" in said.err
    assert rows(database, "SELECT count(*) FROM person") == [(0,)]
