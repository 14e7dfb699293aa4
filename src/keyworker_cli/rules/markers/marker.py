"""A marker in force: what raises a prisoner's priority on a day (help: concerns)."""

from datetime import date
from typing import Final, NamedTuple

MIDNIGHT: Final = 0


class Marker(NamedTuple):
    """A marker in force: its tier that day (`None`: a warning), when it began, and the last day of it where known.

    `at_minute` counts from midnight; 0 began with the day, `None` is not known. `confidence` is suspected or confirmed.
    """

    code: str
    tier: int | None
    began_on: date
    at_minute: int | None = None
    last_on: date | None = None
    confidence: str | None = None
