"""`kw import` of the official extracts as they are downloaded, all of them in one folder."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from commands.prison_sheets import PrisonSheets
from databases import rows

COUNTED = ("person", "stay", "move", "key_worker", "allocation", "session", "event", "absence", "acct")


@pytest.fixture
def sheets(tmp_path) -> PrisonSheets:
    return PrisonSheets(tmp_path / "extracts")


@pytest.fixture
def folder(sheets) -> Path:
    sheets.csv(
        "ALPHA",
        "Booking No,NOMS Number,Last Name,First Name,Date of Birth,Location,In Out Status,Release Date",
        "X1,A1234BC,ALDER,SAM,02/01/1990,FGX-B-2-004,IN,01/05/2026",
        "X2,B2345CD,O'NEILL,TOM,03/02/1991,FGX-SEG-1-003,IN,",
        "X3,C3456DE,BIRCH,TED,04/03/1992,FGX-C-1-001,IN,",
        "X4,D4567EF,CEDAR,BEN,04/03/1992,FGX-C-1-002,OUT,",
        "X5,E5678FG,ELDER,DAN,04/03/1992,MDI-1-1-001,TRN,",
    )
    sheets.csv(
        "admissions",
        "Admission Time,Last Name,First Name,NOMS Number,Location,From,Reason",
        "04/05/2026 16:20,BIRCH,TED,C3456DE,FGX-RECP,Court,Recall from licence",
    )
    sheets.csv(
        "discharges",
        "Time,Type,Reason,NOMS Number,Direction,From,To",
        "01/05/2026 09:00,ADM,Unconvicted remand,F6789GH,IN,Court,FGX",
        "08/05/2026 09:30,REL,Conditional release,F6789GH,OUT,FGX,Outside",
        "09/05/2026 08:00,CRT,Court appearance,A1234BC,OUT,FGX,Crown Court",
    )
    sheets.csv(
        "case notes",
        "Case Notes Staff Last Name,Case Notes Staff First Name,Staff User ID,NOMS Number,Last Name,First Name,"
        "Contact Date,Contact Time,Case Note Type / Sub Type,Case Note Text",
        "BRAMLEY,RUTH,QTX12A,A1234BC,ALDER,SAM,06/05/2026,14:05,KA - KS,Talked of his mother.",
        "BRAMLEY,RUTH,QTX12A,A1234BC,ALDER,SAM,06/05/2026,14:05,KA - KS,Talked of his mother.",
        "BRAMLEY,RUTH,QTX12A,B2345CD,O'NEILL,TOM,01/04/2026,10:00,KA - KS,Settling.",
        "OKAFOR,DANIEL,QTX34B,C3456DE,BIRCH,TED,05/05/2026,11:00,KA - KE,Referred to the chaplain.",
        "OKAFOR,DANIEL,QTX34B,Z9999ZZ,NOBODY,AL,05/05/2026,11:00,KA - KS,Gone.",
        "OKAFOR,DANIEL,QTX34B,A1234BC,ALDER,SAM,05/05/2026,11:00,GEN - OSE,Not key work.",
    )
    sheets.csv(
        "allocations",
        "Prison Number,Staff ID,Date Allocated,Allocation Expired At,Deallocation Reason,Active Allocation",
        "A1234BC,QTX34B,02/03/2026,,,false",
        "A1234BC,QTX12A,01/04/2026,,,true",
        "C3456DE,QTX34B,05/05/2026,,,true",
    )
    sheets.csv(
        "alerts",
        "NOMS Number,Housing Location,Alert Category,Alert Code,Alert Comment Text,Alert Effective Date,Expiry Date",
        "A1234BC,FGX-B-2-004,H,HA,opened,08/05/2026,",
        "B2345CD,FGX-SEG-1-003,H,HA,opened,01/04/2026,10/04/2026",
        "B2345CD,FGX-SEG-1-003,H,HA1,closed,10/04/2026,",
        "C3456DE,FGX-C-1-001,R,RNO121,not alone,05/05/2026,",
        "C3456DE,FGX-C-1-001,X,XA,,05/05/2026,",
        "A1234BC,FGX-B-2-004,X,XA,,05/05/2026,",
    )
    sheets.csv(
        "iep",
        "Cell,Last Name,NOMS Number,IEP Level",
        "FGX-B-2-004,ALDER,A1234BC,Basic",
        "C-1-001,BIRCH,C3456DE,Standard",
    )
    sheets.csv("csip", "NOMS Number,Cont. Factor(s),Date Referred", "B2345CD,Debt,20/04/2026")
    sheets.csv(
        "incidents",
        "Prisoner number,Name,Incident number,Date of incident,Time,Incident type,Prisoner role",
        "A1234BC,ALDER,777,09/05/2026,22:10,Self harm,Active involvement",
        "B2345CD,O'NEILL,778,09/05/2026,09:15,Assault on staff,Assailant",
        "C3456DE,BIRCH,778,09/05/2026,09:15,Assault on prisoner,Victim",
        "C3456DE,BIRCH,779,09/05/2026,09:15,Drone sighting,Witness",
    )
    sheets.csv(
        "hospital",
        "Hospital movements",
        "Direction,Date/Time,NOMS Number",
        "OUT,07/05/2026 03:00,B2345CD",
        "IN,09/05/2026 12:00,B2345CD",
        "OUT,10/05/2026 09:00,A1234BC",
        "IN,10/05/2026 15:00,A1234BC",
    )
    sheets.csv(
        "cell moves",
        "NOMS Number,Movement Assignment Date and Time,Movement Location From Description,"
        "Movement Location To Description",
        "B2345CD,06/05/2026 18:00,FGX-B-1-001,FGX-SEG-1-003",
    )
    sheets.csv(
        "adjudications",
        "NOMS Number,Incident Reported Date,Charge Code,Hearing Finding,Sanction Code,Sanction Days",
        "B2345CD,07/05/2026,51:1,PROVED,CC,7",
        "A1234BC,07/05/2026,51:5,DISMISSED,,",
    )
    return sheets.path


def test_a_folder_of_extracts_and_a_list_made_of_them(kw, folder, database):
    said = kw(f"import {folder} --yes --here-since 2026-03-01")

    assert said.code == 0, said.err
    assert rows(database, "SELECT prison_number, last_name, first_name FROM person ORDER BY 1") == [
        ("A1234BC", "Alder", "Sam"),
        ("B2345CD", "O'Neill", "Tom"),
        ("C3456DE", "Birch", "Ted"),
        ("F6789GH", "F6789GH", "?"),
    ]
    listed = {row["prison_number"]: row for row in json.loads(kw("overdue --days 5 --format json").out)["rows"]}
    assert {number: row["days"] for number, row in listed.items()} == {"A1234BC": 6, "B2345CD": 41, "C3456DE": 8}


@pytest.fixture
def taken(kw, folder):
    return kw(f"import {folder} --yes --here-since 2026-03-01")


def of(database, table: str, columns: str, number: str) -> list[tuple]:
    his = f"JOIN person p ON p.id = t.person_id WHERE p.prison_number = '{number}'"
    return rows(database, f"SELECT {columns} FROM {table} t {his} ORDER BY 1")


def test_case_notes_are_sessions_and_entries_without_minutes_and_the_same_note_twice_is_one(taken, database):
    assert of(database, "session", "held_on, start_minute, type, minutes, source", "A1234BC") == [
        ("2026-05-06", 845, "KS", None, "CASE_NOTES")
    ]
    assert of(database, "session", "type, minutes", "C3456DE") == [("KE", None)]


def test_admissions_say_when_and_how_somebody_came_and_discharges_who_left(taken, database):
    assert of(database, "stay", "arrived_on, arrival_type, records_from", "C3456DE") == [("2026-05-04", "RECALL", None)]
    stays = of(database, "stay", "arrived_on, left_on, departure_reason", "F6789GH")
    assert stays == [("2026-05-01", "2026-05-08", "RELEASE")]


def test_a_journey_to_court_ends_no_stay_and_is_named(taken, database):
    assert of(database, "stay", "left_on", "A1234BC") == [(None,)]
    assert "court, hospital or temporary: read from their own reports" in taken.err


def test_places_lose_the_prisons_own_code(taken, database):
    assert of(database, "stay", "location", "A1234BC") == [("B-2-004",)]
    assert ("2026-05-06", "SEG-1-003") in of(database, "move", "moved_on, location", "B2345CD")


def test_who_is_out_or_in_transit_is_not_here_and_said_so(taken):
    assert "not here: In Out Status is OUT" in taken.err
    assert "not here: In Out Status is TRN" in taken.err


def test_an_allocation_that_ended_on_a_day_not_known_is_never_brought_back_to_life(taken, database):
    held = "SELECT a.allocated_on, a.ended_on, w.staff_id FROM allocation a "
    of_whom = "JOIN key_worker w ON w.id = a.key_worker_id JOIN person p ON p.id = a.person_id"
    assert rows(database, f"{held} {of_whom} WHERE p.prison_number = 'A1234BC' ORDER BY 1") == [
        ("2026-03-02", "2026-04-01", "QTX34B"),
        ("2026-04-01", None, "QTX12A"),
    ]
    assert "1 ended on a day that is not known" in taken.err


def test_nor_is_one_of_a_prisoner_whose_day_of_arrival_is_asked(kw, folder, sheets, database):
    head, ended = "Prison Number,Staff ID,Date Allocated,Allocation Expired At,Active Allocation", "02/03/2026,,false"
    sheets.csv("allocations", head, f"A1234BC,QTX34B,{ended}", f"B2345CD,QTX34B,{ended}")

    assert kw(f"import {folder} --yes").code == 0
    assert rows(database, "SELECT count(*), count(ended_on) FROM allocation") == [(2, 2)]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("NOMS Number,Alert Code,Alert Effective Date", "A1234BC,HA,"),
        ("NOMS Number,Incident Reported Date,Charge Code,Hearing Finding", "A1234BC,,51:1,PROVED"),
        ("NOMS Number,Cont. Factor(s),Date Referred", "A1234BC,Debt,n/a"),
        ("NOMS Number,Movement Assignment Date and Time,Movement Location To Description", "A1234BC,,FGX-B-1-001"),
        ("NOMS Number,Direction,Date/Time", "A1234BC,OUT,"),
        ("Prison Number,Staff ID,Date Allocated,Active Allocation", "A1234BC,QTX34B,,true"),
        ("Staff User ID,NOMS Number,Contact Date,Case Note Type / Sub Type", "QTX34B,A1234BC,,KA - KS"),
        ("Admission Time,NOMS Number,Location", ",A1234BC,FGX-B-1-001"),
    ],
)
def test_a_row_without_the_day_that_it_is_about_is_left_out_and_named(kw, folder, sheets, taken, head, row):
    said = kw(f"import {sheets.csv('extract', head, row)} --yes")

    assert "extract.csv: 1 row left out, no day under" in said.err
    assert "Nothing to save: no row was taken." in said.out


def test_alerts_go_by_the_table_and_an_unknown_code_is_named_once_with_its_number(taken, database):
    assert of(database, "acct", "opened_on, closed_on", "A1234BC") == [("2026-05-08", None)]
    assert of(database, "acct", "opened_on, closed_on", "B2345CD") == [("2026-04-01", "2026-04-10")]
    assert ("NO_ONE_TO_ONE",) in of(database, "event", "code", "C3456DE")
    assert taken.err.count("alert XA: not in import.alerts") == 1
    assert "2 rows left out, alert XA" in taken.err


def test_levels_incidents_csip_and_adjudications_are_events(taken, database):
    assert of(database, "event", "code", "A1234BC") == [("BASIC",), ("SELF_HARM",)]
    codes = {code for (code,) in of(database, "event", "code", "B2345CD")}
    assert {"CSIP", "VIOLENCE_TO_STAFF", "ADJUDICATION", "CELLULAR_CONFINEMENT"} <= codes
    assert ("ASSAULTED",) in of(database, "event", "code", "C3456DE")
    assert "incident of type 'Drone sighting'" in taken.err
    assert "finding DISMISSED" in taken.err


def test_a_night_in_hospital_is_an_absence_and_a_day_out_is_none(taken, database):
    assert of(database, "absence", "reason, from_on, to_on", "B2345CD") == [("HOSPITAL", "2026-05-07", "2026-05-09")]
    assert of(database, "absence", "reason", "A1234BC") == []


def test_the_same_folder_again_changes_nothing(kw, folder, taken, database):
    before = [rows(database, f"SELECT id, changed_at FROM {table} ORDER BY id") for table in COUNTED]

    said = kw(f"import {folder} --yes")

    assert said.code == 0, said.err
    assert [rows(database, f"SELECT id, changed_at FROM {table} ORDER BY id") for table in COUNTED] == before


def test_next_weeks_download_beside_last_weeks_brings_only_what_is_new(kw, sheets, folder, taken, database):
    sheets.csv("iep 2", "Cell,Last Name,NOMS Number,IEP Level", "FGX-B-2-004,ALDER,A1234BC,Standard")
    (folder / "iep.csv").unlink()

    kw(f"import {folder} --yes", now=datetime(2026, 5, 18, 7, tzinfo=UTC))

    assert ("BASIC", "2026-05-18") in of(database, "event", "code, until_on", "A1234BC")


LEVELS = "Cell,Last Name,NOMS Number,IEP Level"


@pytest.mark.parametrize(
    ("old", "new", "basic"), [("Basic", "Standard", []), ("Standard", "Basic", [("BASIC", "2026-05-12", None)])]
)
def test_of_two_weeks_of_levels_in_one_folder_the_newest_holds(kw, sheets, prison, database, old, new, basic):
    prison.prisoner("A1234BC", name="Sam Alder", arrived="2026-01-05")
    sheets.csv("Levels 5 May 2026", LEVELS, f"FGX-B-2-004,ALDER,A1234BC,{old}")
    sheets.csv("Levels 12 May 2026", LEVELS, f"FGX-B-2-004,ALDER,A1234BC,{new}")

    said = [kw(f"import {sheets.path} --yes") for _ in range(2)]

    assert "Levels 5 May 2026.csv: its levels are not read: Levels 12 May 2026.csv is newer" in said[0].err
    assert of(database, "event", "code, event_on, until_on", "A1234BC") == basic
    assert " 1 changed" not in said[1].out


def test_of_levels_that_contradict_each_other_the_newest_is_asked_where_no_name_says_it(kw, sheets, prison, database):
    prison.prisoner("A1234BC", name="Sam Alder", arrived="2026-01-05")
    for name, level in (("levels", "Basic"), ("levels (1)", "Standard")):
        sheets.csv(name, LEVELS, f"FGX-B-2-004,ALDER,A1234BC,{level}")

    refused = kw(f"import {sheets.path} --yes")

    assert (refused.code, "list the same prisoners and contradict each other" in refused.err) == (5, True)
    assert "Which is the newest?" in kw(f"import {sheets.path}", answers=["1", "y"]).err


def test_a_units_list_with_another_level_than_the_official_one_gives_way(kw, sheets, prison, database):
    prison.prisoner("A1234BC", name="Sam Alder", arrived="2026-01-05")
    sheets.csv("a list", "NOMS No,Surname,KW,IEP", "A1234BC,ALDER,R Hale,Basic")
    sheets.csv("levels", LEVELS, "FGX-B-2-004,ALDER,A1234BC,Standard")

    said = kw(f"import {sheets.path} --yes")

    assert "a list.csv: 1 row left out, another level than levels.csv has: that one stands (line 2)" in said.err
    assert of(database, "event", "code", "A1234BC") == []


def test_the_detail_by_the_prisons_table_of_activities(kw, sheets, prison, database):
    prison.officer("KW1", name="Eve Ashdown")
    kw("config set import.activities 'Key work=SLOT; Sick=ABSENT SICK; Wing B=NOTHING'")
    path = sheets.csv(
        "detail",
        "Officer,Date,Start,End,Activity",
        "Ashdown E,11/05/2026,09:00,11:15,Key work",
        "Ashdown E,11/05/2026,14:00,16:15,Key Work",
        "Ashdown E,11/05/2026,13:00,17:00,Sick",
        "Ashdown E,12/05/2026,07:30,17:00,Wing B",
        "Ashdown E,12/05/2026,07:30,17:00,Bed Watch",
    )

    said = kw(f"import {path} --yes")

    assert rows(database, "SELECT slot_on, start_minute, status, reason FROM rota_slot ORDER BY 2") == [
        ("2026-05-11", 540, "PUBLISHED", None),
        ("2026-05-11", 840, "ABSENT", "SICK"),
    ]
    assert "'Bed Watch': what it means is not said (import.activities)" in said.err


DETAIL = (
    "Officer,Date,Start,End,Activity",
    "Bramley R,11/05/2026,09:00,11:15,KW",
    "Bramley R,11/05/2026,10:00,17:00,Ill",
)


def test_an_activity_that_nobody_has_given_a_meaning_is_asked_about_once_and_kept(kw, sheets, prison, database):
    prison.officer("QTX12A", name="Ruth Bramley")
    path = sheets.csv("week", *DETAIL)

    asked = kw(f"import {path}", answers=["key work", "sick", "y"])
    again = kw(f"import {path}", answers=[])

    assert "Activity 'Ill' (1 row): key work, or its time dropped for staffing" in asked.err
    assert "Nothing new" in again.out
    assert rows(database, "SELECT start_minute, status, reason FROM rota_slot") == [(540, "ABSENT", "SICK")]


def test_a_meaning_of_an_activity_that_there_is_none_of_is_named_and_no_bug(kw, sheets, prison):
    prison.officer("QTX12A", name="Ruth Bramley")
    kw("config set import.activities 'KW=SLOT; Ill=POORLY'")

    said = kw(f"import {sheets.csv('week', *DETAIL)} --yes")

    assert (said.code, "'Ill': there is no 'POORLY' that it could mean (import.activities)" in said.err) == (0, True)


def test_a_download_as_a_workbook_with_its_true_dates_and_times(kw, sheets, prison, database):
    prison.prisoner("A1234BC", name="Sam Alder", arrived="2026-01-05")
    head = ("Staff User ID", "NOMS Number", "Contact Date", "Contact Time", "Case Note Type / Sub Type")
    sheets.workbook(
        "notes.xlsx",
        Report=(
            head,
            ("QTX12A", "A1234BC", date(2026, 5, 6), datetime.combine(date(2026, 5, 6), time(14, 5)), "KA - KS"),
        ),
    )
    moves = ("NOMS Number", "Movement Assignment Date and Time", "Movement Location To Description")
    sheets.workbook(
        "moves.xlsx", Report=(moves, ("A1234BC", datetime.combine(date(2026, 5, 7), time(18, 20)), "FGX-SEG-1-003"))
    )

    said = kw(f"import {sheets.path} --yes")

    assert said.code == 0, said.err
    assert of(database, "session", "held_on, start_minute", "A1234BC") == [("2026-05-06", 845)]
    assert of(database, "move", "moved_on, at_minute, location", "A1234BC") == [("2026-05-07", 1100, "SEG-1-003")]


def test_the_code_before_every_place_is_the_prisons_own_where_none_has_been_set(kw, sheets, database):
    path = sheets.csv("roll", "NOMS Number,Last Name,Location", "A1234BC,ALDER,XYX-B-2-004", "B2345CD,BIRCH,XYX-RECP")

    said = kw(f"import {path} --yes --here-since 2026-03-01")

    assert "XYX stands before nearly every place: taken as this prison's code" in said.err
    assert rows(database, "SELECT location FROM stay ORDER BY 1") == [("B-2-004",), ("RECP",)]


def test_next_weeks_roll_without_the_zeros_of_its_cells_moves_nobody(kw, sheets, database):
    head = "NOMS Number,Last Name,Location"
    kw(f"import {sheets.csv('roll', head, 'A1234BC,ALDER,FGX-B-2-004')} --yes --here-since 2026-03-01")

    said = kw(f"import {sheets.csv('roll', head, 'A1234BC,ALDER,FGX-B-2-4')} --yes")

    assert "0 changed" in said.out
    assert rows(database, "SELECT count(*) FROM move") == [(0,)]


def test_what_an_alert_code_means_is_the_prisons_to_say(kw, sheets, prison, database):
    prison.prisoner("A1234BC", name="Sam Alder", arrived="2026-01-05")
    kw("config set import.alerts 'HA=ACCT; XA=LOCAL; XB=NOTHING; XC=ARSON'")
    lines = ("A1234BC,XA,05/05/2026", "A1234BC,XB,05/05/2026", "A1234BC,XC,05/05/2026")

    said = kw(f"import {sheets.csv('alerts', 'NOMS Number,Alert Code,Alert Effective Date', *lines)} --yes")

    assert of(database, "event", "code", "A1234BC") == [("LOCAL",)]
    assert "1 row left out, alert XC: there is no 'ARSON' that it could mean (import.alerts)" in said.err
    assert "alert XB" not in said.err
