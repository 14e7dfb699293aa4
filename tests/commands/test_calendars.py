"""`--format ics`: a calendar for each officer, of the plan, the rota and the ACCT reviews (help: schedule)."""

import pytest

from factories import world


@pytest.fixture
@world
def wing(prison):
    prison.officer("SHAH", name="Nadia Shah")
    prison.officer("COLE", name="Di Cole")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Sam Alder")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.slot("SHAH", "2026-05-13", "09:00", "10:30")
    prison.slot("COLE", "2026-05-14", "14:00", "16:15")
    prison.slot("COLE", "2026-05-11", "14:00", "16:15", status="REDEPLOYED", reason="STAFFING")
    return prison


def entries(text: str) -> list[dict[str, str]]:
    """The entries of a calendar, with its folded lines made whole."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and ":" in line:
            name, _, value = line.partition(":")
            found[-1].setdefault(name, value)
    return found


def test_a_plan_is_the_sessions_of_the_day_at_london_s_time(kw, wing) -> None:
    (entry,) = entries(kw("plan --date tomorrow --format ics").out)

    assert (entry["DTSTART"], entry["DTEND"]) == ("20260513T080000Z", "20260513T084500Z")
    assert (entry["SUMMARY"], entry["LOCATION"]) == ("Key work: Sam Alder (A1234BC)", "B-2-014")
    assert entry["CLASS"] == "PRIVATE"
    assert entry["DESCRIPTION"].startswith("OFFICIAL-SENSITIVE.")


def test_a_rota_is_a_calendar_for_each_officer_without_what_was_dropped(kw, wing, tmp_path) -> None:
    said = kw("rota show --format ics").out
    assert kw(f"rota show --format ics --output {tmp_path}").code == 0
    assert kw(f"rota show --format ics --output {tmp_path / 'new'}").code == 0

    assert said.count("BEGIN:VCALENDAR") == 2
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == ["COLE.ics", "SHAH.ics"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert [entry["DTSTART"] for entry in entries(said)] == ["20260514T130000Z", "20260513T080000Z"]
    assert sorted(file.name for file in tmp_path.glob("*.ics")) == ["COLE.ics", "SHAH.ics"]
    assert (tmp_path / "COLE.ics").read_bytes().decode() + (tmp_path / "SHAH.ics").read_bytes().decode() == said


def test_one_officer_s_calendar_is_one_file(kw, wing, tmp_path) -> None:
    file = tmp_path / "shah.ics"

    assert kw(f"rota show --key-worker SHAH --output {file}").code == 0

    text = file.read_bytes().decode()
    assert "X-WR-CALNAME:Key work: Nadia Shah\r\n" in text
    assert text.count("BEGIN:VEVENT") == 1


def test_a_review_that_is_due_is_a_whole_day_of_his_key_worker_s(kw, wing) -> None:
    wing.acct("A1234BC", "2026-05-01")
    wing.review("A1234BC", "2026-05-14")
    wing.review("A1234BC", "2026-05-08", held="2026-05-08")

    (entry,) = entries(kw("acct reviews --format ics").out)

    assert entry["DTSTART;VALUE=DATE"] == "20260514"
    assert entry["SUMMARY"] == "ACCT review due: Sam Alder (A1234BC)"


def test_an_entry_keeps_its_identity_when_the_plan_changes(kw, wing) -> None:
    (before,) = entries(kw("plan --date tomorrow --format ics").out)
    wing.prisoner("B2345CD", arrived="2026-01-04", name="Tom Birch", location="B-1-002")

    after = {entry["SUMMARY"]: entry for entry in entries(kw("plan --date tomorrow --format ics").out)}

    assert before["UID"] == after[before["SUMMARY"]]["UID"]


def test_no_line_is_longer_than_75_bytes_and_no_text_breaks_out_of_its_field(kw, wing) -> None:
    wing.prisoner("C3456DE", arrived="2026-01-03", name="Zoë; Ana, O\\Neil" + "é" * 60, location="B-1-003")

    said = kw("plan --date tomorrow --format ics").out

    assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))
    assert "SUMMARY:Key work: Zoë\\; Ana\\, O\\\\Neil" in said.replace("\r\n ", "")


def test_a_list_without_times_is_no_calendar(kw, wing) -> None:
    said = kw("overdue --format ics")

    assert (said.code, "kw plan, kw rota show and kw acct reviews take --format ics." in said.err) == (2, True)
