"""The audit: one line for every write, in the same transaction, each line's hash covering the line before (RECIPES 5).

It is evidence against people without the code, not proof against the owner of the file: the newest lines can be cut
off unseen unless the head's hash has been written down elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from keyworker_cli.rules.facts import moment_text

FIRST_HASH = "0" * 64


class Line(NamedTuple):
    """One line of the audit, before its hash is known. `before` and `after` are JSON texts, or `None`."""

    at: datetime
    user: str
    command: str
    action: str
    table: str
    key: str
    before: str | None
    after: str | None


def line_hash(previous: str, line: Line) -> str:
    """Return the hash of a line: SHA-256 over the hash before it and the text of each of its parts."""
    parts = [previous, moment_text(line.at), *(line[1:])]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def image(values: Mapping[str, Any]) -> str:
    """Return a record as text for the audit: JSON with sorted keys, dates and moments as ISO text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
