"""`kw timeline`: one prisoner's chronology, with who recorded what, when, how late, and what it said before."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from factories import Prison, world
from keyworker_cli.store.changes.author import Author

HERE = "--as-of 12/05/2026"


def rows(kw, line: str) -> list[dict]:
    return json.loads(kw(f"timeline {line} --format json").out)["rows"]


def texts(kw, line: str = f"A1234BC {HERE}") -> list[str]:
    return [f"{row['on'][5:]} {row['text']}" for row in rows(kw, line)]


@pytest.fixture
@world
def wing(prison) -> Prison:
    """Mr Adeyemi, allocated on his third day, seen twice since 5 January."""
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-07")
    prison.session("A1234BC", "SHAH", "2026-01-08", at="14:00", note="Spoke of home.", topics="FAMILY")
    prison.session("A1234BC", "SHAH", "2026-01-15", at="14:00")
    return prison


def test_everything_recorded_of_him_stands_in_order(kw, wing) -> None:
    wing.session("A1234BC", "SHAH", "2026-01-20", outcome="REFUSED")
    wing.session("A1234BC", "SHAH", "2026-01-21", 10, at="09:00")
    wing.session("A1234BC", "SHAH", "2026-01-21", 5, at="10:00", type="KE")
    wing.away("A1234BC", "2026-01-23", back="2026-01-26")
    wing.event("A1234BC", "DEBT", "2026-01-24", at="10:30", confidence="SUSPECTED", detail="owes for vapes")
    wing.acct("A1234BC", "2026-01-25", closed="2026-02-20", reviewed="2026-02-27")
    wing.deallocated("A1234BC", "2026-02-01")
    wing.left("A1234BC", "2026-03-02")

    assert texts(kw) == [
        "01-05 Arrived: reception, to B-2-014",
        "01-05 No key worker for 2 days, until Wed 7 Jan 2026",
        "01-07 No rota recorded, Wed 7 Jan to Sat 31 Jan: nobody can tell whether Officer Shah had time",
        "01-07 Allocated to Officer Shah by tester (chosen by hand). said so in a test",
        "01-08 Session with Officer Shah, 45 minutes. family. Spoke of home.",
        "01-15 Session with Officer Shah, 45 minutes",
        "01-20 Refused a session with Officer Shah",
        "01-21 Short contact with Officer Shah, 10 minutes: not counted",
        "01-21 Key worker entry by Officer Shah, 5 minutes",
        "01-23 Out overnight, in hospital",
        "01-23 On the overdue list on 36 mornings, Fri 23 Jan to Mon 2 Mar, serious from Fri 13 Feb 2026",
        "01-24 Event. in debt (suspected): owes for vapes",
        "01-25 ACCT opened",
        "01-26 Back: had been in hospital",
        "01-27 On the list to see today on 32 mornings, Tue 27 Jan to Fri 27 Feb",
        "02-01 No key worker for 29 days (4 weeks), until Mon 2 Mar 2026",
        "02-01 Officer Shah no longer his: ended by hand, recorded by tester",
        "02-20 ACCT closed",
        "02-27 ACCT post-closure review held",
        "03-02 Released. No key work for 46 days (6 weeks)",
    ]


def test_a_row_says_who_recorded_it_and_when(kw, wing) -> None:
    row = next(row for row in rows(kw, f"A1234BC {HERE}") if row["kind"] == "SESSION")

    assert list(row)[:8] == ["on", "at", "kind", "text", "by", "recorded_at", "late", "amended"]
    assert (row["on"], row["at"], row["by"]) == ("2026-01-08", "14:00:00", "tester")
    assert row["recorded_at"] == "2026-01-08T16:00:00+00:00"
    assert (row["late"], row["amended"]) == (None, [])


def test_what_was_recorded_late_says_by_how_many_days_and_is_not_there_before(kw, wing) -> None:
    kw("log-session A1234BC --minutes 45 --by SHAH --on 2026-05-02")

    (late,) = [row for row in rows(kw, f"A1234BC {HERE}") if row["late"]]
    assert (late["on"], late["late"], late["by"]) == ("2026-05-02", 10, "governor")
    assert "[recorded 10 days late]" in kw(f"timeline A1234BC {HERE}").out
    known_before = [row["on"] for row in rows(kw, f"A1234BC {HERE} --known-at 11/05/2026")]
    assert "2026-05-02" not in known_before
    assert "2026-05-02" in [row["on"] for row in rows(kw, f"A1234BC {HERE} --known-at '12/05/2026 08:15'")]


def test_what_was_corrected_stands_in_place_with_what_it_said_before(kw, wing) -> None:
    kw("amend-session A1234BC --on 2026-01-08 --note 'Spoke of his sister.' --why 'the wrong note'")

    (row,) = [row for row in rows(kw, f"A1234BC {HERE}") if row["amended"]]
    assert row["text"].endswith("Spoke of his sister.")
    assert row["amended"] == [
        {
            "at": "2026-05-12T07:15:00+00:00",
            "by": "governor",
            "why": "the wrong note",
            "field": "note",
            "old": "Spoke of home.",
            "new": "Spoke of his sister.",
        }
    ]
    shown = " ".join(kw(f"timeline A1234BC {HERE}").out.split())
    assert "Session with Officer Shah, 45 minutes [amended]" in shown
    assert (
        "Amended Tue 12 May 08:15 by governor (the wrong note): note Spoke of his sister., was Spoke of home." in shown
    )


def test_a_session_of_the_wrong_prisoner_stays_readable_and_counts_nowhere(kw, wing) -> None:
    kw("amend-session A1234BC --on 2026-01-15 --void --why 'it was another prisoner'")

    (row,) = [row for row in rows(kw, f"A1234BC {HERE}") if row["kind"] == "VOIDED"]
    assert row["text"] == "Taken out, in no count: session with Officer Shah, 45 minutes"
    assert "Taken out Tue 12 May 08:15 by governor (it was another prisoner)" in kw(f"timeline A1234BC {HERE}").out
    assert "01-16 On the overdue list on 117 mornings" in "\n".join(texts(kw))


def test_what_is_recorded_after_a_death_says_so(kw, wing) -> None:
    wing.left("A1234BC", "2026-05-01", "DIED")
    kw("log-session A1234BC --minutes 20 --by SHAH --on 2026-04-30")

    found = rows(kw, f"A1234BC {HERE}")
    assert [row["text"] for row in found if row["after_death"]] == ["Session with Officer Shah, 20 minutes"]
    assert found[-1]["text"] == "Died; his record is locked. No key work for 106 days (15 weeks)"
    assert "recorded 12 days late, recorded after death" in kw(f"timeline A1234BC {HERE}").out


def test_a_day_before_he_came_has_nothing_and_a_stay_still_open_says_so_far(kw, wing) -> None:
    wing.deallocated("A1234BC", "2026-05-01")

    assert rows(kw, "A1234BC --as-of 2026-01-04") == []
    assert "05-01 No key worker for 11 days (1 week), so far" in texts(kw)


def test_both_stays_of_a_prisoner_who_came_back_are_there(kw, wing) -> None:
    wing.left("A1234BC", "2026-02-02")
    wing.prisoner("A1234BC", arrived="2026-04-20", name="Noah Adeyemi", arrival_type="RETURN")

    found = texts(kw)
    assert "02-02 Released. No key work for 18 days (2 weeks)" in found
    assert "04-20 Arrived: return, to B-2-014" in found
    assert "04-28 On the overdue list on 15 mornings, Tue 28 Apr to Tue 12 May" in found


def test_the_weeks_without_time_are_one_line_and_those_lost_one_each(kw, wing) -> None:
    wing.slot("SHAH", "2026-01-08", status="WORKED")
    wing.slot("SHAH", "2026-01-13", status="REDEPLOYED", reason="STAFFING")
    wing.slot("SHAH", "2026-02-05", status="WORKED")

    rota = [text for text in texts(kw, "A1234BC --as-of 2026-02-08") if "rota" in text or "detailed" in text]

    assert rota == [
        "01-12 Officer Shah's rota, Mon 12 Jan to Sun 18 Jan: its one slot dropped (staffing)",
        "01-19 No key work detailed for Officer Shah, Mon 19 Jan to Sun 1 Feb (2 weeks)",
    ]


def test_his_key_worker_on_leave_is_part_of_it(kw, wing) -> None:
    wing.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-02-02", back="2026-02-16")

    assert "02-02 Officer Shah on leave, until Mon 16 Feb 2026" in texts(kw)


def test_a_file_says_what_happened_and_leaves_out_why_he_matters(kw, wing, tmp_path: Path) -> None:
    wing.event("A1234BC", "DEBT", "2026-01-24", detail="owes for vapes")
    kw("amend-session A1234BC --on 2026-01-08 --note 'Spoke of his sister.' --why 'the wrong note'")

    for ending in ("html", "csv", "json", "md"):
        kw(f"timeline A1234BC {HERE} --output {tmp_path}/a.{ending}")
        written = (tmp_path / f"a.{ending}").read_text("utf-8")
        assert "Session with Officer Shah" in written
        assert not [word for word in ("vapes", "debt", "Spoke", "sister") if word in written], ending
    kw(f"timeline A1234BC {HERE} --notes --with-reasons --output {tmp_path}/b.html")
    assert "owes for vapes" in (tmp_path / "b.html").read_text("utf-8")
    kw(f"timeline A1234BC {HERE} --output {tmp_path}/c.xlsx")
    assert (tmp_path / "c.xlsx").stat().st_size > 0


def test_a_long_note_is_shown_in_its_first_words_unless_asked_for_whole(kw, wing) -> None:
    note = "He spoke of his daughter and of what he will do. " * 6 + "The end."
    wing.session("A1234BC", "SHAH", "2026-01-22", note=note)

    assert "The end." not in kw(f"timeline A1234BC {HERE}").out
    assert "The end." in kw(f"timeline A1234BC {HERE} --notes").out
    assert [row["note"] for row in rows(kw, f"A1234BC {HERE}") if row["note"]][-1] == note


def test_a_change_of_settings_since_does_not_change_what_was_known_then(kw, wing) -> None:
    with wing.store.transaction(
        Author("governor", datetime(2026, 3, 1, tzinfo=UTC), "kw config set", date(2026, 3, 1))
    ) as change:
        change.set_setting("gap.days", "60")

    def mornings(known_at: str) -> int:
        report = json.loads(kw(f"timeline A1234BC --as-of 2026-02-28 --known-at {known_at} --format json").out)
        return int(report["summary"]["mornings_overdue"])

    assert mornings("2026-02-28") == 37
    assert mornings("2026-03-01") == 0


def test_the_mornings_on_the_list_know_of_his_moves_and_of_reviews_not_held(kw, wing) -> None:
    """As the list of each of those mornings did: neither is an event that somebody typed."""
    wing.event("A1234BC", "DEBT", "2026-04-25")
    for on in ("2026-05-01", "2026-05-02", "2026-05-03"):
        kw(f"prisoner move A1234BC B-2-00{on[-1]} --on {on}")
    wing.session("A1234BC", "SHAH", "2026-04-24", at="09:00")
    wing.prisoner("B2345CD", arrived="2026-01-05", name="Carl Birch")
    wing.session("B2345CD", "SHAH", "2026-04-24", at="10:00")
    wing.event("B2345CD", "DEBT", "2026-05-01")
    wing.review("B2345CD", "2026-05-08")

    def mornings(number: str) -> tuple[int, str]:
        summary = json.loads(kw(f"timeline {number} {HERE} --format json").out)["summary"]
        return summary["mornings_see_today"], summary["see_today_from"]

    def listed(number: str, on: str) -> bool:
        rows = json.loads(kw(f"overdue --as-of {on} --format json").out)["rows"]
        return any(row["prison_number"] == number and row["see_today"] for row in rows)

    for number, first, days in (("A1234BC", "2026-05-03", 10), ("B2345CD", "2026-05-09", 4)):
        before = date.fromisoformat(first) - timedelta(days=1)
        assert mornings(number) == (days, first)
        assert listed(number, first)
        assert not listed(number, before.isoformat())
