"""What is known of the commands ahead, so that help and TAB need not load them: `command_line/index.json`."""

import json
from pathlib import Path
from typing import Any, Final

WRITTEN: Final = Path(__file__).with_name("index.json")


def read_index() -> dict[str, Any]:
    """Return the commands, each with its panel, options, arguments and the commands below it."""
    tree: dict[str, Any] = json.loads(WRITTEN.read_text(encoding="utf-8"))
    return tree
