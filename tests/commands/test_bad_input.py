"""The bad-input catalogue, `bad_input.txt`: what is typed wrong, and what answers it. Nothing is saved by any of it.

A row of it is the exit code and the command line, then all that is said: what is wrong, and what to type instead.
"""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from factories import Prison
from keyworker_cli.command_line.index import read_index

pytestmark = pytest.mark.sqlite_file  # what is typed wrong is wrong whatever the database

ROWS = Path(__file__).with_name("bad_input.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
FEWEST = 3
PASTED = "x" * 5_000  # what LONG stands for


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A prison in which every mistake can be made, in a folder with some files to name."""
    folder = tmp_path_factory.mktemp("desk")
    prison = Prison(folder / "kw.db")
    for officer in ("SHAH", "PRICE", "OLD"):
        prison.officer(officer)
    prison.status("OLD", "INACTIVE", "2026-05-01")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-05", at="14:00", note="Spoke of home.", topics="FAMILY")
    prison.session("A1234BC", "SHAH", "2026-05-11", at="14:00")
    prison.prisoner("B2345CD", arrived="2026-02-02", name="Sam Brook", location="B-1-003")
    prison.allocated("B2345CD", "PRICE", "2026-02-03")
    prison.away("B2345CD", "2026-05-06", back="2026-05-11")
    prison.prisoner("C3456DE", arrived="2026-02-02", name="Ali Brook", location="B-1-004")
    prison.left("C3456DE", "2026-05-01")
    prison.prisoner("D4567EF", arrived="2026-02-02", name="Dan Cole", location="C-1-004")
    prison.left("D4567EF", "2026-05-10", "DIED")
    prison.prisoner("E5678FG", arrived="2026-04-01", name="Ed Dale", location="C-1-005")
    prison.acct("E5678FG", "2026-05-01")
    prison.event("E5678FG", "BASIC", "2026-05-01")
    for need in ("phone PIN", "phone credit"):
        prison.need("E5678FG", "2026-05-01", need)
    prison.prisoner("F6789GH", arrived="2026-04-01", name="Finn Eves", location="C-1-006")
    prison.out_of_scope("F6789GH", "2026-05-02", "resettlement")
    for on, start, end in (("11", "09:00", "11:15"), ("12", "09:00", "11:15"), ("12", "14:00", "16:15")):
        prison.slot("SHAH", f"2026-05-{on}", start, end)
    prison.store.close()
    (folder / "note.txt").write_text("Spoke of home.")
    (folder / "files").mkdir()
    (folder / "files" / "sessions.csv").write_text(
        "prison_number,staff_id,held_on,minutes\nA1234BC,SHAH,2026-05-02,many\n"
    )
    return folder


@pytest.mark.parametrize("row", ROWS, ids=[row.partition("\n")[0] for row in ROWS])
def test_it_is_answered_with_what_is_wrong_and_what_to_type_and_nothing_is_saved(row, kw, desk, monkeypatch) -> None:
    monkeypatch.chdir(desk)
    before = content(desk)
    asked, _, answer = row.partition("\n")
    _, _, *words = shlex.split(asked)

    said = kw([word.replace("LONG", PASTED) for word in words], KW_DB="kw.db")

    assert f"{said.code} {said.err}" == f"{asked.partition(' ')[0]} {answer}\n"
    assert (said.out, content(desk) == before) == ("", True)
    what, *between, hint = [line for line in said.err.splitlines() if not line.startswith("note: ")]
    assert what.startswith("kw: ")
    assert what.endswith((".", "?", ":"))
    assert hint.startswith("hint: ")
    assert all(line.startswith("  ") for line in between)


def content(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def commands(tree: Mapping[str, Any], *path: str) -> Iterator[str]:
    for word, known in tree["commands"].items():
        if known["commands"]:
            yield from commands(known, *path, word)
        else:
            yield " ".join((*path, word))


@pytest.mark.parametrize("command", [*commands(read_index())])
def test_every_command_has_rows_in_the_catalogue(command) -> None:
    lines = [row.partition("\n")[0].partition(" kw ")[2] for row in ROWS]

    assert sum(line == command or line.startswith(f"{command} ") for line in lines) >= FEWEST
