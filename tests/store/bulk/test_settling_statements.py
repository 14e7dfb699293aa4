"""Settling asks of all whom a file is about at once: an import of more prisoners takes no more statements."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event


def write_files(folder: Path, prisoners: int) -> Path:
    """Prisoners who were in segregation for a day, with what is recorded of it."""
    folder.mkdir()
    numbers = [f"A{number:04}BC" for number in range(prisoners)]
    sheets = {
        "prisoners": ("arrived_on,last_name,first_name,location", "2026-01-05,Example,Sam,B-1-001"),
        "moves": ("moved_on,moved_at,location", "2026-03-02,09:00,SEG", "2026-03-03,09:00,B-1-001"),
        "events": ("code,on,time,until", "SEG,2026-03-02,09:00,2026-03-03"),
    }
    for name, (columns, *rows) in sheets.items():
        lines = [f"prison_number,{columns}", *(f"{number},{row}" for number in numbers for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def statements_of(kw, line: str) -> list[str]:
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_others) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert kw(line).code == 0
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return asked


@pytest.mark.sqlite_file
def test_an_import_of_thirty_in_segregation_takes_as_many_statements_as_one_of_three(kw, tmp_path) -> None:
    few, many = (
        statements_of(
            kw, f"import {write_files(tmp_path / str(prisoners), prisoners)} --db {tmp_path / f'{prisoners}.db'} --yes"
        )
        for prisoners in (3, 30)
    )

    assert len(many) == len(few)
