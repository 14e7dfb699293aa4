"""The rota: time for key work, published, shown, worked or dropped."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.rota import slots as actions
from keyworker_cli.actions.rota.could_give import as_rota_file, read_slots
from keyworker_cli.command_line.options import RECORDS, Plain, Yes, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.render.output_file import write_whole
from keyworker_cli.reports.plan.least import LeastAsked, LeastFound, find_least, least_report
from keyworker_cli.reports.rota.week import rota_report
from keyworker_cli.rules.dates.weeks import parse_week
from keyworker_cli.rules.rota.pattern import plan_slots
from keyworker_cli.rules.rota.slots import parse_loss, parse_reason
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import check_named

app = family()
rota = family("Time for key work on the rota: published, shown, worked or dropped.")
app.add_typer(rota, name="rota", rich_help_panel=RECORDS)

Officer = Annotated[str, typer.Argument(metavar="KEY_WORKER", help="Staff id or name.")]
OneOfficer = Annotated[str | None, typer.Argument(metavar="[KEY_WORKER]", help="Staff id or name.")]
OnAhead = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; of a pattern, the first.")]
OnBack = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day (today).")]
From = Annotated[
    str | None, typer.Option("--from", metavar="HH:MM", help="When it begins; alone, a file that kw rota least saved.")
]
To = Annotated[str | None, typer.Option("--to", metavar="HH:MM", help="When it ends, on the same day.")]
Weekly = Annotated[str | None, typer.Option(metavar="PATTERN", help='Every week: "tue 09:00-11:15, fri 14:00-16:15".')]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The last day of the pattern.")]
RotaFile = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help="A rota.csv, or a sheet rota of an .xlsx; - is stdin.",
    ),
]
At = Annotated[str | None, typer.Option(metavar="HH:MM", help="Which slot, where there are several that day.")]
AllOfDay = Annotated[bool, typer.Option("--all", help="Every slot of the day that nobody has confirmed.")]
Reason = Annotated[
    str, typer.Option(metavar="LOSS_REASON", help="STAFFING, ESCORT, INCIDENT, TRAINING, LEAVE, SICK or OTHER.")
]
Became = Annotated[str, typer.Option(metavar="LOSS", help="REDEPLOYED, CANCELLED or ABSENT.")]
InWeek = Annotated[
    str | None, typer.Option(metavar="WEEK", help="2026-W20, this, last, next, or a day in it (this week).")
]
WeekToCome = Annotated[
    str | None, typer.Option("--week", metavar="WEEK", help="2026-W21, this, next, or a day in it (next week).")
]
Within = Annotated[int | None, typer.Option("--days", metavar="N", min=1, max=3650, help="The limit (gap.days).")]
CouldGive = Annotated[
    Path | None,
    typer.Option("--slots", metavar="FILE", help="What officers could give, as a rota.csv, for their usual times."),
]
Fair = Annotated[bool, typer.Option("--fair", help="Beside it, where there is not enough, the longest wait first.")]
SaveAs = Annotated[
    Path | None, typer.Option("--save", metavar="FILE", help="Write the slots to a file; nothing is published.")
]
Most = Annotated[int | None, typer.Option(metavar="N", min=0, help="No more slots than that can be published.")]


@rota.command()
@write
def publish(
    kw: Kw,
    officer: OneOfficer = None,
    on: OnAhead = None,
    start: From = None,
    end: To = None,
    weekly: Weekly = None,
    until: Until = None,
    file: RotaFile = None,
) -> None:
    """Put a slot, a weekly pattern or a file on the rota.

    A slot lasts 15 minutes or more and may not overlap another. All slots of a pattern or file are saved or none; a
    slot that is on the rota already is left as it is. A file is read as kw import reads a rota.csv.

    Example: kw rota publish OK04 --on tomorrow --from 09:00 --to 11:15

    Example: kw rota publish OK04 --weekly "tue 09:00-11:15" --until +4w
    """
    if start is not None and not any((officer, on, end, weekly, until, file)):
        file, start = Path(start), None
    if file is not None and not any((officer, on, start, end, weekly, until)):
        kw.tell_outcome(actions.publish_file(kw.store, kw.author, file, stdin=kw.stdin))
    elif officer is not None and file is None:
        planned = plan_slots(on=on, start=start, end=end, weekly=weekly, until=until, today=kw.as_of)
        kw.tell_outcome(actions.publish(kw.store, kw.author, kw.worker(officer), planned))
    else:
        raise UsageError(
            "name a key worker and the slots, or a file, and not both.",
            "kw rota publish KEY_WORKER --on DATE --from HH:MM --to HH:MM, or kw rota publish --file rota.csv.",
        )


@rota.command()
@command
def show(kw: Kw, view: Plain, week: InWeek = None) -> None:
    """A week of the rota as a grid, by wing.

    An officer a row, a day a column, and in it what became of each slot. Beside each officer stand their prisoners,
    the minutes on their rota and the minutes those prisoners need (45 each a week). One without any says NO TIME;
    where no slot is recorded for anyone of a wing it says so, because then nobody can tell. --format ics gives a
    calendar for each officer.

    Example: kw rota show

    Example: kw rota show --week next
    """
    if week:
        kw.check_recorded(parse_week(week, today=kw.as_of).sunday)
    kw.show(rota_report(kw.store, kw.request(view), week=week), view)


@rota.command()
@write
def worked(
    kw: Kw,
    officer: OneOfficer = None,
    on: OnBack = None,
    at: At = None,
    all_of_day: AllOfDay = False,
    yes: Yes = False,
) -> None:
    """Confirm that slots were worked: one, or all of a day.

    With --all it shows every slot of the day that nobody has confirmed, and asks.

    Example: kw rota worked --all --on 30/4/2026 --dry-run

    Example: kw rota worked SH03 --on 30/4/2026
    """
    day = kw.day(on)
    if all_of_day and officer is None and at is None:
        slots = actions.unconfirmed_slots(kw.store, kw.author, on=day)
        kw.tell_agreed(lambda agreed: actions.confirm_all(kw.store, kw.author, slots, on=day, agreed=agreed), yes=yes)
    elif officer is not None and not all_of_day:
        who = kw.worker(officer)
        kw.tell_agreed(lambda agreed: actions.confirm(kw.store, kw.author, who, on=day, at=at, agreed=agreed), yes=yes)
    else:
        raise UsageError("name one key worker, or --all for every slot of the day.", "kw rota worked --all --on DATE.")


@rota.command()
@write
def lose(
    kw: Kw,
    officer: Officer,
    reason: Reason,
    on: OnBack = None,
    at: At = None,
    status: Became = "REDEPLOYED",
    yes: Yes = False,
) -> None:
    """Record a slot as dropped, and see what that costs.

    It says how many prisoners have no key work for it, and who they would be: those of the officer's with the longest
    gaps.

    Example: kw rota lose OK04 --reason STAFFING --dry-run

    Example: kw rota lose OK04 --reason SICK --status ABSENT --dry-run
    """
    act = partial(
        actions.lose,
        kw.store,
        kw.author,
        kw.worker(officer),
        on=kw.day(on),
        at=at,
        status=parse_loss(status),
        reason=parse_reason(reason),
    )
    kw.tell_agreed(lambda agreed: act(agreed=agreed), yes=yes)


@rota.command()
@command
def least(
    kw: Kw,
    view: Plain,
    week: WeekToCome = None,
    days: Within = None,
    most: Most = None,
    slots: CouldGive = None,
    fair: Fair = False,
    save: SaveAs = None,
) -> None:
    """The fewest slots more with which nobody passes the limit.

    Whose, on which half days, of the times that officers usually have; most prisoners with their own key worker, then
    on their wing. It says whether fewer could do it, what each further slot buys, and who cannot be kept within the
    limit whatever is published, and why.

    Example: kw rota least

    Example: kw rota least --week next --days 14 --save slots.csv
    """
    could_give = None if slots is None else read_slots(kw.store.queries, slots, as_of=kw.as_of, stdin=kw.stdin)
    asked = LeastAsked(week, days, most, fair, could_give)
    if save is not None:
        check_named(save, "a rota.csv is a file", "kw rota least --save FILE")
    request = kw.request(view)
    found = find_least(kw.store, request, asked)
    written = None if save is None else _save(kw, save, found)
    kw.show(least_report(request, found), view)
    if written is not None:
        kw.say(written)


def _save(kw: Kw, file: Path, found: LeastFound) -> str:
    """Write the slots found to a file; return what is said of it."""
    write_whole(file, as_rota_file([time.slot for time in found.given], published_on=kw.as_of))
    return f"{say_count(len(found.given), 'slot')} written to {file}, none published: kw rota publish --file {file}"
