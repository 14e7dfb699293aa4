"""`kw prisoner move, leave, return, away, exclude`: what each does to key worker, gap and time (help: movements)."""

import json

import pytest

from databases import rows
from factories import world

NUMBER = "A1234BC"


@pytest.fixture
@world
def sam(prison):
    """A prisoner here since January, his key worker's, last seen on Mon 4 May: 8 days ago."""
    prison.officer("SHAH")
    prison.prisoner(NUMBER, name="Sam Example", arrived="2026-01-05")
    prison.allocated(NUMBER, "SHAH", "2026-01-06")
    prison.session(NUMBER, "SHAH", "2026-05-04")
    return prison


def overdue(kw, options=""):
    return json.loads(kw(f"overdue --days 7 --format json {options}").out)


def row_of(kw, options=""):
    return next((row for row in overdue(kw, options)["rows"] if row["prison_number"] == NUMBER), None)


def why(kw, options=""):
    report = json.loads(kw(f"why {NUMBER} --format json {options}").out)
    return {section["name"]: section for section in report["sections"]}


def clock(kw, name, options=""):
    return next(row for row in why(kw, options)["clocks"]["rows"] if row["clock"] == name)


def allocations(prison):
    held = prison.store.queries.allocations_of(prison.people[NUMBER])
    prison.store.close()
    return [(one.staff_id, str(one.allocated_on), one.ended_on and str(one.ended_on), one.end_reason) for one in held]


def required(kw, week):
    return json.loads(kw(f"budget --week {week} --format json --as-of 2026-05-31").out)["summary"]["required_minutes"]


# --- release and transfer out ---


@pytest.mark.parametrize(
    ("reason", "ends", "ended_as", "said"),
    [
        ("RELEASE", "RELEASED", "released", "was released"),
        ("transfer-out", "TRANSFER", "transferred", "was transferred out"),
    ],
)
def test_a_prisoner_who_leaves_is_no_longer_his_key_workers_and_his_gap_stops(kw, sam, reason, ends, ended_as, said):
    told = kw(f"prisoner leave {NUMBER} --reason {reason} --on yesterday")
    said_to_the_next = "For the next prison to read: kw handover A1234BC\n" if ends == "TRANSFER" else ""

    assert told.code == 0
    assert told.out == (
        f"Sam Example (A1234BC) {said} on Mon 11 May 2026.\n"
        f"His allocation to Officer Shah, since Tue 6 Jan 2026, has ended ({ended_as}).\n"
        f"When he {said} on Mon 11 May 2026 he had had no key work for 7 days (1 week), since Mon 4 May 2026, "
        "when Officer Shah saw him.\n" + said_to_the_next
    )
    assert allocations(sam) == [("SHAH", "2026-01-06", "2026-05-11", ends)]
    assert row_of(kw) is None
    assert (clock(kw, "contact_gap")["days"], clock(kw, "contact_gap")["state"]) == (7, "frozen")


def test_no_time_is_required_from_the_day_he_leaves(kw, sam):
    assert required(kw, "2026-W20") == 45.0

    kw(f"prisoner leave {NUMBER} --reason RELEASE --on 2026-05-12")

    assert required(kw, "2026-W20") == 6.4, "one night of seven: the day he leaves does not count"
    assert required(kw, "2026-W21") == 0.0


def test_a_key_worker_given_after_he_had_left_never_had_him(kw, sam):
    sam.officer("REED")
    sam.allocated(NUMBER, "REED", "2026-05-08")

    assert kw(f"prisoner leave {NUMBER} --reason RELEASE --on 2026-05-06").code == 0

    assert allocations(sam)[0] == ("REED", "2026-05-08", "2026-05-08", "RELEASED")


# --- transfer in, return ---


def test_out_by_transfer_and_back_makes_two_stays_each_with_its_own_gap(kw, sam):
    kw(f"prisoner leave {NUMBER} --reason TRANSFER_OUT --on 2026-05-06")

    told = kw(f"prisoner return {NUMBER} --on 2026-05-10 --location C-1-004")

    assert told.code == 0
    assert "arrived on Sun 10 May 2026 (transfer in), to C-1-004." in told.out
    assert "his key worker was Officer Shah (SHAH), until Wed 6 May 2026; now active, 0 of 6 allocated" in told.out
    assert "A key worker was due by Mon 11 May 2026 (day 1): kw allocate A1234BC" in told.out
    assert clock(kw, "contact_gap")["days"] == 2, "the new gap runs from this arrival"
    assert clock(kw, "contact_gap", "--as-of 2026-05-06")["days"] == 2, "the earlier one stopped on Wed 6 May"
    (earlier,) = why(kw)["earlier_stays"]["rows"]
    assert (earlier["left_on"], earlier["departure_reason"], earlier["sessions"]) == ("2026-05-06", "TRANSFER_OUT", 1)


