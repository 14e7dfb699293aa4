"""`kw demo` and `kw generate`: invented prisons, which never touch the user's own."""

import json
import re
import shlex
from pathlib import Path

import pytest

from databases import everything

EXPECTED = json.loads((Path(__file__).parents[2] / "sample_data" / "expected.json").read_text())


def test_the_demo_shows_who_is_overdue_on_its_own_day_and_each_next_step_works(kw, tmp_path):
    said = kw(f"demo --db {tmp_path / 'try.db'}", KW_AS_OF="2031-01-01")

    assert said.code == 0
    assert "Tue 12 May 2026" in said.out
    assert "Mr A" in said.out
    steps = [line.strip() for line in said.out.splitlines() if line.startswith("  kw ")]
    assert 3 <= len(steps) <= 5
    for step in steps:
        tried = kw(shlex.split(step)[1:])
        assert (step, tried.code) == (step, 0), tried.err


def test_the_demo_leaves_the_users_database_alone(kw, prison, database, tmp_path):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    before = everything(database)

    said = kw("demo")

    assert said.code == 0
    assert everything(database) == before
    assert str(database) not in said.out


@pytest.mark.sqlite_file  # a demo is made in a file
def test_a_database_that_is_no_demo_is_refused_and_left_as_it_is(kw, prison, database):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    before = database.read_bytes()

    said = kw(f"demo --db {database}")

    assert (said.code, "is not a demo" in said.err) == (5, True)
    assert database.read_bytes() == before


def test_a_file_of_another_kind_and_an_empty_database_are_refused_too(kw, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear governor")
    kw(f"init --db {tmp_path / 'empty.db'}")

    assert kw(f"demo --db {tmp_path / 'letter.txt'}").code == 5
    assert kw(f"demo --db {tmp_path / 'empty.db'}").code == 5


def test_a_demo_is_made_anew_in_the_same_file(kw, tmp_path):
    place = tmp_path / "try.db"
    first = kw(f"demo --db {place}")
    kw(f"log-session A1001AA --by PQ01 --minutes 45 --db {place} --as-of 2026-05-12")

    again = kw(f"demo --db {place}")

    assert (again.code, again.out) == (0, first.out)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".kw", "try"))] == ["try.db"]


def test_a_folder_that_is_not_there_is_not_found(kw, tmp_path):
    assert kw(f"demo --db {tmp_path / 'nowhere' / 'try.db'}").code == 4


def test_a_generated_prison_is_the_sample_data_and_can_be_taken_in(kw, tmp_path):
    said = kw(f"generate demo {tmp_path / 'fellgate'}")
    taken = kw(f"import {tmp_path / 'fellgate'} --as-of {EXPECTED['as_of']}")

    assert (said.code, taken.code) == (0, 0)
    assert "sessions.csv" in said.out
    assert f"kw import {tmp_path / 'fellgate'}" in said.err


def test_a_size_there_is_not_is_answered_with_those_there_are(kw, tmp_path):
    said = kw(f"generate huge {tmp_path / 'fellgate'}")

    assert (said.code, "standard" in said.err) == (2, True)


def test_a_larger_prison_is_told_day_by_day_to_who_looks_on(kw, tmp_path) -> None:
    said = kw(f"generate standard {tmp_path / 'seen'}", answers=[])
    piped = kw(f"generate standard {tmp_path / 'piped'}")

    assert re.search(r"day \d+ of (\d+).*day \1 of \1", said.err, re.DOTALL)
    assert "day" not in piped.err
    assert (tmp_path / "seen" / "sessions.csv").read_bytes() == (tmp_path / "piped" / "sessions.csv").read_bytes()
