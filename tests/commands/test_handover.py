"""`kw handover`: one page for the next key worker, there by itself, and named until it is confirmed."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def wing(prison):
    """Mr Adeyemi, whose key worker was Officer Price until 4 May and is Officer Shah since; Mr Brook, always Shah's."""
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.prisoner("B2345CD", arrived="2026-01-05", name="Sam Brook", location="B-1-003")
    prison.officer("SHAH", login="shahn")
    prison.officer("PRICE", login="pricec")
    prison.allocated("A1234BC", "PRICE", "2026-01-06")
    prison.allocated("A1234BC", "SHAH", "2026-05-04")
    prison.allocated("B2345CD", "SHAH", "2026-01-06")
    prison.session("A1234BC", "PRICE", "2026-04-20", at="14:00")
    return prison


def page(kw, number="A1234BC", line=""):
    return json.loads(kw(f"handover {number} --format json {line}").out)


def rows(page, name):
    return next(section["rows"] for section in page["sections"] if section["name"] == name)


def waiting(kw, line=""):
    report = json.loads(kw(f"handover --format json {line}").out)
    return [(row["prison_number"], row["days"], row["late"]) for row in report["rows"]]


def test_the_page_has_all_that_a_new_key_worker_asks(kw, wing) -> None:
    kw("log-session A1234BC --by PRICE --on 2026-05-01 --refused --place hatch --said 'Not today.' --next 2026-05-14")
    kw("need add A1234BC 'phone PIN; Officer Price; 8/5/2026' --on 2026-05-01")
    wing.event("A1234BC", "DEBT", "2026-05-02")
    kw("acct open A1234BC --on 2026-03-02")

    said = page(kw)

    summary = said["summary"]
    assert summary["key_worker"]["staff_id"] == "SHAH"
    assert summary["key_worker_before"]["staff_id"] == "PRICE"
    assert (summary["last_session_on"], summary["days"], summary["refusals_since"]) == ("2026-04-20", 22, 1)
    assert (summary["next_session_on"], summary["to_confirm"]) == ("2026-05-14", True)
    assert [(row["code"], row["since"]) for row in rows(said, "concerns")] == [
        ("ACCT", "2026-03-02"),
        ("DEBT", "2026-05-02"),
    ]
    assert [(row["need"], row["days_overdue"]) for row in rows(said, "needs")] == [("phone PIN", 4)]
    assert [row["opened_on"] for row in rows(said, "accts")] == ["2026-03-02"]
    assert [(row["held_on"], row["at_the_door"]) for row in rows(said, "refused")] == [("2026-05-01", True)]
    assert [row["said"] for row in rows(said, "words")] == ["Not today."]


def test_the_page_in_words(kw, wing) -> None:
    said = kw("handover A1234BC", KW_WIDTH="80").out

    assert "Key worker before    Officer Price, Tue 6 Jan 2026 to Mon 4 May 2026\n" in said
    assert "Last seen            Mon 20 Apr 2026 by Officer Price, 22 days (3 weeks) ago\n" in said
    assert "To confirm that it was read: kw caseload SHAH --acknowledge\n" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_file_leaves_the_reasons_out_unless_asked_for_them(kw, wing, tmp_path) -> None:
    kw("log-session A1234BC --by PRICE --on 2026-05-01 --refused --said 'Not today.'")
    file = tmp_path / "page.html"

    kw(["handover", "A1234BC", "--output", str(file)])
    without = file.read_text(encoding="utf-8")
    kw(["handover", "A1234BC", "--with-reasons", "--output", str(file)])

    assert "Not today." not in without
    assert "1, the last on Fri 1 May 2026; left out of this file." in without
    assert "Not today." in file.read_text(encoding="utf-8")


def test_who_waits_to_be_confirmed_is_listed_and_late_after_seven_days(kw, wing) -> None:
    assert waiting(kw, "--as-of 2026-05-03") == []
    assert waiting(kw, "--as-of 2026-05-11") == [("A1234BC", 7, False)]
    assert waiting(kw) == [("A1234BC", 8, True)]
    assert kw("handover --fail").code == 3
    assert "Not confirmed within 7 days\n" in kw("handover").out


