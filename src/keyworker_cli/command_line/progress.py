"""How far something long has come: one line on a terminal, which whatever is said next takes the place of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from keyworker_cli.context import Kw

CLEAR_LINE: Final = "\r\x1b[2K"


@contextmanager
def progress_line(kw: Kw) -> Iterator[Callable[[str], None] | None]:
    """Hold the line; yields what writes it anew, or `None` where nobody looks on."""
    if not kw.interactive:
        yield None
        return

    def tell(how_far: str) -> None:
        print(f"{CLEAR_LINE}{how_far}", end="", file=kw.err, flush=True)

    try:
        yield tell
    finally:
        print(CLEAR_LINE, end="", file=kw.err, flush=True)
