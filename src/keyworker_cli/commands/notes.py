"""Case notes: what each has and lacks, and some for a manager to read."""

from typing import Annotated

import typer

from keyworker_cli.actions.notes.read import record_reading, take_reading_back
from keyworker_cli.command_line.options import KEY_WORK, command, family, write
from keyworker_cli.commands.conversations.notes import take_finding
from keyworker_cli.context import Kw
from keyworker_cli.reports.notes.checks import Span, notes_report
from keyworker_cli.reports.notes.sample import sample_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.notes.reading import Reading
from keyworker_cli.rules.typed import read_text

app = family()
notes = family("Case notes: what each has and lacks, never a grade.")
app.add_typer(notes, name="notes", rich_help_panel=KEY_WORK)

Prisoner = Annotated[
    str | None, typer.Argument(metavar="[PRISONER]", help="Only notes on this prisoner: number or name.")
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="The first day (else 6 days before the last).")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The last day (today).")]

OnePrisoner = Annotated[str, typer.Argument(metavar="PRISONER", help="Whose note: prison number or name.")]
HeldOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the session (else the latest).")]
HeldBy = Annotated[str | None, typer.Option("--by", metavar="KEY_WORKER", help="Who held it, where a day has several.")]
Found = Annotated[
    str | None, typer.Option(metavar="TEXT|@FILE|-", help="What you found, in words: @FILE a file, - what is piped in.")
]
Action = Annotated[str | None, typer.Option(metavar="TEXT", help="What is to be done, and by whom.")]
ReadOn = Annotated[str | None, typer.Option(metavar="DATE", help="The day on which it was read (today).")]
Unread = Annotated[bool, typer.Option("--unread", help="Only those that nobody has read.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back what you recorded of it.")]
InMonth = Annotated[str | None, typer.Option("--month", metavar="MONTH", help="2026-04, last or this (last).")]


@notes.command("check")
@command
def notes_check(kw: Kw, view: View, prisoner: Prisoner = None, since: Since = None, until: Until = None) -> None:
    """What each note has and lacks, with the words that show it.

    Those of the last 7 days, unless others are named.

    N1 start, minutes and place; N2 recorded within 24 hours; N3 40 words (note.min_words); N4 two topics, each with a
    word of it; N5 no repeat of the last 10 notes on the prisoner, or of the officer; N6 the prisoner's own view; N7
    more than stock phrases; N8 an action with owner and date, or why none; N9 open actions updated; N10 open topics
    raised, or declined; N11 the next session within 7 days; N12 no other prisoner named. A query is for you to look at,
    not a failure.

    Example: kw notes check

    Example: kw notes check --key-worker BR02 --since 1/5/2026
    """
    person = kw.prisoner(prisoner) if prisoner else None
    kw.show(notes_report(kw.store, kw.request(view), _span(kw, since, until), now=kw.due_at, prisoner=person), view)


@notes.command("sample")
@command
def notes_sample(kw: Kw, view: View, month: InMonth = None, unread: Unread = False) -> None:
    """Five notes of each officer of a month to read.

    They are for a manager, and the same five whenever it is asked. What was found in each is kept by kw notes read.

    Example: kw notes sample --month 2026-04

    Example: kw notes sample --month 2026-04 --unread
    """
    kw.show(sample_report(kw.store, kw.request(view), kw.month(month, usual="last"), unread=unread), view)


@notes.command("read")
@write
def notes_read(
    kw: Kw,
    prisoner: OnePrisoner,
    on: HeldOn = None,
    by: HeldBy = None,
    found: Found = None,
    action: Action = None,
    read_on: ReadOn = None,
    undo: Undo = False,
) -> None:
    """Keep what you found in a note of the sample, in words.

    Without --found, on a terminal, it shows the note and asks. Read again it is corrected; nobody reads their own.

    Example: kw notes read P1009RJ --on 16/4/2026 --found "a date for the next step, and whose it is"

    Example: kw notes read P1009RJ --on 16/4/2026 --undo
    """
    person, officer, day = kw.prisoner(prisoner), kw.worker(by) if by else None, kw.day_or_none(on)
    if undo:
        kw.tell_outcome(take_reading_back(kw.store, kw.author, person, on=day, by=officer, read_by=kw.own_name))
        return
    words, to_do = take_finding(kw, found, person, on=day, by=officer), read_text(action, "the action")
    reading = Reading(words, to_do, kw.day(read_on), kw.own_name, kw.own_record)
    kw.tell_outcome(record_reading(kw.store, kw.author, person, reading, on=day, by=officer))


def _span(kw: Kw, since: str | None, until: str | None) -> Span:
    period = kw.period(since, until, usual=DAYS_PER_WEEK)
    return Span(period.first_on, period.last_on)
