"""A key worker's own prisoners to choose from, numbered in the order of work (help: order-of-work)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a key worker's prisoners, and what raises his priority."""

    prisoner: Contact
    priority: Priority


def own_prisoners(store: "Store", request: ReportRequest, worker: Worker) -> list[Choice]:
    """Return a key worker's prisoners in the order of work, those who are away overnight last."""
    queries, as_of, settings = store.queries, request.as_of, request.settings
    contacts = queries.contacts(as_of=as_of, settings=settings)
    theirs, _ = by_scope(
        [prisoner for prisoner in contacts if prisoner.key_worker_id == worker.key_worker_id], as_of=as_of
    )
    known = queries.known_of_them(as_of=as_of, settings=settings)
    priorities = find_priorities(theirs, known, as_of=as_of, settings=settings)

    def turn(one: Choice) -> tuple[bool, WorkOrder]:
        return one.prisoner.away is not None, order_of_work(one.prisoner, one.priority, as_of=as_of)

    return sorted((Choice(prisoner, priorities[prisoner.person_id]) for prisoner in theirs), key=turn)


def say_choices(choices: Sequence[Choice], request: ReportRequest, *, width: int) -> Iterator[str]:
    """Say them a line each, none wider than `width`: number, name, prison number, where he is, how long, why today."""
    columns = (
        [f"{number}" for number, _ in enumerate(choices, start=1)],
        [one.prisoner.name for one in choices],
        [one.prisoner.prison_number for one in choices],
        [one.prisoner.location or "no location" for one in choices],
        [say_count(days_between(one.prisoner.clock_from, request.as_of), "day") for one in choices],
    )
    widths = [max(map(len, column), default=0) for column in columns]
    for one, (number, *texts, days) in zip(choices, zip(*columns, strict=True), strict=True):
        cells = [text.ljust(wide) for text, wide in zip(texts, widths[1:], strict=False)]
        line = "  ".join(["", number.rjust(widths[0]), *cells, days.rjust(widths[-1])])
        why = "; ".join(_why(one))
        yield f"{line}  {_cut(why, width - len(line) - 2)}" if why else line


def _cut(why: str, room: int) -> str:
    """Return as much of a list as there is room for, none of it in half."""
    cut = shorten(why, room, placeholder=" …")
    return f"{cut.rsplit(', ', 1)[0]}, …" if cut != why and ", " in cut else cut


def _why(one: Choice) -> Iterator[str]:
    prisoner = one.prisoner
    if prisoner.away:
        yield f"out: {AWAY_WORDS[AbsenceReason(prisoner.away)]}"
    elif one.priority.see_today:
        yield f"today: {say_markers(one.priority)}"
    if prisoner.never_seen and not prisoner.records_begin_on:
        yield "no key work yet"
