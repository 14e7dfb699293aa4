"""Safety: a backup of everything, its return, and whether the database can be relied on."""

from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.database.backup import back_up, take_backup
from keyworker_cli.commands.options import DryRun, Yes, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.audit import stop_if_unsound
from keyworker_cli.reports.oversight.doctor import health_report, refuse_looking_back
from keyworker_cli.reports.view import View

DATA = "Data"
app = family()

NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup to make; another disk is best.")]
Backup = Annotated[Path, typer.Argument(metavar="FILE", help="A backup that kw backup made.")]


@app.command(rich_help_panel=DATA)
@command
def backup(kw: Kw, file: NewFile) -> None:
    """Make a backup of everything, and read it back to be sure.

    Others may work meanwhile. The backup is readable by you only, and stands whole or not at all; beside it is a
    manifest with its checksum and the head of the audit. An earlier backup of this database is replaced, any other
    file is not.

    Example: kw backup fellgate.backup
    """
    made = back_up(kw.store, kw.author, file)
    kw.tell(made.sentence)
    kw.say(*made.remarks)


@app.command(rich_help_panel=DATA)
@command
def restore(kw: Kw, file: Backup, dry_run: DryRun = False, yes: Yes = False) -> None:
    """Take a backup back, once it is found whole; the database there was is kept beside it.

    It is said first how much was written since the backup was made: none of it is in the backup. The database is made
    if there is none. To undo it, restore the file that was kept.

    Example: kw restore fellgate.backup --dry-run
    """
    author = kw.author
    with take_backup(kw.store, file) as ready:
        kw.tell(*ready.words)
        if dry_run:
            kw.say("nothing saved: this was --dry-run")
        elif not ready.replaces or kw.confirm("Restore it?", yes=yes):
            kw.tell(ready.put_back(author))


@app.command(rich_help_panel=DATA)
@command
def doctor(kw: Kw, view: View) -> None:
    """Whether the database can be relied on, and what mends what is not in order.

    The file: damage, links, schema, the audit, who else may reach it, its place, room on the disk, the last backup. The
    records: settings that work against each other, the end of the rota, sessions without a note, officers without a
    wing, stays that overlap, men without a place. An audit that does not verify ends with exit code 7.

    Example: kw doctor
    """
    request = kw.request(view)
    refuse_looking_back(request)
    check = kw.store.check_audit()
    kw.show(health_report(kw.store, request, check, now=kw.now), view)
    stop_if_unsound(check)
