"""The pages that say in plain words how kw counts, as `kw help TOPIC` shows them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "topics"
_MARKUP: Final = re.compile(r"^```.*\n|^#+ |`", re.MULTILINE)


def read_topics() -> Iterator[tuple[str, str]]:
    """Yield each topic by name, with what it is about."""
    for path in sorted(FOLDER.glob("*.md")):
        name, _, about = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").partition(": ")
        yield name, about


def read_page(name: str) -> str:
    """Return the page of a topic as a terminal shows it: without the marks of a heading, a command or a listing."""
    return _MARKUP.sub("", (FOLDER / f"{name}.md").read_text(encoding="utf-8"))
