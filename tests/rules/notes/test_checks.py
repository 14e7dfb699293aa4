"""What a case note has and what it lacks (help: note-quality, N1 to N12)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.reports.notes.word_lists import load_word_lists
from keyworker_cli.rules.facts.care import Acct, Event, NeedOfPrisoner
from keyworker_cli.rules.facts.sessions import TopicsRaised
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.rules.notes.checks import Beside, Mark, Record, check_in_short
from keyworker_cli.rules.notes.others_named import names_of
from keyworker_cli.rules.settings import Settings
from noted import FULL, NOW, THIN, because, checked, full, marks, noted

SESSION_ON = date(2026, 5, 11)
STAY = {1: [StayOfPrisoner(1, date(2025, 1, 6), "RECEPTION", None)]}


def need(**values):
    """A need of Mr A's that is open when the session is held."""
    row = {
        "person_id": 1,
        "need_id": 1,
        "raised_on": date(2026, 5, 4),
        "text": "phone PIN",
        "owner": None,
        "due_on": None,
        "closed_on": None,
        "outcome": None,
    }
    return NeedOfPrisoner(**row | values)


def event(code, on, at_minute=None):
    """Something that happened to Mr A."""
    return Event(1, code, on, at_minute, None, None, None)


def unmet(one):
    """The codes of the checks not met."""
    return {code for code, mark in marks(one).items() if mark == "unmet"}


def test_spoke_on_landing_no_issues_misses_length_topics_and_its_own_words_and_the_second_time_is_a_repeat() -> None:
    first = noted(1, note=THIN, held_on=date(2026, 5, 4))
    second = noted(2, note=THIN)

    assert {"N3", "N4", "N7"} <= unmet(checked(first))
    assert "N5" not in unmet(checked(first))
    assert {"N3", "N4", "N5", "N7"} <= unmet(checked(second, before=(first,)))


def test_a_full_note_meets_every_check_there_is_something_to_check_for() -> None:
    one = checked(full())

    assert (one.met, one.asked) == (10, 10)
    assert {code for code, mark in marks(one).items() if mark == "nothing to check"} == {"N9", "N10"}


def test_every_check_of_a_full_note_with_open_topics_and_needs_is_met() -> None:
    spoken = TopicsRaised(1, date(2025, 1, 8), None, "KS", "COMPLETED", "FAMILY;REGIME;PLANS;SAFETY", None)
    record = Record(
        stays=STAY,
        events={1: [event("NO_CONTACT", date(2026, 5, 5))]},
        topics={1: [spoken]},
        needs={1: [need(outcome="ONGOING"), need(need_id=2, closed_on=SESSION_ON, outcome="DONE")]},
    )

    one = checked(full(), record=record)

    assert set(marks(one).values()) == {"met"}
    assert (one.met, one.asked) == (12, 12)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"start_minute": None}, "no start"),
        ({"place": " "}, "no place"),
        ({"start_minute": None, "place": None}, "no start and no place"),
    ],
)
def test_a_session_without_start_or_place_says_what_is_missing(lacking, said) -> None:
    one = checked(full(**lacking))

    assert marks(one)["N1"] == "unmet"
    assert because(one, "N1") == said


def test_a_telephone_session_needs_no_place() -> None:
    assert marks(checked(full(place=None, mode="TELEPHONE")))["N1"] == "met"


@pytest.mark.parametrize(
    ("at", "mark"),
    [
        (datetime(2026, 5, 12, 13, 45, tzinfo=UTC), "met"),  # 24 hours after 14:45 London time
        (datetime(2026, 5, 12, 13, 46, tzinfo=UTC), "unmet"),
    ],
)
def test_a_note_is_in_time_to_the_minute_24_hours_after_the_session_ended(at, mark) -> None:
    assert marks(checked(full(note_at=at)))["N2"] == mark
    assert marks(checked(full(recorded_at=at)))["N2"] == mark


def test_where_the_moment_of_recording_is_not_known_nobody_is_said_to_be_late() -> None:
    assert marks(checked(full(recorded_known=False)))["N2"] == "query"


def test_a_session_without_a_note_is_not_checked_until_it_is_overdue() -> None:
    waiting = checked(noted(), now=datetime(2026, 5, 12, 13, 0, tzinfo=UTC))
    late = checked(noted(), now=datetime(2026, 5, 12, 14, 0, tzinfo=UTC))

    assert waiting.checks == ()
    assert because(late, "N2") == "no note; it was due by Tue 12 May 2026 14:45"


@pytest.mark.parametrize(("number", "mark"), [(29, "unmet"), (30, "query"), (39, "query"), (40, "met"), (41, "met")])
def test_forty_words_are_wanted_and_thirty_are_worth_a_look(number, mark) -> None:
    assert marks(checked(noted(note="word " * number)))["N3"] == mark