@pytest.mark.parametrize(
    "line", ["caseload SHAH --acknowledge", "log-session A1234BC --by SHAH --minutes 20 --on yesterday"]
)
def test_to_acknowledge_or_to_see_him_confirms_it(kw, wing, line) -> None:
    assert kw(line).code == 0

    assert waiting(kw) == []
    assert page(kw)["summary"]["to_confirm"] is False
    assert "Handed over" not in kw("caseload SHAH").out
    assert kw("handover --fail").code == 0


def test_anyone_else_s_session_confirms_nothing(kw, wing) -> None:
    kw("log-session A1234BC --by PRICE --minutes 20 --on yesterday")

    assert waiting(kw) == [("A1234BC", 8, True)]


def test_the_same_key_worker_again_takes_nobody_over(kw, wing) -> None:
    kw("deallocate B2345CD --reason MANUAL")
    kw("allocate B2345CD --to SHAH")

    assert [number for number, *_ in waiting(kw)] == ["A1234BC"]


def test_the_caseload_sheet_names_it_until_then(kw, wing) -> None:
    said = kw("caseload SHAH")

    line = "Handed over from Officer Price: Noah Adeyemi, not confirmed for 8 days. To read: kw handover A1234BC"
    assert line in " ".join(said.out.split())
    found = {row["prison_number"]: row for row in json.loads(kw("caseload SHAH --format json").out)["rows"]}
    assert found["A1234BC"]["handed_over_by"]["staff_id"] == "PRICE"
    assert [found[number]["handover_late"] for number in ("A1234BC", "B2345CD")] == [True, None]


def test_it_stands_before_the_first_session_and_not_before_the_second(kw, wing) -> None:
    kw("log-session A1234BC --by PRICE --on 2026-05-01 --refused --said 'Not today.'")
    kw("acct open A1234BC --on 2026-03-02")
    kw("acct close A1234BC --on 2026-03-20")

    first = kw("log-session A1234BC", answers=["45", "", "", "", "", "", "", ""], KW_USER="shahn")
    second = kw("log-session A1234BC", answers=["r", "", "", "", "", "", ""], KW_USER="shahn")

    assert "  handed over by Officer Price, not yet confirmed: kw handover A1234BC\n" in first.err
    assert "  ACCT opened Mon 2 Mar 2026, closed Fri 20 Mar 2026\n" in first.err
    assert "  in his words (Fri 1 May 2026): Not today.\n" in first.err
    assert "handed over by" not in second.err


def test_who_takes_him_over_is_told_where_the_page_is(kw, wing) -> None:
    assert "For Officer Price to read: kw handover B2345CD\n" in kw("allocate B2345CD --to PRICE").out
    assert "to read: kw handover" not in kw("allocate B2345CD --to SHAH --dry-run").out
    kw("allocate A1234BC --to PRICE")
    assert "For their new key workers to read, 2 in all: kw handover\n" in kw("allocate --from PRICE --yes").out


def test_of_one_who_was_transferred_it_is_the_page_of_that_day(kw, wing) -> None:
    said = kw("prisoner leave A1234BC --reason TRANSFER_OUT --on 2026-05-10")
    assert "For the next prison to read: kw handover A1234BC\n" in said.out

    summary = page(kw)["summary"]
    assert (summary["left_on"], summary["days"], summary["to_confirm"]) == ("2026-05-10", 20, False)
    assert waiting(kw) == []
    assert "transferred out on Sun 10 May 2026" in kw("handover A1234BC").out


def test_before_he_arrived_there_is_nothing_to_hand_over(kw, wing) -> None:
    said = kw("handover A1234BC --as-of 2026-01-04")

    assert said.code == 0
    assert "had not arrived by Sun 4 Jan 2026" in said.out


def test_an_empty_prison_does_not_say_that_all_is_confirmed(kw, prison) -> None:
    assert "There are no prisoners here in kw" in kw("handover").out


def test_one_not_confirmed_in_a_week_is_counted_on_the_morning_page(kw, wing) -> None:
    assert "Handed over, not confirmed in 7 days: 1." in kw("briefing").out
    assert "Handed over and not confirmed" not in kw("briefing --as-of 2026-05-09").out
