"""`kw generate`: the files of an invented prison, at any size."""

import shlex
from typing import Annotated, Any

import typer

from keyworker_cli.commands.export import Folder, tell_counts
from keyworker_cli.commands.options import DATA, command, family
from keyworker_cli.commands.progress import progress_line
from keyworker_cli.context import Kw
from keyworker_cli.fiction import AS_OF, write_prison

app = family()

Size = Annotated[str, typer.Argument(metavar="SIZE", help="demo, standard, large or national.", show_default=False)]
Seed = Annotated[int, typer.Option(metavar="N", help="Another number gives another prison.")]
Years = Annotated[int, typer.Option(metavar="N", min=1, max=50, help="How much history, demo apart.")]


@app.command(rich_help_panel=DATA)
@command
def generate(kw: Kw, size: Size, folder: Folder, seed: Seed = 2018, years: Years = 1) -> None:
    """Write the files of an invented prison, to try kw at any size.

    The sizes are demo (24 prisoners), standard (600), large (1,200) and national (87,000). The same seed gives the
    same files on every machine. They stand on Tue 12 May 2026, so read them with --as-of 2026-05-12.

    Example: kw generate demo fellgate
    """
    with progress_line(kw) as on_progress:
        rows: Any = write_prison(size, folder, seed=seed, years=years, on_progress=on_progress)["rows"]
    tell_counts(kw, {f"{name}.csv": count for name, count in rows.items()})
    kw.say(f"written to {folder}; take them in with: kw import {shlex.quote(str(folder))} --as-of {AS_OF}")
