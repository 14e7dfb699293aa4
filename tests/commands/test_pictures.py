"""Pictures on a terminal and on a page: never in what a script reads, and with their figures beside them."""

import json
import re

import pytest

from factories import world


@pytest.fixture
@world
def wing(prison):
    """Two officers on wing B with time on the rota for one of them; prisoners seen 1, 7, 12 and 40 days ago."""
    for staff_id, name in (("SHAH", "Nadia Shah"), ("REED", "Sam Reed")):
        prison.officer(staff_id, name=name)
    prison.slot("SHAH", "2026-05-04", status="WORKED")
    for number, (on, staff_id) in enumerate(
        (("2026-05-11", "SHAH"), ("2026-05-05", "SHAH"), ("2026-04-30", "REED"), ("2026-04-02", "REED"))
    ):
        prison.prisoner(f"A{number}234BC", name=f"Mr N{number}", arrived="2026-01-05")
        prison.allocated(f"A{number}234BC", staff_id, "2026-01-06")
        prison.session(f"A{number}234BC", staff_id, on)
    return prison


def drawn(kw, line: str) -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m", "", kw(line, KW_WIDTH="110", screen=True).out).splitlines()


def test_the_gaps_of_all_stand_as_bars_at_the_foot_of_the_list(kw, wing):
    lines = drawn(kw, "overdue")

    bars = lines[lines.index("How long without key work") :]
    assert [" ".join(line.replace("█", "").split()) for line in bars[1:11]] == [
        *("0-6 days 1", "7-13 days 2", "14-20 days 0", "21-28 days 0", "29-34 days 0", "35-41 days 1"),
        *("42-48 days 0", "49-55 days 0", "56 days or more 0", "1 of 4 prisoners under 7 days, 1 over 28."),
    ]
    assert bars[2].count("█") == 40
    assert lines.index("How long without key work") > next(at for at, line in enumerate(lines) if "Mr N3" in line)


def test_each_wings_weeks_are_the_darker_the_fewer_had_key_work(kw, wing):
    lines = drawn(kw, "stats")

    assert "B  █ █ ▓ █ █ █ ▓ ▓  100 100 75 100 100 100 75 75 %" in lines


def test_half_a_year_of_sessions_is_a_bar_a_week_with_the_first_the_last_and_the_best(kw, wing):
    wing.session("A0234BC", "SHAH", "2026-05-07")

    lines, summary = drawn(kw, "stats"), json.loads(kw("stats --format json").out)["summary"]

    trend = lines[lines.index("Sessions a week, the last 26 complete weeks") :]
    assert trend[1].split() == ["W46", "W50", "W02", "W06", "W10", "W14", "W18"]
    assert trend[2] == f"all  {'▁' * 20}▅{'▁' * 3}▅█  0 at first, 2 last, 2 at most"
    assert trend[3] == f"B    {'▁' * 20}▅{'▁' * 3}▅█  0 at first, 2 last, 2 at most"
    assert [one["sessions"] for one in summary["sessions_by_week"]][-6:] == [1, 0, 0, 0, 1, 2]
    assert "Sessions a week, 26 complete weeks: 0 at first, 2 last, 2 at most." in kw("stats").out
    assert "How long without key work" in lines[-20:]


def test_the_time_chain_is_one_bar_that_narrows_with_the_minutes_beside_it(kw, wing):
    lines = drawn(kw, "budget")

    at = lines.index("Where the time went")
    assert lines[at + 1 : at + 6] == [
        f"required    {'░' * 40}  720 minutes, 100 %",
        f"detailed    {'▒' * 8}  135 minutes, 19 %",
        f"worked      {'▓' * 8}  135 minutes, 19 %",
        f"delivered   {'█' * 5}  90 minutes, 12 %",
        f"individual  {'█' * 5}  90 minutes, 12 %",
    ]
    assert lines.index("Where the time went") < next(at for at, line in enumerate(lines) if "Sam Reed" in line)


def test_of_weeks_to_come_the_chain_has_only_what_the_rota_gives(kw, wing):
    wing.slot("SHAH", "2026-05-19")

    lines = drawn(kw, "budget --next")

    at = lines.index("Where the time went")
    assert [line.split()[0] for line in lines[at + 1 : at + 3]] == ["required", "detailed"]
    assert lines[at + 3] == ""


def test_an_officers_prisoners_are_a_strip_beside_the_time_they_were_given(kw, wing):
    shah, reed = "Nadia Shah  ░ ·  135 of 360 minutes, longest gap 7 days", "Sam Reed    █ ▒  0 of 360 minutes"

    assert shah in drawn(kw, "caseload SHAH")
    assert f"{reed}, longest gap 40 days" in drawn(kw, "caseload --wing B")
    assert "Nadia Shah  █ ·  135 of 360 minutes, longest gap 125 days" in drawn(kw, "budget")  # at the end of its weeks
    assert f"{reed}, longest gap 38 days" in drawn(kw, "budget --by worker")
    assert not [line for line in drawn(kw, "budget --by wing") if "longest gap" in line]


@pytest.mark.parametrize(
    ("line", "answer", "picture"),
    [
        ("caseload REED", "2 prisoners; capacity 6.", "Their prisoners by gap"),
        ("budget --next", "No rota is recorded for W21 yet", "Where the time went"),
        ("why A3234BC", "On the list of those without key work: serious, 40 days", "Mon "),
    ],
)
def test_what_was_asked_is_answered_before_any_picture(kw, wing, line, answer, picture):
    lines = drawn(kw, line)
    found = [at for start in (answer, picture) for at, text in enumerate(lines) if text.startswith(start)]

    assert found[0] < found[1]
    assert not "".join(lines[found[0] - 1 : found[0]])


@pytest.mark.parametrize("command", ["overdue", "stats", "budget", "caseload SHAH", "why A1234BC", "timeline A1234BC"])
def test_no_script_is_given_a_picture_and_a_page_has_it_with_its_words(kw, wing, tmp_path, command):
    for more in ("", "--format json", "--format csv", "--format markdown"):
        said = kw(f"{command} {more}", KW_WIDTH="110").out
        assert "█ █" not in said
        assert "░" not in said

    kw(f"{command} --output {tmp_path}/page.html")
    page = (tmp_path / "page.html").read_text()
    assert '<section class="picture">' in page
    assert re.findall(r'<svg role="img" aria-label="[^"]*[0-9][^"]*"', page)


def test_those_who_cannot_see_a_picture_on_a_page_are_told_its_figures(kw, wing, tmp_path):
    kw(f"budget --output {tmp_path}/page.html")

    said = re.findall(r'aria-label="([^"]*)"', (tmp_path / "page.html").read_text())
    assert said[0] == (
        "Where the time went required: 720 minutes, 100 %; detailed: 135 minutes, 19 %; worked: 135 minutes, 19 %; "
        "delivered: 90 minutes, 12 %; individual: 90 minutes, 12 %;"
    )
    assert "Sam Reed: 0 of 360 minutes, longest gap 38 days" in said[1]