def test_a_prisoner_who_comes_back_after_release_returns_and_his_former_key_worker_is_recommended(kw, sam):
    kw(f"prisoner leave {NUMBER} --reason RELEASE --on 2026-05-06")

    assert "(return)" in kw(f"prisoner return {NUMBER} --on 2026-05-10").out

    (row,) = json.loads(kw("unallocated --format json").out)["rows"]
    assert (row["days"], row["recommended"]["staff_id"]) == (2, "SHAH")


def test_required_time_begins_again_on_the_day_he_is_back(kw, sam):
    kw(f"prisoner leave {NUMBER} --reason TRANSFER_OUT --on 2026-05-11")
    kw(f"prisoner return {NUMBER} --on 2026-05-12")

    assert required(kw, "2026-W20") == 38.6, "six nights of seven"


def test_a_return_to_a_prison_he_never_left_is_refused(kw, sam):
    told = kw(f"prisoner return {NUMBER}")

    assert told.code == 5
    assert told.err == (
        "kw: Sam Example (A1234BC) never left: he has been here since Mon 5 Jan 2026.\n"
        "hint: a prisoner back from court or hospital: kw prisoner away A1234BC --back\n"
    )


def test_a_prisoner_back_on_the_day_he_left_is_where_he_was_put_now(kw, sam):
    kw(f"prisoner move {NUMBER} B-1-001")
    kw(f"prisoner leave {NUMBER} --reason RELEASE")

    assert kw(f"prisoner return {NUMBER} --location C-2-002").code == 0

    assert json.loads(kw("prisoner list --format json").out)["rows"][0]["location"] == "C-2-002"


# --- away ---


def test_nine_nights_in_hospital_keep_his_key_worker_and_his_gap_and_take_nine_days_off_the_time_required(kw, sam):
    before = [required(kw, week) for week in ("2026-W18", "2026-W19")]

    told = kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-04-29 --to 2026-05-08")

    assert told.code == 5, "he was seen on Mon 4 May: he cannot have been in hospital"
    assert "Officer Shah has a session with Sam Example on Mon 4 May 2026: he was not away then." in told.err

    assert kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-04-24 --to 2026-05-03").code == 0
    after = [required(kw, week) for week in ("2026-W17", "2026-W18")]

    assert before == [45.0, 45.0]
    assert after == [25.7, 6.4], "nine nights: three of the one week, six of the other"
    assert allocations(sam) == [("SHAH", "2026-01-06", None, None)]


def test_a_prisoner_away_is_listed_apart_with_the_reason_and_his_gap_runs(kw, sam):
    told = kw(f"prisoner away {NUMBER} --reason court --from 2026-05-06")

    assert "is away overnight: at court from Wed 6 May 2026, not back yet." in told.out
    assert "He keeps his key worker and his gap runs" in told.out
    assert "Key worker: Officer Shah" in told.out
    row = row_of(kw)
    assert (row["away"], row["days"], row["key_worker"]["staff_id"]) == ("COURT", 8, "SHAH")
    assert overdue(kw)["summary"] | {"listed": 0, "away": 1} == overdue(kw)["summary"]


def test_a_prisoner_who_is_back_is_on_the_list_again(kw, sam):
    kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-05-06")

    told = kw(f"prisoner away {NUMBER} --back")

    assert "is back on Tue 12 May 2026, after 6 nights in hospital." in told.out
    assert "No key work for 8 days" in told.out
    assert row_of(kw)["away"] is None


def test_the_day_he_is_expected_back_can_be_put_off(kw, sam):
    kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-05-06 --to 2026-05-14")

    assert "back Wed 20 May 2026" in kw(f"prisoner away {NUMBER} --to wednesday --as-of 2026-05-14").out
    assert row_of(kw, "--as-of 2026-05-19")["away"] == "HOSPITAL"
    assert row_of(kw, "--as-of 2026-05-20")["away"] is None


