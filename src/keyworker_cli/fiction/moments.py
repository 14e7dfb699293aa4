"""Days, minutes and moments as the files carry them: `2026-03-25`, `09:40`, `2026-03-25T15:02:00Z`."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from keyworker_cli.rules.dates.london import london_zone

AS_OF: Final = date(2026, 5, 12)
"""The day on which every fictional prison stands: Tue 12 May 2026, the eve of Mr A's death (help: two-men)."""

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(weeks=1)

MINUTES: Final = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60))
"""Each minute of the day as it is written, counted from midnight: `MINUTES[580]` is `09:40`."""

MORNING: Final = 9 * 60
AFTERNOON: Final = 14 * 60
SLOT_MINUTES: Final = 135
"""A slot of key-work time on the rota: AM 09:00-11:15 or PM 14:00-16:15 (help: fictional-prison)."""


@cache
def utc_offset(on: date) -> int:
    """Return the minutes by which London's clocks are ahead of UTC at noon: 60 in summer, else 0."""
    ahead = datetime.combine(on, time(12), london_zone()).utcoffset() or timedelta()
    return ahead // timedelta(minutes=1)


def moment(on: date, minute: int) -> str:
    """Return the moment, in UTC, at which London's clocks show a minute of a day (never of its small hours)."""
    return f"{on}T{MINUTES[minute - utc_offset(on)]}:00Z"


def monday_of(on: date) -> date:
    """Return the Monday of the week a day lies in."""
    return on - timedelta(days=on.weekday())
