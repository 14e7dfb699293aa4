"""`kw import`: take a prison's files in, all of them or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from keyworker_cli.actions.database.settings import change_setting
from keyworker_cli.actions.files.answers import taken_in
from keyworker_cli.actions.files.input_files import FoundFiles, find_files
from keyworker_cli.actions.files.mapping import (
    Meanings,
    as_setting,
    compared,
    compared_values,
    parse_pairs,
    read_mapping,
)
from keyworker_cli.actions.files.take_in import NotAgreedError, NotClearError, TakenIn, take_in
from keyworker_cli.actions.stays.roll import find_roll, roll_outcome, take_roll
from keyworker_cli.commands.import_questions import MOST_ASKED, Ask, ask_arrival, ask_headings, ask_values
from keyworker_cli.commands.options import DATA, Yes, family, write
from keyworker_cli.commands.progress import progress_line
from keyworker_cli.context import Kw
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.stays.roll import roll_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.files.extracts.known import Answers
from keyworker_cli.rules.files.extracts.tell import tell_first, tell_left_out, tell_sheets
from keyworker_cli.rules.stays.roll import say_changes

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store

app = family()

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Files, or a folder of them; - is stdin.", show_default=False)
]
Kind = Annotated[str | None, typer.Option("--as", metavar="KIND", help="What the files hold: sessions, rota ...")]
Roll = Annotated[bool, typer.Option("--roll", help="The file is the roll: all who are here, and nobody else.")]
HereSince = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Who has no day of arrival was here before this one; the day is not known."),
]
Arrived = Annotated[str | None, typer.Option(metavar="DATE", help="The day of arrival of who has none in the files.")]
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
    the detail. It is shown how each heading was taken and what is not read, and then asked. Files that kw exports need
    no question. Every row is checked before anything is saved. Importing a file again changes nothing; a changed row
    updates; nothing is deleted. The database is made if there is none.

    With --roll the file is the list of all who are here: it is shown who has arrived, moved and left since the last
    one, and who is missing from it, and all of it is saved when that is confirmed.

    Example: kw import sample_data
    """
    kept = _kept(kw)
    said = kept.with_(read_mapping(mapping)) if mapping else kept
    answers = Answers(kw.day_or_none(arrived), kw.day_or_none(here_since), compared_values(said.values))
    ask = None if yes or kw.dry_run else kw.ask
    found, said = _find(kw, paths, said, kind=kind, roll=roll, ask=ask)
    if roll:
        _import_roll(kw, found, answers, yes=yes)
        _keep(kw, said, kept)
        return
    if found.sheets:
        agreed = _agree(kw, found, answers, yes=yes)
        if agreed is None:
            return
        answers, yes = agreed, True
        said = said.with_(Meanings(values=answers.names))
    try:
        _tell(kw, _take_in(kw, found, answers, kw.author, agreed=yes))
    except NotAgreedError as upset:
        kw.say(f"{upset.sentence}. If these are the right files:")
        if kw.confirm("Save this?", yes=False):
            _tell(kw, _take_in(kw, found, answers, kw.author))
    _keep(kw, said, kept)


def _find(
    kw: Kw, paths: list[Path], said: Meanings, *, kind: str | None, roll: bool, ask: Ask | None
) -> tuple[FoundFiles, Meanings]:
    """Find the files and say how they were taken; headings that may mean something are asked about first."""

    def find(said: Meanings) -> FoundFiles:
        headings = compared(said.headings)
        if roll:
            return find_roll(paths, headings=headings, stdin=kw.stdin)
        return find_files(paths, kind=kind, headings=headings, stdin=kw.stdin)

    found = find(said)
    if ask and (answered := ask_headings(kw, ask, found.sheets)):
        said = said.with_(Meanings(answered))
        found = find(said)
    if found.others:
        kw.say(f"not read, no list or spreadsheet: {', '.join(found.others)}")
    kw.say(*(f"not read: {name}" for name in found.left), *found.remarks, *tell_sheets(found.sheets))
    return found, said


def _kept(kw: Kw) -> Meanings:
    """Return what headings and names mean, as it was kept."""
    if not kw.store.exists():
        return Meanings()
    return Meanings(parse_pairs(str(kw.settings.import_headings)), parse_pairs(str(kw.settings.import_names)))


