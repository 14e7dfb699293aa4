"""`kw export`: write everything out as the files that `kw import` reads."""

from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.files.dump import dump, dump_of_prisoner, dump_workbook
from keyworker_cli.command_line.options import DATA, family, write
from keyworker_cli.context import Kw
from keyworker_cli.render import workbook_of
from keyworker_cli.render.output_file import write_whole

app = family()

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to, or an .xlsx.", show_default=False)]
OfPrisoner = Annotated[
    str | None,
    typer.Option("--prisoner", metavar="PRISONER", help="Only what is held about this prisoner: number or name."),
]


Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over files that kw export did not write there.")]


@app.command(rich_help_panel=DATA)
@write
def export(kw: Kw, folder: Folder, prisoner: OfPrisoner = None, overwrite: Overwrite = False) -> None:
    """Write everything out as the CSV files that kw import reads.

    The folder is a new or empty one, or holds only what an export wrote there: nothing of yours is written over
    unless you say --overwrite. Text is written as it was typed, so open the files in a spreadsheet with care.
    Importing them into an empty database gives the same answers; a name that ends in .xlsx is one workbook of the
    same sheets. The audit and saved plans stay: kw backup makes the exact copy. With --prisoner it is everything held
    about one prisoner, the audit's lines about them among it: a subject access request.

    Example: kw export fellgate

    Example: kw export fellgate.xlsx
    """
    if prisoner is not None:
        outcome = dump_of_prisoner(kw.store, folder, kw.prisoner(prisoner), author=kw.author, overwrite=overwrite)
    elif folder.suffix.lower() == ".xlsx":
        outcome = dump_workbook(kw.store, folder, workbook_of, write_whole, author=kw.author, overwrite=overwrite)
    else:
        outcome = dump(kw.store, folder, author=kw.author, overwrite=overwrite)
    kw.tell_outcome(outcome)
