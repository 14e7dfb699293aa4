"""Taking a prison's files in: every row checked before anything is saved, and then all of it or none (help: files)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from keyworker_cli.actions.files.reading.input_files import Lines, Source
from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.files.bad_rows import BadRows
from keyworker_cli.rules.files.cells import PRISONER, WORKER, BadCellError, ImportContext, echo
from keyworker_cli.rules.files.extracts.tell import say_lines
from keyworker_cli.rules.files.kinds import KEY_WORKERS, PRISONERS, SETTINGS
from keyworker_cli.rules.files.no_record import A_TITLE, why_no_record
from keyworker_cli.rules.files.officers import KnownOfficer, Officers
from keyworker_cli.rules.files.prison_numbers import Numbers
from keyworker_cli.rules.files.sheet import Column, Row, Sheet
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.stays.roll import OnFile

if TYPE_CHECKING:
    from keyworker_cli.store.bulk.loading import Loading
    from keyworker_cli.store.bulk.staging import Counts, Staged
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store

AT_A_TIME: Final = 50
"""How many rows are read together, a column of them at a time: few enough for a processor to keep them at hand."""
TOLD_EVERY: Final = 400
"""After how many times as many rows somebody is told how far it is."""
FEW: Final = 5
MANY_ENDED: Final = 0.05
MANY_BACK: Final = 0.05
MANY_MOVED: Final = 0.10
"""Above which share of those here an import asks first; up to `FEW` are never many."""
FIRST_ROW: Final = 2
LEFT_ON: Final = PRISONERS.fields.index("left_on")
LOCATION: Final = PRISONERS.fields.index("location")
ALSO: Final = PRISONERS.fields.index("also_known_by")
OnProgress = Callable[[str, int], None]
"""Is told, while a file is read, its name and how many rows have been read."""
RowsOf = Callable[[Sequence[list[str]]], list[Row]]
"""Makes rows of stored cells of the cells of lines."""


@dataclass(frozen=True)
class FileLoaded:
    """What became of one file: its rows that were new, changed or the same."""

    name: str
    new: int
    changed: int
    same: int


@dataclass
class Loaded:
    """What became of an import, and what is to be said beside it.

    `prisoners` are those of prisoners.csv by their key, each as its row without a day of departure has him, if any.
    """

    files: list[FileLoaded] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    prisoners: dict[int, OnFile] = field(default_factory=dict)
    here: int = 0
    ended: int = 0
    back: int = 0
    moved: int = 0

    @property
    def large_changes(self) -> str:
        """Say what an import would do to many at once, which may be a wrong file; empty where it does not."""
        said = [
            (self.ended, MANY_ENDED, "would leave"),
            (self.back, MANY_BACK, "would come back"),
            (self.moved, MANY_MOVED, "would move"),
        ]
        many = [(number, what) for number, share, what in said if number > max(FEW, share * self.here)]
        return " and ".join(f"{number} of {self.here} {what}" for number, what in many)


def load(store: "Store", files: Sequence[Source], *, author: "Author") -> Loaded:
    """Import the files; in a dry run everything is checked and nothing is saved.

    Raises `BadInputError` with every bad row that can be found, when there is any.
    """
    with store.transaction(author) as change:
        return load_into(change, files, as_of=author.as_of)


def load_into(change: "Change", files: Sequence[Source], *, as_of: date) -> Loaded:
    """Import the files as a part of a change; raises as `load`."""
    run = begin(change, as_of=as_of)
    for file in files:
        run.take(file)
    return end(change, run)


def begin(change: "Change", *, as_of: date, on_progress: OnProgress | None = None) -> "Run":
    """Begin an import as a part of a change: each file is taken, and then `end` saves what they say together."""
    return Run(change.loading(as_of=as_of), today=max(london_date(change.author.at), as_of), on_progress=on_progress)


def end(change: "Change", run: "Run") -> Loaded:
    """End an import: settle what needs all files, and leave a line in the audit for each; raises as `load`."""
    run.finish()
    loading = run.loading
    for name, sheet, counts in run.results:
        written = {"rows": counts.new + counts.changed + counts.same, "new": counts.new, "changed": counts.changed}
        change.note_in_audit("import", sheet.table, name, after={**written, "digest": counts.digest})
    loading.finish()
    return run.loaded


class Run:
    """One import as it goes from file to file: what is known so far, and what is wrong so far."""

    def __init__(self, loading: "Loading", *, today: date, on_progress: OnProgress | None) -> None:
        self.loading = loading
        self.loaded = Loaded()
        self.results: list[tuple[str, Sheet, Counts]] = []
        self.faults = BadRows()
        self.left_out: dict[tuple[str, str], list[int]] = {}
        self.on_progress = on_progress
        self.staged: list[tuple[Source, Staged]] = []
        self.numbers = Numbers(loading.people(), loading.last_person())
        self.world = ImportContext(today, self.numbers.people, loading.workers(), loading.stays())
        self.world.officers = self._officers()
        self.world.prison_code = loading.prison_code()

    def take(self, file: Source) -> None:
        """Read one file and save it; where it has a bad row, only look for more of them."""
        try:
            heading = _Heading(file, self.loaded.remarks)
            rows = self._checked(file, heading)
            staged = self.loading.stage(file.sheet, rows, given=heading.given)
            staged.file = file.name
        except UnreadableError as error:
            if error.line:
                self._note(file, error.line, "", error.reason)
            else:
                self.faults.add_file(file.name, error.reason)
        if file.name not in self.faults and self._knows_all(file.sheet):
            for fault in self.loading.save(staged, file=file.name, numbers=self.numbers):
                self._note(file, *fault)
            self.staged.append((file, staged))
        self._note_what_is_known(file)

    def _note(self, file: Source, line: int, column: str, reason: str) -> None:
        """Note what is wrong with a row, where it stands."""
        name, at = file.place(line)
        self.faults.add(name, at, file.heading(line, column), reason, of=file.name)

    def _officers(self) -> Officers:
        """Return the key workers as files may name them."""
        return Officers(KnownOfficer(*officer) for officer in self.loading.officers())

    def _knows_all(self, sheet: Sheet) -> bool:
        """Everyone whom a sheet may name is known: no bad row has kept anyone out."""
        kinds = [column.kind for column in sheet.columns]
        return (self.world.people_known or PRISONER not in kinds) and (self.world.workers_known or WORKER not in kinds)

    def _checked(self, file: Source, heading: "_Heading") -> Iterator[Row]:
        """Yield the rows that are right, each behind its line; note what is wrong with the others."""
        leave_out, wrong = file.sheet.leave_out, file.sheet.checker(self.world)
        left_out = 0
        for line, row in self._read(file, heading):
            if leave_out and leave_out(row):
                left_out += 1
            elif found := wrong(row):
                for column, reason in found:
                    self._note(file, line, column, reason)
            elif file.sheet is PRISONERS:
                yield from self._prisoner(file, line, row)
            else:
                yield (line, *row)
        if left_out:
            rows = say_count(left_out, file.sheet.noun)
            self.loaded.remarks.append(f"{file.name}: {rows} {file.sheet.leaves_out}")

    def _read(self, file: Source, heading: "_Heading") -> Iterator[tuple[int, Row]]:
        """Yield the line and the stored cells of each row of which every cell can be read; note what is wrong else."""
        rows_of = heading.reader(self.world)
        for count, some in enumerate(_chunks(heading.rows)):
            if self.on_progress and not count % TOLD_EVERY:
                self.on_progress(file.name, count * AT_A_TIME)
            try:
                yield from zip(map(itemgetter(0), some), rows_of([cells for _, cells in some]), strict=True)
            except (BadCellError, _WidthError):
                yield from self._one_by_one(file, heading, rows_of, some)

    def _one_by_one(
        self, file: Source, heading: "_Heading", rows_of: RowsOf, some: Iterable[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, Row]]:
        for line, cells in some:
            try:
                yield line, rows_of([cells])[0]
            except (BadCellError, _WidthError) as error:
                self._note_bad_cells(file, heading, line, cells, short=isinstance(error, _WidthError))

    def _prisoner(self, file: Source, line: int, row: Row) -> Iterator[Row]:
        also = str(row[ALSO] or "").split(";") if row[ALSO] else ()
        try:
            prisoner = self.numbers.owner(str(row[0]), also)
        except BadCellError as error:
            self._note(file, line, "also_known_by", error.reason)
            return
        if row[LEFT_ON] is None:
            self.loaded.prisoners[prisoner] = OnFile(
                is_here=True, location=str(row[LOCATION]) if row[LOCATION] else None
            )
        else:
            self.loaded.prisoners.setdefault(prisoner, OnFile(is_here=False))
        yield (line, *row, prisoner)

    def _note_bad_cells(self, file: Source, heading: "_Heading", line: int, cells: list[str], *, short: bool) -> None:
        if not any(cell.strip() for cell in cells):
            return  # a blank line, as spreadsheets leave behind
        why = why_no_record(cells, heading.names)
        if why is not None and (why != A_TITLE or any(column.name == "prison_number" for column in heading.columns)):
            name, at = file.place(line)
            self.left_out.setdefault((name, why), []).append(at)
            return
        if short:
            what = f"has {len(cells)} cells, where the first line has {heading.width}"
            self._note(file, line, "", what)
            return
        for column, read, cell in heading.each(self.world, cells):
            try:
                read(cell)
            except BadCellError as error:
                self._note(file, line, column.name, error.reason)

    def _note_what_is_known(self, file: Source) -> None:
        """Let later files know of the prisoners and officers that this one brought, or that it could not bring them."""
        if file.sheet is PRISONERS:
            self.world.people_known = self.world.people_known and file.name not in self.faults
            self.numbers = Numbers(self.loading.people(), self.loading.last_person())
            self.world.people, self.world.stays = self.numbers.people, self.loading.stays()
        elif file.sheet is SETTINGS:
            self.world.prison_code = self.loading.prison_code()
        elif file.sheet is KEY_WORKERS:
            self.world.workers_known = self.world.workers_known and file.name not in self.faults
            self.world.workers = self.loading.workers()
            self.world.officers = self._officers()

    def finish(self) -> None:
        """Settle what needs all files to be in, and count; raises `BadInputError` where anything was wrong."""
        files = {staged.name: file for file, staged in self.staged}
        for staged, fault in self.loading.away_when_seen():
            if staged.name in files:
                self._note(files[staged.name], *fault)
        self.faults.stop()
        for (name, why), lines in self.left_out.items():
            rows = say_count(len(lines), "row")
            self.loaded.remarks.append(f"{name}: {rows} left out, {why} ({say_lines(lines)})")
        for file, staged in self.staged:
            if file.sheet is PRISONERS and (moved := self.loading.save_places(staged)):
                self.loaded.remarks.append(f"{file.name}: {moved:,} found in another place: a move is recorded")
                self.loaded.moved += moved
        if replaced := self.loading.replace_list_dates():
            dates = say_count(replaced, "last date")
            self.loaded.remarks.append(f"{dates} from a list gave way to a record of that day")
        turnover = self.loading.turnover()
        self.loaded.here, self.loaded.ended, self.loaded.back = turnover["here"], turnover["ended"], turnover["back"]
        undated = 0
        for file, staged in self.staged:
            counts = self.loading.counts(staged)
            self.loaded.remarks += self._beside(file, staged)
            self.results.append((file.name, file.sheet, counts))
            self.loaded.files.append(FileLoaded(file.name, counts.new, counts.changed, counts.same))
            if counts.undated and file.place(FIRST_ROW) != (file.name, FIRST_ROW):
                undated += counts.undated
            elif counts.undated:
                one, several = "row does not say when it was recorded", "rows do not say when they were recorded"
                said = say_count(counts.undated, one, several)
                self.loaded.remarks.append(f"{file.name}: {said}; counted as recorded today")
        if undated:
            rows = say_count(undated, "row")
            self.loaded.remarks.append(f"{rows}: no column says when these were recorded; counted as recorded today")

    def _beside(self, file: Source, staged: "Staged") -> Iterator[str]:
        """Say of a file what was not taken as it came, and what was recorded of whom after their death."""
        for whose, what, again in ((staged.taken_back, "departure", "leave"), (staged.never_came, "arrival", "return")):
            if whose:
                undone = say_count(len(whose), f"{what} that was taken back is", f"{what}s that were taken back are")
                yield f"{file.name}: {undone} not recorded again: {', '.join(whose)} (kw prisoner {again} records one)"
        if late := self.loading.after_death(staged):
            rows = say_count(len(late), "row")
            yield f"{file.name}: {rows} recorded after death: {', '.join(dict.fromkeys(late))}"
        if staged.without_past:
            rows = say_count(staged.without_past, "row")
            yield f"{file.name}: of {rows} what they said before contradicts what is there, and is not kept"


class _WidthError(Exception):
    """A line that has not as many cells as the first."""


class _Heading:
    """The first line of a file: which column stands where, and what reads each."""

    def __init__(self, file: Source, remarks: list[str]) -> None:
        self.rows = file.rows()
        self.names = names = next(self.rows, (1, []))[1]
        self.width = len(names)
        self.columns = file.sheet.columns
        places: dict[str, int] = {}
        unknown: list[str] = []
        for at, name in enumerate(names):
            column = file.sheet.column_for(name)
            if column is None:
                if name.strip():
                    unknown.append(name)
            elif column.name in places:
                raise UnreadableError(f"has two columns for {column.name}: {names[places[column.name]]}, {name}")
            else:
                places[column.name] = at
        missing = [column.name for column in self.columns if column.required and column.name not in places]
        if missing:
            raise UnreadableError(_missing(missing, unknown, names))
        if unknown:
            remarks.append(f"{file.name}: not read, no such column: {', '.join(map(echo, unknown))}")
        self.given = [column.field for column in self.columns if column.name in places]
        self._places = [places.get(column.name, self.width) for column in self.columns]

    def reader(self, world: ImportContext) -> RowsOf:
        """Return what makes rows of stored cells of lines: of all of them, or it raises what is wrong with one."""
        readers = [column.reader(world) for column in self.columns]

        def read(lines: Sequence[Sequence[str]]) -> list[Row]:
            if any(len(cells) != self.width for cells in lines):
                raise _WidthError
            cells = [*zip(*lines, strict=True), ("",) * len(lines)]  # the last for every column that is not there
            stored = [list(map(read, cells[at])) for read, at in zip(readers, self._places, strict=True)]
            return list(zip(*stored, strict=True))

        return read

    def each(self, world: ImportContext, cells: list[str]) -> Iterable[tuple[Column, Callable[[str], Any], str]]:
        """Yield each column with what reads it and its cell, to find all that is wrong with a line."""
        for column, at in zip(self.columns, self._places, strict=True):
            yield column, column.reader(world), cells[at] if at < len(cells) else ""


def _chunks(lines: Lines) -> Iterator[list[tuple[int, list[str]]]]:
    """Yield lines, so many at a time; those before one that cannot be read come before its error."""
    some: list[tuple[int, list[str]]] = []
    try:
        for line in lines:
            some.append(line)
            if len(some) == AT_A_TIME:
                yield some
                some = []
    except UnreadableError:
        if some:
            yield some
        raise
    if some:
        yield some


def _missing(missing: Sequence[str], unknown: Sequence[str], names: Sequence[str]) -> str:
    said = f"has no column {', '.join(missing)}"
    there = ", ".join([name for name in names if name.strip()][:20])
    return f"{said}; its columns are: {there}" if unknown or there else said
