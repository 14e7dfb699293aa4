"""The men to be seen today though their gap is short: something has happened since they were seen (help: see-today)."""

from collections.abc import Iterable, Mapping, Sequence

from keyworker_cli.reports.markers.priorities import say_markers
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.reports.words import person, say_key_worker, say_last_seen
from keyworker_cli.rules.contact.overdue import Listed
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.priority import Priority

SAID = ("prison_number", "name", "location", "wing", "last_session_on", "tier")
"""What a summary says of each of them: no reasons, which files leave out."""


def others_to_see_today(
    inside: Iterable[Contact], priorities: Mapping[int, Priority], *, besides: Iterable[Listed]
) -> list[Row]:
    """Return the men to be seen today besides those on a list, the one longest unseen first; not those who are away.

    Their gap has not reached the limit, so they are in no total of that list.
    """
    listed = {one.gap.contact.person_id for one in besides}
    men = [man for man in inside if priorities[man.person_id].see_today and man.person_id not in listed]
    here = sorted((man for man in men if not man.away), key=lambda man: (man.clock_from, man.prison_number))
    return [_row(man, priorities[man.person_id]) for man in here]


def said_of(others: Sequence[Row]) -> list[dict[str, Value]]:
    """Return what a summary says of these men, for scripts."""
    return [{key: row[key] for key in SAID} for row in others]


def seen_within_the_limit(others: Sequence[Row]) -> list[Section]:
    """Return the part of a report that shows them beside its answer; none where there is nobody."""
    part = Section(
        name="see_today_too",
        title="See today as well: seen or arrived within the limit, and not since a marker began",
        columns=COLUMNS,
        rows=tuple(others),
        beside=True,
    )
    return [part] if others else []


def _row(man: Contact, priority: Priority) -> Row:
    return {
        "name": man.name,
        "prison_number": man.prison_number,
        "location": man.location,
        "wing": man.wing,
        "key_worker": person(man.staff_id, man.worker_name),
        "last_session_on": man.last_session_on,
        "tier": priority.tier,
        "marker_words": say_markers(priority),
    }


COLUMNS = (
    Column("name", "Name", style=lambda row: "emphasis"),
    Column("prison_number", "Number"),
    Column("location", "Location", priority=1),
    Column("key_worker.name", "Key worker", show=say_key_worker),
    Column("last_session_on", "Last seen", show=say_last_seen, priority=2),
    Column("marker_words", "Markers", wrap=True, reason=True),
)