def test_the_same_nights_recorded_twice_change_nothing(kw, sam):
    line = f"prisoner away {NUMBER} --reason COURT --from 2026-05-06"
    kw(line)

    told = kw(line)

    assert (told.code, told.err) == (0, "")
    assert "recorded already, nothing changed" in told.out


# --- moves ---


def test_a_move_keeps_his_key_worker_and_his_gap(kw, sam):
    sam.slot("SHAH", "2026-05-14")

    told = kw(f"prisoner move {NUMBER} c-3-010 --on yesterday")

    assert told.out == (
        "Sam Example (A1234BC) moved to C-3-010 on Mon 11 May 2026, from B-2-014.\n"
        "No key work for 8 days (1 week), since Mon 4 May 2026, when Officer Shah saw him.\n"
        "Key worker: Officer Shah: next slot Thu 14 May 2026, 09:00-11:15.\n"
    )
    assert (row_of(kw)["location"], row_of(kw)["wing"], row_of(kw)["days"]) == ("C-3-010", "C", 8)
    assert allocations(sam) == [("SHAH", "2026-01-06", None, None)]
    assert row_of(kw, "--as-of 2026-05-11")["location"] == "C-3-010"


def test_where_several_have_a_name_each_is_named_with_the_place_he_was_last_moved_to(kw, sam):
    sam.prisoner("B2345CD", arrived="2026-01-05", name="Sam Other", location="B-1-001")
    kw(f"prisoner move {NUMBER} C-3-010 --on 2026-05-10")
    kw(f"prisoner move {NUMBER} C-3-011 --on yesterday")
    kw(f"prisoner leave {NUMBER} --reason RELEASE --on yesterday")
    kw(f"prisoner return {NUMBER} --location D-1-001")

    told = kw("why sam")

    assert told.err.splitlines()[1:3] == ["  A1234BC  Sam Example, D-1-001", "  B2345CD  Sam Other, B-1-001"]
    kw("prisoner move B2345CD D-1-002")
    assert "  B2345CD  Sam Other, D-1-002\n" in kw("why sam").err


def test_a_move_to_segregation_begins_seg_and_he_is_to_be_seen_there_today(kw, sam):
    sam.slot("SHAH", "2026-05-12", "14:00", "16:15")

    told = kw(f"prisoner move {NUMBER} SEG --time 06:40")

    assert "Segregation is recorded from then on: he is still to be seen, there." in told.out
    assert "No key work for 8 days" in told.out
    assert "Officer Shah" in told.out
    row = row_of(kw)
    assert (row["location"], row["wing"], row["see_today"], row["markers"]) == ("SEG", "B", True, ["SEG"])
    assert "06:40" in kw(f"event list {NUMBER}").out


def test_a_move_out_of_segregation_ends_it_on_that_day(kw, sam):
    kw(f"prisoner move {NUMBER} SEG --on 2026-05-08")

    told = kw(f"prisoner move {NUMBER} B-1-002 --on 2026-05-10")

    assert "Segregation ended, begun on Fri 8 May 2026." in told.out
    (event,) = json.loads(kw(f"event list {NUMBER} --format json").out)["rows"]
    assert (event["code"], event["on"], event["until"]) == ("SEG", "2026-05-08", "2026-05-10")


def test_segregation_recorded_late_ends_with_the_move_out_that_is_known_already(kw, sam):
    kw(f"prisoner move {NUMBER} B-1-002 --on 2026-05-10")

    told = kw(f"prisoner move {NUMBER} SEG --on 2026-05-08")

    assert "He has moved since: he is in B-1-002." in told.out
    (event,) = json.loads(kw(f"event list {NUMBER} --format json").out)["rows"]
    assert event["until"] == "2026-05-10"


def test_segregation_that_somebody_entered_by_hand_is_not_recorded_twice(kw, sam):
    kw(f"event add {NUMBER} SEG --on 2026-05-11")

    kw(f"prisoner move {NUMBER} SEG --on 2026-05-11")

    assert len(json.loads(kw(f"event list {NUMBER} --format json").out)["rows"]) == 1


def test_a_move_to_where_he_is_changes_nothing(kw, sam):
    told = kw(f"prisoner move {NUMBER} B-2-014")

    assert told.out == "Sam Example (A1234BC) is in B-2-014 on Tue 12 May 2026 already; nothing changed.\n"


