"""What an import file is: its columns, how a cell of each is read, and what a row must obey (help: files)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keyworker_cli.rules.files.cells import LABEL, TEXT, BadCellError, BrokenCell, CellKind, ImportContext, Stored

Row = Sequence[Stored]
"""A row in the order of its sheet's columns, each cell as it is stored."""

Fault = tuple[str, str]
"""A column, and what is wrong with it in this row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file.

    `stored` is its name in the table, the same unless given. `own` is false for what is not kept in the sheet's own
    table: what only finds a row, or belongs to the prisoner or the officer. `default` stands for an empty cell. An
    `end` that is left empty never undoes one that is recorded. `synonyms` are headings that a prison's own exports use.
    """

    name: str
    kind: CellKind = TEXT
    stored: str = ""
    required: bool = False
    default: Stored = None
    end: bool = False
    own: bool = True
    synonyms: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Its name in the table."""
        return self.stored or self.name

    def reader(self, world: ImportContext) -> Callable[[str], Stored]:
        """Return what reads one cell of this column; it raises `BadCellError`."""
        read_cell, required, default = self.kind.read, self.required, self.default
        verbatim = not required and self.kind in (TEXT, LABEL)

        def read(text: str) -> Stored:
            if type(text) is not str and isinstance(text, BrokenCell):
                raise BadCellError(text)
            if text and (verbatim or text.strip()):
                return read_cell(text, world)
            if required:
                raise BadCellError("is missing")
            return default

        known = {} if required else {"": default}
        return _Read(read, known, at_most=self.kind.remembered).__getitem__ if self.kind.remembered else read


class _Read(dict[str, Stored]):
    """What the cells of a column were read as: most of a file's cells have been seen before, many are empty."""

    def __init__(self, read: Callable[[str], Stored], known: dict[str, Stored], *, at_most: int) -> None:
        super().__init__(known)
        self._read = read
        self._at_most = at_most

    def __missing__(self, text: str) -> Stored:
        """Read a cell that has not been seen."""
        value = self._read(text)
        if len(self) < self._at_most:
            self[text] = value
        return value


@dataclass(frozen=True, slots=True)
class Span:
    """Spans of one owner that may not overlap: from `start` until, and not on, `end` (SQL over the table's columns).

    `where` says which rows take part; `says` is what is wrong with one that overlaps another.
    """

    owner: tuple[str, ...]
    start: str
    end: str
    where: str
    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: which table it fills, by which key a row is known again, and what a row must obey.

    `ordered` are pairs of columns of which the second may not be before the first; `needed` pairs of which the first is
    nothing without the second. `check` returns what else is wrong with a row. `leave_out` says of a row that is no
    fault and is not taken; `leaves_out` in words, after their number and noun.
    """

    name: str
    table: str
    noun: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    ordered: tuple[tuple[str, str], ...] = ()
    needed: tuple[tuple[str, str], ...] = ()
    check: Callable[[Row, ImportContext], list[Fault]] | None = None
    span: Span | None = None
    leave_out: Callable[[Row], bool] | None = None
    leaves_out: str = ""

    @property
    def file(self) -> str:
        """Its name as a file."""
        return f"{self.name}.csv"

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns that an export has: an officer's statuses stand in a file of their own, with all their dates."""
        of_another = ("status", "status_from", "return_on") if self.table == "key_worker" else ()
        return tuple(column for column in self.columns if column.name not in of_another)

    @property
    def fields(self) -> tuple[str, ...]:
        """The stored names of its columns, in order."""
        return tuple(column.field for column in self.columns)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns by which a row is known again, besides those of the session that it may be about."""
        names = {"person_id": "prison_number", **{column.field: column.name for column in self.columns}}
        return tuple(names[field] for field in self.key if field in names)

    def checker(self, world: ImportContext) -> Callable[[Row], list[Fault]]:
        """Return a function that lists the faults of a row whose cells are valid one by one."""
        ordered, needed = self._places(self.ordered), self._places(self.needed)
        names = [column.name for column in self.columns]
        check = self.check
        if check and not ordered and not needed:
            return lambda row: check(row, world)

        def faults(row: Row) -> list[Fault]:
            found = check(row, world) if check else []
            for first, then in ordered:
                start, end = row[first], row[then]
                if start is not None and end is not None and str(end) < str(start):
                    found.append((names[then], f"{end} is before {names[first]}, {start}"))
            for first, then in needed:
                if row[first] is not None and row[then] is None:
                    found.append((names[first], f"{row[first]} without {names[then]}"))
            return found

        return faults

    def _places(self, pairs: tuple[tuple[str, str], ...]) -> list[tuple[int, int]]:
        return [(self.fields.index(first), self.fields.index(then)) for first, then in pairs]

    def column_for(self, heading: str) -> Column | None:
        """Return the column that a heading means: any case, with or without spaces and underscores, or a synonym."""
        said = plain(heading)
        for column in self.columns:
            if said == plain(column.name) or said in column.synonyms:
                return column
        return None


def plain(heading: str) -> str:
    """Return a heading or file name as it is compared: lower case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())
