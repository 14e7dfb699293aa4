"""`kw worker`: who is a key worker, for how many prisoners, and whether he is there; nobody is deallocated silently."""

import json

import pytest

from factories import world

ADD = "worker add SHAH --last-name Shah --first-name Nadia"


def sections(kw, line):
    report = json.loads(kw(f"{line} --format json").out)
    return {section["name"]: section["rows"] for section in report["sections"]}


def workers(kw, options=""):
    return json.loads(kw(f"worker list {options} --format json").out)


@pytest.fixture
@world
def caseload(prison):
    """Officer Shah with two prisoners: one seen six days ago, one never, in 41 days."""
    prison.officer("SHAH", name="Nadia Shah", capacity=6)
    for number, name, arrived in (("A0001AA", "Adam Young", "2026-04-01"), ("A0002AA", "Ben Old", "2026-04-01")):
        prison.prisoner(number, name=name, arrived=arrived)
        prison.allocated(number, "SHAH", "2026-04-02")
    prison.session("A0001AA", "SHAH", "2026-05-06")
    return prison


def test_an_officer_becomes_a_key_worker_with_the_prisons_usual_number_of_places(kw, prison):
    said = kw(f"{ADD} --wing b --login nshah")

    assert said.code == 0
    assert said.out == "Nadia Shah (SHAH) is a key worker on wing B, with a capacity of 6 (capacity.default).\n"
    (row,) = workers(kw)["rows"]
    assert (row["staff_id"], row["wing"], row["login"], row["status"]) == ("SHAH", "B", "nshah", "ACTIVE")
    assert (row["prisoners"], row["capacity"]) == (0, 6)


def test_a_staff_id_is_one_officers_whatever_its_case(kw, prison):
    prison.officer("SHAH", name="Nadia Shah")

    said = kw(ADD.replace("SHAH", "shah"))

    assert said.code == 5
    assert "shah is Nadia Shah (SHAH) already" in said.err
    assert "hint: kw worker show SHAH" in said.err


def test_a_login_is_one_officers(kw, prison):
    prison.officer("SHAH", name="Nadia Shah", login="nshah")

    said = kw("worker add ODE --last-name Ode --first-name Ruth --login nshah")

    assert said.code == 5
    assert "the login nshah is that of Nadia Shah (SHAH)" in said.err
    assert len(workers(kw)["rows"]) == 1


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("worker add 'S H' --last-name X --first-name Y", "'S H' is not a staff id", "letters, digits, _ and -"),
        (f"{ADD} --capacity many", "'many' is not a capacity", "0 to 99"),
        (f"{ADD} --capacity -1", "'-1' is not a capacity", "0 to 99"),
        (f"{ADD} --capacity 4.5", "'4.5' is not a capacity", "0 to 99"),
        (f"{ADD} --capacity 100", "'100' is not a capacity", "0 to 99"),
        (f"{ADD} --wing B-2", "'B-2' is not a wing", "before the first dash"),
        ("worker add SHAH --last-name '' --first-name Y", "the last name is empty", "--last-name"),
        (
            "worker add SHAH --last-name Shah",
            "--first-name is missing",
            "kw worker add STAFF_ID --last-name NAME --first-name",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_way_out_and_nothing_is_saved(kw, prison, line, message, hint):
    said = kw(line)

    assert said.code == 2
    what, way_out = said.err.splitlines()
    assert message in what
    assert hint in way_out
    assert workers(kw)["rows"] == []


def test_a_capacity_is_set_and_what_it_was_is_said(kw, caseload):
    said = kw("worker capacity shah 9")

    assert said.out == "Nadia Shah (SHAH) has a capacity of 9, before 6; 2 allocated.\n"
    assert workers(kw)["rows"][0]["capacity"] == 9
    assert kw("worker capacity SHAH 9").out == "Nadia Shah (SHAH) has a capacity of 9 already; nothing changed.\n"


def test_a_capacity_below_his_prisoners_takes_nobody_from_him(kw, caseload):
    said = kw("worker capacity SHAH 1")

    assert "has a capacity of 1, before 6; 2 allocated, 1 over." in said.out
    assert "Nobody is taken from them" in said.out
    assert workers(kw)["rows"][0]["prisoners"] == 2


def test_one_who_goes_on_leave_leaves_his_prisoners_without_cover_longest_gap_first_and_nobody_is_deallocated(
    kw, caseload
):
    said = kw("worker status SHAH leave --return 25/05/2026")

    assert said.code == 0
    assert said.out == (
        "Nadia Shah (SHAH) is on leave from Tue 12 May 2026, back Mon 25 May 2026.\n"
        "No cover: 2 prisoners.\n"
        "  A0002AA Ben Old, B-2-014: no key work yet, here 41 days (5 weeks)\n"
        "  A0001AA Adam Young, B-2-014: no key work for 6 days\n"
        "They stay allocated. To give them another key worker: kw allocate --from SHAH\n"
    )
    (row,) = workers(kw)["rows"]
    assert (row["prisoners"], row["status"], row["return_on"]) == (2, "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-25")


def test_leave_ends_by_itself(kw, caseload):
    kw("worker status SHAH leave --return 25/05/2026")

    assert "on leave, back Mon 25 May 2026" in kw("worker list --as-of 2026-05-24").out
    assert "on leave" not in kw("worker list --as-of 2026-05-25").out


def test_leave_needs_the_day_he_is_back(kw, caseload):
    said = kw("worker status SHAH leave")

    assert said.code == 2
    assert "leave needs the day they are back" in said.err
    assert "add --return DATE" in said.err
    assert workers(kw)["rows"][0]["status"] == "ACTIVE"


def test_nobody_is_back_before_he_goes(kw, caseload):
    said = kw("worker status SHAH leave --from 20/05/2026 --return 20/05/2026")

    assert said.code == 5
    assert "they cannot be back on Wed 20 May 2026" in said.err


def test_leave_to_come_says_from_when_his_prisoners_are_without_cover(kw, caseload):
    said = kw("worker status SHAH leave --from fri --return +20d")

    assert "is on leave from Fri 15 May 2026, back Mon 1 Jun 2026." in said.out
    assert "No cover from Fri 15 May 2026: 2 prisoners." in said.out
    assert workers(kw)["rows"][0]["status"] == "ACTIVE"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("sick", "UNAVAILABLE_LONG_TERM_ABSENCE"),
        ("long-term-absence", "UNAVAILABLE_LONG_TERM_ABSENCE"),
        ("UNAVAILABLE_NO_PRISONER_CONTACT", "UNAVAILABLE_NO_PRISONER_CONTACT"),
        ("no-contact", "UNAVAILABLE_NO_PRISONER_CONTACT"),
        ("Inactive", "INACTIVE"),
    ],
)
def test_a_status_may_be_typed_by_its_code_or_a_short_form(kw, caseload, typed, code):
    said = kw(f"worker status SHAH {typed}")

    assert "No cover: 2 prisoners." in said.out
    assert workers(kw)["rows"][0]["status"] == code


