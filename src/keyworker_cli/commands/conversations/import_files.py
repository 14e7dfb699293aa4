"""The conversation of `kw import`: how the files were taken, what they do not say, and whether to save it.

Nothing is asked inside a transaction: the files are taken in once to show it, and once more when that is agreed to.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from keyworker_cli.actions.database.settings import change_setting
from keyworker_cli.actions.files.answers import not_agreed, taken_in
from keyworker_cli.actions.files.mapping import Meanings, as_setting, compared, parse_pairs
from keyworker_cli.actions.files.reading.input_files import FoundFiles, find_files
from keyworker_cli.actions.files.take_in import NotAgreedError, NotClearError, TakenIn, take_in
from keyworker_cli.actions.stays.roll import find_roll
from keyworker_cli.command_line.progress import progress_line
from keyworker_cli.commands.conversations.import_questions import MOST_ASKED, Ask, ask_arrival, ask_headings, ask_values
from keyworker_cli.context import Kw
from keyworker_cli.reports.outcome import Outcome
from keyworker_cli.rules.files.extracts.known import Answers
from keyworker_cli.rules.files.extracts.tell import tell_first, tell_left_out, tell_sheets

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def asking(kw: Kw, *, yes: bool) -> Ask | None:
    """Return how to ask, `None` where nobody is to be asked."""
    return None if yes or kw.dry_run else kw.ask


def find(
    kw: Kw, paths: list[Path], said: Meanings, *, kind: str | None, roll: bool, yes: bool
) -> tuple[FoundFiles, Meanings]:
    """Find the files and say how they were taken; headings that may mean something are asked about first."""

    def find_by(said: Meanings) -> FoundFiles:
        headings = compared(said.headings)
        if roll:
            return find_roll(paths, headings=headings, stdin=kw.stdin)
        return find_files(paths, kind=kind, headings=headings, stdin=kw.stdin)

    found, ask = find_by(said), asking(kw, yes=yes)
    if ask and (answered := ask_headings(kw, ask, found.sheets)):
        said = said.with_(Meanings(answered))
        found = find_by(said)
    if found.others:
        kw.say(f"not read, no list or spreadsheet: {', '.join(found.others)}")
    kw.say(*(f"not read: {name}" for name in found.left), *found.remarks, *tell_sheets(found.sheets))
    return found, said


def import_found(kw: Kw, found: FoundFiles, answers: Answers, said: Meanings, *, yes: bool) -> None:
    """Take files in; a prison's own sheets are shown first, and asked about."""
    shown = None
    if found.sheets:
        shown, answers = _talk_through(kw, found, answers, yes=yes)

    def act(agreed: bool) -> Outcome:
        if shown is not None and not agreed:
            return taken_in(shown.loaded, saved=False, asked=True)
        try:
            taken = _take_in(kw, found, answers, kw.author, agreed=agreed)
        except NotAgreedError as upset:
            return not_agreed(upset.sentence)
        keep(kw, said.with_(Meanings(values=answers.names)), activities=answers.activities)
        return taken_in(taken.loaded, saved=kw.author.saves)

    kw.tell_agreed(act, yes=yes)


def _talk_through(kw: Kw, found: FoundFiles, answers: Answers, *, yes: bool) -> tuple[TakenIn, Answers]:
    """Show what would be done with a prison's own sheets, and ask what they do not say."""
    ask = asking(kw, yes=yes)
    trial, answers = _try_out(kw, found, answers, ask)
    if trial.collected.undated:
        answers = ask_arrival(kw, ask, trial.collected, answers)
        trial, answers = _try_out(kw, found, answers, ask)
    kw.say(*tell_left_out(trial.collected), *tell_first(trial.collected))
    return trial, answers


def _try_out(kw: Kw, found: FoundFiles, answers: Answers, ask: Ask | None) -> tuple[TakenIn, Answers]:
    """Take the sheets in and save nothing; cells that are not clear are asked about, as long as there are few."""
    while True:
        try:
            return _take_in(kw, found, answers, kw.author.trying(), asking=ask is not None), answers
        except NotClearError as error:
            if ask is None or sum(not one.is_activity for one in error.unclear) > MOST_ASKED:
                ask = None
            else:
                answers = ask_values(kw, ask, error, answers)


def _take_in(
    kw: Kw, found: FoundFiles, answers: Answers, author: "Author", *, agreed: bool = True, asking: bool = False
) -> TakenIn:
    with database(kw, author) as store, _progress(kw) as on_progress:
        return take_in(
            store, found, author=author, answers=answers, agreed=agreed, asking=asking, on_progress=on_progress
        )


@contextmanager
def database(kw: Kw, author: "Author") -> Iterator["Store"]:
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


def kept_meanings(kw: Kw) -> Meanings:
    """Return what headings and names mean, as it was kept."""
    if not kw.store.exists():
        return Meanings()
    return Meanings(parse_pairs(str(kw.settings.import_headings)), parse_pairs(str(kw.settings.import_names)))


def keep(kw: Kw, said: Meanings, *, activities: Mapping[str, str]) -> None:
    """Keep what headings, names and activities mean, so that next week's file needs no question."""
    if kw.dry_run:
        return
    kept = kept_meanings(kw)
    if said.headings != kept.headings:
        change_setting(kw.store, kw.author, key="import.headings", text=as_setting(said.headings))
    if said.lasting != kept.values:
        change_setting(kw.store, kw.author, key="import.names", text=as_setting(said.lasting))
    if activities:
        known = parse_pairs(kw.settings.import_activities)
        change_setting(kw.store, kw.author, key="import.activities", text=as_setting({**known, **activities}))
