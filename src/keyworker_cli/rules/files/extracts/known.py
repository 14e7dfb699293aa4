"""What kw knows already, as far as it decides what a sheet means; and what somebody has answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.files.officers import KnownOfficer
from keyworker_cli.rules.settings import Settings


class HeldBefore(NamedTuple):
    """A session that kw has: of whom, by whom, when and of which type. `source` is empty for one that was typed."""

    number: str
    staff_id: str
    held_on: str
    start_minute: int | None
    type: str
    source: str | None


@dataclass(frozen=True, slots=True)
class KnownPrisoner:
    """A prisoner whom kw knows. `stays` are first and last day as ISO text, the last stay last.

    `here_since` is `None` for one who is not here; what stands below it is of the stay he is in. `day_known` says
    whether that is the day he arrived, or only one before which he had. One who is `away` is out overnight.
    """

    number: str
    last_name: str
    first_name: str
    stays: Sequence[tuple[str, str]] = ()
    here_since: date | None = None
    location: str | None = None
    staff_id: str | None = None
    allocated_on: date | None = None
    last_ended_on: date | None = None
    last_session_on: date | None = None
    basic_since: tuple[date, str] | None = None
    accts: Sequence[tuple[date, date | None]] = ()
    day_known: bool = True
    wing: str | None = None
    away: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What kw knows: prisoners by every number they have, key workers, and what is set."""

    today: date
    settings: Settings = field(default_factory=Settings)
    prisoners: Mapping[str, KnownPrisoner] = field(default_factory=dict)
    officers: Sequence[KnownOfficer] = ()
    held: Sequence[HeldBefore] = ()
    slots: Sequence[tuple[str, str, int, int]] = ()
    code_set: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody has said of what the files do not say.

    `arrived` is one day of arrival for all who have none; `here_since` a day before which all of them were here;
    `values` what single cells mean, such as a name that is spelled otherwise, by their text in small letters; `newest`
    the sources of those lists that are the newest of several with the same prisoners; `activities` what those of the
    detail mean for key work.
    """

    arrived: date | None = None
    here_since: date | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    newest: tuple[str, ...] = ()
    activities: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """What was said of single cells: next week's file may have them again."""
        return dict(self.values)

    def value(self, text: str) -> str:
        """Return what a cell means, where somebody has said so, else the cell itself."""
        return self.values.get(text.casefold(), text) if self.values else text
