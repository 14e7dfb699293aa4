"""`kw amend-session`: a correction is appended with who and why, what it said stays readable, all is counted anew."""

import json
from datetime import UTC, datetime

import pytest

from factories import world
from keyworker_cli.store.store import Store

WHY = "--why 'typed wrongly'"


@pytest.fixture
@world
def wing(prison):
    """Mr Adeyemi, seen on 5 May with a note and on 11 May without one."""
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.prisoner("B2345CD", arrived="2026-02-02", name="Sam Brook", location="B-1-003")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-05", at="14:00", note="Spoke of home.", topics="FAMILY")
    prison.session("A1234BC", "SHAH", "2026-05-11", at="14:00")
    return prison


def held(wing, known_at: datetime | None = None):
    store = Store(wing.address, known_at=known_at)
    sessions = store.queries.sessions_of(wing.people["A1234BC"])
    store.close()
    return sessions


def days(kw) -> int:
    rows = json.loads(kw("overdue --days 1 --format json").out)["rows"]
    return next(row["days"] for row in rows if row["prison_number"] == "A1234BC")


def test_what_was_corrected_is_said_with_what_it_was_and_the_note_for_pasting(kw, wing) -> None:
    said = kw(f"amend-session A1234BC --on 2026-05-05 --minutes 30 --topics WORK {WHY}")

    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "Amended: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n"
        "Tue 5 May 2026 14:00–14:30, 30 minutes.\n"
        "minutes: 30, was 45\n"
        "topics: WORK, was FAMILY\n"
        "\n"
        "--- for the official record ---\n"
        "Key Worker Activity (KA) / Key Worker Session (KS)\n"
        "A1234BC Noah Adeyemi\n"
        "Tue 5 May 2026 14:00–14:30, 30 minutes, with Officer Shah\n"
        "Topics: work\n"
        "\n"
        "Spoke of home.\n"
        "--- end ---\n"
    )


def test_a_session_amended_twice_reads_three_ways(kw, wing) -> None:
    kw(f"amend-session A1234BC --minutes 30 {WHY}", now=datetime(2026, 5, 12, 9, tzinfo=UTC))
    kw("amend-session A1234BC --minutes 25 --why 'by the wing diary'", now=datetime(2026, 5, 12, 10, tzinfo=UTC))

    def minutes(hour: int) -> int:
        return held(wing, datetime(2026, 5, 12, hour, 30, tzinfo=UTC))[0].minutes

    assert [minutes(hour) for hour in (8, 9, 10)] == [45, 30, 25]
    amendments = wing.store.queries.amendments_of(wing.people["A1234BC"])
    assert [(one.field, one.old, one.new, one.why, one.by) for one in amendments] == [
        ("minutes", "45", "30", "typed wrongly", "governor"),
        ("minutes", "30", "25", "by the wing diary", "governor"),
    ]


def test_below_the_minutes_that_count_his_gap_runs_from_the_session_before(kw, wing) -> None:
    assert days(kw) == 1

    kw(f"amend-session A1234BC --minutes 10 {WHY}")

    assert days(kw) == 7


def test_a_session_of_the_wrong_prisoner_counts_nowhere_and_its_place_is_free(kw, wing) -> None:
    said = kw("amend-session A1234BC --void --why 'it was Sam Brook'")

    assert "Taken out: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n" in said.out
    assert "stays readable: kw timeline A1234BC" in said.out
    assert days(kw) == 7
    again = kw("log-session A1234BC --minutes 20 --by SHAH --on 2026-05-11 --start 14:00")
    assert "Recorded:" in again.out
    (taken_out,) = wing.store.queries.voided_sessions_of(wing.people["A1234BC"])
    assert taken_out.minutes == 45


def test_on_a_terminal_what_is_taken_out_is_shown_first_and_asked_about(kw, wing) -> None:
    no = kw(f"amend-session A1234BC --void {WHY}", answers=["n"])

    assert no.out.startswith("Would be taken out: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n")
    assert no.err == "Take it out? [y/N] nothing saved\n"
    assert days(kw) == 1

    yes = kw(f"amend-session A1234BC --void {WHY}", answers=["y"])
    assert "\nTaken out: Noah Adeyemi" in yes.out
    assert days(kw) == 7


def test_yes_takes_it_out_without_asking(kw, wing) -> None:
    assert kw(f"amend-session A1234BC --void --yes {WHY}", answers=[]).out.startswith("Taken out: ")


def test_what_was_taken_out_by_mistake_comes_back_by_the_line_it_names(kw, wing) -> None:
    kw("log-session A1234BC --refused --by SHAH --on 2026-05-10 --start 9:30")

    said = kw(f"amend-session A1234BC --on 2026-05-10 --void {WHY}")

    assert "refusal of a key worker session with Officer Shah" in said.out
    again = said.out.partition("record it again: kw ")[2].strip()
    assert again == "log-session A1234BC --by SHAH --on 2026-05-10 --start 09:30 --outcome REFUSED"
    assert kw(again).code == 0
    assert [(one.outcome, one.start_minute) for one in held(wing)][1] == ("REFUSED", 570)


