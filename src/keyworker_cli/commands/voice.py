"""The prisoner's own answer: who is asked, what each answered, and how far that agrees with the record."""

from typing import Annotated

import typer

from keyworker_cli.actions.oversight.voice import record_answer, take_answer_back
from keyworker_cli.command_line.options import RECORDS, Facts, Plain, Prisoner, command, family, write
from keyworker_cli.commands.conversations.voice import read_answers, read_asker
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.voice import voice_report, voice_sample_report

app = family()
voice = family("The prisoner's own answer: a sample of each wing, asked by somebody else than their key worker.")
app.add_typer(voice, name="voice", rich_help_panel=RECORDS)

USUAL_MONTHS = 6

InMonth = Annotated[str | None, typer.Option("--month", metavar="MONTH", help="2026-04, last or this (this).")]
ToAsk = Annotated[bool, typer.Option("--to-ask", help="Only those still to be asked.")]
Months = Annotated[int, typer.Option(metavar="N", min=1, max=60, help="How many months, the last one included.")]
Named = Annotated[
    str | None,
    typer.Option("--key-worker", metavar="WHO", help="Whom they name: staff id or name; other, none or not-known."),
]
LastTalk = Annotated[str | None, typer.Option(metavar="WHEN", help="When they last talked: a day, never, not-known.")]
Freely = Annotated[str | None, typer.Option(metavar="YES|NO", help="Whether they could speak freely.")]
Declined = Annotated[bool, typer.Option("--declined", help="They were asked, and did not want to answer.")]
AskedBy = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who asked (you): staff id or any name.")]
AskedOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day on which they were asked (today).")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back what was recorded for that month.")]


@voice.command("sample")
@command
def voice_sample(kw: Kw, view: Plain, month: InMonth = None, to_ask: ToAsk = False) -> None:
    """Who is to be asked this month, and who has been.

    So many of each wing (voice.per_wing), drawn on the first day of the month: the same whoever asks, and nobody picks.

    Example: kw voice sample

    Example: kw voice sample --to-ask --wing B
    """
    asked = kw.month(month, usual="this")
    kw.show(voice_sample_report(kw.store, kw.request(view), asked, to_ask=to_ask), view)


@voice.command("record")
@write
def voice_record(
    kw: Kw,
    prisoner: Prisoner,
    key_worker: Named = None,
    last_talk: LastTalk = None,
    freely: Freely = None,
    declined: Declined = False,
    by: AskedBy = None,
    on: AskedOn = None,
    undo: Undo = False,
) -> None:
    """Keep what a prisoner of the sample answered.

    On a terminal it asks what is not given; Enter leaves an answer out. The same month again corrects what is said
    anew.

    Example: kw voice record F1003KC --key-worker "Officer P" --last-talk "2 weeks ago" --freely yes --by chaplain

    Example: kw voice record A1001AA --declined
    """
    person, day = kw.prisoner(prisoner), kw.day(on)
    if undo:
        kw.tell_outcome(take_answer_back(kw.store, kw.author, person, on=day))
        return
    answers = read_answers(kw, key_worker, last_talk, freely, declined=declined, on=day)
    asked_by, asker = read_asker(kw, by)
    kw.tell_outcome(record_answer(kw.store, kw.author, person, answers, on=day, asked_by=asked_by, asker=asker))


@voice.command("show")
@command
def voice_show(kw: Kw, view: Facts, month: InMonth = None, months: Months = USUAL_MONTHS) -> None:
    """How far answers and record agree, by wing and prison.

    Of the last six months, or of others. A difference is a question to look into, not a finding; never by officer.

    Example: kw voice show

    Example: kw voice show --months 3 --format csv
    """
    last = kw.month(month, usual="this")
    kw.show(voice_report(kw.store, kw.request(view), last.until(months)), view)
