"""`kw concerns`: what is recorded of a prisoner and no session has raised (help: concerns-not-raised)."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def in_debt(prison):
    """Seen weekly, at length, by two officers; in debt for weeks, and nobody wrote that it was spoken of."""
    prison.officer("SHAH", name="Nadia Shah")
    prison.officer("REED", name="Sam Reed")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Sam Example")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.event("A1234BC", "DEBT", "2026-04-20")
    for on, by in (("2026-04-22", "SHAH"), ("2026-04-29", "REED"), ("2026-05-06", "SHAH")):
        prison.session("A1234BC", by, on, topics="FAMILY;REGIME")
    return prison


def test_a_prisoner_seen_every_week_and_never_asked_is_listed_with_who_saw_him(kw, in_debt):
    (row,) = json.loads(kw("concerns --format json").out)["rows"]

    assert (row["prison_number"], row["code"], row["tier"], row["days"]) == ("A1234BC", "DEBT", 2, 22)
    assert (row["sessions_since"], row["sessions_by"]) == (3, ["Nadia Shah", "Sam Reed"])


def test_the_screen_says_it_of_the_record_and_not_of_the_officer(kw, in_debt):
    said = kw("concerns")

    assert "Seen since, not recorded as raised" in said.out
    assert "3 times: Nadia Shah, Sam Reed" in " ".join(said.out.split())
    assert "Of the record, not of the officer" in said.out


def test_recording_the_topic_takes_it_off_and_so_does_declining_it(kw, in_debt):
    kw("log-session A1234BC --minutes 30 --by SHAH --on 11/5/2026 --start 09:00 --declined DEBT")

    said = kw("concerns")

    assert "Nothing: no concern has gone without being raised, or declined" in said.out


def test_a_file_to_be_sent_leaves_the_concern_out(kw, in_debt, tmp_path):
    kw(f"concerns --output {tmp_path / 'concerns.csv'}")

    text = (tmp_path / "concerns.csv").read_text(encoding="utf-8")
    assert "A1234BC" in text
    assert "DEBT" not in text


def test_fail_is_3_when_somebody_is_listed(kw, in_debt):
    assert kw("concerns --fail").code == 3
