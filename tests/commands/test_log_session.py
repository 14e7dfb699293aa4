"""`kw log-session` in one line: what was held, refused or missed, recorded once, by whoever held it."""

import json
from datetime import timedelta

import pytest

from conftest import MORNING
from databases import everything, rows
from factories import world

HOSTILE = [
    "[bold red]X",
    "=1+1",
    "\x1b]0;x\x07",
    "O'Brien",
    "Zoë",
    "x" * 10_000,
    "\u202eright to left",
    "'; DROP TABLE",
]


@pytest.fixture
@world
def wing(prison):
    """Mr A with Officer Shah, Sam Brook and Ali Brook with Officer Price; Shah logs in as shahn."""
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.prisoner("B2345CD", arrived="2026-02-02", name="Sam Brook", location="B-1-003")
    prison.prisoner("C3456DE", arrived="2026-02-02", name="Ali Brook", location="B-1-004")
    prison.officer("SHAH", login="shahn")
    prison.officer("PRICE")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.allocated("B2345CD", "PRICE", "2026-02-03")
    return prison


def sessions(wing, number="A1234BC"):
    """The sessions of a prisoner that stand, the latest first."""
    held = wing.store.queries.sessions_of(wing.people[number])
    wing.store.close()
    return held


def lines_in_audit(wing):
    return rows(wing.address, "SELECT action, table_name FROM audit ORDER BY id")


# --- what is recorded ---


def test_a_session_of_today_is_recorded_with_its_start_reckoned_back_from_now(kw, wing):
    said = kw("log-session A1234BC --minutes 45 --by SHAH")

    assert said.code == 0
    assert said.out == (
        "Recorded: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n"
        "Tue 12 May 2026 07:30–08:15, 45 minutes.\n"
        "note due by Wed 13 May 08:15 (within 24 h): kw note A1234BC\n"
    )
    (held,) = sessions(wing)
    assert (held.minutes, held.start_minute, held.outcome, held.type, held.mode) == (45, 450, *DEFAULTS)
    assert (held.recorded_at, held.recorded_by, held.note) == (MORNING, "governor", None)


DEFAULTS = ("COMPLETED", "KS", "IN_PERSON")


def test_everything_said_in_one_line_is_kept(kw, wing):
    said = kw(
        "log-session adeyemi --minutes 45 --by shah --on yesterday --start 14:00 --mode video --place 'legal visits' "
        "--topics FAMILY,sub --declined debt --note - --said 'I ring my mum.' --next +7d "
        "--need 'phone PIN for his mother; Officer Shah; fri' --need 'ask about the laundry'",
        typed="He spoke of home.\nIt is going better.\n",
    )

    assert said.code == 0
    assert said.out == (
        "Recorded: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n"
        "Mon 11 May 2026 14:00–14:45, 45 minutes.\n"
        "\n"
        "--- for the official record ---\n"
        "Key Worker Activity (KA) / Key Worker Session (KS)\n"
        "A1234BC Noah Adeyemi\n"
        "Mon 11 May 2026 14:00–14:45, 45 minutes, by video, legal visits, with Officer Shah\n"
        "Topics: family, substance\n"
        "Declined to speak of: debt\n"
        "\n"
        "He spoke of home.\n"
        "It is going better.\n"
        "\n"
        "In his words: I ring my mum.\n"
        "\n"
        "To do: phone PIN for his mother (Officer Shah, by Fri 15 May 2026)\n"
        "To do: ask about the laundry\n"
        "Next session: Tue 19 May 2026\n"
        "--- end ---\n"
    )
    (held,) = sessions(wing)
    assert (held.topics, held.declined_topics, held.prisoner_said) == ("FAMILY;SUBSTANCE", "DEBT", "I ring my mum.")
    needs = wing.store.queries.needs_of(wing.people["A1234BC"])
    assert [(need.text, need.owner, str(need.raised_on), str(need.due_on)) for need in needs] == [
        ("phone PIN for his mother", "Officer Shah", "2026-05-11", "2026-05-15"),
        ("ask about the laundry", None, "2026-05-11", "None"),
    ]


