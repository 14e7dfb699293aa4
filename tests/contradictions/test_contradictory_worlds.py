"""Whatever the record holds: kw answers of contradictory records as the definitions do, told slowly (help: movements).

Many small worlds stand side by side in one prison: each report is asked once of all of them, and compared with what is
found slowly in each. They are imported; some corrections, voids, merges, late sessions, allocations (cancelled or
replaced on their day too), departures, returns and departures taken back are typed; and every report is asked as of a
day and for what had been recorded by a moment of another; again of an export of it that came into a new file, and of
one file that came in two parts, of which the first knew less.

20 worlds in the ordinary suite, at two moments; `KW_TEST_WORLDS=10000` takes as many, `KW_TEST_WORLDS=2000:3000` those
from one number to another, at ten moments each. A failure names the world's number, and the fewest rows that still
show it.

Of 10,000 worlds asked after an export, before departures were typed in them, ten differed last, and are answered alike
by now. With typed departures 10,000 were asked after one import and 10,000 after an export; what differed then is
answered alike by now.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Final, NamedTuple

import pytest

from contradictions.answers import answers, differences, expected
from contradictions.slow_twin import Twin
from contradictions.worlds import FIRST, IMPORTED, TODAY, Row, World, make_world, together
from databases import SERVER, named

SETTING: Final = os.environ.get("KW_TEST_WORLDS")
FROM, TO = (int(end or 0) for end in (SETTING or "20").rpartition(":")[::2])
IN_ONE_PRISON: Final = 25
BATCHES: Final = [range(first, min(first + IN_ONE_PRISON, TO)) for first in range(FROM, TO, IN_ONE_PRISON)]
MOMENTS: Final = 10 if SETTING else 2
PARTS: Final = ("one import", "an export", "two imports")
ASKED_ON: Final = IMPORTED + timedelta(days=7)


class Ask(NamedTuple):
    """As of the end of a day, of what had been recorded by a moment: of everything, if none."""

    day: date
    moment: datetime | None = None

    def __str__(self) -> str:
        return f"--as-of {self.day}" + (f" --known-at {self.moment.isoformat()}" if self.moment else "")


@pytest.fixture
def said(kw) -> Callable[..., str]:
    """What is answered to a line, which may be about somebody who is not known yet."""

    def type_it(database: str, line: str, now: datetime = ASKED_ON) -> str:
        told = kw(f"{line} --db {database}", now=now)
        if told.code == 4 and line.startswith("why"):
            return ""
        assert told.code == 0, f"{line}: {told.err}"
        return told.out

    return type_it


@pytest.mark.sqlite_file
@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds.start}:{seeds.stop}")
@pytest.mark.parametrize("part", PARTS)
def test_every_report_answers_as_the_definitions_do(said, tmp_path, seeds, part):
    _find_wrong(said, seeds, part, str(tmp_path / "kw.db"))


@pytest.fixture
def encrypted(kw, key_file, tmp_path) -> str:
    """An encrypted file."""
    path = str(tmp_path / "encrypted.db")
    assert kw(f"init --encrypt --db {path}").code == 0
    return path


@pytest.fixture
def on_a_server(kw, database) -> str:
    """A database on the server that the tests are run on."""
    assert kw("init").code == 0
    return named(database)


@pytest.mark.parametrize("kind", ["on_a_server" if SERVER else "encrypted"])
def test_so_they_do_whatever_the_prison_is_kept_in(said, kind, request, tmp_path):
    _find_wrong(said, BATCHES[0][:8], PARTS[0], request.getfixturevalue(kind))


def _find_wrong(said, seeds, part, database):
    worlds = [make_world(seed).beside(n) for n, seed in enumerate(seeds)]
    asks = [
        ask for ask in _asks(Random(seeds.start)) if part != PARTS[2] or ask.moment is None or ask.moment > IMPORTED
    ]
    if wrong := _wrong(said, worlds, part, asks, database):
        named = {int(place) for place in re.findall(r"[AB](\d{3})\d[AB]{2}", str(wrong))}
        for place in sorted(range(len(seeds)), key=lambda place: place not in named):
            _pursue(said, worlds[place], seeds[place], part, [*wrong])
        pytest.fail(f"only of all together, {part}: {wrong}")


def _pursue(said, world, seed, part, asks):
    """Fail with the fewest rows of this world that show what is wrong with it, if anything is."""

    def wrong(world: World, asks: list[Ask]) -> dict[Ask, list[str]]:
        return _wrong(said, [world], part, asks, str(Path(mkdtemp()) / "kw.db"), every_page=True)

    if found := wrong(world, asks):
        one = [*found][:1]
        fewest = _fewest_rows(world, lambda fewer: bool(wrong(fewer, one)))
        pytest.fail(f"world {seed}, {part}: {found}\n{_show(fewest)}\n{wrong(fewest, one)}")


def _asks(rng: Random) -> Iterator[Ask]:
    """Today, and when all was typed; then some days, each as it was known at a moment of its own, or later."""
    yield Ask(TODAY)
    yield Ask(ASKED_ON.date())
    for n in range(MOMENTS):
        day = FIRST + timedelta(days=rng.randrange(10, 85))
        hour = rng.choice((7, 10, 13, 16, 23))
        typed = IMPORTED.date() + timedelta(days=rng.randrange(1, 8))
        yield Ask(day, datetime.combine(day if n % 3 else typed, time(hour), UTC))


def _wrong(said, worlds, part, asks, database, *, every_page=False):
    """Say what kw answers otherwise than the twins; each prisoner's page is asked for once, or every time."""
    folder = Path(mkdtemp())
    _fill(said, together(worlds), part, folder, database)
    exported = part == "an export"
    if exported:
        said(database, f"export {folder / 'out'}")
        database = str(folder / "second.db")
        said(database, f"import --yes {folder / 'out'}")
    numbers = sorted({row["prison_number"] for world in worlds for row in world.files["prisoners"]})
    found = {}
    for n, ask in enumerate(asks):
        asked = numbers if every_page else numbers[n :: len(asks)]
        twins = [Twin(world, *ask, exported=exported) for world in worlds]
        names = {number: twin.names[number] for number in asked for twin in twins if number in twin.names}
        known = [*{name: number for number, name in names.items()}.values()]  # of two numbers of one prisoner one
        told = answers(lambda line: said(database, line), known, str(ask))
        wrong = differences(told, expected(twins, known))
        wrong += [f"{one} is known" for one in asked if one not in names and said(database, f"why {one} {ask}")]
        if wrong:
            found[ask] = wrong[:5]
    return found


