"""Who waits to be confirmed by a new key worker, against a slow twin of what the page `handover` says."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker_cli.rules.contact.handover import find_handovers
from keyworker_cli.rules.facts.contact import Contact

AS_OF = date(2026, 5, 12)


def days_ago(days):
    return None if days is None else AS_OF - timedelta(days=days)


def prisoner(number, now, before, since, confirmed, met):
    nothing = dict.fromkeys(Contact._fields)
    named = {"prison_number": f"A{number:04}AA", "key_worker_id": now, "worker_before_id": before}
    days = {"allocated_on": days_ago(since), "acknowledged_on": days_ago(confirmed), "met_on": days_ago(met)}
    return Contact(**{**nothing, **named, **days})


KEYS = st.none() | st.integers(1, 3)
PRISONERS = st.tuples(KEYS, KEYS, st.integers(0, 20), st.none() | st.integers(-3, 20), st.none() | st.integers(0, 20))


def waits(now, before, confirmed, met):
    """From another key worker to this one, who has by that day neither said so nor met him."""
    if now is None or before is None or now == before:
        return False
    if met is not None:
        return False
    return not (confirmed is not None and confirmed >= 0)


@settings(max_examples=60)
@given(st.lists(PRISONERS, max_size=6))
def test_they_are_those_who_came_from_another_and_are_not_confirmed_the_longest_first(drawn):
    prisoners = [prisoner(number, *one) for number, one in enumerate(drawn)]

    found = find_handovers(prisoners, as_of=AS_OF)

    expected = [
        (-since, f"A{number:04}AA", since >= 8)
        for number, (now, before, since, confirmed, met) in enumerate(drawn)
        if waits(now, before, confirmed, met)
    ]
    assert [(-one.days, one.prisoner.prison_number, one.is_late) for one in found] == sorted(expected)
