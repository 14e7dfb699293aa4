"""`kw` alone, on a terminal: today's headline in a few lines, and what to type next."""

from collections.abc import Iterator
from itertools import islice

from keyworker_cli.context import Kw
from keyworker_cli.errors import DatabaseError
from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.dates.say import say_date

NEXT = (
    "kw overdue: who has had no key work   kw briefing: the morning page",
    "kw log-session: after a session       kw why NAME: one prisoner's day",
    "every command, and what its words mean: kw help",
)
HEADLINE = 2


def show_front_page(kw: Kw) -> None:
    """Give six lines: the prison and the day, who has had no key work and is to be seen, and what to type next."""
    kw.tell(*_headline(kw), *NEXT)


def _headline(kw: Kw) -> Iterator[str]:
    try:
        report = gap_report(kw.store, kw.request(View()))
    except DatabaseError as error:
        yield error.message
        yield f"hint: {error.hint}"
        return
    (section,) = report.sections
    yield f"{report.prison.get('name', 'kw')}, {say_date(report.as_of)}"
    yield from (_short(line) for line in islice(section.lead or (section.empty,), HEADLINE))


def _short(line: str) -> str:
    """Return the first sentence of a line, without what stands in brackets."""
    return f"{line.partition(' (')[0].partition('. ')[0].removesuffix('.')}."
