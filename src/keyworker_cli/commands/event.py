"""What happens to the prisoners, and may raise their priority: recorded, ended, listed."""

from datetime import date, timedelta
from typing import Annotated

import typer

from keyworker_cli.actions.markers.events import add_event, end_event
from keyworker_cli.command_line.options import RECORDS, MaybePrisoner, Prisoner, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.markers.events import event_list
from keyworker_cli.reports.view import View
from keyworker_cli.rules.codes.signals import Confidence
from keyworker_cli.rules.dates.parse import parse_minute
from keyworker_cli.rules.markers.events import Occurrence, may_lie_ahead, read_event_code

app = family()
event = family("What happens to a prisoner or is known of them, and may raise their priority.")
app.add_typer(event, name="event", rich_help_panel=RECORDS)

Code = Annotated[str, typer.Argument(metavar="CODE", help="SEG, BASIC, DEBT and so on; its beginning is enough.")]
On = Annotated[str | None, typer.Option(metavar="DATE", help="The day it happened (today).")]
At = Annotated[
    str | None, typer.Option("--time", metavar="HH:MM", help="When it happened (of today: now, if not given).")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The first day on which it no longer holds.")]
Days = Annotated[int | None, typer.Option(metavar="N", min=1, max=3650, help="How many days it lasts, for --until.")]
Suspected = Annotated[bool, typer.Option("--suspected", help="Staff suspect it.")]
Confirmed = Annotated[bool, typer.Option("--confirmed", help="It is confirmed.")]
Detail = Annotated[str | None, typer.Option(metavar="TEXT", help="What happened, in a few words.")]
Source = Annotated[str | None, typer.Option(metavar="TEXT", help="Who says so: wing staff, healthcare, security.")]
EndOn = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="From which day on it no longer holds (today).")
]
Began = Annotated[str | None, typer.Option(metavar="DATE", help="Which one, where there are several of the code.")]
Everything = Annotated[bool, typer.Option("--all", help="Those that are over as well.")]


@event.command()
@write
def add(
    kw: Kw,
    prisoner: Prisoner,
    code: Code,
    on: On = None,
    at: At = None,
    until: Until = None,
    days: Days = None,
    suspected: Suspected = False,
    confirmed: Confirmed = False,
    detail: Detail = None,
    source: Source = None,
) -> None:
    """Record an event, and see who could see the prisoner today.

    It answers with the days without key work, the key worker and that officer's next slot, and who else has a slot
    that day: those who know the prisoner first.

    Example: kw event add A1001AA DEBT --suspected --detail "gives his canteen away" --dry-run

    Example: kw event add F1003KC SELF_HARM --on today --time 07:40 --dry-run
    """
    meant = read_event_code(code)
    day, ends_on = _days(kw, on, until, days, ahead=may_lie_ahead(meant))
    minute = None if at is None else parse_minute(at)
    confidence = _confidence(suspected=suspected, confirmed=confirmed)
    what = Occurrence(meant, day, minute, ends_on, confidence, detail, source)
    kw.tell_outcome(add_event(kw.store, kw.author, kw.prisoner(prisoner), what))


@event.command()
@write
def end(kw: Kw, prisoner: Prisoner, code: Code, on: EndOn = None, began: Began = None) -> None:
    """End an event: from a day on it no longer holds.

    What was recorded stays readable. Segregation and cellular confinement go on counting for 3 days.

    Example: kw event end F1003KC BASIC

    Example: kw event end T1013VN DEBT --on yesterday
    """
    meant, day, began_on = read_event_code(code), kw.day(on, ahead=True), kw.day_or_none(began)
    kw.tell_outcome(end_event(kw.store, kw.author, kw.prisoner(prisoner), meant, on=day, began_on=began_on))


@event.command("list")
@command
def listed(kw: Kw, view: View, prisoner: MaybePrisoner = None, everything: Everything = False) -> None:
    """What is in force for the prisoners here, priority 1 first; or all that is recorded of one prisoner.

    Example: kw event list --wing B

    Example: kw event list A1001AA
    """
    person = kw.prisoner(prisoner) if prisoner else None
    kw.show(event_list(kw.store, kw.request(view), person, everything=everything), view)


def _days(kw: Kw, on: str | None, until: str | None, days: int | None, *, ahead: bool) -> tuple[date, date | None]:
    """Return the day of an event, and the first on which it no longer holds, where that is said."""
    if until and days:
        raise UsageError("--until and --days both say when it ends.", "leave one of them out.")
    day = kw.day(on, ahead=ahead)
    return day, day + timedelta(days=days) if days else kw.day_or_none(until, ahead=True)


def _confidence(*, suspected: bool, confirmed: bool) -> Confidence | None:
    if suspected and confirmed:
        raise UsageError("it cannot be both suspected and confirmed.", "leave --suspected or --confirmed out.")
    return Confidence.SUSPECTED if suspected else Confidence.CONFIRMED if confirmed else None