def test_a_session_that_he_refused_has_no_minutes(kw, wing) -> None:
    kw(f"amend-session A1234BC --refused {WHY}")
    assert (held(wing)[0].outcome, held(wing)[0].minutes) == ("REFUSED", 0)

    said = kw(f"amend-session A1234BC --outcome COMPLETED {WHY}")
    assert said.code == 2
    assert "how many minutes?" in said.err


def test_a_part_is_emptied_and_the_others_stay(kw, wing) -> None:
    kw(f"amend-session A1234BC --on 2026-05-05 --topics '' {WHY}")

    assert (held(wing)[1].topics, held(wing)[1].note) == (None, "Spoke of home.")


def test_what_it_says_already_is_no_correction(kw, wing) -> None:
    said = kw(f"amend-session A1234BC --minutes 45 {WHY}")

    assert said.code == 0
    assert "it says so already; nothing was changed." in said.out
    assert wing.store.queries.amendments_of(wing.people["A1234BC"]) == []


def test_nothing_is_saved_in_a_trial(kw, wing) -> None:
    said = kw(f"amend-session A1234BC --minutes 30 --dry-run {WHY}")

    assert said.out.startswith("Would be amended: ")
    assert said.err == "nothing saved: --dry-run\n"
    assert held(wing)[0].minutes == 45


def test_nobody_amends_another_s_amendment(kw, wing) -> None:
    kw(f"amend-session A1234BC --minutes 30 {WHY}", KW_USER="shah")

    said = kw("amend-session A1234BC --minutes 45 --why 'it was 45'")
    assert said.code == 5
    assert "shah amended this session on Tue 12 May 2026 at 08:15: typed wrongly" in said.err
    assert "ask shah" in said.err
    assert kw("amend-session A1234BC --void --why 'not his'").code == 5
    assert kw("amend-session A1234BC --minutes 40 --why 'by the diary'", KW_USER="shah").code == 0
    assert kw(f"amend-session A1234BC --on 2026-05-05 --minutes 40 {WHY}").code == 0, "another session is his to amend"


def test_the_record_of_a_prisoner_who_has_died_is_locked(kw, wing) -> None:
    wing.left("A1234BC", "2026-05-12", "DIED")

    said = kw(f"amend-session A1234BC --minutes 30 {WHY}")

    assert said.code == 5
    assert "his record is locked" in said.err


def test_a_correction_has_a_reason(kw, wing) -> None:
    assert "--why" in kw("amend-session A1234BC --minutes 30").err
    assert "needs its reason" in kw("amend-session A1234BC --minutes 30 --why ' '").err


def test_it_cannot_be_made_to_overlap_another_of_the_same_officer(kw, wing) -> None:
    wing.session("B2345CD", "SHAH", "2026-05-11", 30, at="15:00")

    said = kw(f"amend-session A1234BC --minutes 75 {WHY}")

    assert said.code == 5
    assert "Officer Shah was then with Sam Brook (B2345CD)" in said.err


def test_where_a_day_has_several_it_asks_which(kw, wing) -> None:
    wing.session("A1234BC", "SHAH", "2026-05-11", 20, at="09:00")

    several = kw(f"amend-session A1234BC --minutes 30 {WHY}")
    assert several.code == 2
    assert several.err.splitlines() == [
        "kw: Noah Adeyemi has 2 on Mon 11 May 2026:",
        "  Mon 11 May 2026 14:00–14:45, 45 minutes, with Officer Shah",
        "  Mon 11 May 2026 09:00–09:20, 20 minutes, with Officer Shah",
        "hint: say which: --at 14:00, when it began, or --by KEY_WORKER, who held it.",
    ]

    kw(f"amend-session A1234BC --at 9:00 --minutes 30 {WHY}")
    assert [(one.start_minute, one.minutes) for one in held(wing)[:2]] == [(840, 45), (540, 30)]


def test_what_was_amended_travels_with_its_reason(kw, wing, tmp_path) -> None:
    kw(f"amend-session A1234BC --minutes 30 {WHY}")
    kw("amend-session A1234BC --on 2026-05-05 --void --why 'it was Sam Brook'")

    kw(f"export {tmp_path}/out")
    again = kw(f"import {tmp_path}/out", KW_DB=str(tmp_path / "again.db"))

    assert again.code == 0
    store = Store(tmp_path / "again.db")
    (prisoner,) = store.queries.person_by_number("A1234BC")
    amendments = store.queries.amendments_of(prisoner.person_id)
    assert {(one.field, one.old, one.why) for one in amendments} == {
        ("minutes", "45", "typed wrongly"),
        ("voided_at", None, "it was Sam Brook"),
    }
    assert [one.minutes for one in store.queries.sessions_of(prisoner.person_id)] == [30]
    assert [one.note for one in store.queries.voided_sessions_of(prisoner.person_id)] == ["Spoke of home."]
    store.close()


def test_a_note_is_corrected_from_what_is_piped_in(kw, wing) -> None:
    kw(f"amend-session A1234BC --on 2026-05-05 --note - {WHY}", typed="Spoke of home, and of his mother.\n")

    assert held(wing)[1].note == "Spoke of home, and of his mother."
    assert kw("audit verify").code == 0
