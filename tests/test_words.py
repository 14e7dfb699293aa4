"""What screens say is what an officer says: the words that are not to appear, in any text that is shown to somebody."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "keyworker_cli"
NOT_SAID: dict[str, str] = {
    r"(?<!-)\b[Mm]en\b": "prisoners",  # the topic two-men is the two of the PPO
    r"\b(?:a|one|every|each|no|the|wrong|another) man\b": "prisoner",
    r"\bman a week\b": "per prisoner per week",
    r"between two unlocks": "on a busy landing",
    r"clock by clock|four clocks": "time since",
    r"\btier [123]\b|\bTier\b": "priority",
    r"\bplaces taken\b": "allocated",
    r"no rota time|no time on the rota since": "no key work detailed",
    r"[Ww]ithout cover": "no cover",
    r"Away overnight": "out: court, bedwatch, hospital, ROTL",
    r"Seeing him": "to be seen by",
    r"How each came to be": "when and why each was allocated",
    r"Of key work itself": "also",
    r"[Ww]hat it spoke of": "topics discussed",
    r"struck off|ranked out": "nobody is dropped from the list",
    r"wrong man": "wrong prisoner",
    r"[Cc]lients?\b|\b[Ii]nmates?\b|\b[Ss]ervice users?\b": "prisoner",
    r"\bassign(?:s|ed|ing|ment)?\b(?! prisoners)": "allocate",  # the PPO's own words are quoted once
    r"\bunseen\b": "without key work",
    r"\b(?:his|her) (?:staff id|login|caseload|capacity)\b": "their",
    r"\bofficer (?:he|his|himself)\b": "they, or the name",
    r"\bnumber of places\b|\bplaces on the caseload\b": "capacity",
    r"\b[Rr]anked? (?:by|worst|best)\b": "never ranked",
    r"\b[Mm]arkers?\b(?!, and its priority is its tier)": "concern",  # said once: what scripts call it
    r"\b(?:a|the|each|open|no|another) need\b(?! (?:to|a)\b)|\b[Nn]eeds (?:of|due|still|open|raised)\b": "action",
    r"\b(?:LOST,|slots?(?: was| were)? lost\b|time (?:was )?lost\b)": "dropped",
    r"acknowledged that (?:he|they)": "confirmed the allocation",
    r"taken as (?:now|their)": "counted as recorded today, or when imported",
    r"\bhis (?:slots?|status)\b|\bhe cannot be back\b": "their, they",
    r"\b1 (?:rows|prisoners|sessions|officers|days|weeks|slots|minutes|notes|files|columns|lines)\b": "one of them",
}
NOT_FOR_PEOPLE = ("store", "fiction", "command_line/write_index.py")
"""What shows nothing to anybody: statements, and what makes the invented prison."""
HEADING = re.compile(r"[A-Z][a-z]+")
"""A text of one word that is for people: the title of a column, most of all."""


def shown(tree: ast.Module, *, helps: bool) -> Iterator[str]:
    """Every text of a module but its docstrings; of a command's module those of its commands are its help."""
    docstrings = set()
    for node in ast.walk(tree):
        for statement in getattr(node, "body", None) or () if not isinstance(node, ast.Lambda | ast.IfExp) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                is_help = helps and isinstance(node, ast.FunctionDef) and node.decorator_list
                docstrings.update(() if is_help else (id(statement.value),))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@cache
def texts() -> list[tuple[str, str]]:
    return list(read_texts())


def read_texts() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(NOT_FOR_PEOPLE):
            for text in shown(ast.parse(path.read_text(encoding="utf-8")), helps=name.startswith("commands/")):
                if " " in text or HEADING.fullmatch(text):
                    yield name, text
    for path in sorted(SOURCE.rglob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", NOT_SAID)
def test_no_screen_help_error_or_topic_says_it(words) -> None:
    found = [f"{where}: {text[:120]}" for where, text in texts() if re.search(words, text)]

    assert found == [], f"say: {NOT_SAID[words]}"


def test_no_name_in_code_calls_a_prisoner_otherwise() -> None:
    """The two of the Ombudsman's cases apart; what rows are called in JSON is a text and no name."""
    named = {
        (path.relative_to(SOURCE).as_posix(), name)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for kind in ("id", "arg", "attr", "name")
        if re.search(r"(?:^|_)m[ae]n(?:_|$)", name := str(getattr(node, kind, ""))) and "two_men" not in name
    }

    assert named == set()
