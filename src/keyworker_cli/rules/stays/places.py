"""Places in the prison: how they are written, and in which order people count them (help: movements)."""

import re
from collections.abc import Collection
from typing import Final

from keyworker_cli.errors import UsageError

NOT_CELLS: Final = ("SEG", "HCC", "RECP", "COURT")
_PLACE: Final = re.compile(r"[A-Z0-9]{1,10}(-[A-Z0-9]{1,10}){0,2}")
_CODE: Final = re.compile(r"[A-Z]{3}")
_ZEROS: Final = re.compile(r"(?<![A-Z0-9])0+(?=[0-9])")
_PIECES: Final = re.compile(r"\d+|\D+")

Order = tuple[bool, tuple[tuple[bool, int, str], ...]]
"""What places are sorted by."""


def check_location(text: str, *, own: str | None = None) -> str:
    """Return a place in capitals, `B-2-014` or one without cells such as `SEG`; else raises `UsageError`.

    `own` is the prison's own code: a place that begins with it is the place behind it. That of another prison is none
    of ours, and neither is one of four parts.
    """
    place = text.strip().upper()
    first, _, rest = place.partition("-")
    if own and first == own and rest:
        place = rest
        first, _, rest = place.partition("-")
    if not _PLACE.fullmatch(place) or place == own:
        raise _no_location(text)
    if _CODE.fullmatch(first) and first not in NOT_CELLS and rest.partition("-")[0] in NOT_CELLS:
        raise UsageError(f"{text!r} is a place in another prison.", f"this prison is {own or 'another'}.")
    return place


def check_known(place: str, places: Collection[str], *, typed: str) -> None:
    """Refuse a place without cells that nobody knows: not one of the usual, nor among those recorded. `UsageError`."""
    if "-" not in place and place not in NOT_CELLS and place not in places:
        raise _no_location(typed)


def _no_location(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is not a location.",
        f"a location is wing, landing and cell, B-2-014, or a place without cells: {_listed()}.",
    )


def unpadded(place: str) -> str:
    """Return a place without the zeros before its numbers: two that are so alike are one place.

    >>> unpadded("B-2-004"), unpadded("HB01-0-10")
    ('B-2-4', 'HB01-0-10')
    """
    return _ZEROS.sub("", place)


def in_order(place: str | None) -> Order:
    """Return what a place, a wing or a cell, is sorted by: numbers as people count, and no place last.

    >>> sorted(["B-1-10", "B-1-2", "HB10", "HB2"], key=in_order)
    ['B-1-2', 'B-1-10', 'HB2', 'HB10']
    """
    pieces = _PIECES.findall(place or "")
    return place is None, tuple(
        (not piece.isdecimal(), int(piece) if piece.isdecimal() else 0, piece) for piece in pieces
    )


def _listed() -> str:
    return f"{', '.join(NOT_CELLS[:-1])} or {NOT_CELLS[-1]}"
