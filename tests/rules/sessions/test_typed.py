"""What people type about a session is understood, or refused with the reason."""

from datetime import date

import pytest

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes.records import Mode, Outcome, SessionType
from keyworker_cli.rules.codes.signals import Topic
from keyworker_cli.rules.sessions.typed import (
    NeedAsked,
    read_length_or_outcome,
    read_minutes,
    read_need,
    read_outcome,
    read_topics,
    read_topics_besides,
    read_when,
)
from keyworker_cli.rules.typed import read_code, read_text

TODAY = date(2026, 5, 12)  # a Tuesday
HELD = {"outcome": Outcome.COMPLETED, "type": SessionType.KS}


@pytest.mark.parametrize(("typed", "minutes"), [("1", 1), ("45", 45), (" 45 ", 45), ("045", 45), ("480", 480)])
def test_minutes_of_a_session_that_was_held_are_1_to_480(typed, minutes):
    assert read_minutes(typed, **HELD) == minutes


@pytest.mark.parametrize("typed", ["0", "-5", "4.5", "many", "481", "", "45m", "4 5", "٤٥", "1e2", "9" * 12, None])
def test_any_other_minutes_are_refused_naming_what_is_allowed(typed):
    with pytest.raises(UsageError) as refused:
        read_minutes(typed, **HELD)

    assert "1 to 480" in refused.value.hint or "--minutes 45" in refused.value.hint


def test_an_entry_that_was_no_meeting_may_take_no_minutes():
    assert read_minutes("0", outcome=Outcome.COMPLETED, type=SessionType.KE) == 0


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.DID_NOT_ATTEND, Outcome.CANCELLED])
def test_a_session_that_was_not_held_has_no_minutes(outcome):
    assert read_minutes(None, outcome=outcome, type=SessionType.KS) == 0
    assert read_minutes("0", outcome=outcome, type=SessionType.KS) == 0
    for typed in ("45", "many"):
        with pytest.raises(UsageError, match="has no minutes"):
            read_minutes(typed, outcome=outcome, type=SessionType.KS)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("45", (Outcome.COMPLETED, 45)),
        ("r", (Outcome.REFUSED, 0)),
        ("D", (Outcome.DID_NOT_ATTEND, 0)),
        ("c", (Outcome.CANCELLED, 0)),
    ],
)
def test_one_letter_says_that_a_session_was_not_held(typed, understood):
    assert read_length_or_outcome(typed, type=SessionType.KS) == understood


def test_refused_is_an_outcome_and_agrees_with_no_other():
    assert read_outcome(None, refused=True) is Outcome.REFUSED
    assert read_outcome("refused", refused=True) is Outcome.REFUSED
    assert read_outcome("did-not-attend", refused=False) is Outcome.DID_NOT_ATTEND
    assert read_outcome(None, refused=False) is None
    with pytest.raises(UsageError, match="both refused and COMPLETED"):
        read_outcome("completed", refused=True)


@pytest.mark.parametrize("typed", ["IN_PERSON", "in person", "In-Person", "in"])
def test_a_code_is_known_in_any_case_and_by_its_beginning(typed):
    assert read_code(typed, Mode, "mode") is Mode.IN_PERSON


def test_an_unknown_code_names_the_nearest_and_all_there_are():
    with pytest.raises(UsageError, match="no mode 'telefone'") as refused:
        read_code("telefone", Mode, "mode")

    assert refused.value.hint == "did you mean TELEPHONE? There are IN_PERSON, TELEPHONE, VIDEO."


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        ("FAMILY,SUBSTANCE", (Topic.FAMILY, Topic.SUBSTANCE)),
        ("fam sub", (Topic.FAMILY, Topic.SUBSTANCE)),
        ("family; substance,", (Topic.FAMILY, Topic.SUBSTANCE)),
        ("mental health", (Topic.MENTAL_HEALTH,)),
        ("self-harm, health", (Topic.SELF_HARM, Topic.HEALTH)),
        ("work,WORK,family,work", (Topic.WORK, Topic.FAMILY)),
        ("", ()),
    ],
)
def test_topics_are_understood_by_their_beginnings_each_once(typed, topics):
    assert read_topics(typed) == topics


def test_a_beginning_that_several_topics_share_is_refused_naming_them():
    with pytest.raises(UsageError, match="'rel' could be RELATIONSHIP or RELEASE"):
        read_topics("family, rel")


def test_a_topic_cannot_be_both_spoken_of_and_declined():
    with pytest.raises(UsageError, match="DEBT cannot be both"):
        read_topics_besides("debt, work", (Topic.DEBT,))


def test_a_question_mark_lists_the_topics():
    with pytest.raises(UsageError, match="FAMILY, RELATIONSHIP, BEREAVEMENT"):
        read_topics_besides("?", ())


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("today", (TODAY, None)),
        ("yesterday", (date(2026, 5, 11), None)),
        ("07:40", (TODAY, 460)),
        ("yesterday 14:00", (date(2026, 5, 11), 840)),
        ("11/05/2026 9:05", (date(2026, 5, 11), 545)),
        ("fri, 14:00", (date(2026, 5, 8), 840)),
    ],
)
def test_when_is_a_day_a_time_or_both(typed, when):
    assert read_when(typed, today=TODAY) == when


@pytest.mark.parametrize("typed", ["25:00", "11/5/26 14:00", "31/02", "soon 14:00", "14:00 yesterday"])
def test_a_day_or_time_that_cannot_be_is_refused(typed):
    with pytest.raises(UsageError):
        read_when(typed, today=TODAY)


def test_a_need_says_what_and_perhaps_who_and_by_when():
    assert read_need("phone PIN; Officer Shah; fri", today=TODAY, me="Shah") == NeedAsked(
        "phone PIN", "Officer Shah", date(2026, 5, 15)
    )
    assert read_need("phone PIN", today=TODAY, me="Shah") == NeedAsked("phone PIN")
    assert read_need("phone PIN;;+7d", today=TODAY, me="Shah") == NeedAsked("phone PIN", None, date(2026, 5, 19))


@pytest.mark.parametrize("typed", ["", "; Shah; fri", "a; b; fri; c", "phone PIN; Shah; soon"])
def test_a_need_that_says_nothing_or_too_much_is_refused(typed):
    with pytest.raises(UsageError):
        read_need(typed, today=TODAY, me="Shah")


def test_words_are_kept_as_typed_and_none_are_none():
    assert read_text("  Zoë ", "the place") == "  Zoë "
    assert read_text(" ", "the place") is None
    with pytest.raises(UsageError, match="the place is not UTF-8 text"):
        read_text("\udce9", "the place")
