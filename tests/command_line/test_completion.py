"""What TAB offers, and that a shell is never given anything but a plain word."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from keyworker_cli.command_line import index as command_tree
from keyworker_cli.command_line import write_index as write_command_tree
from keyworker_cli.command_line.completion import SCRIPTS, VALUE, complete, offers

pytestmark = pytest.mark.sqlite_file  # TAB asks a file, and waits for no server


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


def test_tab_completes_prison_numbers_of_the_men_who_are_here(prison, database) -> None:
    prison.man("A1234BC", name="Mr A", arrived="2026-01-05")
    prison.man("A1299BD", name="Mr B", arrived="2026-01-05")

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
    prison.man("A1234BC", name=f"Mr {name}", arrived="2026-01-05")

    ((word, about),) = offers(["log-session", ""], database)

    assert VALUE.fullmatch(word)
    assert not set(about) & set('$`;"\\\n[]()')


@pytest.mark.parametrize("shell", SCRIPTS)
def test_each_shell_can_be_told_to_ask_kw(shell, kw) -> None:
    assert "kw __complete" in kw(f"completion {shell}").out


def test_bash_itself_completes_a_prison_number(prison, database, tmp_path) -> None:
    prison.man("A1234BC", name="Mr $(touch hacked)", arrived="2026-01-05")
    kw = tmp_path / "kw"
    kw.write_text(f'#!/bin/sh\nexec {sys.executable} -m keyworker_cli "$@"\n')
    kw.chmod(0o700)
    ask = SCRIPTS["bash"] + "COMP_WORDS=(kw log-session A12); COMP_CWORD=2; _kw; echo ${COMPREPLY[@]}"

    environment = {**os.environ, "KW_DB": str(database), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", ask], capture_output=True, text=True, cwd=tmp_path, env=environment, check=True
    )

    assert done.stdout == "A1234BC\n"
    assert not (tmp_path / "hacked").exists()