def test_how_many_words_are_wanted_is_the_prisons_own_setting() -> None:
    assert marks(checked(noted(note="word " * 20), settings=Settings(note_min_words=20)))["N3"] == "met"


def test_a_topic_without_a_word_of_it_is_a_query_and_no_failure() -> None:
    one = checked(full(topics="FAMILY;FAITH"))

    assert marks(one)["N4"] == "query"
    assert because(one, "N4") == "no word of faith found"
    assert "N4" not in unmet(one)


def test_a_topic_is_found_in_his_own_words_too() -> None:
    assert marks(checked(full(topics="FAMILY;FAITH", prisoner_said="The imam listens to me")))["N4"] == "met"


def test_one_topic_is_not_enough() -> None:
    one = checked(full(topics="FAMILY"))

    assert because(one, "N4") == "one topic, family; two or more wanted"


def test_his_own_view_stands_in_his_words_or_in_the_note() -> None:
    assert marks(checked(noted(note="He feels that nobody listens.")))["N6"] == "met"
    assert marks(checked(noted(note="Seen on landing.", prisoner_said="Leave me be")))["N6"] == "met"
    assert marks(checked(noted(note="Seen on landing.")))["N6"] == "unmet"


@pytest.mark.parametrize(
    "note", ["All ok, nothing to report.", "No issues at this time", "Polite and compliant. Will see next week.", THIN]
)
def test_a_note_of_stock_phrases_says_which(note) -> None:
    one = checked(noted(note=note))

    assert marks(one)["N7"] == "unmet"
    assert "“" in because(one, "N7")


def test_a_stock_phrase_in_a_note_of_its_own_does_no_harm() -> None:
    assert marks(checked(noted(note=f"No issues on the wing this week. {FULL}")))["N7"] == "met"


@pytest.mark.parametrize(
    "note",
    [
        "I will ask the nurse by Friday.",
        "I'll ring the visits hall tomorrow.",
        "He will finish the course work by 20 May.",
        "Officer Holt is to bring the form on 14/05/2026.",
        "The offender manager has agreed to come next week.",
        "None needed because he is released in the morning.",
    ],
)
def test_an_action_with_owner_and_date_or_why_there_is_none(note) -> None:
    assert marks(checked(noted(note=note)))["N8"] == "met"


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Will see next week.", "no action with owner and date"),
        ("I will ask the nurse.", "no date"),
        ("Visits form by Friday.", "no action with owner and date"),
        ("No action needed because", "no action with owner and date"),
    ],
)
def test_an_action_without_owner_or_date_is_none(note, said) -> None:
    one = checked(noted(note=note))

    assert marks(one)["N8"] == "unmet"
    assert said in because(one, "N8")


def test_a_need_raised_in_the_session_is_an_action_when_it_has_owner_and_date() -> None:
    whole = need(raised_on=SESSION_ON, owner="Officer Shah", due_on=date(2026, 5, 15))

    assert marks(checked(noted(note=THIN), record=Record(needs={1: [whole]})))["N8"] == "met"
    one = checked(noted(note=THIN), record=Record(needs={1: [whole._replace(owner=None)]}))
    assert because(one, "N8") == "no owner: phone PIN"


@pytest.mark.parametrize(
    ("became", "mark"),
    [
        ({}, "unmet"),
        ({"outcome": "ONGOING"}, "met"),
        ({"outcome": "DONE", "closed_on": SESSION_ON}, "met"),
        ({"outcome": "DROPPED", "closed_on": SESSION_ON + timedelta(days=1)}, "met"),
        ({"outcome": "DONE", "closed_on": SESSION_ON + timedelta(days=2)}, "unmet"),
        ({"outcome": "DONE", "closed_on": SESSION_ON - timedelta(days=1)}, "nothing to check"),
        ({"raised_on": SESSION_ON}, "nothing to check"),
    ],
)
def test_each_open_need_is_updated(became, mark) -> None:
    assert marks(checked(full(), record=Record(needs={1: [need(**became)]})))["N9"] == mark


def test_topics_that_were_open_are_raised_or_declined() -> None:
    events = {1: [event("FURTHER_CHARGES", date(2026, 4, 20))]}
    spoken = TopicsRaised(1, date(2025, 1, 8), None, "KS", "COMPLETED", "FAMILY;REGIME;PLANS;SAFETY", None)
    record = Record(stays=STAY, events=events, topics={1: [spoken]})

    left = checked(full(), record=record)
    declined = checked(full(declined_topics="LEGAL"), record=record)

    assert marks(left)["N10"] == "unmet"
    assert because(left, "N10") == "not raised: further charges, since Mon 20 Apr 2026"
    assert marks(declined)["N10"] == "met"


