"""`kw init`: make an empty database."""

from typing import Annotated

import typer

from keyworker_cli.actions.database.encryption import make
from keyworker_cli.commands.options import DATA, family, write
from keyworker_cli.context import Kw

app = family()

Encrypted = Annotated[bool, typer.Option("--encrypt", help="Encrypt it, with a key of its own.")]


@app.command(rich_help_panel=DATA)
@write
def init(kw: Kw, encrypted: Encrypted = False) -> None:
    """Make an empty database, readable by you only.

    It is made where --db or KW_DB says, else in your data directory. One that is there is left as it is. With --encrypt
    it is useless to a thief: its key is kept in the file that KW_KEY_FILE names, made if there is none, else in the
    system's keyring.

    Example: kw init
    """
    kw.tell_outcome(make(kw.store, encrypted=encrypted, dry_run=kw.dry_run))
