"""Paths that no system takes: said in two lines, whatever the command."""

import pytest

from databases import everything

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
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_path_that_cannot_be_is_named_and_nothing_is_saved(line, code, kw, prison, database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = everything(database)

    said = kw(line)

    assert said.code == code
    assert len(said.err.splitlines()) == 2
    assert "a bug in kw" not in said.err
    assert everything(database) == before
