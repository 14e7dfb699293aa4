"""Whether the key worker a prisoner has is there for him (help: allocation)."""

from datetime import date

from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.contact import Contact


def lacks_cover(prisoner: Contact) -> bool:
    """Return whether he has a key worker who is not there on the day: an absent one is none."""
    return prisoner.worker_status not in (None, StaffStatus.ACTIVE)


def days_without_cover(prisoner: Contact, *, as_of: date) -> int:
    """Return for how many days his key worker has not been there for him; 0 where they are."""
    if not lacks_cover(prisoner) or prisoner.worker_status_from is None:
        return 0
    return days_between(max(prisoner.worker_status_from, prisoner.allocated_on or prisoner.worker_status_from), as_of)
