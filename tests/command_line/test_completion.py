"""What TAB offers, and that a shell is never given anything but a plain word."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from keyworker_cli.command_line import index as command_tree
from keyworker_cli.command_line import write_index as write_command_tree
from keyworker_cli.command_line.completion import SCRIPTS, VALUE, complete, offers

pytestmark = pytest.mark.sqlite_file  # TAB asks a file, and waits for no server


def leaves(node, *path):
    for name, known in node["commands"].items():
        yield " ".join((*path, name)), known
        yield from leaves(known, *path, name)


def words(line: str, database: Path) -> list[str]:
    """What TAB offers after this line."""
    return [word for word, _ in offers(line.split(" "), database)]


def test_the_written_commands_are_those_of_kw() -> None:
    written = command_tree.WRITTEN.read_text(encoding="utf-8")

    assert written == write_command_tree.source(), "run: python -m keyworker_cli.command_line.write_index"


def test_tab_completes_commands_and_their_options(database) -> None:
    assert "overdue" in words("ov", database)
    assert words("overdue --da", database) == ["--days"]
    assert "--as-of" in words("overdue --", database)


def test_tab_completes_prison_numbers_of_the_prisoners_who_are_here(prison, database) -> None:
    prison.prisoner("A1234BC", name="Mr A", arrived="2026-01-05")
    prison.prisoner("A1299BD", name="Mr B", arrived="2026-01-05")

    assert words("log-session A12", database) == ["A1234BC", "A1299BD"]
    assert offers(["log-session", "a123"], database) == [("A1234BC", "Mr A")]


def test_tab_completes_staff_ids_after_an_option_that_takes_one(prison, database) -> None:
    prison.officer("SHAH", name="Officer Shah")

    assert offers(["overdue", "--key-worker", ""], database) == [("SHAH", "Officer Shah")]


def test_a_file_that_is_missing_or_no_database_offers_nobody_and_says_nothing(database) -> None:
    assert words("log-session ", database) == []
    database.write_text("not a database")
    assert words("log-session ", database) == []


def test_a_server_is_not_waited_for_so_only_what_is_known_without_it_is_offered(monkeypatch, capsys) -> None:
    monkeypatch.setenv("KW_DB", "postgresql://kw@127.0.0.1:1/fellgate")

    assert complete(["log-session", ""]) == 0
    assert capsys.readouterr().out == ""
    complete(["log-session", "--outcome", "REF"])
    assert capsys.readouterr().out == "REFUSED\t\n"


@pytest.mark.parametrize("name", ["$(touch x)", "`id`", "a;b", 'Zoë "Z"', "x\ny", "\\$(touch x)", "[/x]"])
def test_a_name_can_never_reach_the_shell_as_more_than_letters(name, prison, database) -> None:
    prison.prisoner("A1234BC", name=f"Mr {name}", arrived="2026-01-05")

    ((word, about),) = offers(["log-session", ""], database)

    assert VALUE.fullmatch(word)
    assert not set(about) & set('$`"\\\n[](){}')


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_can_be_told_to_ask_kw(shell, kw) -> None:
    assert "kw __complete" in kw(f"completion {shell}").out


ASK = {
    "bash": "COMP_WORDS=(kw {line}); COMP_CWORD={at}; _kw; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
    "zsh": "words=(kw {line}); CURRENT=$(({at} + 1)); _kw",
    "fish": "complete -C 'kw {line}'",
}
BEFORE = {
    "zsh": "compdef() { :; }; _describe() { print -l -- $offered; }; _files() { print FILES; };\n",
    "bash": "compopt() { echo FILES; };\n",
    "fish": "function __fish_complete_path; echo FILES; end\n",
}


@pytest.fixture
def shell(prison, database, tmp_path):
    """Ask a shell itself what it offers after a line; kw is the one of this checkout."""
    prison.prisoner("A1234BC", name="Łukasz $(touch hacked)", arrived="2026-01-05", location="B-1-001")
    kw = tmp_path / "kw"
    kw.write_text(f'#!/bin/sh\nexec {sys.executable} -m keyworker_cli "$@"\n')
    kw.chmod(0o700)
    environment = {
        **os.environ,
        "KW_DB": str(database),
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
    }

    def offered(name: str, line: str) -> str:
        at = len(line.split(" "))
        typed = line if not line.endswith(" ") or name == "fish" else f'{line}""'
        script = BEFORE[name] + SCRIPTS[name] + ASK[name].format(line=typed, at=at)
        flags = {"zsh": ["-f"], "bash": ["--norc"], "fish": ["--no-config"]}[name]
        return subprocess.run(
            [name, *flags, "-c", script], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
        ).stdout

    yield offered
    assert not (tmp_path / "hacked").exists()


@pytest.mark.parametrize("name", [name for name in ASK if shutil.which(name)])
def test_the_shell_itself_completes_numbers_codes_and_files_and_runs_nothing(shell, name) -> None:
    assert "A1234BC" in shell(name, "log-session A12")
    assert "A1234BC" in shell(name, "why A1234BC A12")
    assert "REFUSED" in shell(name, "log-session --outcome REF")
    assert "FILES" in shell(name, "overdue --output ")
    assert "gap.days" in shell(name, "config get gap.d")


def test_a_name_keeps_its_letters_and_a_help_its_figures(prison, database) -> None:
    prison.prisoner("A1234BC", name="Łukasz Wiśniewski", arrived="2026-01-05", location="B-1-001")

    assert offers(["log-session", "A12"], database) == [("A1234BC", "Łukasz Wiśniewski")]
    assert dict(offers(["overdue", "--fai"], database))["--fail"] == "Exit with 3 when it lists anything."
    assert words("overdue --wing ", database) == ["B"]
    assert words("overdue --format n", database) == ["ndjson"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("overdue --sort da", ["days"]),
        ("overdue --sort -da", ["-days"]),
        ("overdue --fields prison_number,wee", ["prison_number,weeks"]),
        ("audit list --sort us", ["user"]),
        ("log-session --topics FAMILY,HEA", ["FAMILY,HEALTH"]),
        ("group ov", ["overdue"]),
        ("export x --format ", ["json", "table"]),
        ("event add A1234BC DEB", ["DEBT"]),
        ("event add A1234BC A12", ["A1234BC"]),
        ("config get gap.d", ["gap.days"]),
        ("generate st", ["standard"]),
        ("completion po", ["powershell"]),
    ],
)
def test_tab_completes_columns_topics_and_whoever_else_is_meant(prison, database, line, offered) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")

    assert words(line, database) == offered


def test_every_report_has_its_columns_written_ahead() -> None:
    lacking = [
        name
        for name, known in leaves(command_tree.read_index())
        if "--sort" in known["options"] and not known.get("columns") and name not in ("query", "group", "audit verify")
    ]

    assert lacking == []


def test_a_word_in_parts_and_a_quoted_empty_one_are_read_as_the_shell_means_them(capsys) -> None:
    complete(["overdue", "--format", "=", "ht"])
    complete(["overdue", "--format", '""'])

    assert capsys.readouterr().out.split() == [
        "html",
        "csv",
        "html",
        "json",
        "markdown",
        "ndjson",
        "table",
        "tsv",
        "xlsx",
    ]
