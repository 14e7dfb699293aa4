"""Killed at any moment of writing: what was acknowledged is there, nothing is half there, and nobody is kept out."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from faults.whole import days_of, recorded, session_on

pytestmark = pytest.mark.sqlite_file

RUNS, ROUNDS = 2, 50
WHOLE_PROCESSES = 4
FIRST_DAY = date(2010, 1, 1)


@pytest.fixture
def two(prison, database) -> Path:
    """A prisoner and an officer."""
    prison.prisoner("A1234BC", arrived="2009-12-01")
    prison.officer("SHAH", on="2009-01-01")
    prison.store.close()
    return database


def days_from(number: int) -> list[date]:
    return [FIRST_DAY + timedelta(days=number + n) for n in range(40)]


@pytest.mark.parametrize("run", range(RUNS))
def test_fifty_times_at_a_random_moment_while_sessions_are_logged(run, two, loaded) -> None:
    """Two runs: 100 rounds. Each is killed up to 30 ms after its first session, of which one takes about ten."""
    chance, acknowledged, there = random.Random(run), set(), set()
    for _ in range(ROUNDS):
        running = loaded.start(*map(session_on, days_from(len(there))), database=two)
        running.wait_for_a_line()
        time.sleep(chance.uniform(0, 0.03))
        running.send(signal.SIGKILL)
        assert running.wait().code == -signal.SIGKILL
        acknowledged |= days_of(running.acknowledged())

        there = recorded(two)
        assert acknowledged <= there

    assert len(acknowledged) >= ROUNDS


def test_before_every_statement_of_a_session_it_is_all_there_or_not_at_all(two, loaded) -> None:
    there, half_written = set(), 0
    for statement in range(1, 200):
        day = FIRST_DAY + timedelta(days=statement)
        ended = loaded.start(session_on(day), database=two, killed_at=statement).wait()
        if ended.code == 0:
            break
        assert ended.code == -signal.SIGKILL
        half_written += two.with_name("kw.db-journal").exists()
        now = recorded(two)
        assert now - there <= {str(day)}
        there = now

    assert half_written >= 10, "most were in the middle of the write"
    assert str(day) in recorded(two)


def test_as_a_whole_program_it_may_be_killed_just_as_well(two) -> None:
    chance, acknowledged = random.Random(9), set()
    environment = {**os.environ, "KW_DB": str(two), "KW_USER": "tester"}
    for day in days_from(0)[:WHOLE_PROCESSES]:
        line = ["log-session", "A1234BC", "--minutes", "20", "--by", "SHAH", "--on", str(day)]
        line += ["--topics", "FAMILY,WORK", "--need", "Ring his mother"]
        running = subprocess.Popen(
            [sys.executable, "-m", "keyworker_cli", *line], env=environment, stdout=subprocess.PIPE, text=True
        )
        time.sleep(chance.uniform(0.2, 0.7))
        running.kill()
        if "Recorded: " in running.communicate()[0]:
            acknowledged.add(str(day))

        assert acknowledged <= recorded(two)
