"""What README, CONTRIBUTING and SECURITY promise of every command, and that no test of one thing shows."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from keyworker_cli.command_line.index import read_index
from keyworker_cli.commands import overdue

ROOT = Path(__file__).parents[1]
OF_NO_WING = {"why", "review", "timeline", "voice show", "group", "query", "config list", "doctor"}
OF_NO_WING |= {"audit list", "audit verify"}
OF_NO_RECORD = {"demo", "generate", "config get", "completion", "help"}
REPORT = {"--format", "--output", "--fields", "--sort", "--limit", "--fail", "--with-reasons"}
IN_THE_RECORD = "Spoke of his daughter."


def commands(tree: Mapping[str, Any], *path: str) -> Iterator[tuple[str, set[str]]]:
    for word, known in tree["commands"].items():
        if known["commands"]:
            yield from commands(known, *path, word)
        else:
            yield " ".join((*path, word)), set(known["options"])


COMMANDS = dict(commands(read_index()))


@pytest.mark.parametrize("name", [name for name, options in COMMANDS.items() if "--output" in options])
def test_every_report_takes_a_format_and_a_file_and_every_list_a_wing_and_a_key_worker(name):
    assert COMMANDS[name] >= REPORT
    assert name in OF_NO_WING or COMMANDS[name] >= {"--wing", "--key-worker"}


@pytest.mark.parametrize("name", [name for name, options in COMMANDS.items() if "--output" not in options])
def test_every_write_takes_a_dry_run(name):
    assert name in OF_NO_RECORD or "--dry-run" in COMMANDS[name]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_whatever_a_document_points_to_is_there(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = {
        *re.findall(r"`((?:tests|src|sample_data|\.ci)/[\w./-]+|(?:README|CONTRIBUTING|SECURITY|CHANGELOG)\.md)`", text)
    }

    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("line", ["overdue", "overdue --debug", "overdue --format json --debug"])
@pytest.mark.parametrize(("error", "said"), [(ValueError, "this is a bug in kw"), (MemoryError, "not enough memory")])
def test_an_unexpected_error_prints_nothing_of_the_record(line, error, said, kw, prison, monkeypatch):
    def fail(*given: object, **named: object) -> None:
        raise error(IN_THE_RECORD) from KeyError(IN_THE_RECORD)

    monkeypatch.setattr(overdue, "gap_report", fail)

    told = kw(line)

    assert (told.code, told.out, said in told.err) == (1, "", True)
    assert IN_THE_RECORD not in told.err


@pytest.mark.sqlite_file
def test_nothing_of_a_note_stands_in_the_command_line_of_the_editor(kw, prison, tmp_path):
    """What it is called with, and the folder that it works in, which nobody else may enter."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH", login="governor")
    seen, editor = tmp_path / "seen", tmp_path / "editor"
    editor.write_text(
        f'#!/bin/sh\necho "$*" >{seen}\nls -ld "$(dirname "$1")" >>{seen}\necho "{IN_THE_RECORD}" >"$1"\n'
    )
    editor.chmod(0o700)

    said = kw("log-session A1234BC --minutes 20 --edit", EDITOR=str(editor), answers=[""] * 9)

    called, folder = seen.read_text().splitlines()
    assert said.code == 0, said.err
    assert Path(called).name == "note.txt"
    assert folder.startswith("drwx------")
    assert not Path(called).exists()