# --- death ---


def test_a_prisoner_who_died_is_on_no_list_the_next_day_and_his_gap_is_frozen(kw, sam):
    told = kw(f"prisoner leave {NUMBER} --reason DIED")

    assert "Sam Example (A1234BC) died on Tue 12 May 2026." in told.out
    assert "His gap is frozen there and his record is locked" in told.out
    assert "kw prisoner leave A1234BC --undo --why TEXT" in told.out
    assert allocations(sam) == [("SHAH", "2026-01-06", "2026-05-12", "DIED")]
    for command in ("overdue --days 1", "unallocated", "not-met", "first-meetings --all"):
        assert NUMBER not in kw(f"{command} --as-of 2026-05-13").out
    frozen = clock(kw, "contact_gap", "--as-of 2026-06-30")
    assert (frozen["days"], frozen["state"]) == (8, "frozen")
    assert required(kw, "2026-W21") == 0.0


def test_a_locked_record_is_written_over_by_no_command(kw, sam):
    kw(f"prisoner leave {NUMBER} --reason DIED")
    exported = kw("prisoner list --all --format json").out

    for line in (
        f"prisoner move {NUMBER} SEG",
        f"prisoner leave {NUMBER} --reason RELEASE",
        f"prisoner return {NUMBER}",
        f"prisoner away {NUMBER} --reason COURT",
        f"prisoner away {NUMBER} --back",
        f"prisoner exclude {NUMBER} --reason other",
        f"prisoner exclude {NUMBER} --end",
        f"allocate {NUMBER} --to SHAH",
        f"deallocate {NUMBER} --reason MANUAL",
    ):
        told = kw(line)
        assert told.code == 5, line
        assert "Sam Example" in told.err

    assert kw("prisoner list --all --format json").out == exported


def test_a_session_entered_after_his_death_is_appended_and_marked(kw, sam):
    kw(f"prisoner leave {NUMBER} --reason DIED --on 2026-05-10")

    told = kw(f"log-session {NUMBER} --minutes 30 --by SHAH --on 2026-05-08 --start 10:00")

    assert told.code == 0
    assert "recorded after death" in (told.out + told.err).lower()


def test_a_death_recorded_of_the_wrong_prisoner_is_taken_back_and_everything_goes_on(kw, sam):
    kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-05-08 --to 2026-05-20")
    before = kw(f"why {NUMBER} --format json").out
    kw(f"prisoner leave {NUMBER} --reason DIED")

    told = kw(["prisoner", "leave", NUMBER, "--undo", "--why", "it was his cell mate"])

    assert told.code == 0
    assert "Taken back for Sam Example (A1234BC): that he died on Tue 12 May 2026 (it was his cell mate)." in told.out
    assert "Officer Shah is his key worker again." in told.out
    assert kw(f"why {NUMBER} --format json").out == before
    ((kept,),) = rows(sam.address, "SELECT after_image FROM audit WHERE action = 'reverse departure'")
    assert json.loads(kept) == {"why": "it was his cell mate", "left_on": "2026-05-12", "departure_reason": "DIED"}


def test_a_key_worker_taken_up_again_comes_through_an_export(kw, sam, tmp_path):
    """He was allocated to the same officer after the return: of the two one goes on, with nothing said of an end."""
    kw(f"prisoner leave {NUMBER} --reason RELEASE --on 2026-05-06")
    kw(f"prisoner return {NUMBER} --on 2026-05-08 --location B-1-002")
    kw(f"allocate {NUMBER} --to SHAH")
    assert kw(f"prisoner leave {NUMBER} --undo --why mistake").code == 0

    assert kw(f"export {tmp_path / 'out'}").code == 0
    assert kw(f"import --yes {tmp_path / 'out'} --db {tmp_path / 'second.db'}").code == 0
    assert kw(f"why {NUMBER} --format json --db {tmp_path / 'second.db'}").out == kw(f"why {NUMBER} --format json").out


def test_a_release_taken_back_leaves_him_away_if_he_was(kw, sam):
    kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-05-08 --to 2026-05-20")
    kw(f"prisoner leave {NUMBER} --reason RELEASE")

    kw(f"prisoner leave {NUMBER} --undo --why mistake")

    assert row_of(kw)["away"] == "HOSPITAL"
    assert row_of(kw, "--as-of 2026-05-20")["away"] is None


