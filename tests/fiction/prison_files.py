"""A prison's files read back by slow, obvious code that shares nothing with what wrote them."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, str]
LONDON = ZoneInfo("Europe/London")
AS_OF = date(2026, 5, 12)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def minute(text: str) -> int:
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute


def days_from(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


@dataclass(frozen=True)
class PrisonFiles:
    directory: Path

    def rows(self, kind: str) -> list[Row]:
        path = self.directory / f"{kind}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def expected(self) -> dict[str, Any]:
        answers: dict[str, Any] = json.loads((self.directory / "expected.json").read_text(encoding="utf-8"))
        return answers

    def plant(self, name: str) -> dict[str, Any]:
        return next(plant for plant in self.expected["plants"] if plant["plant"] == name)

    @cached_property
    def stays(self) -> list[Row]:
        return self.rows("prisoners")

    @cached_property
    def allocations(self) -> list[Row]:
        return self.rows("allocations")

    @cached_property
    def rota(self) -> list[Row]:
        return self.rows("rota")

    @cached_property
    def events(self) -> list[Row]:
        return self.rows("events")

    @cached_property
    def officers(self) -> dict[str, Row]:
        return {row["staff_id"]: row for row in self.rows("key_workers")}

    @cached_property
    def sessions(self) -> list[Row]:
        """Every session, under the number its prisoner has today."""
        today = {old: row["prison_number"] for row in self.stays for old in row["also_known_by"].split(";") if old}
        return [
            {**row, "prison_number": today.get(row["prison_number"], row["prison_number"])}
            for row in self.rows("sessions")
        ]

    @cached_property
    def sessions_of(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.sessions:
            found[row["prison_number"]].append(row)
        return found

    @cached_property
    def stays_of(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.stays:
            found[row["prison_number"]].append(row)
        return found

    @cached_property
    def allocations_of(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.allocations:
            found[row["prison_number"]].append(row)
        return found

    @cached_property
    def absences_of(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("absences"):
            found[row["prison_number"]].append(row)
        return found

    def present(self, on: date) -> list[Row]:
        return [stay for stay in self.stays if is_there(stay, on)]

    def stay_on(self, number: str, on: date) -> Row:
        return max((stay for stay in self.stays_of[number] if is_there(stay, on)), key=lambda stay: stay["arrived_on"])

    def counted(self, number: str, since: date, until: date) -> list[date]:
        """The days of his counted sessions (help: counted-session), within these dates."""
        return sorted(
            day(row["held_on"])
            for row in self.sessions_of[number]
            if row["type"] == "KS"
            and row["outcome"] == "COMPLETED"
            and int(row["minutes"]) >= 15
            and since <= day(row["held_on"]) <= until
        )

    def gap(self, number: str, on: date) -> int:
        """His contact gap in days (help: gap)."""
        arrived_on = day(self.stay_on(number, on)["arrived_on"])
        return (on - max(self.counted(number, arrived_on, on), default=arrived_on)).days

    def key_worker(self, number: str, on: date) -> str | None:
        held = [row["staff_id"] for row in self.allocations_of[number] if holds(row, on)]
        assert len(held) <= 1
        return held[0] if held else None

    def is_away(self, number: str, on: date) -> bool:
        return any(
            day(row["from"]) <= on and not (row["to"] and day(row["to"]) <= on) for row in self.absences_of[number]
        )

    def is_eligible(self, number: str, on: date) -> bool:
        """Whether a day counts for the minutes he is owed (help: time-budget)."""
        stays = [stay for stay in self.stays_of[number] if is_there(stay, on)]
        in_scope = all(not stay["out_of_scope_from"] or day(stay["out_of_scope_from"]) > on for stay in stays)
        return bool(stays) and in_scope and not self.is_away(number, on)

    def required_of(self, staff_id: str, first: date, last: date) -> float:
        """The minutes an officer's prisoners are owed, day by day."""
        prisoners = {row["prison_number"] for row in self.allocations if row["staff_id"] == staff_id}
        owed = sum(
            self.key_worker(prisoner, on) == staff_id and self.is_eligible(prisoner, on)
            for prisoner in prisoners
            for on in days_from(first, last)
        )
        return owed * 45 / 7

    def slots(self, staff_id: str, first: date, last: date) -> list[Row]:
        return [row for row in self.rota if row["staff_id"] == staff_id and first <= day(row["date"]) <= last]

    def delivered_by(self, staff_id: str, first: date, last: date) -> int:
        return sum(
            int(row["minutes"])
            for row in self.sessions
            if row["staff_id"] == staff_id and first <= day(row["held_on"]) <= last
        )


def is_there(stay: Row, on: date) -> bool:
    return day(stay["arrived_on"]) <= on and not (stay["left_on"] and day(stay["left_on"]) <= on)


def holds(allocation: Row, on: date) -> bool:
    return day(allocation["allocated_on"]) <= on and not (allocation["ended_on"] and day(allocation["ended_on"]) <= on)


def minutes_of(slots: list[Row]) -> int:
    return sum(minute(row["end"]) - minute(row["start"]) for row in slots)


def ends_at(session: Row) -> datetime:
    """The moment a session ended: its minutes are counted as they pass, whatever the clocks do."""
    began = datetime.combine(day(session["held_on"]), time.fromisoformat(session["start"]), LONDON)
    return began.astimezone(ZoneInfo("UTC")) + timedelta(minutes=int(session["minutes"]))
