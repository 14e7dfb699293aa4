"""The documentation is true: every `$ kw ...` in it, and every example in the help, is run on the demo prison.

`python tests/test_documentation.py` writes the outputs into the documents anew.
"""

import io
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from keyworker_cli.cli import Environment, main
from keyworker_cli.command_line.app import app

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "src/keyworker_cli/topics").glob("*.md"))]
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
AFTER_ALL_OF_IT = datetime(2026, 5, 14, 7, 15, tzinfo=UTC)
BEFORE_IT = {
    "kw note": ["kw log-session V1014WP --minutes 30 --by BR02 --on yesterday"],
    "kw import": ["kw prisoner list --format csv --output roll.csv --as-of today"],
    "kw restore": ["kw backup fellgate.backup"],
    "kw config encrypt": ["kw init --db other.db"],
    "kw config rekey": ["kw init --db other.db"],
    "kw config decrypt": ["kw init --db other.db"],
}
"""What a person has typed before the examples of a command mean anything."""


def typed(
    line: str, database: Path, now: datetime = MORNING, width: int = 100, as_of: str = "2026-05-12"
) -> tuple[int, str, str]:
    """Run one line as a person would on the demo prison's morning."""
    out, err = io.StringIO(), io.StringIO()
    environment = {"KW_DB": str(database), "KW_USER": "governor", "KW_AS_OF": as_of, "KW_WIDTH": str(width)}
    code = main(shlex.split(line)[1:], Environment(now, out, err, environment, stdin=io.StringIO()))
    return code, out.getvalue(), err.getvalue()


def make_demo(folder: Path) -> Path:
    database = folder / "demo.db"
    code, _, err = typed(f"kw demo --db {database}", database)
    assert code == 0, err
    return database


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


def rendered(document: Path, database: Path) -> str:
    """A document with each block's commands run, in order, on one prison, and their answers in place."""

    width = 80 if document.parent.name == "topics" else 100

    def run(block: re.Match[str]) -> str:
        lines = [line for line in block.group().splitlines() if line.startswith("$ ")]
        return "".join(f"{line}\n{answer(line[2:], database, width)}" for line in lines)

    return BLOCK.sub(run, document.read_text(encoding="utf-8"))


def answer(line: str, database: Path, width: int) -> str:
    code, out, err = typed(line, database, width=width)
    assert code in (0, 3), f"{line}: {err}"
    return out


def commands() -> Iterator[tuple[str, Any]]:
    def walk(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        for inner_name, inner in getattr(command, "commands", {}).items():
            yield from walk(f"{name} {inner_name}", inner)
        if not getattr(command, "commands", None):
            yield name, command

    yield from walk("kw", get_command(app))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_the_documents_answers_as_it_says(document, demo, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = shutil.copy(demo, tmp_path / "kw.db")

    assert document.read_text(encoding="utf-8") == rendered(document, database)


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_help_ends_with_two_examples_that_work(name, command, demo, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")
    (tmp_path / "prisons.toml").write_text('[prisons]\nFellgate = "kw.db"\n', encoding="utf-8")
    (tmp_path / "note.txt").write_text("Talked about his daughter's visit.", encoding="utf-8")
    database = shutil.copy(demo, tmp_path / "kw.db")
    day = "2026-05-14" if name == "kw import" else "2026-05-12"  # a roll of today says who has left by now
    for line in BEFORE_IT.get(name, ()):
        assert typed(line, database, AFTER_ALL_OF_IT)[0] == 0, line
    examples = re.findall(r"^\s*Example: (kw .+)$", command.help or "", re.MULTILINE)

    assert len(examples) == 2, f"{name} has not two examples"
    assert (command.help or "").rstrip().endswith(examples[-1])
    for example in examples:
        assert example.startswith(name)
        code, _, err = typed(example, database, AFTER_ALL_OF_IT, as_of=day)
        assert code in (0, 3), f"{example}: {err}"


if __name__ == "__main__":
    import contextlib
    import tempfile

    for path in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # what an example writes stays there
            path.write_text(rendered(path, make_demo(Path(folder))), encoding="utf-8")
    sys.exit(0)
