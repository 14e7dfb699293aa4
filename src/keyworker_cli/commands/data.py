"""Data: the database itself, files in and out, and settings."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from keyworker_cli.actions.database.encryption import Said, decrypt, encrypt, make_encrypted
from keyworker_cli.actions.database.settings import change_setting
from keyworker_cli.actions.files.dump import dump, dump_of_man
from keyworker_cli.actions.files.input_files import InputFile, find_files
from keyworker_cli.actions.files.load import Loaded, load
from keyworker_cli.actions.stays.roll import find_roll, take_roll
from keyworker_cli.commands.options import DryRun, Yes, command, family
from keyworker_cli.context import Kw
from keyworker_cli.lookup import find_prisoner
from keyworker_cli.reports.oversight.settings import settings_report
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.stays.roll import roll_report
from keyworker_cli.reports.view import View
from keyworker_cli.reports.words import count_men
from keyworker_cli.rules.stays.roll import say_changes

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

DATA = "Data"
CLEAR_LINE = "\r\x1b[2K"
app = family()
config = family("The settings in force, and changing one for everyone.")
app.add_typer(config, name="config", rich_help_panel=DATA)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or a folder of them.", show_default=False)]
Kind = Annotated[str | None, typer.Option("--as", metavar="KIND", help="What the files hold: sessions, rota ...")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to.", show_default=False)]
OfMan = Annotated[
    str | None, typer.Option("--prisoner", metavar="PRISONER", help="Only what is held about this man: number or name.")
]
Roll = Annotated[bool, typer.Option("--roll", help="The file is the roll: all who are here, and nobody else.")]
Encrypted = Annotated[bool, typer.Option("--encrypt", help="Encrypt it, with a key of its own.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="A setting, such as gap.days.")]
SettingValue = Annotated[str, typer.Argument(metavar="VALUE", help="What it is to be.")]


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


@app.command(rich_help_panel=DATA)
@command
def export(kw: Kw, folder: Folder, prisoner: OfMan = None) -> None:
    """Write everything out as the CSV files that kw import reads.

    Text is written as it was typed, so open the files in a spreadsheet with care. Importing them into an empty database
    gives the same answers. The audit and saved plans stay: kw backup makes the exact copy. With --prisoner it is
    everything held about one man, the audit's lines about him among it: a subject access request.

    Example: kw export fellgate
    """
    if prisoner is None:
        written = dump(kw.store, folder, author=kw.author)
    else:
        man = find_prisoner(kw.store.queries, prisoner)
        written = dump_of_man(kw.store, folder, man, author=kw.author)
    tell_counts(kw, written)
    kw.say(f"written to {folder}, readable by you only")


@config.command("list")
@command
def list_settings(kw: Kw, view: View) -> None:
    """The settings in force, their defaults, and what is allowed.

    Example: kw config list
    """
    kw.show(settings_report(kw.request(view)), view)


@config.command("set")
@command
def set_setting(kw: Kw, key: Key, value: SettingValue, dry_run: DryRun = False) -> None:
    """Change a setting for everyone who shares this database.

    Example: kw config set gap.days 10 --dry-run
    """
    kw.tell(change_setting(kw.store, kw.author, key=key, text=value, keep=not dry_run))
    if dry_run:
        kw.say("nothing saved: this was --dry-run")


@config.command("encrypt")
@command
def encrypt_database(kw: Kw, dry_run: DryRun = False) -> None:
    """Encrypt the database as it stands, with a key of its own.

    Its key is kept in the file that KW_KEY_FILE names, made if there is none, else in the system's keyring. Every
    command works as before. Backups made from then on are encrypted with the same key; those made before are not.

    Example: kw config encrypt --dry-run
    """
    _tell_encryption(kw, encrypt(kw.store, kw.author, keep=not dry_run), dry_run=dry_run)


@config.command("decrypt")
@command
def decrypt_database(kw: Kw, dry_run: DryRun = False) -> None:
    """Put an encrypted database in clear again; its key stays where it is kept.

    Example: kw config decrypt --dry-run
    """
    _tell_encryption(kw, decrypt(kw.store, kw.author, keep=not dry_run), dry_run=dry_run)


def _tell_encryption(kw: Kw, said: Said, *, dry_run: bool = False) -> None:
    kw.tell(said.sentence)
    kw.say(*said.remarks)
    if dry_run:
        kw.say("nothing saved: this was --dry-run")


def tell_counts(kw: Kw, rows: Mapping[str, int]) -> None:
    """Say how many rows each file has."""
    widest = max(map(len, rows))
    kw.tell(*(f"{name:<{widest}}  {count:>9,} rows" for name, count in rows.items()))


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
