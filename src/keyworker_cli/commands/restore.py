"""`kw restore`: a backup taken back, once it is found whole."""

from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.database.backup import take_backup
from keyworker_cli.command_line.options import DATA, Yes, family, write
from keyworker_cli.context import Kw

app = family()

Backup = Annotated[Path, typer.Argument(metavar="FILE", help="A backup that kw backup made.")]


@app.command(rich_help_panel=DATA)
@write
def restore(kw: Kw, file: Backup, yes: Yes = False) -> None:
    """Take a backup back, once it is found whole; the database there was is kept beside it.

    It is said first how much was written since the backup was made: none of it is in the backup. The database is made
    if there is none. To undo it, restore the file that was kept.

    Example: kw restore fellgate.backup --dry-run

    Example: kw restore fellgate.backup --yes
    """
    author = kw.author
    with take_backup(kw.store, file) as ready:
        kw.tell_agreed(lambda agreed: ready.put_back(author, agreed=agreed), yes=yes)
