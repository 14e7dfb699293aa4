"""`kw generate`: the files of an invented prison, at any size."""

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from keyworker_cli.command_line.options import DATA, command, family
from keyworker_cli.command_line.progress import progress_line
from keyworker_cli.context import Kw
from keyworker_cli.fiction import AS_OF, write_prison
from keyworker_cli.rules.typed import check_named

app = family()

Size = Annotated[str, typer.Argument(metavar="SIZE", help="demo, standard, large or national.", show_default=False)]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to.", show_default=False)]
Seed = Annotated[int, typer.Option(metavar="N", help="Another number gives another prison.")]
Years = Annotated[int, typer.Option(metavar="N", min=1, max=50, help="How much history, demo apart.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write there though it holds files of others.")]


@app.command(rich_help_panel=DATA)
@command
def generate(
    kw: Kw, size: Size, folder: Folder, seed: Seed = 2018, years: Years = 1, overwrite: Overwrite = False
) -> None:
    """Write the files of an invented prison, to try kw at any size.

    The sizes are demo (24 prisoners), standard (600), large (1,200) and national (87,000). The same seed gives the
    same files on every machine. They stand on Tue 12 May 2026, so read them with --as-of 2026-05-12. The folder is a
    new or empty one, or holds only what it wrote there before.

    Example: kw generate demo fellgate

    Example: kw generate standard large-prison --years 2
    """
    check_named(folder, "a prison is a folder of files", "kw generate SIZE FOLDER")
    with progress_line(kw) as on_progress:
        made: Any = write_prison(size, folder, seed=seed, years=years, overwrite=overwrite, on_progress=on_progress)
    _tell_counts(kw, {f"{name}.csv": count for name, count in made["rows"].items()})
    kw.say(f"written to {folder}; take them in with: kw import {shlex.quote(str(folder))} --as-of {AS_OF}")


def _tell_counts(kw: Kw, rows: dict[str, int]) -> None:
    """Say how many rows each file has."""
    widest = max(map(len, rows))
    kw.tell(*(f"{name:<{widest}}  {count:>9,} rows" for name, count in rows.items()))
