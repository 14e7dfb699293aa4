"""What became of a database that was to be there."""

from enum import StrEnum


class Made(StrEnum):
    """It was made, or brought up from an older schema; what was there already is untrue."""

    MADE = "made"
    UPDATED = "updated"
    THERE = ""