@pytest.mark.parametrize(
    ("options", "outcome", "said_so"),
    [
        ("--refused", "REFUSED", "Noah Adeyemi (A1234BC) refused a key worker session with Officer Shah."),
        ("--outcome refused --minutes 0", "REFUSED", "refused a key worker session"),
        ("--outcome DID_NOT_ATTEND", "DID_NOT_ATTEND", "did not attend a key worker session with Officer Shah."),
        ("--outcome cancelled", "CANCELLED", "key worker session with Officer Shah, cancelled."),
    ],
)
def test_what_was_not_held_is_recorded_without_minutes(kw, wing, options, outcome, said_so):
    said = kw(f"log-session A1234BC --by SHAH {options}")

    assert said.code == 0
    assert said_so in said.out
    assert [(held.outcome, held.minutes) for held in sessions(wing)] == [(outcome, 0)]


def test_an_entry_is_other_key_work_contact_and_may_take_no_time(kw, wing):
    said = kw("log-session A1234BC --type KE --minutes 0 --by SHAH --note 'Referred to the recovery worker.'")

    assert "Key Worker Activity (KA) / Key Worker Entry (KE)" in said.out
    assert [(held.type, held.minutes) for held in sessions(wing)] == [("KE", 0)]


def test_the_key_worker_who_logs_in_is_the_one_who_held_it_and_is_named(kw, wing):
    said = kw("log-session A1234BC --minutes 45", KW_USER="shahn")

    assert said.err == "held by Officer Shah (SHAH), whose login is shahn\n"
    assert sessions(wing)[0].staff_id == "SHAH"


