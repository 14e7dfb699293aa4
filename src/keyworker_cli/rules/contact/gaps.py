"""Who has not been seen, and for how long: the four clocks, never merged (help: gap)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gap_state import state_of
from keyworker_cli.rules.dates.london import whole_weeks
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.settings import Settings


class Gap(NamedTuple):
    """One prisoner's clocks as of a day, all in days. `met` and `unmet_days` are `None` without a key worker.

    `days` is the contact gap; `never_seen_days`, `unmet_days` and `unallocated_days` are `None` while their clock does
    not run.
    """

    contact: Contact
    days: int
    state: GapState
    never_seen_days: int | None
    unmet_days: int | None
    unallocated_days: int | None

    @property
    def weeks(self) -> int:
        """Whole weeks in the gap: 49 days are 7."""
        return whole_weeks(self.days)

    @property
    def met(self) -> bool | None:
        """Whether his current key worker has held a counted session with him since that allocation began."""
        return None if self.contact.staff_id is None else self.contact.met_on is not None


def find_gaps(contacts: Iterable[Contact], *, as_of: date, settings: Settings) -> list[Gap]:
    """Return the clocks of every prisoner, longest gap first and then by prison number."""
    gaps = [_gap(contact, as_of, settings) for contact in contacts]
    return sorted(gaps, key=lambda gap: (-gap.days, gap.contact.prison_number))


def unallocated_since(contact: Contact) -> date | None:
    """Return the day from which he has had no key worker: the later of arrival and the end of the last; else `None`."""
    if contact.staff_id is not None:
        return None
    return max(contact.arrived_on, contact.last_ended_on or contact.arrived_on)


def _gap(contact: Contact, as_of: date, settings: Settings) -> Gap:
    days = (as_of - contact.clock_from).days
    unmet_since = contact.allocated_on if contact.met_on is None else None
    alone_since = unallocated_since(contact)
    return Gap(
        contact,
        days,
        state=state_of(days, settings),
        never_seen_days=days if contact.never_seen else None,
        unmet_days=(as_of - unmet_since).days if unmet_since else None,
        unallocated_days=(as_of - alone_since).days if alone_since else None,
    )
