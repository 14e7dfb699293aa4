"""`kw init`: make an empty database."""

from collections.abc import Callable
from typing import Annotated, Final

import typer

from keyworker_cli.actions.database.encryption import make
from keyworker_cli.actions.database.settings import change_setting
from keyworker_cli.command_line.options import DATA, family, write
from keyworker_cli.commands.conversations.asking import ask_until
from keyworker_cli.context import Kw
from keyworker_cli.rules.settings import check_setting

app = family()

QUESTIONS: Final = {
    "prison.code": "The prison's code, three letters [later]: ",
    "prison.name": "The prison's name, such as HMP Fellgate [later]: ",
}

Encrypted = Annotated[bool, typer.Option("--encrypt", help="Encrypt it, with a key of its own.")]


@app.command(rich_help_panel=DATA)
@write
def init(kw: Kw, encrypted: Encrypted = False) -> None:
    """Make an empty database, readable by you only.

    It is made where --db or KW_DB says, else in your data directory. One that is there is left as it is. With --encrypt
    nobody reads it without its key, which is kept in the file that KW_KEY_FILE names, made if there is none, or else in
    the system's keyring. On a terminal it asks for the prison's code and name, which every report says.

    Example: kw init

    Example: kw init --db fellgate.db
    """
    outcome = make(kw.store, encrypted=encrypted, dry_run=kw.dry_run)
    kw.tell_outcome(outcome)
    if outcome.changes and outcome.saved and kw.ask is not None:
        for key, question in QUESTIONS.items():
            _ask_setting(kw, kw.ask, key, question)


def _ask_setting(kw: Kw, ask: Callable[[str], str], key: str, question: str) -> None:
    """Ask what a new prison's reports are to say; left open, it stays as it is."""

    def understand(text: str) -> str:
        return str(check_setting(key, text.upper() if key == "prison.code" else text)) if text else ""

    if value := ask_until(kw, ask, question, understand):
        kw.tell_outcome(change_setting(kw.store, kw.author, key=key, text=value))
