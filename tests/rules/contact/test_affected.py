"""Who was near whom, against a day at a time (help: affected)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.contact.affected import Tie, find_affected, landing_of, nearness, place_spells
from keyworker_cli.rules.contact.affected import days_together as together
from keyworker_cli.rules.facts.spans import PlaceInStay
from rules.markers.marked_prisoner import prisoner

ON = date(2026, 5, 12)
PLACES = ("B-2-014", "B-2-020", "B-1-001", "B-9", "B-8", "C-1-001", "SEG", "HCC", "COURT")


@st.composite
def stays(draw: st.DrawFn) -> list[PlaceInStay]:
    """A stay and its moves, some on one day, some before the 28 days and some to come."""
    arrived = ON - timedelta(days=draw(st.integers(0, 40)))
    came = PlaceInStay(1, arrived, draw(st.sampled_from((None, *PLACES))), None, None)
    days = sorted(draw(st.lists(st.integers(0, 45), max_size=5)))
    moved = [
        came._replace(moved_on=arrived + timedelta(days=day), moved_to=draw(st.sampled_from(PLACES))) for day in days
    ]
    return moved or [came]


def place_at_the_end_of(day: date, places: list[PlaceInStay]) -> str | None:
    """Where he was at the end of a day, found by walking through all that is recorded."""
    if day < places[0].arrived_on:
        return None
    place = places[0].arrived_to
    for one in places:
        if one.moved_on is not None and one.moved_on <= day:
            place = one.moved_to
    return place


def slowly(his: list[PlaceInStay], theirs: list[PlaceInStay]) -> dict[Tie, tuple[int, date]]:
    found: dict[Tie, list[date]] = {}
    for back in range(28):
        day = ON - timedelta(days=back)
        one, other = place_at_the_end_of(day, his), place_at_the_end_of(day, theirs)
        if one is None or other is None:
            continue
        if "-" not in one or "-" not in other:
            near = Tie.LANDING if one == other and one in ("SEG", "HCC") else None
        elif one == other:
            near = Tie.CELL
        elif one.split("-")[0] != other.split("-")[0]:
            near = None
        else:
            same = len(one.split("-")) == 3 and one.split("-")[:2] == other.split("-")[:2]
            near = Tie.LANDING if same else Tie.WING
        if near is not None:
            found.setdefault(near, []).append(day)
    return {near: (len(days), max(days)) for near, days in found.items()}


@given(stays(), stays())
def test_the_days_together_are_those_found_a_day_at_a_time(his, theirs) -> None:
    assert together(place_spells(his, on=ON), place_spells(theirs, on=ON)) == slowly(his, theirs)


@given(stays(), st.lists(st.tuples(stays(), st.sampled_from((None, 7, 8))), max_size=6), st.sampled_from((None, 7)))
def test_who_is_listed_under_which_tie_is_the_set_computed_from_the_moves(his, others, key_worker) -> None:
    prisoners = [
        prisoner(f"A{key:04}BC", person_id=key, key_worker_id=has) for key, (_, has) in enumerate(others, start=2)
    ]
    places = {key: moves for key, (moves, _) in enumerate(others, start=2)}

    found = find_affected(
        [prisoner(person_id=1), *prisoners],
        place_spells(his, on=ON),
        places,
        person_id=1,
        key_worker_id=key_worker,
        on=ON,
    )

    computed = {}
    for key, (moves, has) in enumerate(others, start=2):
        near = {*slowly(his, moves), *([Tie.KEY_WORKER] if key_worker is not None and has == key_worker else [])}
        if near:
            computed[key] = min(near)
    assert {one.prisoner.person_id: one.tie for one in found} == computed
    assert all((one.places > 0) == (one.near in (Tie.CELL, Tie.LANDING)) for one in found if one.near != Tie.WING)


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_nearness_goes_both_ways(one, other) -> None:
    assert nearness(one, other) == nearness(other, one)


def test_a_landing_is_named_by_three_parts() -> None:
    assert landing_of("B-2-014") == "B-2"
    assert landing_of("B-14") is None
    assert landing_of("SEG") is None
