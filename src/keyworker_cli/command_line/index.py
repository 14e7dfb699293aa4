"""What is known of the commands ahead, so that help and TAB need not load them: `command_line/index.json`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

WRITTEN: Final = Path(__file__).with_name("index.json")
LEAST_OF_CODE: Final = 3
"""How much of a code must be typed to mean it where no code is asked for."""


def read_index() -> dict[str, Any]:
    """Return the commands, each with its panel, options, arguments and the commands below it; and the topics."""
    tree: dict[str, Any] = json.loads(WRITTEN.read_text(encoding="utf-8"))
    return tree


def subcommands() -> list[str]:
    """Return the commands that stand below another: `rota publish`."""
    return [f"{name} {below}" for name, known in read_index()["commands"].items() for below in known["commands"]]


def walk(tree: dict[str, Any], words: Sequence[str]) -> tuple[dict[str, Any], int]:
    """Return the command that words reach, and how many arguments they give it."""
    node = tree
    given = 0
    rest = iter(words)
    for word in rest:
        options = {**tree["everywhere"], **node["options"]}
        if word in options:
            if options[word]["takes"] != "nothing":
                next(rest, None)
        elif word in node["commands"]:
            node = node["commands"][word]
        else:
            given += 1
    return node, given


def option_of_code(command: Sequence[str], word: str) -> str | None:
    """Return the option of a command among whose codes there is one that a word means, and the code.

    >>> option_of_code(["prisoner", "away"], "hosp"), option_of_code(["overdue"], "hosp")
    ('--reason HOSPITAL', None)
    """
    node, _ = walk(read_index(), command)
    typed = word.strip().upper().replace("-", "_")
    for name, option in node["options"].items():
        codes = [code for code in option["takes"] if code.upper().startswith(typed)] * isinstance(option["takes"], list)
        if name.startswith("--") and len(typed) >= LEAST_OF_CODE and (len(codes) == 1 or typed in codes):
            return f"{name} {typed if typed in codes else codes[0]}"
    return None
