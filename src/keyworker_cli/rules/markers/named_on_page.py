"""How many prisoners the morning page names at least, whatever else stands on it (help: briefing, review)."""

from typing import Final

NAMED_TODAY: Final = 25
"""How many of those to be seen today; whoever is new among them always is."""

NAMED_LONGEST: Final = 10
"""How many of the longest gaps."""
