"""The days of a history, by their place in it: day 0 is a Monday. What a row needs of a day is worked out once."""

from datetime import date
from typing import Final

from keyworker_cli.fiction.moments import AS_OF, DAY, MINUTES, WEEK, monday_of, utc_offset

_WEEKS_AHEAD: Final = 2
_NOON: Final = 12 * 60
_AHEAD: Final = 60  # days: a need or a review may be due after the last day


class Days:
    """The days from `years` before Tue 12 May 2026 to the end of the week after it; `last` is that Tuesday's place."""

    def __init__(self, years: int) -> None:
        weeks = int(years * 365.25) // 7
        self.first_on = monday_of(AS_OF) - weeks * WEEK
        self.last = (AS_OF - self.first_on).days
        self.weeks = weeks + _WEEKS_AHEAD
        self.on = [self.first_on + place * DAY for place in range(self.last + _AHEAD)]
        self.iso = [str(on) for on in self.on]
        self._offset = [utc_offset(on) for on in self.on]

    def place(self, on: date) -> int:
        """Return the place of a day in this history."""
        return (on - self.first_on).days

    def moment(self, day: int, minute: int) -> str:
        """Return the moment, in UTC, at which London's clocks show a minute of a day (never of its small hours)."""
        return f"{self.iso[day]}T{MINUTES[minute - self._offset[day]]}:00Z"

    def recorded(self, day: int, minute: int, late: int) -> str:
        """Return when what happened at a minute of a day was recorded: 12 minutes later, or some days later at noon.

        What would be recorded after the last day is recorded on the day itself.
        """
        if late and day + late <= self.last:
            return self.moment(day + late, _NOON)
        return self.moment(day, minute + 12)
