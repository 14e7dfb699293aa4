"""What is left to chance, and in which shares: minutes, outcomes, why time is lost, how late a record is."""

import random
from collections.abc import Sequence
from typing import Final

_OUTCOMES: Final = ((0.88, "COMPLETED"), (0.94, "REFUSED"), (0.98, "DID_NOT_ATTEND"), (1.0, "CANCELLED"))
_MINUTES: Final = ((0.18, 15, 6), (0.55, 21, 10), (0.90, 31, 15), (1.0, 46, 15))
"""Up to this share: the fewest minutes, and how many lengths there are from there on (15-20, 21-30, 31-45, 46-60)."""
_LOSSES: Final = ((0.60, "STAFFING"), (0.85, "ESCORT"), (0.95, "INCIDENT"), (1.0, "TRAINING"))
_LATENESS: Final = ((0.70, 0, 1), (0.86, 1, 1), (0.95, 2, 2), (1.0, 4, 4))
"""Up to this share: the fewest days late, and how many values there are from there on."""

WORKED_SHARE: Final = 0.70
"""The share of published slots that are worked; the others are redeployed."""


def chance_from(seed: int) -> random.Random:
    """Return the source of chance that a seed gives: the same draws on every machine."""
    return random.Random(seed)  # noqa: S311  # it has to be repeatable, and there is nothing to keep secret


def draw_outcome(rng: random.Random) -> str:
    """Return what became of a session that was offered."""
    chance = rng.random()
    return next(outcome for bound, outcome in _OUTCOMES if chance < bound)


def draw_minutes(rng: random.Random) -> int:
    """Return the minutes of a session that was held: 15 to 60."""
    return draw_banded(rng, _MINUTES)


def draw_loss(rng: random.Random) -> str:
    """Return why a slot was lost."""
    chance = rng.random()
    return next(reason for bound, reason in _LOSSES if chance < bound)


def draw_lateness(rng: random.Random) -> int:
    """Return the days after which a record is made: 0 for most, at most a week."""
    return draw_banded(rng, _LATENESS)


def draw_banded(rng: random.Random, bands: Sequence[tuple[float, int, int]]) -> int:
    """Return a whole number from bands, each: up to this share, the least number, and how many there are from it."""
    chance = rng.random()
    fewest, values = next((fewest, values) for bound, fewest, values in bands if chance < bound)
    return fewest + int(rng.random() * values)