@pytest.fixture
def nameless(monkeypatch):
    """A login without a name, as a container may have."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)  # a number that no login of this machine has


def test_a_login_without_a_name_may_read_and_a_file_that_it_writes_is_there(kw, wing, nameless, tmp_path):
    assert kw("overdue", KW_USER="").code == 0
    said = kw(f"overdue --output {tmp_path / 'list.csv'}", KW_USER="")

    assert (said.code, (tmp_path / "list.csv").exists()) == (0, True)
    assert "note: list.csv was written, and the audit does not say by whom: who you are is not known" in said.err


def test_a_login_without_a_name_is_asked_who_it_is_before_anything_is_recorded(kw, wing, nameless):
    said = kw("log-session A1234BC --minutes 45 --by SHAH", KW_USER="")

    assert (said.code, said.err) == (
        2,
        "kw: who you are is not known: this login has no name.\nhint: --user NAME says it.\n",
    )
    assert not sessions(wing)
    assert kw("log-session A1234BC --minutes 45 --by SHAH --user governor", KW_USER="").code == 0


def test_a_session_takes_a_prisoner_off_the_list_and_a_refusal_does_not(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH")
    kw("log-session B2345CD --refused --by PRICE")

    listed = json.loads(kw("overdue --format json").out)["rows"]

    assert {row["prison_number"]: row["refusals_since"] for row in listed} == {"B2345CD": 1, "C3456DE": 0}


def test_a_session_by_his_key_worker_says_that_he_knows_of_the_allocation(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH --on yesterday")

    held = wing.store.queries.allocations_of(wing.people["A1234BC"])[0]
    assert str(held.acknowledged_on) == "2026-05-11"


def test_a_session_by_somebody_else_says_whose_he_is_and_acknowledges_nothing(kw, wing):
    said = kw("log-session A1234BC --minutes 45 --by PRICE")

    assert said.err == "note: his key worker is Officer Shah.\n"
    assert sessions(wing)[0].by == "Officer Price"
    assert wing.store.queries.allocations_of(wing.people["A1234BC"])[0].acknowledged_on is None


def test_a_session_with_a_prisoner_without_a_key_worker_says_so(kw, wing):
    assert "he has no key worker: kw allocate C3456DE" in kw("log-session C3456DE --minutes 45 --by PRICE").err


# --- what to mind ---


def test_a_short_contact_is_kept_and_said_not_to_count(kw, wing):
    said = kw("log-session A1234BC --minutes 10 --by SHAH")

    assert said.code == 0
    assert "short contact, kept, not counted: a session counts from 15 minutes." in said.err
    assert len(sessions(wing)) == 1


def test_a_session_recorded_ten_days_late_says_so(kw, wing):
    tried = kw("log-session A1234BC --minutes 45 --by SHAH --on -10d --dry-run")
    said = kw("log-session A1234BC --minutes 45 --by SHAH --on -10d")

    assert "note: would be recorded 10 days late." in tried.err
    assert "note: recorded 10 days late." in said.err
    assert "note was due by Sun 3 May 23:59: kw note A1234BC --on 2026-05-02" in said.out


def test_a_session_that_ends_after_now_is_kept_and_questioned(kw, wing):
    said = kw("log-session A1234BC --minutes 45 --by SHAH --start 08:00")

    assert said.code == 0
    assert "it ends after now, 08:15: check the start and minutes." in said.err


def test_sessions_typed_one_after_the_other_are_kept_and_their_guessed_starts_left_open(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH")

    said = kw("log-session B2345CD --minutes 45 --by SHAH", now=MORNING + timedelta(minutes=1))

    assert said.code == 0
    assert "its start is not known" in said.err
    assert sessions(wing, "B2345CD")[0].start_minute is None


def test_a_late_entry_to_the_record_of_a_prisoner_who_died_is_marked_so(kw, wing):
    wing.left("A1234BC", "2026-05-10", "DIED")

    said = kw("log-session A1234BC --minutes 45 --by SHAH --on 9/5/2026 --note 'Seen on the Saturday.'")

    assert said.code == 0
    assert "recorded after death" in said.err
    assert "Recorded after death." in said.out
    assert ("recorded after death", "session") in lines_in_audit(wing)


# --- once only ---


def test_the_same_session_again_says_when_and_by_whom_and_changes_nothing(kw, wing):
    line = "log-session A1234BC --minutes 45 --by SHAH --on yesterday --start 14:00"
    kw(line, now=MORNING + timedelta(minutes=26))
    before = everything(wing.address)

    said = kw(line + " --note 'A note that comes too late.'", now=MORNING + timedelta(hours=3), KW_USER="manager")

    assert said.code == 0
    assert "already recorded at 08:41 on Tue 12 May by governor" in said.out
    assert "nothing was changed" in said.err
    assert "the note just given was not saved" in said.err
    assert everything(wing.address) == before


def test_a_command_typed_again_two_minutes_later_records_nothing_more(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH")

    said = kw("log-session A1234BC --minutes 45 --by SHAH", now=MORNING + timedelta(minutes=2))

    assert said.code == 0
    assert "already recorded at 08:15 on Tue 12 May by governor" in said.out
    assert len(sessions(wing)) == 1


def test_a_session_of_that_day_without_a_start_is_taken_for_the_same_with_the_way_out(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH --on yesterday")

    again = kw("log-session A1234BC --minutes 45 --by SHAH --on yesterday", now=MORNING + timedelta(hours=4))
    another = kw("log-session A1234BC --minutes 45 --by SHAH --on yesterday --start 16:00")

    assert "already recorded" in again.out
    assert "--start" in again.err
    assert another.out.startswith("Recorded")
    assert len(sessions(wing)) == 2


def test_another_session_of_that_day_without_a_start_is_refused(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH --on yesterday --start 09:00")

    said = kw("log-session A1234BC --minutes 20 --by SHAH --on yesterday")

    assert said.code == 5
    assert "Officer Shah has a session with them on Mon 11 May 2026 at 09:00 already, 45 minutes" in said.err
    assert len(sessions(wing)) == 1


# --- what is refused ---


def test_a_user_who_is_no_key_worker_has_to_say_who_held_it(kw, wing):
    said = kw("log-session A1234BC --minutes 45")

    assert said.code == 2
    assert said.err == (
        "kw: who held it? No key worker has the login governor.\nhint: --by takes a staff id or a name.\n"
    )


def test_a_session_during_another_of_the_same_officer_names_the_prisoner_and_the_time(kw, wing):
    kw("log-session B2345CD --minutes 45 --by SHAH --on yesterday --start 14:00")

    said = kw("log-session A1234BC --minutes 30 --by SHAH --on yesterday --start 14:30")

    assert said.code == 5
    assert "Officer Shah was then with Sam Brook (B2345CD), Mon 11 May 2026 14:00–14:45." in said.err
    assert sessions(wing) == []
    assert kw("log-session A1234BC --minutes 30 --by SHAH --on yesterday --start 14:45").code == 0
    assert kw("log-session C3456DE --minutes 30 --by PRICE --on yesterday --start 14:30").code == 0


def test_days_of_arrival_and_departure_and_of_leaving_for_hospital_are_days_here(kw, wing):
    wing.left("C3456DE", "2026-05-01")
    wing.away("B2345CD", "2026-05-06", back="2026-05-11")

    for line in (
        "A1234BC --on 5/1/2026",
        "C3456DE --on 1/5/2026",
        "B2345CD --on 6/5/2026",
        "B2345CD --on 11/5/2026",
    ):
        assert kw(f"log-session {line} --minutes 45 --by SHAH").code == 0


def test_a_file_that_is_not_text_is_refused(kw, wing, tmp_path):
    note = tmp_path / "note.txt"
    note.write_bytes("Zoë".encode("utf-16"))

    said = kw(["log-session", "A1234BC", "--minutes", "45", "--by", "SHAH", "--note", f"@{note}"])

    assert said.code == 6
    assert "is not UTF-8 text" in said.err
    assert sessions(wing) == []


def test_a_note_is_read_from_a_file(kw, wing, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("He spoke of home.\nZoë rang.\n", encoding="utf-8-sig")

    kw(["log-session", "A1234BC", "--minutes", "45", "--by", "SHAH", "--note", f"@{note}"])

    assert sessions(wing)[0].note == "He spoke of home.\nZoë rang."


def test_a_dry_run_says_what_would_be_recorded_and_saves_nothing(kw, wing):
    before = everything(wing.address)

    said = kw("log-session A1234BC --minutes 45 --by SHAH --need 'phone PIN' --dry-run")

    assert said.code == 0
    assert said.out.startswith("Would be recorded: Noah Adeyemi")
    assert "To do: phone PIN" in said.out
    assert everything(wing.address) == before


def test_a_need_raised_twice_in_the_same_words_is_one_need(kw, wing):
    kw("log-session A1234BC --minutes 20 --by SHAH --start 07:00 --need 'phone PIN'")

    said = kw("log-session A1234BC --minutes 20 --by SHAH --start 07:40 --need 'phone PIN'")

    assert said.code == 0
    assert len(wing.store.queries.needs_of(wing.people["A1234BC"])) == 1


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_whatever_is_typed_is_stored_as_typed_and_shown_without_effect(kw, wing, text):
    said = kw(
        ["log-session", "A1234BC", "--minutes", "45", "--by", "SHAH", "--note", text, "--said", text, "--place", text]
    )

    assert said.code == 0
    (held,) = sessions(wing)
    assert (held.note, held.prisoner_said, held.place) == (text, text, text)
    assert not set(said.out) & {"\x1b", "\x07", "\u202e"}


def test_a_note_is_never_in_an_error(kw, wing):
    said = kw(["log-session", "A1234BC", "--minutes", "45", "--by", "SHAH", "--on", "tomorrow", "--note", "a secret"])

    assert said.code == 5
    assert "a secret" not in said.out + said.err


def test_the_day_is_that_of_as_of_where_that_is_given(kw, wing):
    said = kw("log-session A1234BC --minutes 45 --by SHAH --as-of 2026-05-08")

    assert "Fri 8 May 2026, 45 minutes." in said.out
    assert sessions(wing)[0].start_minute is None
