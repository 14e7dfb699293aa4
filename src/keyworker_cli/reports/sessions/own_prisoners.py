"""A key worker's own prisoners to choose from, numbered in the order of work (help: order-of-work)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.markers.priorities import say_markers
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.markers.order_of_work import WorkOrder, order_of_work
from keyworker_cli.rules.markers.priority import Priority, find_priorities
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

LEAST_REASON: Final = 12
"""Fewer places than this say no reason: it would be cut to nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a key worker's prisoners, and what raises his priority."""

    man: Contact
    priority: Priority


def own_prisoners(store: "Store", request: ReportRequest, worker: Worker) -> list[Choice]:
    """Return a key worker's prisoners in the order of work, those who are away overnight last."""
    queries, as_of, settings = store.queries, request.as_of, request.settings
    contacts = queries.contacts(as_of=as_of, settings=settings)
    theirs, _ = by_scope([man for man in contacts if man.key_worker_id == worker.key_worker_id], as_of=as_of)
    known = queries.known_of_them(as_of=as_of, settings=settings)
    priorities = find_priorities(theirs, known, as_of=as_of, settings=settings)

    def turn(one: Choice) -> tuple[bool, WorkOrder]:
        return one.man.away is not None, order_of_work(one.man, one.priority, as_of=as_of)

    return sorted((Choice(man, priorities[man.person_id]) for man in theirs), key=turn)


def say_choices(choices: Sequence[Choice], request: ReportRequest, *, width: int) -> Iterator[str]:
    """Say them a line each, none wider than `width`: number, name, prison number, where he is, how long, why today."""
    days = [_since(one.man, request) for one in choices]
    columns = [
        [f"{number}" for number, _ in enumerate(choices, start=1)],
        [one.man.name for one in choices],
        [one.man.prison_number for one in choices],
        [one.man.location or "no location" for one in choices],
        days,
    ]
    widths = [max(map(len, column), default=0) for column in columns]
    for one, *cells in zip(choices, *columns, strict=True):
        number, *rest = (cell.ljust(wide) for cell, wide in zip(cells, widths, strict=True))
        line = "  ".join([f"  {number.strip():>{widths[0]}}", *rest]).rstrip()
        room = width - len(line) - len("  ")
        why = _why(one) if room >= LEAST_REASON else ""
        yield f"{line}  {shorten(why, room, placeholder=' …')}" if why else line


def _since(man: Contact, request: ReportRequest) -> str:
    days = say_count(days_between(man.clock_from, request.as_of), "day")
    return f"{days}, no key work yet" if man.never_seen and not man.records_begin_on else days


def _why(one: Choice) -> str:
    if one.man.away:
        return f"out: {AWAY_WORDS[AbsenceReason(one.man.away)]}"
    return f"today: {say_markers(one.priority)}" if one.priority.see_today else ""
