"""What a key worker should know of each of his prisoners, and whom to see first (help: gap, see-today, briefing)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Acct, Event, OpenNeed, ReviewDue
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import OfCaseload
from keyworker_cli.rules.facts.sessions import TopicsRaised
from keyworker_cli.rules.markers.order_of_work import WorkOrder, order_of_work
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority
from keyworker_cli.rules.markers.topics import OpenTopic, open_topics
from keyworker_cli.rules.settings import Settings


class CaseloadFacts(NamedTuple):
    """What is recorded of an officer's prisoners as of a day, each kind for all of them."""

    allocations: Iterable[OfCaseload]
    reviews: Iterable[ReviewDue]
    needs: Iterable[OpenNeed]
    events: Iterable[Event]
    accts: Iterable[Acct]
    topics: Iterable[TopicsRaised]


@dataclass(frozen=True, slots=True)
class CaseloadEntry:
    """One prisoner of a caseload: his clocks, how he was allocated, and the actions due.

    `review` is his next ACCT review; `topics` are to be raised, the longest open first; of `needs` the soonest due is
    first.
    """

    gap: Gap
    held: OfCaseload
    review: ReviewDue | None
    needs: tuple[OpenNeed, ...]
    topics: tuple[OpenTopic, ...]
    priority: Priority

    @property
    def contact(self) -> Contact:
        """Where he is, and who saw him last."""
        return self.gap.contact

    @property
    def met(self) -> bool:
        """Whether the officer has held a counted session with him since he was given him."""
        return self.gap.met is True

    @property
    def known_to_be_his(self) -> bool:
        """Whether the allocation is confirmed: acknowledged, or the prisoner was met, which implies it."""
        return self.held.acknowledged_on is not None or self.met


def caseload_of(
    contacts: Iterable[Contact],
    facts: CaseloadFacts,
    *,
    priorities: Mapping[int, Priority],
    as_of: date,
    settings: Settings,
) -> list[CaseloadEntry]:
    """Return an officer's prisoners in the order in which they should be seen.

    The order of work of every list; those who are out overnight last.
    `contacts` are his prisoners; what the facts say of others is left alone.
    """
    held = {one.person_id: one for one in facts.allocations}
    reviews, needs, events = by_prisoner(facts.reviews), by_prisoner(facts.needs), by_prisoner(facts.events)
    accts, topics = by_prisoner(facts.accts), by_prisoner(facts.topics)

    def his(gap: Gap) -> CaseloadEntry:
        key = gap.contact.person_id
        raised = open_topics(gap.contact, events.get(key, ()), accts.get(key, ()), topics.get(key, ()), as_of=as_of)
        return CaseloadEntry(
            gap=gap,
            held=_as_of(held[key], as_of),
            review=min(reviews.get(key, ()), key=lambda one: one.due_on, default=None),
            needs=tuple(needs.get(key, ())),
            topics=tuple(raised),
            priority=priorities.get(key, NO_PRIORITY),
        )

    def turn(one: CaseloadEntry) -> tuple[bool, WorkOrder]:
        return one.contact.away is not None, order_of_work(one.contact, one.priority, as_of=as_of)

    return sorted(map(his, find_gaps(contacts, as_of=as_of, settings=settings)), key=turn)


def _as_of(held: OfCaseload, as_of: date) -> OfCaseload:
    """Return an allocation as known at the end of the day: an acknowledgement made later does not count."""
    later = held.acknowledged_on is not None and held.acknowledged_on > as_of
    return held._replace(acknowledged_on=None) if later else held
