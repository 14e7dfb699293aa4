"""`kw init`: make an empty database."""

from typing import Annotated

import typer

from keyworker_cli.actions.database.encryption import Said, make_encrypted
from keyworker_cli.commands.options import DATA, command, family
from keyworker_cli.context import Kw

app = family()

Encrypted = Annotated[bool, typer.Option("--encrypt", help="Encrypt it, with a key of its own.")]


@app.command(rich_help_panel=DATA)
@command
def init(kw: Kw, encrypted: Encrypted = False) -> None:
    """Make an empty database, readable by you only.

    It is made where --db or KW_DB says, else in your data directory. One that is there is left as it is. With --encrypt
    it is useless to a thief: its key is kept in the file that KW_KEY_FILE names, made if there is none, else in the
    system's keyring.

    Example: kw init
    """
    if encrypted:
        _tell_encryption(kw, make_encrypted(kw.store))
        return
    made = kw.store.create()
    kw.tell(f"made {kw.db}" if made else f"{kw.db} is there already; it was left as it is")


def _tell_encryption(kw: Kw, said: Said, *, dry_run: bool = False) -> None:
    kw.tell(said.sentence)
    kw.say(*said.remarks)
    if dry_run:
        kw.say("nothing saved: this was --dry-run")
