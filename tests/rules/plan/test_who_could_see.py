"""Who could see a prisoner today: those who know him first, then his wing, and only who is there with time to come."""

from datetime import date

from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.who_could_see import find_chances, next_chances, say_chances
from rules.markers.marked_prisoner import prisoner, session

TODAY = date(2026, 5, 12)
HIM = prisoner(location="B-2-014", key_worker_id=9, staff_id="OWN")


def slot(officer: int, start: int = 840, **values) -> Slot:
    known = {
        "key_worker_id": officer,
        "staff_id": f"S{officer}",
        "last_name": f"Number{officer}",
        "first_name": "Officer",
        "slot_on": TODAY,
        "start_minute": start,
        "end_minute": start + 135,
        "status": "PUBLISHED",
    }
    return Slot(**{**dict.fromkeys(Slot._fields), **known, **values})


def found(slots, sessions=(), **context) -> list[int]:
    return [chance.slot.key_worker_id for chance in find_chances(HIM, slots, sessions, on=TODAY, **context)]


def test_those_who_saw_him_last_come_first_then_his_wing_then_the_others() -> None:
    slots = [slot(1, wing="C"), slot(2, wing="B"), slot(3, wing="C"), slot(4, wing="C")]
    seen = [session(date(2026, 4, 1), key_worker_id=3), session(date(2026, 5, 1), key_worker_id=4)]

    assert found(slots, seen) == [4, 3, 2, 1]


def test_a_refused_session_and_an_entry_are_no_acquaintance() -> None:
    slots = [slot(1, wing="B"), slot(2, wing="C"), slot(3, wing="C")]
    no_talk = [
        session(date(2026, 5, 1), key_worker_id=2, outcome="REFUSED"),
        session(date(2026, 5, 1), key_worker_id=3, type="KE"),
    ]

    assert found(slots, no_talk) == [1, 2, 3]


def test_only_time_still_to_come_of_officers_who_are_there_counts() -> None:
    slots = [
        slot(1, 540),
        slot(2, status="REDEPLOYED"),
        slot(3, unavailable="UNAVAILABLE_ANNUAL_LEAVE"),
        slot(4, slot_on=date(2026, 5, 13)),
        slot(9),
        slot(5),
    ]

    assert found(slots, from_minute=700) == [5]
    assert found(slots) == [1, 5]


def test_an_officer_with_two_slots_is_named_once_with_the_first_still_to_come() -> None:
    (chance,) = find_chances(HIM, [slot(1, 840), slot(1, 540)], (), on=TODAY, from_minute=700)

    assert chance.slot.start_minute == 840


def test_at_most_five_are_named_and_the_rest_counted() -> None:
    chances = find_chances(HIM, [slot(number, wing="B") for number in range(1, 8)], (), on=TODAY)

    said = say_chances(chances, HIM)

    assert said.startswith("Who else could see him: Officer Number1 14:00-16:15 (his wing); ")
    assert said.endswith("; and 2 more with a slot.")


def test_how_often_and_when_he_was_seen_by_each_is_said() -> None:
    seen = [session(date(2026, 4, 1), key_worker_id=1), session(date(2026, 5, 1), key_worker_id=1)]

    said = say_chances(find_chances(HIM, [slot(1, wing="C")], seen, on=TODAY), HIM)

    assert said == "Who else could see him: Officer Number1 14:00-16:15 (saw him 2 times, last Fri 1 May)."


def test_nobody_is_said_in_words() -> None:
    assert say_chances([], HIM) == "Nobody else has a slot still to come that day."


def next_ones(slots, sessions=(), **context) -> list[tuple[int, date]]:
    found = next_chances(HIM, slots, sessions, since=TODAY, **context)
    return [(chance.slot.key_worker_id, chance.slot.slot_on) for chance in found]


def test_his_own_key_worker_s_next_slot_stands_before_the_others_of_the_first_day_with_any() -> None:
    tomorrow, friday = date(2026, 5, 13), date(2026, 5, 15)
    slots = [
        slot(9, slot_on=friday),
        slot(9, slot_on=date(2026, 5, 22)),
        slot(2, wing="C", slot_on=tomorrow),
        slot(1, wing="B", slot_on=tomorrow),
        slot(3, wing="B", slot_on=friday),
    ]

    assert next_ones(slots) == [(9, friday), (1, tomorrow), (2, tomorrow)]


def test_a_slot_that_is_over_is_only_over_today() -> None:
    tomorrow = date(2026, 5, 13)

    assert next_ones([slot(1, 540), slot(1, 540, slot_on=tomorrow)], from_minute=900) == [(1, tomorrow)]


def test_without_a_key_worker_all_who_have_time_are_others() -> None:
    nobodys = HIM._replace(key_worker_id=None, staff_id=None)

    found = next_chances(nobodys, [slot(9), slot(1)], [], since=TODAY)

    assert [chance.slot.key_worker_id for chance in found] == [1, 9]
