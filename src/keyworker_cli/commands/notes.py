"""Case notes: what each has and lacks, and some for a manager to read."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from keyworker_cli.commands.options import KEY_WORK, command, family
from keyworker_cli.context import Kw
from keyworker_cli.lookup import find_prisoner
from keyworker_cli.reports.notes.checks import Span, notes_report, sample_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, end_of_day
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.dates.periods import check_in_order
from keyworker_cli.rules.notes.sample import parse_month

app = family()
notes = family("Case notes: what each has and lacks, never a grade.")
app.add_typer(notes, name="notes", rich_help_panel=KEY_WORK)

Prisoner = Annotated[
    str | None, typer.Argument(metavar="[PRISONER]", help="Only notes on this prisoner: number or name.")
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="The first day (else six days before the last).")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The last day (today).")]
InMonth = Annotated[str | None, typer.Option("--month", metavar="MONTH", help="2026-04, last or this (last).")]


@notes.command("check")
@command
def notes_check(kw: Kw, view: View, prisoner: Prisoner = None, since: Since = None, until: Until = None) -> None:
    """What each note has and lacks, with the words that show it.

    Those of the last 7 days, unless others are named.

    N1 start, minutes and place; N2 recorded within 24 hours; N3 40 words (note.min_words); N4 two topics, each with a
    word of it; N5 no repeat of his or the officer's last 10 notes; N6 his own view; N7 more than stock phrases; N8 an
    action with owner and date, or why none; N9 open needs updated; N10 open topics raised, or declined; N11 the next
    session within 7 days; N12 no other prisoner named. A query is for you to look at, not a failure.

    Example: kw notes check --key-worker BR02
    """
    man = find_prisoner(kw.store.queries, prisoner) if prisoner else None
    kw.show(notes_report(kw.store, kw.request(view), _span(kw, since, until), now=_moment(kw), man=man), view)


@notes.command("sample")
@command
def notes_sample(kw: Kw, view: View, month: InMonth = None) -> None:
    """Five notes of each officer of a month to read.

    They are for a manager, and the same five whenever it is asked.

    Example: kw notes sample --month 2026-04
    """
    kw.show(sample_report(kw.store, kw.request(view), parse_month(month, today=kw.as_of)), view)


def _span(kw: Kw, since: str | None, until: str | None) -> Span:
    last = parse_date(until, today=kw.as_of) if until else kw.as_of
    first = parse_date(since, today=kw.as_of) if since else last - timedelta(days=DAYS_PER_WEEK - 1)
    check_in_order(first, last)
    return Span(first, min(last, kw.as_of))


def _moment(kw: Kw) -> datetime:
    """Return the moment as of which a note is due or overdue: now, or the end of an earlier day asked about."""
    return min(kw.now, end_of_day(kw.as_of))
