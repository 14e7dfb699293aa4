"""A session as it is pasted into the official record."""

from datetime import UTC, date, datetime

from keyworker_cli.rules.facts.care import NeedRaised
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.sessions.case_note import Recorded, official_note

PRISONER = Person(1, "A1234BC", "Adeyemi", "Noah", None, date(2026, 1, 5), None, None, "B-2-014")


def recorded(*needs, after_death=False, **values):
    fields = dict.fromkeys(SessionHeld._fields) | {
        "session_id": 1,
        "first_name": "Officer",
        "last_name": "Shah",
        "held_on": date(2026, 5, 11),
        "type": "KS",
        "minutes": 45,
        "outcome": "COMPLETED",
        "mode": "IN_PERSON",
        "recorded_at": datetime(2026, 5, 11, 15, tzinfo=UTC),
    }
    return Recorded(PRISONER, SessionHeld(**(fields | values)), None, needs, here=True, after_death=after_death)


def test_a_session_says_when_who_of_what_the_note_and_what_comes_next():
    need = NeedRaised(1, date(2026, 5, 11), "phone PIN", "Officer Shah", date(2026, 5, 15), None, None)

    said = official_note(
        recorded(
            need,
            start_minute=840,
            place="wing office",
            topics="FAMILY;MENTAL_HEALTH",
            declined_topics="DEBT",
            note="He spoke of home.\n\nIt is going better.",
            prisoner_said="I ring my mum.",
            next_session_on=date(2026, 5, 18),
        )
    )

    assert said.splitlines() == [
        "Key Worker Activity (KA) / Key Worker Session (KS)",
        "A1234BC Noah Adeyemi",
        "Mon 11 May 2026 14:00–14:45, 45 minutes, wing office, with Officer Shah",
        "Topics: family, mental health",
        "Declined to speak of: debt",
        "",
        "He spoke of home.",
        "",
        "It is going better.",
        "",
        "In his words: I ring my mum.",
        "",
        "To do: phone PIN (Officer Shah, by Fri 15 May 2026)",
        "Next session: Mon 18 May 2026",
    ]


def test_what_is_not_known_is_left_out():
    assert official_note(recorded(note="Short.", minutes=1)).splitlines() == [
        "Key Worker Activity (KA) / Key Worker Session (KS)",
        "A1234BC Noah Adeyemi",
        "Mon 11 May 2026, 1 minute, with Officer Shah",
        "",
        "Short.",
    ]


def test_a_refusal_an_entry_a_telephone_call_and_a_late_entry_are_named():
    refused = official_note(recorded(outcome="REFUSED", minutes=0, start_minute=840, note="Asleep."))
    entry = official_note(recorded(type="KE", mode="TELEPHONE", note="Rang the workshop."))
    late = official_note(recorded(note="Written up.", after_death=True))

    assert "Mon 11 May 2026 14:00, with Officer Shah\nOffered and refused.\n" in refused
    assert "Key Worker Entry (KE)" in entry
    assert "45 minutes, by telephone, with Officer Shah" in entry
    assert "Recorded after death." in late