def test_a_prisoner_who_left_while_away_is_not_away_when_he_returns(kw, sam):
    kw(f"prisoner away {NUMBER} --reason COURT --from 2026-05-04")
    kw(f"prisoner leave {NUMBER} --reason RELEASE --on 2026-05-05")
    kw(f"prisoner return {NUMBER} --on 2026-05-06")

    assert "Away" not in kw(f"why {NUMBER}").out
    assert kw(f"log-session {NUMBER} --minutes 30 --by SHAH --on 2026-05-07 --start 10:00").code == 0


# --- scope ---


def test_a_prisoner_out_of_scope_is_in_no_total_and_named_as_excluded(kw, sam):
    told = kw(["prisoner", "exclude", NUMBER, "--reason", "complex case", "--from", "2026-05-11"])

    assert told.out == (
        "Sam Example (A1234BC) is out of scope of key work from Mon 11 May 2026 (complex case).\n"
        "His allocation to Officer Shah, since Tue 6 Jan 2026, has ended (out of scope).\n"
        "A prisoner out of scope is in no total, and is named as excluded wherever one stands.\n"
    )
    assert row_of(kw) is None
    assert "out of scope, in no total: Sam Example (A1234BC), complex case" in kw("overdue --days 7").err
    assert required(kw, "2026-W20") == 0.0
    assert kw("unallocated --format json").out.count(NUMBER) == 1, "he is named in the warnings only"


def test_a_prisoner_brought_back_into_scope_counts_as_if_he_had_never_been_out(kw, sam):
    kw(f"prisoner exclude {NUMBER} --reason complex --from 2026-05-11")

    told = kw(f"prisoner exclude {NUMBER} --end")

    assert "is in scope again" in told.out
    assert "He has no key worker. To find one: kw allocate A1234BC" in told.out
    assert row_of(kw)["days"] == 8
    assert required(kw, "2026-W20") == 45.0


# --- what cannot be ---


def test_of_two_absences_the_later_ends_the_earlier_and_nobody_leaves_twice(kw, sam):
    kw(f"prisoner away {NUMBER} --reason COURT --from 2026-05-06 --to 2026-05-08")

    assert kw(f"prisoner away {NUMBER} --reason HOSPITAL --from 2026-05-07").code == 0
    told = [row["what"] for row in json.loads(kw(f"timeline {NUMBER} --format json").out)["rows"]]
    assert [what for what in told if what.startswith("Back")] == ["Back: had been at court"]

    kw(f"prisoner leave {NUMBER} --reason RELEASE")
    told = kw(f"prisoner leave {NUMBER} --reason TRANSFER_OUT")
    assert told.code == 5
    assert "is not here: he was released on Tue 12 May 2026." in told.err
    assert "hint: when he has come back: kw prisoner return A1234BC" in told.err


def test_a_departure_of_which_nobody_knew_how_is_completed_later(kw, sam, tmp_path):
    roll = tmp_path / "prisoners.csv"
    roll.write_text(
        "prison_number,arrived_on,last_name,first_name,left_on\nA1234BC,2026-01-05,Example,Sam,2026-05-11\n"
    )
    kw(["import", str(roll)])

    told = kw(f"prisoner leave {NUMBER} --reason RELEASE")

    assert "was released on Mon 11 May 2026." in told.out
    assert allocations(sam) == [("SHAH", "2026-01-06", "2026-05-11", "RELEASED")]


@pytest.mark.parametrize(
    "line",
    [
        "move A1234BC SEG",
        "leave A1234BC --reason DIED",
        "away A1234BC --reason COURT",
        "exclude A1234BC --reason x",
    ],
)
def test_a_dry_run_says_what_it_would_do_and_saves_nothing(kw, sam, line):
    before = kw(f"why {NUMBER} --format json").out

    told = kw(f"prisoner {line} --dry-run")

    assert "Sam Example" in told.out
    assert told.err.splitlines()[-1] == "nothing saved: --dry-run"
    assert kw(f"why {NUMBER} --format json").out == before


def test_an_escape_ends_his_stay_and_is_said_in_the_conditional_before(kw, sam):
    assert "would be recorded as escaped" in kw("prisoner leave A1234BC --reason esc --dry-run").out
    assert "escaped on Tue 12 May 2026" in kw("prisoner leave A1234BC --reason esc").out
