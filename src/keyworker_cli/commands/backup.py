"""`kw backup`: a copy of everything, read back to be sure."""

from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.database.backup import back_up
from keyworker_cli.command_line.options import DATA, family, write
from keyworker_cli.context import Kw

app = family()

NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup to make; another disk is best.")]


@app.command(rich_help_panel=DATA)
@write
def backup(kw: Kw, file: NewFile) -> None:
    """Make a backup of everything, and read it back to be sure.

    Others may work meanwhile. The backup is readable by you only, and stands whole or not at all; beside it is a
    manifest with its checksum and the head of the audit. An earlier backup of this database is replaced, any other
    file is not.

    Example: kw backup fellgate.backup

    Example: kw backup fellgate.backup --dry-run
    """
    kw.tell_outcome(back_up(kw.store, kw.author, file))
