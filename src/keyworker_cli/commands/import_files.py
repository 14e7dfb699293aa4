"""`kw import`: take a prison's files in, all of them or nothing."""

from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.files.mapping import compared_values, read_mapping
from keyworker_cli.command_line.options import DATA, Yes, family, write
from keyworker_cli.commands.conversations.import_files import find, import_found, kept_meanings
from keyworker_cli.commands.conversations.import_roll import import_roll
from keyworker_cli.context import Kw
from keyworker_cli.rules.files.extracts.known import Answers

app = family()

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Files, or a folder of them; - is stdin.", show_default=False)
]
Kind = Annotated[str | None, typer.Option("--as", metavar="KIND", help="What the files hold: sessions, rota ...")]
Roll = Annotated[bool, typer.Option("--roll", help="The file is the roll: all who are here, and nobody else.")]
HereSince = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Those without a day of arrival in the files were here before this day."),
]
Arrived = Annotated[
    str | None, typer.Option(metavar="DATE", help="The day of arrival of those who have none in the files.")
]
Mapping = Annotated[
    Path | None, typer.Option(metavar="FILE.toml", help="What your own headings mean; kept for next time.")
]


@app.command("import", rich_help_panel=DATA)
@write
def import_files(
    kw: Kw,
    paths: Paths,
    kind: Kind = None,
    roll: Roll = False,
    here_since: HereSince = None,
    arrived: Arrived = None,
    mapping: Mapping = None,
    yes: Yes = False,
) -> None:
    """Take a prison's files in: its own lists and extracts, or kw's CSV files; all of them, or nothing.

    A sheet is known by its headings, in whatever workbook, under whatever title: a unit's list, the official extracts,
    the detail. kw shows how it took each heading and what it does not read, and then asks. Files that kw exports need
    no question. Every row is checked before anything is saved. Importing a file again changes nothing; a changed row
    updates; nothing is deleted. The database is made if there is none.

    With --roll the file is the list of all who are here: kw shows who has arrived, moved and left since the last
    one, and who is missing from it, and saves all of it when that is confirmed.

    Example: kw import sample_data

    Example: kw import roll.csv --roll --dry-run
    """
    kept = kept_meanings(kw)
    said = kept.with_(read_mapping(mapping)) if mapping else kept
    answers = Answers(kw.day_or_none(arrived), kw.day_or_none(here_since), compared_values(said.values))
    found, said = find(kw, paths, said, kind=kind, roll=roll, yes=yes)
    take_in = import_roll if roll else import_found
    take_in(kw, found, answers, said, yes=yes)
