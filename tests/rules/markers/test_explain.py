"""Why a prisoner is, or is not, to be seen today, in sentences: because of what, and whether he was seen since."""

from datetime import date

import pytest

from keyworker_cli.rules.markers.explain import explain_marker, explain_today, name_marker, say_until
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.priority import priority_of
from keyworker_cli.rules.settings import Settings
from rules.markers.marked_prisoner import acct, event, prisoner

TODAY = date(2026, 4, 2)
BASIC, VIOLENCE = event("BASIC", date(2026, 3, 30)), event("VIOLENCE_TO_PRISONER", date(2026, 4, 2), at_minute=625)


class Explained:
    """What is said of a prisoner with these events: whether he is called for, and of each marker, the highest tier
    first.
    """

    def __init__(self, who, events=(), accts=(), *, as_of=TODAY, process=()):
        settings = Settings()
        markers = markers_in_force(who, events, accts, as_of=as_of, settings=settings)
        priority = priority_of(who, markers, as_of=as_of, settings=settings, process=process)
        self.call, *self.rest = explain_today(who, priority, as_of=as_of, settings=settings)
        self.markers = [explain_marker(who, one, priority, as_of=as_of, settings=settings) for one in markers]
        self.names = [name_marker(one) for one in markers]
        self.until = [say_until(one) for one in markers]


def seen(on, at=None, **values):
    return prisoner(seen=on, last_session_minute=at, **values)


def test_mr_a_on_2_april_is_called_for_by_basic_and_violence_and_was_not_seen_since_25_march():
    said = Explained(seen(date(2026, 3, 25), 840), [BASIC, VIOLENCE])

    assert said.call == (
        "To be seen today: on Basic since Mon 30 Mar and violence to a prisoner on Thu 2 Apr, "
        "and no key work since Wed 25 Mar."
    )
    assert said.markers == ["see today: no key work since this began", "see today: no key work since this began"]


def test_one_marker_of_tier_2_does_not_call_for_him_alone():
    said = Explained(seen(date(2026, 3, 25)), [BASIC])

    assert said.call == (
        "Not called for today: one concern of priority 2 calls for it where he has had no key work for more than "
        "28 days, or where another kind stands beside it."
    )
    assert said.markers == ["not by itself"]


def test_past_28_days_one_of_tier_2_does():
    assert Explained(seen(date(2026, 3, 4)), [BASIC]).call == (
        "To be seen today: on Basic since Mon 30 Mar, and no key work since Wed 4 Mar."
    )


def test_seen_since_the_signal_he_is_called_for_again_when_his_week_is_up():
    harmed = event("SELF_HARM", date(2026, 3, 28))
    who = seen(date(2026, 3, 30))

    before, after = Explained(who, [harmed]), Explained(who, [harmed], as_of=date(2026, 4, 6))

    assert before.call == (
        "Not to be seen today: seen on Mon 30 Mar, after what called for it: self-harm in custody on Sat 28 Mar. "
        "Unless he is seen before, to be seen from Mon 6 Apr 2026 while it holds."
    )
    assert before.markers == ["seen Mon 30 Mar, again Mon 6 Apr"]
    assert after.call == (
        "To be seen today: self-harm in custody on Sat 28 Mar, "
        "and seen since, on Mon 30 Mar, but that is 7 days (1 week) ago."
    )
    assert after.markers == ["seen Mon 30 Mar"]


@pytest.mark.parametrize(
    ("seen_at", "harmed_at", "words"),
    [
        (540, 1230, "and seen that day at 09:00, before it."),
        (None, 1230, "and seen that day, nobody can tell whether before it or after."),
        (540, None, "and seen that day, nobody can tell whether before it or after."),
    ],
)
def test_seen_on_the_very_day_the_times_decide_where_they_are_known(seen_at, harmed_at, words):
    said = Explained(seen(TODAY, seen_at), [event("SELF_HARM", TODAY, at_minute=harmed_at)])

    assert said.call.startswith("To be seen today: self-harm in custody on Thu 2 Apr, ")
    assert said.call.endswith(words)


def test_a_prisoner_never_seen_is_said_to_be_so():
    arrived = prisoner(arrived=date(2026, 3, 1))

    assert Explained(arrived, [event("FOOD_REFUSAL", date(2026, 4, 1))]).call == (
        "To be seen today: refusing food since Wed 1 Apr, and no key work yet in this stay."
    )


def test_a_prisoner_away_is_to_be_seen_when_he_returns():
    said = Explained(seen(date(2026, 3, 25), away="HOSPITAL"), [event("SELF_HARM", TODAY)])

    assert said.call.startswith("To be seen on the day he returns: self-harm in custody")


def test_several_of_a_kind_are_said_as_one_with_the_last_day():
    found = [event("UNDER_INFLUENCE", date(2026, 3, day)) for day in (10, 20, 28)]

    assert Explained(seen(date(2026, 3, 9)), found).call == (
        "To be seen today: found under the influence 3 times, last on Sat 28 Mar, and no key work since Mon 9 Mar."
    )


def test_another_year_is_said():
    said = Explained(seen(date(2025, 12, 20)), accts=[acct(date(2025, 12, 28))])

    assert said.call == "To be seen today: ACCT open since Sun 28 Dec 2025, and no key work since Sat 20 Dec 2025."
    assert said.until == ["it is closed"]


def test_a_suspicion_stays_one():
    said = Explained(seen(date(2026, 3, 1)), [event("DEBT", date(2026, 3, 30), confidence="SUSPECTED")])

    assert "in debt (suspected) since Mon 30 Mar" in said.call
    assert said.names == ["in debt (suspected)"]
    assert said.until == ["Mon 27 Apr 2026"]


def test_an_anniversary_is_called_one():
    said = Explained(seen(date(2026, 3, 20)), [event("BEREAVEMENT", date(2024, 4, 3))])

    assert said.names == ["anniversary of a bereavement"]
    assert said.call.startswith("To be seen today: anniversary of a bereavement since Tue 31 Mar, ")


def test_what_is_low_or_only_a_warning_does_not_call_for_him():
    said = Explained(
        seen(date(2026, 3, 31)), [event("EDUCATION", date(2026, 3, 20)), event("NO_ONE_TO_ONE", date(2026, 3, 1))]
    )

    assert said.call == "Not called for today: no concern of priority 1 or 2 is in force."
    assert said.markers == ["no, priority 3", "a warning, no priority"]


def test_without_a_marker_his_gap_alone_decides():
    said = Explained(seen(date(2026, 3, 31)), process=("NO_KEY_WORKER", "REFUSED_3"))

    assert said.call == "No concern is in force: his gap alone decides."
    assert said.rest == ["Also: no key worker, refused three times running."]


def test_contact_stopped_ends_so_many_days_after_he_is_seen():
    assert Explained(seen(date(2026, 3, 25)), [event("RELATIONSHIP", date(2026, 4, 1))]).until == [
        "14 days after he is seen"
    ]
