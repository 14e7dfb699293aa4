"""The inner parts of Typer that kw leans on are those of the versions it was tried with, and stand in one module."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

TRIED = ("0.28.0",)
"""Versions of Typer with which the tests of what is typed wrong pass."""
ROOT = Path(__file__).parents[2]


def test_this_typer_is_one_that_kw_was_tried_with() -> None:
    assert version("typer") in TRIED


def test_no_other_is_allowed_to_be_installed() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]

    assert "typer>=0.28,<0.29" in needed


def test_the_inner_parts_are_imported_in_one_module() -> None:
    inner = re.compile(r"^\s*(?:from|import) typer(?:\._\w|\.core|\.models|\.main)", re.MULTILINE)
    found = [path.name for path in (ROOT / "src").rglob("*.py") if inner.search(path.read_text(encoding="utf-8"))]

    assert found == ["parser.py"]
