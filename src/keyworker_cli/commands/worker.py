"""`kw worker`: the key workers, their capacity, and who is there."""

from typing import Annotated

import typer

from keyworker_cli.actions.rota.key_workers import NewSpell, NewWorker, add_worker, set_capacity, set_status
from keyworker_cli.command_line.options import RECORDS, Plain, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.reports.rota.key_workers import worker_list, worker_sheet
from keyworker_cli.rules.rota.staff_status import parse_status
from keyworker_cli.rules.typed import (
    check_capacity,
    check_name,
    check_staff_id,
    check_wing,
)

app = family()
worker = family()
app.add_typer(
    worker,
    name="worker",
    rich_help_panel=RECORDS,
    help="The key workers: how many are allocated to each, and who is there.",
)

LastName = Annotated[str, typer.Option(metavar="NAME", help="Last name.")]
FirstName = Annotated[str, typer.Option(metavar="NAME", help="First name.")]
StaffId = Annotated[str, typer.Argument(metavar="STAFF_ID", help="Letters, digits, _ and -: SHAH.")]
Worker = Annotated[str, typer.Argument(metavar="KEY_WORKER", help="Staff id or name.")]
Login = Annotated[str | None, typer.Option(metavar="NAME", help="The login under which they record their sessions.")]
OwnWing = Annotated[str | None, typer.Option("--wing", metavar="WING", help="The wing they work on.")]
Capacity = Annotated[
    str | None, typer.Option(metavar="N", help="Their capacity: how many prisoners (capacity.default: 6).")
]
Places = Annotated[str, typer.Argument(metavar="N", help="How many prisoners, 0 to 99.")]
Status = Annotated[str, typer.Argument(metavar="STATUS", help="active, leave, sick, no-contact or inactive.")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day of it (today).")]
Return = Annotated[str | None, typer.Option("--return", metavar="DATE", help="The first day back; leave needs it.")]


@worker.command("add")
@write
def worker_add(
    kw: Kw,
    staff_id: StaffId,
    last_name: LastName,
    first_name: FirstName,
    login: Login = None,
    wing: OwnWing = None,
    capacity: Capacity = None,
) -> None:
    """Record an officer as a key worker.

    Example: kw worker add NEWMAN --last-name Newman --first-name Alex --wing B

    Example: kw worker add HART --last-name Hart --first-name Jo --login jo.hart --capacity 4
    """
    new = NewWorker(
        check_staff_id(staff_id),
        check_name(last_name, what="last name"),
        check_name(first_name, what="first name"),
        check_name(login, what="login") if login is not None else None,
        check_wing(wing, own=kw.settings.prison_code) if wing else None,
        check_capacity(capacity) if capacity is not None else None,
    )
    kw.tell_outcome(add_worker(kw.store, kw.author, new))


@worker.command("list")
@command
def worker_listed(kw: Kw, view: Plain) -> None:
    """The key workers: prisoners and capacity, who is there, and the next time each has on the rota.

    Example: kw worker list

    Example: kw worker list --wing B
    """
    kw.show(worker_list(kw.store, kw.request(view)), view)


@worker.command("show")
@command
def worker_show(kw: Kw, view: Plain, who: Worker) -> None:
    """One key worker: their status, and their prisoners with the longest gap first.

    Example: kw worker show PQ01

    Example: kw worker show shah --format json
    """
    kw.show(worker_sheet(kw.store, kw.request(view), kw.worker(who)), view)


@worker.command("capacity")
@write
def worker_capacity(kw: Kw, who: Worker, places: Places) -> None:
    """How many prisoners kw allocate may give a key worker by itself.

    Example: kw worker capacity PQ01 8

    Example: kw worker capacity PQ01 BR02 6 --dry-run
    """
    kw.tell_outcome(set_capacity(kw.store, kw.author, kw.worker(who), check_capacity(places)))


@worker.command("status")
@write
def worker_status(kw: Kw, who: Worker, status: Status, begins: From = None, back: Return = None) -> None:
    """Whether a key worker is there: from a day on, and until they are back.

    Their prisoners stay theirs: they are listed under no cover, with the command that reallocates them.

    Example: kw worker status PQ01 leave --from tomorrow --return +15d

    Example: kw worker status BR02 sick
    """
    begun, back_on = kw.day_or_none(begins, ahead=True), kw.day_or_none(back, ahead=True)
    kw.tell_outcome(set_status(kw.store, kw.author, kw.worker(who), NewSpell(parse_status(status), begun, back_on)))
