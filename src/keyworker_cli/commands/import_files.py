"""`kw import`: take a prison's files in, all of them or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from keyworker_cli.actions.files.input_files import InputFile, find_files
from keyworker_cli.actions.files.load import Loaded, load
from keyworker_cli.actions.stays.roll import find_roll, take_roll
from keyworker_cli.commands.options import DATA, DryRun, Yes, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.stays.roll import roll_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.say import count_men
from keyworker_cli.rules.stays.roll import say_changes

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store
CLEAR_LINE = "\r\x1b[2K"

app = family()

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or a folder of them.", show_default=False)]
Kind = Annotated[str | None, typer.Option("--as", metavar="KIND", help="What the files hold: sessions, rota ...")]
Roll = Annotated[bool, typer.Option("--roll", help="The file is the roll: all who are here, and nobody else.")]


@app.command("import", rich_help_panel=DATA)
@command
def import_files(
    kw: Kw, paths: Paths, kind: Kind = None, roll: Roll = False, dry_run: DryRun = False, yes: Yes = False
) -> None:
    """Take a prison's CSV files or spreadsheets in: all of them, or nothing.

    Each file is known by its name: prisoners.csv, sessions.csv and so on, or a sheet of that name in an .xlsx. Every
    row is checked before anything is saved. Importing a file again changes nothing; a changed row updates; nothing is
    deleted. The database is made if there is none.

    With --roll the file is the list of all who are here: it is shown who has arrived, moved and left since the last
    one, and who is missing from it, and all of it is saved when that is confirmed.

    Example: kw import sample_data
    """
    if roll:
        _import_roll(kw, find_roll(paths), dry_run=dry_run, yes=yes)
        return
    files, left = find_files(paths, kind=kind)
    if left:
        kw.say(f"not read, no file that kw knows: {', '.join(left)}")
    with _database(kw, keep=not dry_run) as store, _progress(kw) as on_progress:
        loaded = load(store, files, author=kw.author, as_of=kw.as_of, keep=not dry_run, on_progress=on_progress)
    _tell_loaded(kw, loaded, dry_run=dry_run)


def _import_roll(kw: Kw, roll: InputFile, *, dry_run: bool, yes: bool) -> None:
    with _database(kw, keep=not dry_run) as store:
        settings = store.queries.settings()
        changes = take_roll(store, kw.author, roll, as_of=kw.as_of, settings=settings)
        kw.show(roll_report(ReportRequest(kw.as_of, settings), changes), View())
        if changes.nothing:
            kw.tell(f"{roll.name}, {count_men(changes.on_roll)}: nothing to save.")
        elif dry_run:
            kw.say("nothing saved: this was --dry-run")
        elif kw.confirm(f"Save {say_changes(changes)}?", yes=yes):
            take_roll(store, kw.author, roll, as_of=kw.as_of, settings=settings, shown=changes)
            kw.tell(f"Saved: {say_changes(changes)}.")


@contextmanager
def _database(kw: Kw, *, keep: bool) -> Iterator["Store"]:
    """Return the database to import into, made if there is none; a trial without one is made in a temporary folder."""
    if keep:
        if kw.store.create():
            kw.say(f"made {kw.db}")
        yield kw.store
    elif kw.store.exists():
        yield kw.store
    else:
        with TemporaryDirectory(prefix="kw-") as folder:
            trial = kw.elsewhere(Path(folder) / "kw.db", as_of=kw.as_of).store
            trial.create()
            yield trial


@contextmanager
def _progress(kw: Kw) -> Iterator[Callable[[str, int], None] | None]:
    """Show on a terminal how far the reading is, on one line that whatever is said next takes the place of."""
    if not kw.interactive:
        yield None
        return

    def tell(name: str, rows: int) -> None:
        print(f"{CLEAR_LINE}{name}: {rows:,} rows", end="", file=kw.err, flush=True)

    try:
        yield tell
    finally:
        print(CLEAR_LINE, end="", file=kw.err, flush=True)


def _tell_loaded(kw: Kw, loaded: Loaded, *, dry_run: bool) -> None:
    kw.say(*loaded.remarks)
    widest = max(len(file.name) for file in loaded.files)
    for file in loaded.files:
        kw.tell(f"{file.name:<{widest}}  {file.new:>9,} new  {file.changed:>9,} changed  {file.same:>9,} same")
    if dry_run:
        kw.say("nothing saved: this was --dry-run")
