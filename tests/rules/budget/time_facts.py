"""Facts about time in a line each, for the rules that count it."""

from datetime import date
from typing import Any

from keyworker_cli.rules.budget.budget import TimeFacts
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, StaySpan, TimeHeld

P, SHAH, OKAFOR = 1, 2, 3
WORKERS = [
    Worker(P, "P", "P", "Officer", None, "B", None),
    Worker(SHAH, "SHAH", "Shah", "Officer", None, "B", None),
    Worker(OKAFOR, "OKAFOR", "Okafor", "Officer", None, "C", None),
]
NINE, ELEVEN_FIFTEEN = 9 * 60, 11 * 60 + 15


def day(text: str) -> date:
    return date.fromisoformat(text)


def weeks(first: str, last: str | None = None, *, as_of: str | None = None) -> Window:
    """The window from one ISO week to another; known on its last day unless said."""
    week, until = Week.parse(first), Week.parse(last or first)
    run = [week]
    while run[-1] < until:
        run.append(run[-1] + 1)
    return Window(tuple(run), day(as_of) if as_of else until.sunday)


def stay(
    prisoner: int, arrived: str, left: str | None = None, *, out_of_scope: str | None = None, cell: str = "B-1-001"
) -> StaySpan:
    scope = day(out_of_scope) if out_of_scope else None
    return StaySpan(prisoner, day(arrived), day(left) if left else None, scope, cell)


def away(prisoner: int, since: str, back: str | None = None) -> AbsenceSpan:
    return AbsenceSpan(prisoner, day(since), day(back) if back else None)


def allocated(prisoner: int, officer: int, on: str, until: str | None = None) -> AllocationSpan:
    return AllocationSpan(prisoner, officer, day(on), day(until) if until else None)


def slot(
    officer: int,
    on: str,
    status: str = "WORKED",
    *,
    start: int = NINE,
    end: int = ELEVEN_FIFTEEN,
    published: str | None = None,
    unavailable: str | None = None,
) -> Slot:
    worker = WORKERS[officer - 1]
    return Slot(
        slot_id=0,
        key_worker_id=officer,
        staff_id=worker.staff_id,
        last_name=worker.last_name,
        first_name=worker.first_name,
        wing=worker.wing,
        slot_on=day(on),
        start_minute=start,
        end_minute=end,
        status=status,
        reason=None,
        published_on=day(published) if published else None,
        unavailable=unavailable,
    )


def session(
    prisoner: int, officer: int, on: str, minutes: int = 45, *, start: int | None = None, type: str = "KS"
) -> TimeHeld:
    return TimeHeld(prisoner, officer, day(on), start, type, minutes)


def facts(**known: Any) -> TimeFacts:
    """What is recorded; whatever is not given is none."""
    nothing: dict[str, Any] = dict.fromkeys(("stays", "absences", "allocations", "slots", "sessions", "gaps"), ())
    return TimeFacts(**{"workers": WORKERS, **nothing, **known})
