"""What to raise with a prisoner: open until a later session records it, or he declines it (help: concerns)."""

from datetime import date

import pytest

from keyworker_cli.rules.markers.topics import last_raised, open_topics
from rules.markers.marked_prisoner import acct, event, prisoner, session

ARRIVED = date(2026, 1, 5)
MR_A = prisoner("A1001AA", arrived=ARRIVED)
FIRST_TALK = session(date(2026, 1, 7), "FAMILY;REGIME")
CHARGED = event("FURTHER_CHARGES", date(2026, 4, 20), at_minute=780)


def topics(events=(), accts=(), sessions=(FIRST_TALK,), *, as_of=date(2026, 5, 12), who=MR_A):
    return [(one.topic.value, one.since) for one in open_topics(who, events, accts, sessions, as_of=as_of)]


def test_further_charges_open_legal_until_a_session_records_it() -> None:
    recorded = session(date(2026, 5, 1), "LEGAL;FAMILY")

    assert topics([CHARGED], as_of=date(2026, 4, 19)) == []
    assert topics([CHARGED]) == [("LEGAL", date(2026, 4, 20))]
    assert topics([CHARGED], sessions=[FIRST_TALK, recorded], as_of=date(2026, 4, 30)) == [("LEGAL", date(2026, 4, 20))]
    assert topics([CHARGED], sessions=[FIRST_TALK, recorded]) == []


def test_a_topic_he_declined_is_not_raised_again() -> None:
    declined = session(date(2026, 5, 1), "FAMILY", declined_topics="LEGAL")

    assert topics([CHARGED], sessions=[FIRST_TALK, declined]) == []


@pytest.mark.parametrize(
    "no_talk",
    [
        session(date(2026, 5, 1), "LEGAL", type="KE"),
        session(date(2026, 5, 1), "LEGAL", outcome="REFUSED", minutes=0),
        session(date(2026, 4, 19), "LEGAL"),
        session(date(2026, 4, 20), "LEGAL", start_minute=600),
    ],
)
def test_an_entry_a_refusal_and_an_earlier_session_leave_it_open(no_talk) -> None:
    assert topics([CHARGED], sessions=[FIRST_TALK, no_talk]) == [("LEGAL", date(2026, 4, 20))]


def test_a_topic_recorded_on_the_day_itself_is_closed() -> None:
    assert topics([CHARGED], sessions=[FIRST_TALK, session(date(2026, 4, 20), "LEGAL")]) == []
    assert topics([CHARGED], sessions=[FIRST_TALK, session(date(2026, 4, 20), "LEGAL", start_minute=840)]) == []


def test_it_stays_open_when_its_marker_is_over() -> None:
    assert topics([event("EDUCATION", date(2026, 2, 2))]) == [("EDUCATION", date(2026, 2, 2))]


def test_one_topic_of_several_markers_is_open_once_since_the_first_of_them() -> None:
    (found,) = open_topics(
        MR_A,
        [event("VIOLENCE_TO_STAFF", date(2026, 4, 9)), event("ANTISOCIAL", date(2026, 4, 2))],
        [],
        [FIRST_TALK],
        as_of=date(2026, 5, 12),
    )

    assert (found.topic, found.since, found.codes) == (
        "BEHAVIOUR",
        date(2026, 4, 2),
        ("ANTISOCIAL", "VIOLENCE_TO_STAFF"),
    )


def test_his_arrival_opens_family_and_regime() -> None:
    assert topics(sessions=[]) == [("FAMILY", ARRIVED), ("REGIME", ARRIVED)]


def test_an_acct_opens_self_harm_and_its_closing_opens_it_again() -> None:
    plan = [acct(date(2026, 4, 1), closed=date(2026, 4, 20))]
    talked = [FIRST_TALK, session(date(2026, 4, 10), "SELF_HARM")]

    assert topics(accts=plan, sessions=talked, as_of=date(2026, 4, 19)) == []
    assert topics(accts=plan, sessions=talked) == [("SELF_HARM", date(2026, 4, 20))]


def test_an_event_that_was_withdrawn_opens_nothing() -> None:
    assert topics([CHARGED._replace(until_on=CHARGED.event_on)]) == []
    assert topics([event("SEG", date(2026, 4, 1), until_on=date(2026, 4, 1))]) == [
        ("MENTAL_HEALTH", date(2026, 4, 1)),
        ("REGIME", date(2026, 4, 1)),
    ]


def test_what_was_over_before_this_stay_opens_nothing_in_it() -> None:
    before = [event("EDUCATION", date(2025, 6, 1)), event("BASIC", date(2025, 12, 1))]

    assert topics([*before, event("DEPRESSION", date(2025, 6, 1))]) == [("MENTAL_HEALTH", date(2025, 6, 1))]


def test_each_topic_was_last_raised_in_a_session() -> None:
    sessions = [
        session(date(2026, 3, 25), "SUBSTANCE;MENTAL_HEALTH"),
        session(date(2026, 3, 18), "FAMILY;BEHAVIOUR"),
        session(date(2026, 3, 11), "SUBSTANCE;FAMILY"),
        session(date(2026, 4, 1), "FAMILY", outcome="DID_NOT_ATTEND", minutes=0),
    ]

    found = last_raised(sessions, as_of=date(2026, 5, 12))

    assert (found["FAMILY"], found["SUBSTANCE"]) == (date(2026, 3, 18), date(2026, 3, 25))
    assert "LEGAL" not in found
