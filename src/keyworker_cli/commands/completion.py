"""The shell: what it is told so that TAB completes."""

from typing import Annotated

import typer

from keyworker_cli.command_line.completion import SCRIPTS
from keyworker_cli.command_line.options import DATA, command, family
from keyworker_cli.context import Kw
from keyworker_cli.rules.typed import read_word

app = family()

Shell = Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")]


@app.command(rich_help_panel=DATA)
@command
def completion(kw: Kw, shell: Shell) -> None:
    """Print what makes TAB complete commands, options, prison numbers and staff ids.

    For bash, put this line into your shell's start-up file: eval "$(kw completion bash)"

    Example: kw completion bash

    Example: kw completion fish
    """
    kw.tell(read_word(shell, SCRIPTS, "shell").rstrip("\n"))
