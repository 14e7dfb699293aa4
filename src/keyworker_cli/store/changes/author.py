"""Who makes a change."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from keyworker_cli.rules.dates.london import london_date


@dataclass(frozen=True)
class Author:
    """Who makes a change, when, with which command, and as of which day.

    In a dry run everything is checked as if it were saved, and nothing is.
    """

    user: str
    at: datetime
    command: str
    as_of: date
    dry_run: bool = False

    @property
    def today(self) -> date:
        """The day on which the change is made."""
        return london_date(self.at)

    @property
    def saves(self) -> bool:
        """What is done is saved."""
        return not self.dry_run

    def trying(self) -> "Author":
        """Return the same author in a dry run: to see first what would be done."""
        return replace(self, dry_run=True)
