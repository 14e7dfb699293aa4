"""How large a fictional prison is, and how its wings fare (help: fictional-prison)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

INDUCTION: Final = "A"
IDLE_WING: Final = "E"
"""The wing without any delivery in the four weeks before Tue 12 May 2026."""


@dataclass(frozen=True, slots=True)
class WingShape:
    """A wing: its share of the prison's places and officers, and of its needed key-work time that is published."""

    name: str
    share: float
    published: float


WINGS: Final = (
    WingShape(INDUCTION, 96 / 588, 0.57),
    WingShape("B", 120 / 588, 1.12),
    WingShape("C", 132 / 588, 0.42),
    WingShape("D", 120 / 588, 0.23),
    WingShape(IDLE_WING, 120 / 588, 0.55),
)
"""Together 60 % of the needed time is published; most on B and least on D. SEG has 12 places and no officers."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size: prisoners present and officers in each of its prisons, and how much is written down of each session.

    `notes_weeks` are the weeks before Tue 12 May 2026 in which sessions have full notes; older ones have a line.
    """

    prisons: int
    prisoners: int
    officers: int
    notes_weeks: int
    lines: bool = True

    @property
    def scale(self) -> float:
        """How many times the standard prison each of its prisons is."""
        return self.prisoners / STANDARD_PRISONERS


STANDARD_PRISONERS: Final = 600
LARGER: Final[Mapping[str, Size]] = {
    "standard": Size(prisons=1, prisoners=STANDARD_PRISONERS, officers=92, notes_weeks=53),
    "large": Size(prisons=1, prisoners=1_200, officers=184, notes_weeks=53),
    "national": Size(prisons=120, prisoners=725, officers=111, notes_weeks=0, lines=False),
}
SIZES: Final = ("demo", *LARGER)
