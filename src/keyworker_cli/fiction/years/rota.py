"""The rota of a prison: which slots are published for whom, and which of them are worked (help: fictional-prison).

60 % of the needed time is published and 70 % of that is worked, so about 42 % of the needed time.
"""

from collections import defaultdict
from datetime import date
from typing import Final

from keyworker_cli.fiction.chance import WORKED_SHARE, draw_loss
from keyworker_cli.fiction.moments import AFTERNOON, DAY, MINUTES, MORNING, SLOT_MINUTES, moment
from keyworker_cli.fiction.records import ROTA_LOGIN
from keyworker_cli.fiction.years.establishment import Establishment, Wing, Worker

_SLOTS_PER_PRISONER: Final = 45 / SLOT_MINUTES
_LEAVE_MADE_UP: Final = 1.07  # leave takes slots away again
_FORGOTTEN: Final = 0.06  # slots of the last week that nobody has confirmed
_PUBLISHED_AT: Final = 14 * 60 + 10
_HALF_DAYS: Final = 11  # ten from Monday to Friday, and one at the weekend
_MOST_SLOTS: Final = 5


class Rota:
    """Publishes each week's slots, and knows which are worked: `worked[day]` lists (start, worker)."""

    def __init__(self, prison: Establishment) -> None:
        self._prison, self._days = prison, prison.days
        self._draw = prison.chance.random
        self.worked: defaultdict[int, list[tuple[int, Worker]]] = defaultdict(list)

    def publish(self, monday: int) -> None:
        """Publish the slots of a week: on the Friday before it; next week's on the Monday before (it is out early)."""
        published = monday - 7 if monday > self._days.last else monday - 3
        published_on = self._days.first_on + published * DAY  # the first week's lies before the first day
        recorded = moment(published_on, _PUBLISHED_AT)
        for wing in self._prison.wings:
            for worker in wing.workers:
                for day, start in self._slots(worker, wing, monday):
                    self._write(worker, day, start, published_on, recorded)

    def _slots(self, worker: Worker, wing: Wing, monday: int) -> list[tuple[int, int]]:
        without_from, without_to = worker.without_slots
        if without_from <= monday < without_to:
            return []
        number = int(wing.published * _LEAVE_MADE_UP * len(worker.prisoners) * _SLOTS_PER_PRISONER + self._draw())
        halves: set[int] = set()
        while len(halves) < min(number, _MOST_SLOTS):
            halves.add(int(self._draw() * _HALF_DAYS))
        found = [self._half_day(half, monday) for half in sorted(halves)]
        return [(day, start) for day, start in found if not worker.is_away(day)]

    def _half_day(self, half: int, monday: int) -> tuple[int, int]:
        if half == _HALF_DAYS - 1:
            return monday + 5 + int(self._draw() * 2), MORNING
        return monday + half // 2, AFTERNOON if half % 2 else MORNING

    def _write(self, worker: Worker, day: int, start: int, published_on: date, recorded: str) -> None:
        status, reason = self._what_became(worker, day, start)
        self._prison.sheets.add_row(
            "rota",
            (
                *(worker.officer.staff_id, self._days.iso[day], MINUTES[start], MINUTES[start + SLOT_MINUTES]),
                *(status, reason, published_on, recorded, ROTA_LOGIN),
            ),
        )

    def _what_became(self, worker: Worker, day: int, start: int) -> tuple[str, str]:
        last = self._days.last
        if day > last or (day == last and start == AFTERNOON):
            return "PUBLISHED", ""
        if day >= worker.wing.idle_from or self._draw() >= WORKED_SHARE:
            return "REDEPLOYED", draw_loss(self._prison.chance)
        self.worked[day].append((start, worker))
        return ("PUBLISHED" if last - day < 7 and self._draw() < _FORGOTTEN else "WORKED"), ""
