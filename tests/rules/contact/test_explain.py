"""Since when a key worker has had no time: whole weeks without a slot, and never before he was looked for."""

from datetime import date

import pytest

from keyworker_cli.rules.contact.explain import no_time_since
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import LastSlot


def prisoner_seen(on):
    """A prisoner seen on a day, allocated since January."""
    fields = dict.fromkeys(Contact._fields)
    days = {"arrived_on": date(2026, 1, 5), "allocated_on": date(2026, 1, 6), "last_session_on": on}
    return Contact(**fields | days)


@pytest.mark.parametrize(
    ("last_slot", "seen", "as_of", "since"),
    [
        ("2026-03-25", "2026-03-25", "2026-05-12", "2026-03-30"),  # Mr A: a Wednesday, then the Monday after
        ("2026-03-23", "2026-03-25", "2026-05-12", "2026-03-30"),  # a Monday: its own week has a slot
        ("2026-03-29", "2026-03-29", "2026-05-12", "2026-03-30"),  # a Sunday
        ("2026-03-25", "2026-03-25", "2026-03-27", "2026-03-26"),  # that Monday is still to come
        (None, "2026-03-25", "2026-05-12", "2026-03-26"),  # he never had one
    ],
)
def test_no_time_is_counted_from_the_first_whole_week_without_a_slot(last_slot, seen, as_of, since):
    slot = LastSlot(1, date.fromisoformat(last_slot), 540, 675) if last_slot else None

    found = no_time_since(slot, prisoner_seen(date.fromisoformat(seen)), as_of=date.fromisoformat(as_of))

    assert found.isoformat() == since
