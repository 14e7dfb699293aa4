"""Whether the key worker a prisoner has is there for him (help: allocation)."""

from datetime import date

from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.contact import Contact


def lacks_cover(man: Contact) -> bool:
    """Return whether he has a key worker who is not there on the day: an absent one is none."""
    return man.worker_status not in (None, StaffStatus.ACTIVE)


def days_without_cover(man: Contact, *, as_of: date) -> int:
    """Return for how many days the key worker he has has not been there for him; 0 where he is."""
    if not lacks_cover(man) or man.worker_status_from is None:
        return 0
    return days_between(max(man.worker_status_from, man.allocated_on or man.worker_status_from), as_of)
