"""Whatever the record holds: kw answers of contradictory records as the definitions do, told slowly (help: movements).

15 worlds in the ordinary suite; `KW_TEST_WORLDS=10000` makes as many as it says. Each is asked on a day, and, for what
had been recorded by then, at a moment of another; one in five also after an export into a new file, and after it had
come in two parts, as of the day alone: what was settled travels settled. With the setting each is asked so, at ten
moments. A failure names the world's number, and the
fewest rows that still show it.
"""

import io
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradictions.answers import answers, differences, expected
from contradictions.slow_twin import Twin
from contradictions.worlds import FIRST, TODAY, World, make_world
from keyworker_cli.cli import Environment, main

pytestmark = pytest.mark.sqlite_file  # the worlds are many; what they show is in the statements, which are the same

WORLDS: Final = int(os.environ.get("KW_TEST_WORLDS", "15"))
IN_FULL: Final = WORLDS > 15
IMPORTED: Final = datetime(2026, 6, 15, 7, 15, tzinfo=UTC)
PARTS: Final = ("one import", "two imports", "an export")


@settings(max_examples=WORLDS, derandomize=True, database=None)
@given(seed=st.integers(0, 10**9))
def test_every_report_answers_as_the_definitions_do(seed: int) -> None:
    world, rng = make_world(seed), Random(seed)
    days = [TODAY, *(FIRST + timedelta(days=rng.randrange(10, 85)) for _ in range(10 if IN_FULL else 1))]
    moments = [datetime.combine(day, time(rng.choice((7, 10, 13, 16, 23))), UTC) for day in days[1:]]
    parts = PARTS if IN_FULL or not seed % 5 else PARTS[:1]

    for part in parts:

        def wrong(world: World, part: str = part) -> list[str]:
            return _wrong(world, part, days[0], moments)

        if found := wrong(world):
            fewest = _fewest_rows(world, lambda fewer: bool(wrong(fewer)))
            pytest.fail(f"world {seed}, {part}, as of {days[0]}: {found[:5]}\n{_show(fewest)}\n{wrong(fewest)[:5]}")


def _wrong(world: World, part: str, day: date, moments: list[datetime]) -> list[str]:
    """Say what kw answers otherwise than the twin: on a day, and what was known at each moment of its own day."""
    prisoners = sorted({row["prison_number"] for row in world.files["prisoners"]})
    with TemporaryDirectory() as folder:
        database = _import(world, part, Path(folder))

        def said(line: str) -> str:
            return _type(database, line, may_miss=line.startswith("why"))

        found = differences(answers(said, prisoners, f"--as-of {day}"), expected(Twin(world, day), prisoners))
        for moment in moments if part == PARTS[0] else ():
            on, at = moment.date(), f"--as-of {moment.date()} --known-at {moment.isoformat()}"
            twin = expected(Twin(world, on, moment), prisoners)
            found += [f"{moment}: {said}" for said in differences(answers(said, prisoners, at), twin)]
        return found


def _import(world: World, part: str, folder: Path) -> Path:
    """Import a world into a new file: at once, in two parts, or through an export of a first file."""
    database = folder / "kw.db"
    if part == "two imports":
        world.write(folder / "early", early=True)
        _type(database, f"import --yes {folder / 'early'}", now=IMPORTED - timedelta(days=1))
    world.write(folder / "files")
    _type(database, f"import --yes {folder / 'files'}")
    if part == "an export":
        _type(database, f"export {folder / 'out'}")
        database = folder / "second.db"
        _type(database, f"import --yes {folder / 'out'}")
    return database


def _type(database: Path, line: str, *, now: datetime = IMPORTED, may_miss: bool = False) -> str:
    out, err = io.StringIO(), io.StringIO()
    code = main(
        line.split(), Environment(now, out, err, {"KW_DB": str(database), "KW_USER": "governor"}, io.StringIO())
    )
    if code == 4 and may_miss:
        return ""
    assert code == 0, f"{line}: {err.getvalue()}"
    return out.getvalue()


def _fewest_rows(world: World, fails: Callable[[World], bool]) -> World:
    """Leave rows out, one after the other, while it still fails."""
    for name, rows in world.files.items():
        for row in rows if name not in ("key_workers",) else ():
            fewer = world.without(name, row)
            try:
                world = fewer if fewer.files["prisoners"] and fails(fewer) else world
            except AssertionError:
                continue  # what is left would be refused
    return world


def _show(world: World) -> str:
    return "\n".join(
        f"{name}: " + ", ".join(f"{key} {value}" for key, value in row.items() if value not in (None, ""))
        for name, rows in world.files.items()
        for row in rows
    )
