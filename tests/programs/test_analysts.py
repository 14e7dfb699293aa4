"""What `kw help query` says to other programs is typed in them: sqlite3, pandas, DuckDB and datasette."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from keyworker_cli.command_line.topics import read_page

DATASETTE = """
import asyncio, json, sys
from datasette.app import Datasette

async def ask(paths):
    served = Datasette(["kw.db"], metadata=json.load(open("kw.json")), settings={"allow_download": False})
    await served.invoke_startup()
    return {path: (await served.client.get(path)).status_code for path in paths}

print(json.dumps(asyncio.run(ask(sys.argv[1:]))))
"""


@pytest.fixture
def run(kw, database, prison) -> Callable[..., str]:
    """Run a program beside the database of one prisoner and his session; return what it prints."""
    prison.prisoner("A1234BC", arrived="2026-01-05", location="B-1-001")
    prison.officer("SHAH")
    prison.slot("SHAH", "2026-05-12", "09:00", "11:15")
    prison.store.close()
    for ending in ("csv", "ndjson"):
        kw(f"overdue --output {database.parent / f'overdue.{ending}'}")

    def run_there(*command: str) -> str:
        done = subprocess.run(command, cwd=Path(database).parent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_there


def typed(program: str) -> list[str]:
    lines = [line.strip() for line in read_page("query").splitlines() if line.startswith(f"    {program}")]
    assert lines, f"the page says nothing of {program}"
    return lines


def test_sqlite3_reads_a_view(run) -> None:
    (line,) = typed("sqlite3")

    assert "|serious|" in run(*shlex.split(line))


def test_pandas_reads_a_view_and_what_is_written_for_it(run) -> None:
    for line in typed("pandas"):
        assert run(sys.executable, "-c", f"import pandas, sqlite3; print(len({line}))") == "1\n"


def test_duckdb_reads_what_is_written_for_it(run) -> None:
    sql = next(shlex.split(line)[-1] for line in typed("duckdb") if "csv" in line)

    told = run(sys.executable, "-c", f"import duckdb; print(duckdb.sql({sql!r}).fetchall())")

    assert re.fullmatch(r"\[\('B', \d+\)\]\n", told)


def test_datasette_shows_the_views_and_refuses_everything_else(run, database) -> None:
    shared = re.search(r"^    \{.*?\}\}\}\}\}$", read_page("query"), re.DOTALL | re.MULTILINE)
    assert shared is not None
    (Path(database).parent / "kw.json").write_text(shared[0])
    refused = ["/kw/person.json", "/kw/session.json", "/kw/audit.json", "/kw.db", "/kw.json?sql=select+1"]

    answers = json.loads(run(sys.executable, "-c", DATASETTE, "/kw/v_gap.json", *refused))

    assert answers == {"/kw/v_gap.json": 200} | dict.fromkeys(refused, 403)
