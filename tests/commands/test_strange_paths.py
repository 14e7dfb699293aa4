"""Paths that no system takes: said in two lines, whatever the command."""

from pathlib import Path

import pytest

from databases import everything
from keyworker_cli.actions.files.reading import input_files, text_file

TOO_LONG = "é" * 300
OF_FILES = pytest.mark.sqlite_file  # a server has tools of its own


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["import", TOO_LONG], 4),
        (["export", TOO_LONG], 4),
        pytest.param(["backup", TOO_LONG], 7, marks=OF_FILES),
        pytest.param(["restore", TOO_LONG], 7, marks=OF_FILES),
        (["generate", "demo", TOO_LONG], 4),
        (["overdue", "--output", TOO_LONG + ".csv"], 1),
        (["overdue", "--db", TOO_LONG], 7),
        (["overdue", "--db", "kw\0.db"], 2),
        (["import", "a\0b"], 2),
        (["init", "--db", "-"], 2),
        (["demo", "--db", "-"], 2),
        (["generate", "demo", "-"], 2),
        (["generate", "demo", "kw.toml"], 5),
        (["import", "files", "--mapping", "files"], 4),
        pytest.param(["backup", "-"], 2, marks=OF_FILES),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_path_that_cannot_be_is_named_and_nothing_is_saved(line, code, kw, prison, database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kw.toml").write_text("")
    (tmp_path / "files").mkdir()
    before, there = everything(database), sorted(tmp_path.iterdir())

    said = kw(line)

    assert said.code == code
    assert len(said.err.splitlines()) == 2
    assert "a bug in kw" not in said.err
    assert "[Errno" not in said.err
    assert everything(database) == before
    assert sorted(tmp_path.iterdir()) == there


KEPT = ("kw.db-journal", "kw.db-wal", "kw.db-shm")


@OF_FILES
@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize(
    "line", ["overdue --format csv --output", "query 'SELECT 1' --format csv --output", "backup", "export", "init --db"]
)
def test_a_name_that_sqlite_keeps_beside_the_database_is_no_place_for_a_file(line, name, kw, prison, tmp_path):
    """SQLite would take it for its own: it removes such a file at the next write, or damages the database with it."""
    prison.store.close()
    there = sorted(path.name for path in tmp_path.iterdir())

    said = kw(f"{line} {tmp_path / name}")

    assert said.code in (2, 5)
    assert f"{name} is a name that SQLite keeps for kw.db" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == there
    assert kw("overdue").code == 0


@OF_FILES
@pytest.mark.parametrize("before", ["", "\ufeff", "# the key of B wing\n" * 500])
def test_a_file_of_keys_is_known_whatever_stands_before_the_key(before, kw, prison, tmp_path):
    key = tmp_path / "key.csv"
    key.write_text(before + "0a1b" * 16, encoding="utf-8")
    held = key.read_bytes()

    said = kw(f"overdue --output {key}")

    assert (said.code, "is a file of keys" in said.err, key.read_bytes()) == (2, True, held)


ENDLESS = Path("/dev/zero")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("log-session A1234BC --minutes 30 --by SHAH --note @{}", 6),
        ("group overdue --prisons {}", 6),
        ("import files --mapping {}", 6),
        ("import {}", 6),
        ("import --as sessions {}", 6),
        ("rota publish --file {}", 6),
        ("rota least --slots {}", 6),
    ],
)
def test_what_has_no_end_is_read_up_to_a_limit(line, code, kw, prison, database, monkeypatch):
    if not ENDLESS.exists():
        return
    monkeypatch.setattr(input_files, "MOST_BYTES", 1 << 20)
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    before = everything(database)

    said = kw(line.format(ENDLESS))

    assert (said.code, " has more than " in said.err) == (code, True), said
    assert everything(database) == before


@pytest.mark.parametrize("line", ["why -", "query -", "log-session A1234BC --minutes 30 --by SHAH --note -"])
def test_what_is_piped_in_without_end_is_read_up_to_a_limit(line, kw, prison, database, monkeypatch):
    monkeypatch.setattr(text_file, "MOST_WRITTEN", 1_000)
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    before = everything(database)

    said = kw(line, typed="A1234BC\n" * 1_000)

    assert (said.code, "what was piped in has more than 1,000 characters" in said.err) == (2, True), said
    assert everything(database) == before
