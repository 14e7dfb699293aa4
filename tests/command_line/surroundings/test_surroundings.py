"""What kw is given from outside and cannot use is refused, an empty variable is none, and no secret is repeated."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from databases import named

SECRET = "sesame-lilies"
KEY = "0a1b" * 16


@pytest.mark.parametrize(
    "named",
    [
        f"postgresql:/kw:{SECRET}@db.example/fellgate",
        f"postgres:kw:{SECRET}@db.example/fellgate",
        f"host=db.example user=kw password={SECRET} dbname=fellgate",
        f"dbname = fellgate password = {SECRET}",
    ],
)
@pytest.mark.parametrize("line", ["init", "overdue", "config set gap.days 9"])
def test_what_looks_like_an_address_is_refused_and_its_password_not_repeated(
    line, named, kw, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())

    for said in (kw(line, KW_DB=named), kw([*line.split(), "--db", named])):
        assert said.code == 2
        assert SECRET not in said.err + said.out
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.sqlite_file
@pytest.mark.parametrize("line", ["init --encrypt", "config encrypt --yes", "doctor"])
def test_a_key_in_the_place_of_its_files_name_is_not_repeated(line, kw, prison, monkeypatch) -> None:
    monkeypatch.setenv("KW_KEY_FILE", KEY)

    said = kw(line)

    assert KEY[:12] not in said.err + said.out


@pytest.mark.parametrize("option", ["--db", "--user"])
def test_an_option_that_says_nothing_is_refused(option, kw, prison) -> None:
    said = kw([option, "", "config", "set", "gap.days", "9"])

    assert (said.code, said.err.splitlines()[0]) == (2, f"kw: {option} says nothing.")


@pytest.mark.parametrize("name", ["   ", "two\nlines", "x" * 5000, "bell\a"])
def test_what_is_no_name_of_anybody_is_refused(name, kw, prison) -> None:
    assert kw(["--user", name, "config", "set", "gap.days", "9"]).code == 2
    assert kw("config set gap.days 9", KW_USER=name).code == 2


@pytest.mark.parametrize("variable", ["KW_AS_OF", "KW_WIDTH"])
def test_an_empty_variable_is_none(variable, kw, prison) -> None:
    said = kw("overdue", **{variable: ""})

    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("variable", ["KW_AS_OF", "KW_WIDTH", "KW_DB"])
def test_a_variable_of_a_space_is_refused(variable, kw, prison) -> None:
    assert kw("config set gap.days 9", **{variable: " "}).code == 2


@pytest.mark.parametrize(
    "value", [f"postgresql://kw:{SECRET}@db.example/x", f"host=h password={SECRET}", f"password='{SECRET} x'", KEY]
)
@pytest.mark.parametrize("variable", ["KW_AS_OF", "KW_WIDTH", "KW_DB", "KW_CONFIG"])
def test_no_secret_is_repeated_that_was_set_where_another_thing_is_meant(variable, value, kw, prison) -> None:
    for line in ("config set gap.days 9", "config set gap.days 9 --format json", ["why", value]):
        said = kw(line, **{variable: value})

        assert (SECRET in said.out + said.err, KEY[:12] in said.out + said.err) == (False, False)


@pytest.mark.parametrize("width", ["²²", "④⑤", "٤٥"])
def test_a_width_is_in_plain_digits(width, kw, prison) -> None:
    assert kw("overdue", KW_WIDTH=width).code == 2


@pytest.mark.sqlite_file  # a server is on the network
def test_no_command_touches_the_network(kw, prison, tmp_path) -> None:
    """Each is a process of its own, which ends with 99 where anything of it opens a socket or asks for a name."""
    watched = (
        "import os, sys\n"
        "sys.addaudithook(lambda event, _: os._exit(99) if event.startswith('socket.') else None)\n"
        "from datetime import datetime, UTC\n"
        "from keyworker_cli.cli import Environment, main\n"
        "there = Environment(datetime(2026, 5, 12, 7, tzinfo=UTC))\n"
        "sys.exit(max(main(line.split(), there) for line in sys.argv[1:]))"
    )
    prison.store.close()
    folder = shlex.quote(str(tmp_path))
    lines = ["help gap", "doctor", "overdue", f"briefing --output {folder}/page.html", "audit verify"]
    lines += [
        f"export {folder}/files",
        f"import {folder}/files --yes",
        f"backup {folder}/kw.backup",
        "config set gap.days 9",
    ]
    environment = {**os.environ, "KW_DB": named(prison.address), "KW_USER": "governor"}

    ended = subprocess.run([sys.executable, "-c", watched, *lines], env=environment, capture_output=True, check=False)

    assert ended.returncode == 0, ended.stderr.decode()


@pytest.mark.sqlite_file
@pytest.mark.parametrize("variable", ["KW_DB", "KW_CONFIG"])
@pytest.mark.parametrize("line", ["overdue", "init"])
def test_a_key_where_the_name_of_a_file_is_to_be_is_refused_and_not_repeated(variable, line, kw, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    said = kw(line, **{variable: KEY})

    assert (said.code, KEY[:12] in said.err + said.out) == (2, False)
    assert not Path(KEY).exists()
