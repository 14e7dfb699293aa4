"""Which sheet this is, by its headings wherever they stand, and which of its rows and columns are not read."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from keyworker_cli.rules.files.cells import ERRORS, BrokenCell, DayCell, say_error
from keyworker_cli.rules.files.extracts.layouts import LAYOUTS, NUMBER, UNIT_LIST, Layout
from keyworker_cli.rules.files.no_record import A_TITLE, why_no_record
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import tidy
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import as_prison_number

HEADINGS_WITHIN: Final = 40
"""So many rows of titles may stand above the headings."""
NEAR: Final = 0.75
FEWEST_NUMBERS: Final = 3
NEARLY_ALL: Final = 0.9
TITLES: Final = 3
"""So many cells of a column of prison numbers may be a heading, a title or a total."""
_LEAVERS: Final = re.compile(
    r"\b(discharged?|discharges|released?|releases|leavers?|left|gone|departed|departures|former|archived?|transferred|"
    r"transfers?(?![- ]+in\b)|trfs?(?![- ]+in\b))\b",
    re.IGNORECASE,
)
_WORDS_OF_A_TITLE: Final = 6
"""More words above a table are a sentence about it, and no title."""

_HAS_DIGIT: Final = re.compile("[0-9]")
_NOBODY: Final = frozenset({"vacant", "vacantcell", "empty", "emptycell", "void", "outofuse", "noprisoner"})

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was read. `source` is what messages call it, `name` its own name; `about` may say what it is."""

    source: str
    rows: Sequence[tuple[int, Cells]]
    about: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a known sheet, by what its columns mean; a column that is empty is not there."""

    source: str
    line: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a cell without what spreadsheets put around it; empty where there is none."""
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet that is known: how each of its headings was taken, its records, and all that is not read of it.

    `taken` is heading by meaning, `unread` are the columns not read, each with why and how many cells it has;
    `left_out` the lines not read, by why. `title` is what stands above its headings, `heading_row` where they stand
    among its rows, and all of them.
    """

    table: Table
    layout: Layout
    taken: Mapping[str, str]
    records: tuple[Record, ...]
    unread: tuple[tuple[str, str, int], ...]
    left_out: Mapping[str, tuple[int, ...]]
    title: str = ""
    heading_row: tuple[int, tuple[str, ...]] = (0, ())

    @property
    def says_how_many(self) -> str:
        """How many records it has, in words: `40 prisoners`."""
        return say_count(len(self.records), self.layout.noun)

    @property
    def of_leavers(self) -> bool:
        """Whether it is a list of those who have left, by its name or title: it says of nobody that they are here."""
        titles = [self.table.name]
        if 0 < len(self.own_title.split()) <= _WORDS_OF_A_TITLE:
            titles.append(self.own_title)
        return self.layout is UNIT_LIST and any(map(_LEAVERS.search, titles))

    @property
    def own_title(self) -> str:
        """The line that stands next above its headings."""
        at = self.heading_row[0]
        title = _title_of(self.table.rows, at)
        return " ".join(_filled(self.table.rows[title][1])) if title < at else ""


def _filled(cells: Cells) -> list[str]:
    return [said for cell in cells if (said := tidy(cell))]


def tables_of(table: Table, said: Mapping[str, str] | None = None) -> list[Table]:
    """Return the tables that stand one under another on a sheet, each from its headings on; most sheets are one."""
    starts, headings, below = [0], set[str](), False
    for at, (_, cells) in enumerate(table.rows):
        if _HAS_DIGIT.search("".join(cells)):
            below = bool(headings)  # a heading has none, and a row of a prisoner has
            continue
        row = [plain(tidy(cell)) for cell in cells]
        if any(_has_all(layout, _places(layout, row, said or {}).values()) for layout in LAYOUTS):
            if below and not {heading for heading in row if heading} <= headings:
                starts.append(_title_of(table.rows, at))
            headings, below = set(row), False
    if len(starts) == 1:
        return [table]
    ends = [*starts[1:], len(table.rows)]
    named = [table.source, *(f"{table.source} from line {table.rows[at][0]}" for at in starts[1:])]
    return [
        replace(table, source=name, rows=table.rows[start:end])
        for name, start, end in zip(named, starts, ends, strict=True)
    ]


def _title_of(rows: Sequence[tuple[int, Cells]], headings: int) -> int:
    """Return where the line above headings stands that says what they are of: one cell, and no prisoner's row.

    Where there is none, it is where the headings stand.
    """
    above = next((at for at in range(headings - 1, -1, -1) if _filled(rows[at][1])), headings)
    filled = _filled(rows[above][1])
    is_title = len(filled) == 1 and as_prison_number(filled[0]) is None and not plain(filled[0]).startswith("total")
    return above if is_title else headings


def recognise(table: Table, said: Mapping[str, str] | None = None) -> Recognised | None:
    """Return what a sheet is, `None` where no row of it has the headings of a sheet that is known.

    `said` are headings that the prison has given a meaning of its own.
    """
    best: tuple[int, int, int, Layout, dict[int, str]] | None = None
    numbers = _column_of_numbers(table)
    for at, (_, cells) in enumerate(table.rows[:HEADINGS_WITHIN]):
        headings = [plain(tidy(cell)) for cell in cells]
        if sum(map(bool, headings)) < 2:
            continue
        for order, layout in enumerate(LAYOUTS):
            places = _places(layout, headings, said or {})
            if numbers is not None and layout is UNIT_LIST and len(places) > 1 and "number" not in places.values():
                places |= {} if numbers in places or as_prison_number(tidy(cells[numbers])) else {numbers: "number"}
            if _has_all(layout, places.values()):
                score = (len(places) * layout.weighs(places.values()), -at, -order)
                if best is None or score > (best[0], -best[1], -best[2]):
                    best = (score[0], at, order, layout, places)
    if best is None:
        return None
    _, at, _, layout, places = best
    return _read(table, at, layout, places)


def _places(layout: Layout, headings: Sequence[str], said: Mapping[str, str]) -> dict[int, str]:
    """Return where each meaning stands: the first heading of it holds."""
    found: dict[int, str] = {}
    for at, heading in enumerate(headings):
        if not heading:
            continue
        meaning = said[heading] if heading in said else layout.column_for(heading)
        if meaning and meaning in layout.columns and meaning not in found.values():
            found[at] = meaning
    return found


def _column_of_numbers(table: Table) -> int | None:
    """Return the one column that holds prison numbers, where no heading says so: they are like nothing else."""
    if says_prisoners(table):
        return None
    filled: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    for _, cells in table.rows:
        for at, cell in enumerate(cells):
            if cell.strip():
                filled[at] += 1
                numbers[at] += as_prison_number(tidy(cell)) is not None
    found = [at for at, number in numbers.items() if number >= max(FEWEST_NUMBERS, NEARLY_ALL * (filled[at] - TITLES))]
    return found[0] if len(found) == 1 else None


def _has_all(layout: Layout, meanings: Iterable[str]) -> bool:
    there = set(meanings)
    return all(there & {need} if isinstance(need, str) else there & set(need) for need in layout.needs)


def _read(table: Table, at: int, layout: Layout, places: Mapping[int, str]) -> Recognised:
    headings = [tidy(cell) for cell in table.rows[at][1]]
    left_out: dict[str, list[int]] = {}
    records = []
    for line, cells in table.rows[at + 1 :]:
        record = Record(
            table.source,
            line,
            {places[n]: said for n, cell in enumerate(cells) if n in places and (said := _kept(cell))},
        )
        why = _left_out(layout, record, cells, headings)
        if why is None:
            records.append(record)
        elif why:
            left_out.setdefault(why, []).append(line)
    passed_over = {line for lines in left_out.values() for line in lines}
    read = [row for row in table.rows[at + 1 :] if row[0] not in passed_over]
    above = " ".join(tidy(cell) for _, cells in table.rows[:at] for cell in cells if cell.strip())
    return Recognised(
        table,
        layout,
        {meaning: headings[n] or f"column {n + 1}" for n, meaning in places.items()},
        tuple(records),
        tuple(_unread(layout, places, headings, read)),
        {why: tuple(lines) for why, lines in left_out.items()},
        above,
        (at, tuple(headings)),
    )


def _kept(cell: str) -> str:
    if isinstance(cell, BrokenCell | DayCell):
        return cell
    said = tidy(cell)
    return BrokenCell(say_error(said)) if said in ERRORS else said


def _left_out(layout: Layout, record: Record, cells: Cells, headings: Sequence[str]) -> str | None:
    """Say why a row is no record: empty text for a blank one, `None` for a row that is one."""
    filled = _filled(cells)
    if not filled:
        return ""
    key, why = "number" if "number" in layout.columns else "officer", why_no_record(cells, headings)
    if why is not None and (why != A_TITLE or tidy(record.get(key)) == tidy(filled[0])):
        return why
    if not record.get(key):
        return "no prison number" if key == "number" else "no officer"
    said = {plain(cell) for cell in filled}
    if key == "number" and not _NOBODY.isdisjoint(said) and as_prison_number(record.get(key)) is None:
        return "nobody in it"
    return None


def _unread(
    layout: Layout, places: Mapping[int, str], headings: Sequence[str], rows: Sequence[tuple[int, Cells]]
) -> Iterator[tuple[str, str, int]]:
    width = max([len(headings), *(len(cells) for _, cells in rows)], default=0)
    for at in range(width):
        if at in places:
            continue
        heading = headings[at] if at < len(headings) else ""
        filled = sum(1 for _, cells in rows if at < len(cells) and cells[at].strip())
        if heading or filled:
            yield heading or f"column {at + 1}, without a heading", _why(layout, plain(heading), places), filled


def _why(layout: Layout, heading: str, places: Mapping[int, str]) -> str:
    if heading in layout.known_unread:
        return layout.known_unread[heading]
    meaning = layout.column_for(heading)
    if meaning in places.values():
        return "a second column of the same"
    near = nearest(layout, heading)
    return f"not known; did you mean {near}?" if near else "not known"


def nearest(layout: Layout, heading: str) -> str | None:
    """Return the heading that is known and nearest to one that is not."""
    all_known = [said for headings in layout.columns.values() for said in headings]
    close = difflib.get_close_matches(heading, all_known, n=1, cutoff=NEAR) if heading else []
    return close[0] if close else None


def says_prisoners(table: Table) -> bool:
    """Say whether some row has a heading for prison numbers: a sheet of prisoners, though it is not known which."""
    return any(plain(tidy(cell)) in NUMBER for _, cells in table.rows[:HEADINGS_WITHIN] for cell in cells)