def test_what_happened_on_the_day_of_the_session_was_no_open_topic_yet() -> None:
    spoken = TopicsRaised(1, date(2025, 1, 8), None, "KS", "COMPLETED", "FAMILY;REGIME;PLANS;SAFETY", None)
    record = Record(stays=STAY, accts={1: [Acct(1, SESSION_ON, None, None, None)]}, topics={1: [spoken]})

    assert marks(checked(full(), record=record))["N10"] == "nothing to check"


@pytest.mark.parametrize(("days", "mark"), [(7, "met"), (8, "unmet")])
def test_the_next_session_is_within_a_week(days, mark) -> None:
    assert marks(checked(full(next_session_on=SESSION_ON + timedelta(days=days))))["N11"] == mark


def test_another_prisoners_number_or_name_is_warned_of() -> None:
    prisoners = (("Mark", "Adeyemi"), ("Lee", "Quarmby"))

    number = checked(full(note=f"{FULL} Argued with B2345CD."), prisoners=prisoners)
    name = checked(full(note=f"{FULL} Argued with Lee Quarmby."), prisoners=prisoners)
    last_name = checked(full(note=f"{FULL} He argued with Quarmby."), prisoners=prisoners)
    himself = checked(full(note=f"{FULL} A1234BC Mark Adeyemi was polite."), prisoners=prisoners)

    assert "B2345CD" in because(number, "N12")
    assert (marks(number)["N12"], marks(name)["N12"]) == ("unmet", "unmet")
    assert (marks(last_name)["N12"], marks(himself)["N12"]) == ("query", "met")


def test_a_number_he_had_before_is_still_his() -> None:
    record = Record(numbers={1: ["B2345CD"]})

    assert marks(checked(full(note=f"{FULL} Formerly B2345CD."), record=record))["N12"] == "met"


@given(st.text(max_size=300), st.text(max_size=50), st.sampled_from([None, "FAMILY", "FAMILY;LEGAL", "WORK;WORK", ";"]))
def test_any_text_at_all_can_be_checked(note, said, topics) -> None:
    one = checked(noted(note=note, prisoner_said=said, topics=topics), prisoners=(("Lee", "Quarmby"),))

    assert [check.code for check in one.checks] == [f"N{number}" for number in range(1, 13)] or not note
    assert one.met <= one.asked <= 12


WORDS = st.lists(st.text(alphabet="abcdefghij", min_size=1, max_size=8), min_size=1, max_size=60)
ORDER = [Mark.UNMET, Mark.QUERY, Mark.MET]


@given(WORDS, WORDS)
def test_adding_words_never_lowers_what_came_of_the_length(words, more) -> None:
    short, longer = " ".join(words), " ".join([*words, *more])

    before = next(check.mark for check in checked(noted(note=short)).checks if check.code == "N3")
    after = next(check.mark for check in checked(noted(note=longer)).checks if check.code == "N3")

    assert ORDER.index(after) >= ORDER.index(before)


@given(st.permutations(["FAMILY", "LEGAL", "WORK", "HEALTH"]))
def test_the_order_of_topics_makes_no_difference(topics) -> None:
    assert marks(checked(full(topics=";".join(topics))))["N4"] == "query"


SAID = ("Mark", "He said it.", THIN, FULL, FULL + " Mr Osei was there too.", "No action needed because he has work.")


@given(
    st.sampled_from(["", *SAID]),
    st.sampled_from([None, "FAMILY", "FAMILY;EDUCATION", "DEBT;FAITH"]),
    st.sampled_from([None, SESSION_ON + timedelta(days=7), SESSION_ON + timedelta(days=9)]),
    st.sampled_from([None, datetime(2026, 5, 11, 15, 0, tzinfo=UTC), datetime(2026, 5, 12, 20, 0, tzinfo=UTC)]),
    st.sampled_from([None, "The evenings are all I have"]),
    st.lists(st.sampled_from([need(), need(outcome="ONGOING"), need(closed_on=SESSION_ON)]), max_size=2),
)
def test_what_is_counted_of_a_note_is_what_its_checks_say(note, topics, next_on, note_at, view, needs) -> None:
    session = noted(note=note, topics=topics, next_session_on=next_on, note_at=note_at, prisoner_said=view)
    record = Record(stays=STAY, events={1: [event("SEG", date(2026, 4, 1))]}, needs={1: needs})
    prisoners = (("Kwame", "Osei"),)

    whole = checked(session, record=record, prisoners=prisoners)
    beside = Beside(record, {}, names_of(prisoners, ()), load_word_lists(), Settings())
    (short,) = check_in_short([session], beside, now=NOW)

    found = {check.code: check.mark for check in whole.checks}
    assert (short.in_time, short.needs_updated) == (found.get("N2"), found.get("N9"))
    assert short.all_met is (bool(found) and {Mark.UNMET, Mark.QUERY}.isdisjoint(found.values()))
