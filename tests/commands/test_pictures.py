"""Pictures on a terminal and on a page: never in what a script reads, and with their figures beside them."""

import re

import pytest


@pytest.fixture
def wing(prison):
    """Two officers on wing B with time on the rota for one of them; prisoners seen 1, 7, 12 and 40 days ago."""
    for staff_id, name in (("SHAH", "Nadia Shah"), ("REED", "Sam Reed")):
        prison.officer(staff_id, name=name)
    prison.slot("SHAH", "2026-05-04", status="WORKED")
    for number, (on, staff_id) in enumerate(
        (("2026-05-11", "SHAH"), ("2026-05-05", "SHAH"), ("2026-04-30", "REED"), ("2026-04-02", "REED"))
    ):
        prison.man(f"A{number}234BC", name=f"Mr N{number}", arrived="2026-01-05")
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
    assert bars[2].count("█") == 30
    assert lines.index("How long without key work") > next(at for at, line in enumerate(lines) if "Mr N3" in line)


def test_each_wings_weeks_are_the_darker_the_fewer_had_key_work(kw, wing):
    lines = drawn(kw, "stats")

    assert "B  █ █ ▓ █ █ █ ▓ ▓  75 % last week" in lines
    assert any(line.startswith("Sessions a week, the last 26 complete weeks:") for line in lines)


def test_an_officers_prisoners_are_a_strip_beside_the_time_they_were_given(kw, wing):
    assert "Nadia Shah  ░ ·  135 minutes detailed of 360 needed in 4 weeks" in drawn(kw, "caseload SHAH")
    assert "Sam Reed    █ ▒  0 minutes detailed of 360 needed in 4 weeks" in drawn(kw, "caseload --wing B")


@pytest.mark.parametrize("command", ["overdue", "stats", "caseload SHAH", "why A1234BC", "timeline A1234BC"])
def test_no_script_is_given_a_picture_and_a_page_has_it_with_its_words(kw, wing, tmp_path, command):
    for more in ("", "--format json", "--format csv", "--format markdown"):
        said = kw(f"{command} {more}", KW_WIDTH="110").out
        assert "█ █" not in said
        assert "░" not in said

    kw(f"{command} --output {tmp_path}/page.html")
    assert '<section class="picture">' in (tmp_path / "page.html").read_text()
