"""Records: prisoners and key workers."""

from typing import Annotated

import typer

from keyworker_cli.actions.rota.key_workers import NewWorker, Spell, add_worker, set_capacity, set_status
from keyworker_cli.actions.stays.arrivals import Arrival, admit
from keyworker_cli.commands.options import DryRun, command, family
from keyworker_cli.commands.prisoner import movements
from keyworker_cli.context import Kw
from keyworker_cli.lookup import find_worker, prison_number
from keyworker_cli.reports.rota.key_workers import worker_list, worker_sheet
from keyworker_cli.reports.stays.prisoners import prisoner_list
from keyworker_cli.reports.view import View
from keyworker_cli.rules.codes.records import ArrivalType
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.rota.staff_status import parse_status
from keyworker_cli.rules.typed import (
    check_capacity,
    check_location,
    check_name,
    check_staff_id,
    check_wing,
    parse_code,
)

RECORDS = "Records"
app = family()
prisoner = family()
worker = family()
prisoner.add_typer(movements)
app.add_typer(
    prisoner, name="prisoner", rich_help_panel=RECORDS, help="The men: who came, moved and left, and who is here."
)
app.add_typer(worker, name="worker", rich_help_panel=RECORDS, help="The key workers: places, and who is there.")

LastName = Annotated[str, typer.Option(metavar="NAME", help="Last name.")]
FirstName = Annotated[str, typer.Option(metavar="NAME", help="First name.")]
Number = Annotated[str, typer.Argument(metavar="PRISON_NUMBER", help="A letter, 4 digits, 2 letters: A1234BC.")]
Arrived = Annotated[str, typer.Option(metavar="DATE", help="The day he came: 2026-05-12, 12/05/2026, yesterday.")]
Born = Annotated[str | None, typer.Option(metavar="DATE", help="Date of birth.")]
Location = Annotated[str | None, typer.Option(metavar="LOCATION", help="His cell, B-2-014, or SEG, HCC, RECP, COURT.")]
ArrivedAs = Annotated[
    str | None,
    typer.Option(
        metavar="ARRIVAL_TYPE", help="RECEPTION, TRANSFER_IN, RECALL or RETURN (if he was here before: RETURN)."
    ),
]
Everyone = Annotated[bool, typer.Option("--all", help="Those who have left as well.")]
StaffId = Annotated[str, typer.Argument(metavar="STAFF_ID", help="Letters, digits, _ and -: SHAH.")]
Worker = Annotated[str, typer.Argument(metavar="KEY_WORKER", help="Staff id or name.")]
Login = Annotated[str | None, typer.Option(metavar="NAME", help="The login under which he records his sessions.")]
OwnWing = Annotated[str | None, typer.Option("--wing", metavar="WING", help="The wing he works on.")]
Capacity = Annotated[
    str | None, typer.Option(metavar="N", help="How many men he has places for (capacity.default: 6).")
]
Places = Annotated[str, typer.Argument(metavar="N", help="How many men he has places for, 0 to 99.")]
Status = Annotated[str, typer.Argument(metavar="STATUS", help="active, leave, sick, no-contact or inactive.")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day of it (today).")]
Return = Annotated[str | None, typer.Option("--return", metavar="DATE", help="The first day back; leave needs it.")]


@prisoner.command("add")
@command
def prisoner_add(
    kw: Kw,
    number: Number,
    last_name: LastName,
    first_name: FirstName,
    arrived: Arrived,
    born: Born = None,
    location: Location = None,
    arrival_type: ArrivedAs = None,
    dry_run: DryRun = False,
) -> None:
    """Record a man who has come.

    A man who was here before begins a new stay: his gap runs from this arrival, and his former key worker is named.

    Example: kw prisoner add A9876ZX --last-name Example --first-name Sam --arrived yesterday --location B-2-014
    """
    arrival = Arrival(
        prison_number(number),
        check_name(last_name, what="last name"),
        check_name(first_name, what="first name"),
        parse_date(arrived, today=kw.as_of),
        parse_date(born, today=kw.as_of) if born else None,
        check_location(location) if location else None,
        parse_code(arrival_type, ArrivalType, what="an arrival type") if arrival_type else None,
    )
    today, settings = london_date(kw.now), kw.settings
    said = admit(kw.store, kw.author, arrival, today=today, as_of=kw.as_of, settings=settings, keep=not dry_run)
    kw.tell_done(said, dry_run=dry_run)


@prisoner.command("list")
@command
def prisoner_listed(kw: Kw, view: View, everyone: Everyone = False) -> None:
    """Who is here: where, with whom, and when each was last seen.

    Example: kw prisoner list --wing B
    """
    kw.show(prisoner_list(kw.store, kw.request(view), everyone=everyone), view)


@worker.command("add")
@command
def worker_add(
    kw: Kw,
    staff_id: StaffId,
    last_name: LastName,
    first_name: FirstName,
    login: Login = None,
    wing: OwnWing = None,
    capacity: Capacity = None,
    dry_run: DryRun = False,
) -> None:
    """Record an officer as a key worker.

    Example: kw worker add NEWMAN --last-name Newman --first-name Alex --wing B --capacity 6
    """
    new = NewWorker(
        check_staff_id(staff_id),
        check_name(last_name, what="last name"),
        check_name(first_name, what="first name"),
        check_name(login, what="login") if login is not None else None,
        check_wing(wing) if wing else None,
        check_capacity(capacity) if capacity is not None else None,
    )
    kw.tell_done(add_worker(kw.store, kw.author, new, settings=kw.settings, keep=not dry_run), dry_run=dry_run)


@worker.command("list")
@command
def worker_listed(kw: Kw, view: View) -> None:
    """The key workers: men and places, who is there, and the next time each has on the rota.

    Example: kw worker list
    """
    kw.show(worker_list(kw.store, kw.request(view)), view)


@worker.command("show")
@command
def worker_show(kw: Kw, view: View, who: Worker) -> None:
    """One key worker: his status, and his men with the longest gap first.

    Example: kw worker show PQ01
    """
    kw.show(worker_sheet(kw.store, kw.request(view), find_worker(kw.store.queries, who)), view)


@worker.command("capacity")
@command
def worker_capacity(kw: Kw, who: Worker, places: Places, dry_run: DryRun = False) -> None:
    """How many men kw allocate may give a key worker by itself.

    Example: kw worker capacity PQ01 8
    """
    number = check_capacity(places)
    said = set_capacity(kw.store, kw.author, who, number, as_of=kw.as_of, settings=kw.settings, keep=not dry_run)
    kw.tell_done(said, dry_run=dry_run)


@worker.command("status")
@command
def worker_status(
    kw: Kw, who: Worker, status: Status, begins: From = None, back: Return = None, dry_run: DryRun = False
) -> None:
    """Whether a key worker is there: from a day on, and until he is back.

    His men stay his: they are listed as without cover, with the command that reallocates them.

    Example: kw worker status PQ01 leave --from tomorrow --return +15d
    """
    begun = parse_date(begins, today=kw.as_of, ahead=True) if begins else None
    back_on = parse_date(back, today=kw.as_of, ahead=True) if back else None
    spell = Spell(parse_status(status), begun, back_on)
    said = set_status(kw.store, kw.author, who, spell, as_of=kw.as_of, settings=kw.settings, keep=not dry_run)
    kw.tell_done(said, dry_run=dry_run)
