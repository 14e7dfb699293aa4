"""A damaged file: each command answers as before or says that it is damaged; never a bug, and `kw doctor` finds it."""

import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from factories import Prison
from faults.demo_prison import NOW
from faults.whole import said_in_two_lines

pytestmark = pytest.mark.sqlite_file

PAGE = 4096
READS = ["overdue --format csv", "why A1234BC", "timeline A1234BC", "caseload SHAH", "unallocated --format csv"]
WRITE = "log-session A1234BC --minutes 20 --by SHAH --on yesterday --start 10:00"


@cache
def typed_prison() -> bytes:
    """A prison of which every record was typed, so that the audit has each."""
    with TemporaryDirectory() as folder:
        prison = Prison(Path(folder) / "kw.db")
        prison.officer("SHAH")
        for number in ("A1234BC", "A1235BC", "A1236BC"):
            prison.prisoner(number, arrived="2026-01-05", name=f"Man {number}")
            prison.allocated(number, "SHAH", "2026-01-06")
            prison.event(number, "DEBT", "2026-05-01", detail="gives his canteen away")
            for day in range(7, 28, 7):
                note = f"He spoke of his daughter on the {day}th, and of the letter that he is waiting for. " * 6
                prison.session(number, "SHAH", f"2026-01-{day:02}", at="10:00", note=note)
        for day in range(4, 30):
            prison.slot("SHAH", f"2026-05-{day:02}")
        prison.store.close()
        return (Path(folder) / "kw.db").read_bytes()


def answers(loaded, database: Path) -> list[str]:
    ended = [loaded.start(line, database=database, now=NOW).wait() for line in READS]
    for one in ended:
        if one.code != 0:
            said_in_two_lines(one, 7)
    return [one.out if one.code == 0 else "" for one in ended]


def write_and_look_over(loaded, database: Path, lost: bool) -> None:
    """A write is saved or refused; where an answer was lost, `kw doctor` knows why, and it never knows of a bug."""
    looked_over = loaded.start("doctor", database=database, now=NOW).wait()
    assert looked_over.code in ((7,) if lost else (0, 7)), looked_over
    assert "hint: " in looked_over.err or looked_over.code == 0
    written = loaded.start(WRITE, database=database, now=NOW).wait()
    if written.code:
        said_in_two_lines(written, 7)


@pytest.fixture
def sound(database, loaded) -> list[str]:
    """What a sound file answers."""
    database.touch(mode=0o600)
    database.write_bytes(typed_prison())
    return answers(loaded, database)


@pytest.mark.parametrize("seed", range(2))
def test_a_page_of_noise(seed, sound, database, loaded) -> None:
    """Ten pages at random in each of two runs, one after the other."""
    chance, whole = random.Random(seed), typed_prison()
    for _ in range(10):
        page = chance.randrange(1, len(whole) // PAGE) * PAGE
        database.write_bytes(whole[:page] + chance.randbytes(PAGE) + whole[page + PAGE :])

        now = answers(loaded, database)

        assert all(answer in ("", before) for answer, before in zip(now, sound, strict=True))
        write_and_look_over(loaded, database, now != sound)


@pytest.mark.parametrize("seed", range(2))
def test_a_few_bytes_changed(seed, sound, database, loaded) -> None:
    """Fifteen times in each of two runs, one to four bytes where there is something to change."""
    chance, whole = random.Random(seed), typed_prison()
    places = [place for place in range(100, len(whole)) if whole[place]]
    for _ in range(15):
        changed = bytearray(whole)
        for place in chance.sample(places, chance.randint(1, 4)):
            changed[place] ^= 1 << chance.randrange(8)
        database.write_bytes(changed)

        now = answers(loaded, database)

        write_and_look_over(loaded, database, now != sound)
