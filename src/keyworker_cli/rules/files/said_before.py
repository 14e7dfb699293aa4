"""What a row said before each change of it, as one cell: so its past travels with an export (help: late-recording).

The cell is JSON: `[{"until": MOMENT, "by": WHO, "said": {COLUMN: CELL}}]`, the earliest change first. Of each change it
has the columns that it altered, each as a cell of the file has it, or null where it was empty.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from keyworker_cli.rules.files.cells import MOMENT, BadCellError, CellKind, ImportContext, Stored, echo
from keyworker_cli.rules.files.sheet import Column
from keyworker_cli.rules.typed import LONGEST_TEXT

EXPECTED: Final = 'expected [{"until": "2026-03-25T15:02:00Z", "by": "ab12c", "said": {"column": "what it said"}}]'


class Change(NamedTuple):
    """A change of a row: until when and by whom, and what the columns that it altered had said, by their fields."""

    until: str
    by: str
    said: Mapping[str, Stored]


def said_before(columns: Sequence[Column]) -> CellKind:
    """Allow the changes of a row that has these columns, stored with the names and values of its table."""
    named = {column.name: column for column in columns if column.own}

    def read(text: str, world: ImportContext) -> Stored:
        try:
            changes = [_read(one, named, world) for one in json.loads(text)]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise BadCellError(f"{echo(text)} does not say what the row said before; {EXPECTED}") from None
        if changes != sorted(changes, key=lambda change: change.until):
            raise BadCellError("its changes are not in their order, the earliest first")
        return json.dumps(changes)

    return CellKind(read, remembered=0)


def _read(one: Any, named: Mapping[str, Column], world: ImportContext) -> Change:
    said = {named[name].field: _cell(named[name], cell, world) for name, cell in one["said"].items()}
    return Change(str(MOMENT.read(str(one["until"]), world)), _text(one["by"]), said)


def _cell(column: Column, cell: Any, world: ImportContext) -> Stored:
    return None if cell is None and not column.required else column.reader(world)(_text("" if cell is None else cell))


def _text(cell: Any) -> str:
    """Return a cell as text that can be stored, else raise `ValueError`: JSON can say what no file can hold."""
    text = str(cell).encode().decode()
    if "\0" in text:
        raise ValueError(text)
    return text


def changes_of(stored: str) -> list[Change]:
    """Return the changes of a cell that has been read."""
    return [Change(*one) for one in json.loads(stored)]


def written(changes: Iterable[Change], columns: Sequence[Column]) -> str | None:
    """Return changes as the cell of an export; of more than a cell holds the latest ones, of none nothing."""
    named = {column.field: column for column in columns}
    cells = [
        json.dumps({"until": str(_write(MOMENT, until)), "by": by, "said": _named(said, named)}, ensure_ascii=False)
        for until, by, said in changes
    ]
    while sum(map(len, cells)) + 2 * len(cells) > LONGEST_TEXT:
        del cells[0]
    return f"[{', '.join(cells)}]" if cells else None


def _named(said: Mapping[str, Stored], named: Mapping[str, Column]) -> dict[str, str | None]:
    return {named[field].name: _write(named[field].kind, value) for field, value in said.items()}


def _write(kind: CellKind, value: Stored) -> str | None:
    if value is None:
        return None
    return kind.write(value) if kind.write else str(value)