def _fill(said, world, part, folder, database):
    """Import a world at once, or in two parts; then type what is typed."""
    if part == "two imports":
        world.write(folder / "early", early=True)
        said(database, f"import --yes {folder / 'early'}", now=IMPORTED - timedelta(days=1))
    world.write(folder / "files")
    said(database, f"import --yes {folder / 'files'}", now=IMPORTED)
    for row in world.files["typed"]:
        said(database, _line(row), now=row["typed_at"])


def _line(row):
    """What is typed."""
    if row["kind"] in ("merge", "part"):
        undo = " --undo" if row["kind"] == "part" else ""
        return f"prisoner merge{undo} {row['prison_number']} {row['other']} --why 'fingerprints at reception'"
    number = row["prison_number"]
    if row["kind"] == "allocate":
        return f"allocate {number} --to {row['staff_id']}"
    if row["kind"] == "deallocate":
        return f"deallocate {number}"
    if row["kind"] == "leave":
        return f"prisoner leave {number} --reason {row['reason']} --on {row['on']}"
    if row["kind"] == "return":
        return f"prisoner return {number} --on {row['on']} --location B-1-002"
    if row["kind"] == "undo":
        return f"prisoner leave {number} --undo --why 'of somebody else'"
    if row["kind"] == "session":
        place = f" --place '{row['place']}'" if row["place"] else ""
        return (
            f"log-session {number} --minutes {row['minutes']} --by {row['staff_id']} --on {row['held_on']}{place} --yes"
        )
    at = f" --at {row['start']}" if row["start"] else ""
    change = "--void" if row["kind"] == "void" else f"--minutes {row['minutes']}"
    which = f"{row['prison_number']} --on {row['held_on']} --by {row['staff_id']}{at}"
    return f"amend-session {which} {change} --why 'typed wrong' --yes"


def _fewest_rows(world: World, fails: Callable[[World], bool]) -> World:
    """Leave out prisoner after prisoner, file after file, then row after row, while it still fails."""
    for rows in list(_at_once(world)):
        gone = [id(row) for row in rows]
        fewer = World({name: [row for row in there if id(row) not in gone] for name, there in world.files.items()})
        try:
            world = fewer if fewer.files["prisoners"] and fails(fewer) else world
        except AssertionError:
            continue  # what is left would be refused
    return world


def _at_once(world: World) -> Iterator[list[Row]]:
    rows = [row for name, there in world.files.items() if name != "key_workers" for row in there]
    for prisoner in sorted({row["prison_number"][1:5] for row in world.files["prisoners"]}):
        yield [row for row in rows if row.get("prison_number", "")[1:5] == prisoner]
    yield from (there for name, there in world.files.items() if name != "key_workers")
    yield from ([row] for row in rows)


def _show(world: World) -> str:
    return "\n".join(
        f"{name}: " + ", ".join(f"{key} {value}" for key, value in row.items() if value not in (None, ""))
        for name, rows in world.files.items()
        for row in rows
    )