def _keep(kw: Kw, said: Meanings, kept: Meanings) -> None:
    """Keep what headings and names mean, so that next week's file needs no question."""
    if kw.dry_run or not kw.store.exists():
        return
    if said.headings != kept.headings:
        change_setting(kw.store, kw.author, key="import.headings", text=as_setting(said.headings))
    if said.lasting != kept.values:
        change_setting(kw.store, kw.author, key="import.names", text=as_setting(said.lasting))


def _agree(kw: Kw, found: FoundFiles, answers: Answers, *, yes: bool) -> Answers | None:
    """Show what would be done with a prison's own sheets, ask what they do not say, and whether to save it."""
    ask = None if yes or kw.dry_run else kw.ask
    trial, answers = _try_out(kw, found, answers, ask)
    if trial.collected.undated:
        answers = ask_arrival(kw, ask, trial.collected, answers)
        trial, answers = _try_out(kw, found, answers, ask)
    kw.say(*tell_left_out(trial.collected), *tell_first(trial.collected))
    if trial.loaded.upsets:
        kw.say(f"{trial.loaded.upsets}.")
    if kw.dry_run or not (yes or (kw.interactive and kw.write_format == "json")):  # one object for a script
        kw.tell_outcome(taken_in(trial.loaded, saved=False))
    if kw.dry_run:
        return None
    return answers if kw.confirm("Save this?", yes=yes) else None


def _try_out(kw: Kw, found: FoundFiles, answers: Answers, ask: Ask | None) -> tuple[TakenIn, Answers]:
    """Take the sheets in and save nothing; cells that are not clear are asked about, as long as there are few."""
    while True:
        try:
            return _take_in(kw, found, answers, kw.author.trying(), asking=ask is not None), answers
        except NotClearError as error:
            if ask is None or len(error.unclear) > MOST_ASKED:
                ask = None
            else:
                answers = ask_values(kw, ask, error, answers)


def _take_in(
    kw: Kw, found: FoundFiles, answers: Answers, author: "Author", *, agreed: bool = True, asking: bool = False
) -> TakenIn:
    with _database(kw, author) as store, _progress(kw) as on_progress:
        return take_in(
            store, found, author=author, answers=answers, agreed=agreed, asking=asking, on_progress=on_progress
        )


def _import_roll(kw: Kw, roll: FoundFiles, answers: Answers, *, yes: bool) -> None:
    """Show what a roll changes, ask when it is on the screen, and save exactly that."""
    with _database(kw, kw.author) as store:
        taken = take_roll(store, kw.author, roll, answers=answers)
        if taken.collected.undated:
            answers = ask_arrival(kw, None if yes or kw.dry_run else kw.ask, taken.collected, answers)
            taken = take_roll(store, kw.author, roll, answers=answers)
        kw.say(*tell_left_out(taken.collected))
        changes = taken.changes
        report = roll_report(ReportRequest(kw.as_of, store.queries.settings()), changes)
        view, trial = View(format=kw.write_format), roll_outcome(changes, roll, saved=False)
        if changes.nothing or kw.dry_run:
            kw.show_outcome(report, trial, view)
        elif yes:
            take_roll(store, kw.author, roll, answers=answers, shown=changes)
            kw.show_outcome(report, roll_outcome(changes, roll, saved=True), view)
        elif not (kw.interactive and view.on_screen):
            kw.show_outcome(report, trial, view)
            kw.say("nothing saved: add --yes")
        else:
            kw.show(report, view)
            if kw.confirm(f"Save {say_changes(changes)}?", yes=False):
                take_roll(store, kw.author, roll, answers=answers, shown=changes)
                kw.tell_outcome(roll_outcome(changes, roll, saved=True))


@contextmanager
def _database(kw: Kw, author: "Author") -> Iterator["Store"]:
    """Return the database to import into, made if there is none; a trial without one is made in a temporary folder."""
    if author.saves:
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
    """Show on a terminal how far the reading is."""
    with progress_line(kw) as tell:
        yield (lambda name, rows: tell(f"{name}: {rows:,} rows")) if tell else None


def _tell(kw: Kw, taken: TakenIn) -> None:
    kw.tell_outcome(taken_in(taken.loaded, saved=kw.author.saves))
