"""Whether a prisoner was met in his first few days, the PPO's recommendation turned into days (help: early-days)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from keyworker_cli.rules.codes.findings import MeetingState
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import FirstSession
from keyworker_cli.rules.settings import Settings

ALLOCATION_DUE_DAYS = 1  # allocation is due by day 1 (help: early-days)
ARRIVALS_DAYS = 28  # listed: all with no key work yet, and arrivals of 28 days (help: early-days)
_ORDER = (MeetingState.MISSED, MeetingState.DUE, MeetingState.MET_LATE, MeetingState.MET)


class FirstMeeting(NamedTuple):
    """One arrival and his first meeting: the first counted session of this stay, by anyone (`first`, or `None`).

    `own_met_on` is when his present key worker first met him; `None` when that has not been, or he has none.
    """

    contact: Contact
    first: FirstSession | None
    state: MeetingState
    days: int
    due_by: date

    @property
    def days_to_first(self) -> int | None:
        """Days from arrival to the first meeting; the day of arrival is 0."""
        return None if self.first is None else (self.first.held_on - self.contact.arrived_on).days

    @property
    def own_met_on(self) -> date | None:
        """When his own key worker first met him."""
        return self.contact.met_on

    @property
    def own_met_in_time(self) -> bool:
        """His own key worker met him by the day it was due, as the PPO asks."""
        return self.own_met_on is not None and self.own_met_on <= self.due_by

    @property
    def seen_not_by_his_own(self) -> bool:
        """He has been seen, but not by the key worker he has, or he has none."""
        return self.first is not None and self.own_met_on is None

    @property
    def allocated_late(self) -> bool:
        """Whether the first allocation of this stay came after day 1; false once the prisoner has had another."""
        prisoner = self.contact
        is_first = prisoner.last_ended_on is None or prisoner.last_ended_on <= prisoner.arrived_on
        return prisoner.allocated_on is not None and is_first and prisoner.allocated_on > self.allocation_due_by

    @property
    def allocation_due_by(self) -> date:
        """The day by which he was to have a key worker."""
        return self.contact.arrived_on + timedelta(days=ALLOCATION_DUE_DAYS)


def find_first_meetings(
    contacts: Iterable[Contact], firsts: Iterable[FirstSession], *, as_of: date, settings: Settings
) -> list[FirstMeeting]:
    """Return all prisoners never seen and all arrivals of the last 28 days: missed, due, met late, met; longest first.

    One who was here before kw's records of him begin is no arrival: when he was first met is not known. `firsts` are
    the first counted sessions of those arrivals. Every arrival counts alike: reception, recall, transfer
    in, return (help: early-days).
    """
    by_prisoner = {first.person_id: first for first in firsts}
    known = (prisoner for prisoner in contacts if prisoner.arrival_known and prisoner.records_begin_on is None)
    listed = [
        prisoner for prisoner in known if prisoner.never_seen or (as_of - prisoner.arrived_on).days <= ARRIVALS_DAYS
    ]
    meetings = [_meeting(prisoner, by_prisoner, as_of, settings) for prisoner in listed]
    return sorted(meetings, key=lambda one: (_ORDER.index(one.state), -one.days, one.contact.prison_number))


def meeting_state(arrived_on: date, first_on: date | None, *, as_of: date, settings: Settings) -> MeetingState:
    """Return the state of a first meeting: due up to and on day `first_meeting.days`, missed or met late after it."""
    due_by = first_meeting_due_by(arrived_on, settings=settings)
    if first_on is None:
        return MeetingState.DUE if as_of <= due_by else MeetingState.MISSED
    return MeetingState.MET if first_on <= due_by else MeetingState.MET_LATE


def _meeting(prisoner: Contact, firsts: Mapping[int, FirstSession], as_of: date, settings: Settings) -> FirstMeeting:
    first = None if prisoner.last_session_on is None else firsts.get(prisoner.person_id)
    return FirstMeeting(
        contact=prisoner,
        first=first,
        state=meeting_state(prisoner.arrived_on, first and first.held_on, as_of=as_of, settings=settings),
        days=(as_of - prisoner.arrived_on).days,
        due_by=first_meeting_due_by(prisoner.arrived_on, settings=settings),
    )


def allocation_due_by(arrived_on: date) -> date:
    """Return the day by which a prisoner who arrived on a day is to have a key worker (help: early-days)."""
    return arrived_on + timedelta(days=ALLOCATION_DUE_DAYS)


def first_meeting_due_by(arrived_on: date, *, settings: Settings) -> date:
    """Return the day by which a prisoner who arrived on a day is to have been met (help: early-days)."""
    return arrived_on + timedelta(days=settings.first_meeting_days)
