"""The manual page: as new as the commands, whole, and such that `man` has nothing to say against it."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from keyworker_cli.command_line.app import app
from keyworker_cli.command_line.index import read_index
from keyworker_cli.command_line.manual import WRITTEN, manual
from keyworker_cli.command_line.parser import get_command

ROOT = Path(__file__).parents[2]
PAGE = WRITTEN.read_text(encoding="utf-8")
READ = PAGE.replace("\\-", "-").replace("\\&", "")


def named(node: dict[str, Any], path: str = "kw") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, below in node["commands"].items():
        yield f"{path} {name}", below
        yield from named(below, f"{path} {name}")


OPTIONS = {option for _, node in named(read_index()) for option in node["options"]} | set(read_index()["everywhere"])


def test_the_written_page_is_that_of_the_commands() -> None:
    assert manual(get_command(app)) == PAGE, "run: python -m keyworker_cli.command_line.write_index"


def test_every_command_has_its_heading_and_every_option_its_line() -> None:
    assert [path for path, _ in named(read_index()) if f'.SS "{path}"' not in READ] == []
    assert {option for option in OPTIONS if option not in READ} == set()


def test_every_topic_and_every_exit_code_is_there() -> None:
    for topic in read_index()["topics"]:
        assert f"\\fB{topic}\\fR" in READ
    for code in (0, 1, 2, 3, 4, 5, 6, 7, 130):
        assert re.search(rf"^    {code} ", READ, re.MULTILINE), code


def test_the_wheel_puts_it_where_man_looks() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    ((source, place),) = targets["wheel"]["shared-data"].items()

    assert (ROOT / source, place) == (WRITTEN, "share/man/man1/kw.1")


def test_it_is_plain_letters_and_knows_no_other_request_than_these() -> None:
    assert PAGE.isascii()
    assert set(re.findall(r"^\.\S+", PAGE, re.MULTILINE)) <= {
        *(".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".nf", ".fi", ".RS", ".RE", ".nh", ".ad"),
    }


@pytest.mark.parametrize("width", [40, 80, 120] if shutil.which("groff") else [])
def test_groff_reads_it_and_breaks_no_option(width) -> None:
    page = PAGE.replace(".nh\n", f".nh\n.ll {width}n\n", 1)
    read = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-cbou"], input=page, capture_output=True, text=True, check=True
    )

    assert read.stderr == ""
    assert {option for option in OPTIONS if option not in read.stdout} == set()
