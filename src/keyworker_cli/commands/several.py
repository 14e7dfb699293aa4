"""Several prisoners or key workers where a command takes one: named one after another, or read from stdin as `-`."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TextIO

from keyworker_cli.context import Kw
from keyworker_cli.errors import KwError, UsageError
from keyworker_cli.reports.view import View

PEOPLE: Final = ("PRISONER", "KEY_WORKER")
"""Whom a command may be about, as its help names them."""
PIPED: Final = "-"
HEADINGS: Final = ("prison_number", "staff_id")


def for_each(
    kw: Kw, typed: str | Sequence[str] | None, act: Callable[[str | None], None], view: View | None = None, *, kind: str
) -> None:
    """Do for each of those named what a command does for one; without any name, once for nobody in particular.

    `kind` is whom the names mean, one of `PEOPLE`. Of several all must be known before anything is done; an error that
    comes after that says which were done.
    """
    named = [typed] if isinstance(typed, str) else list(typed or ())
    whom = [one for name in named for one in (_piped(kw.stdin) if name == PIPED else (name,))]
    if not named or whom == named[:1]:
        act(whom[0] if whom else None)
        return
    if view is not None and view.output is not None and len(whom) > 1:
        raise UsageError("a file takes one answer.", "name one of them, or leave --output out.")
    for one in whom:
        (kw.prisoner if kind == "PRISONER" else kw.worker)(one)
    for at, one in enumerate(whom):
        try:
            act(one)
        except KwError as error:
            error.details = (*error.details, *_done_before(whom[:at]))
            raise


def _piped(stdin: TextIO) -> Iterator[str]:
    """Yield each line of what is piped in, but for a heading and blank ones."""
    for line in stdin:
        name = line.strip().strip('"')
        if name and name not in HEADINGS:
            yield name


def _done_before(done: Sequence[str]) -> Iterator[str]:
    if done:
        yield f"done before it: {', '.join(done)}"
