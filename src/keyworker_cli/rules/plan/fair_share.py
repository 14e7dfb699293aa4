"""Where there is not enough: the longest wait first, then as few over the limit as can be, evenly over the wings.

Set beside the plain answer, which keeps as many within the limit as can be and so gives up on the longest waits. It is
for a governor to choose between the two (help: least).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.plan.fewest_slots import run_of, unmatched
from keyworker_cli.rules.plan.least_rota import LeastRota, Prospect
from keyworker_cli.rules.plan.share_out import seat
from keyworker_cli.rules.stays.places import in_order


class WingShare(NamedTuple):
    """A wing's prisoners here on the last day, and how many of them are over the limit then, either way.

    Those not to be seen one-to-one are in neither.
    """

    wing: str | None
    prisoners: int
    over_plainly: int
    over_fairly: int


@dataclass(frozen=True, slots=True)
class FairShare:
    """The two ways to use the same slots: the longest gap of the last day, and who is over the limit on it."""

    longest_plainly: int
    longest_fairly: int
    wings: tuple[WingShare, ...]

    @property
    def over_plainly(self) -> int:
        """How many are over the limit on the last day if as many as can be are kept within it."""
        return sum(one.over_plainly for one in self.wings)

    @property
    def over_fairly(self) -> int:
        """How many are over it if the longest waits come first."""
        return sum(one.over_fairly for one in self.wings)


def fair_share(prospect: Prospect, least: LeastRota, most: int | None) -> FairShare:
    """Return what becomes of everyone here with the first so many of the slots, used plainly and used fairly."""
    given = least.given[:most]
    wanted = [one.wanted for one in least.by_whom]
    plainly = {one.wanted.prisoner.person_id for one in seat(wanted, [*prospect.published, *given])}
    there = [prisoner for prisoner in prospect.prisoners if prospect.here(prisoner) >> prospect.last & 1]
    here = [prisoner for prisoner in there if prisoner.person_id not in prospect.barred]
    fairly = _seen_fairly(prospect, here, prospect.base(given))
    sizes = Counter(prisoner.wing for prisoner in here)
    over = [
        Counter(prisoner.wing for prisoner in here if _is_over(prisoner, prospect, seen)) for seen in (plainly, fairly)
    ]
    return FairShare(
        longest_plainly=_longest(prospect, here, plainly),
        longest_fairly=_longest(prospect, here, fairly),
        wings=tuple(WingShare(wing, sizes[wing], over[0][wing], over[1][wing]) for wing in sorted(sizes, key=in_order)),
    )


def _gap(prisoner: Contact, prospect: Prospect) -> int:
    return (prospect.days[-1] - prisoner.clock_from).days


def _is_over(prisoner: Contact, prospect: Prospect, seen: Collection[int]) -> bool:
    return prisoner.person_id not in seen and _gap(prisoner, prospect) > prospect.limit


def _longest(prospect: Prospect, here: Sequence[Contact], seen: Collection[int]) -> int:
    return max((_gap(prisoner, prospect) for prisoner in here if prisoner.person_id not in seen), default=0)


def _seen_fairly(prospect: Prospect, here: Sequence[Contact], places: Sequence[int]) -> set[int]:
    """Return who is seen: all who have waited longer than those for whom there is no place, then wing by wing."""
    over = [prisoner for prisoner in here if _gap(prisoner, prospect) > prospect.limit]
    longest_first = sorted(over, key=lambda prisoner: (prisoner.clock_from, prisoner.prison_number))
    fits = _fitting(prospect, longest_first, places)
    without = [prisoner for prisoner in longest_first if prisoner.person_id not in fits]
    if not without:
        return fits
    longest = max(_gap(prisoner, prospect) for prisoner in without)
    first = [prisoner for prisoner in longest_first if _gap(prisoner, prospect) > longest]
    rest = [prisoner for prisoner in longest_first if _gap(prisoner, prospect) <= longest]
    return _fitting(prospect, [*first, *_evenly(rest, Counter(prisoner.wing for prisoner in here))], places)


def _evenly(prisoners: Sequence[Contact], sizes: Counter[str | None]) -> list[Contact]:
    """Return them in an order that leaves, wherever it is cut off, the same share of every wing."""
    left = Counter(prisoner.wing for prisoner in prisoners)
    waiting: dict[str | None, list[Contact]] = {}
    for prisoner in reversed(prisoners):
        waiting.setdefault(prisoner.wing, []).append(prisoner)
    ordered = []
    while +left:
        wing = max((wing for wing in waiting if left[wing]), key=lambda wing: (left[wing] / sizes[wing], left[wing]))
        ordered.append(waiting[wing].pop())
        left[wing] -= 1
    return ordered


def _fitting(prospect: Prospect, prisoners: Sequence[Contact], places: Sequence[int]) -> set[int]:
    week = run_of(0, prospect.last)
    missed = unmatched(((prospect.here(prisoner) & week, 1) for prisoner in prisoners), places)
    return {prisoner.person_id for prisoner, left in zip(prisoners, missed, strict=True) if not left}