def test_one_who_is_back_has_his_prisoners_covered(kw, caseload):
    kw("worker status SHAH sick --from 2026-05-01")

    said = kw("worker status SHAH active")

    assert said.out == "Nadia Shah (SHAH) is active from Tue 12 May 2026.\n"
    statuses = sections(kw, "worker show SHAH")["statuses"]
    assert [row["status"] for row in statuses] == ["ACTIVE", "UNAVAILABLE_LONG_TERM_ABSENCE"]


def test_the_same_status_again_changes_nothing_and_says_since_when(kw, caseload):
    kw("worker status SHAH sick --from 2026-05-01")

    said = kw("worker status SHAH sick")

    assert said.out == ("Nadia Shah (SHAH) is already on long-term absence since Fri 1 May 2026; nothing changed.\n")


def test_leave_that_is_made_longer_keeps_its_first_day(kw, caseload):
    kw("worker status SHAH leave --from 2026-05-04 --return 2026-05-14")

    kw("worker status SHAH leave --return 2026-05-21")

    (spell,) = sections(kw, "worker show SHAH")["statuses"]
    assert (spell["from_on"], spell["return_on"]) == ("2026-05-04", "2026-05-21")


def test_a_status_recorded_late_does_not_undo_a_later_one(kw, caseload):
    kw("worker status SHAH active --from 2026-05-08")

    said = kw("worker status SHAH sick --from 2026-05-01")

    assert "On Tue 12 May 2026: active since Fri 8 May 2026, as recorded before; that stands." in said.out
    assert "No cover" not in said.out


def test_a_name_that_matches_two_is_never_guessed(kw, caseload):
    prison = caseload
    prison.officer("SHAW", name="Nadia Shaw")

    said = kw("worker status nadia sick")

    assert said.code == 2
    assert "SHAH  Nadia Shah" in said.err
    assert "SHAW  Nadia Shaw" in said.err


def test_a_dry_run_shows_who_would_be_without_cover_and_saves_nothing(kw, caseload):
    said = kw("worker status SHAH sick --dry-run")

    assert "No cover: 2 prisoners." in said.out
    assert said.err == "nothing saved: --dry-run\n"
    assert workers(kw)["rows"][0]["status"] == "ACTIVE"


def test_the_list_counts_the_places_of_those_who_are_there_and_the_prisoners_of_those_who_are_not(kw, caseload):
    prison = caseload
    prison.officer("ODE", name="Ruth Ode", wing="C", capacity=4)
    prison.status("SHAH", "INACTIVE", "2026-05-10")
    prison.slot("ODE", "2026-05-14", status="PUBLISHED")

    report = workers(kw)

    assert report["summary"] == {"workers": 2, "active": 1, "places": 4, "taken": 0, "without_cover": 2}
    assert {row["staff_id"]: row["next_slot_on"] for row in report["rows"]} == {"ODE": "2026-05-14", "SHAH": None}
    assert [row["staff_id"] for row in workers(kw, "--wing C")["rows"]] == ["ODE"]
    table = kw("worker list").out
    assert "no longer a key worker" in table
    assert "Thu 14 May 09:00" in table


def test_one_key_worker_is_shown_with_his_prisoners_the_longest_gap_first(kw, caseload):
    shown = sections(kw, "worker show shah")

    assert [(row["prison_number"], row["days"], row["state"]) for row in shown["men"]] == [
        ("A0002AA", 41, "serious"),
        ("A0001AA", 6, "ok"),
    ]
    assert shown["worker"][0]["prisoners"] == 2
    assert shown["men"][0]["met_current_key_worker"] is False


def test_one_who_is_away_is_shown_with_the_way_to_cover_his_prisoners(kw, caseload):
    caseload.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-04", back="2026-05-25")

    said = kw("worker show SHAH")

    assert "Nadia Shah is on leave, back Mon 25 May 2026: 2 prisoners with no cover for 8 days (1 week)." in said.out
    assert "kw allocate --from SHAH" in said.out


def test_a_prison_without_key_workers_says_how_they_are_recorded(kw, prison):
    assert "There are no key workers in kw: kw worker add, or kw import" in kw("worker list").out
