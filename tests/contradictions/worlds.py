"""Worlds whose records contradict each other, as rows of files: nothing in them is sorted out.

A row is a plain dict of what its file says, with dates and moments as such; `None` is an empty cell.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

Row = dict[str, Any]

FIRST: Final = date(2026, 3, 2)
"""No prisoner arrives before this day."""
LAST: Final = date(2026, 5, 24)
"""What is to come lies up to here."""
TODAY: Final = date(2026, 5, 12)
PLACES: Final = ("B-1-002", "B-1-010", "C-2-001", "SEG", "SEG-1-003", "HCC", "FGX-B-2-004")
DOOR: Final = "Cell Door"


IMPORTED: Final = datetime(2026, 6, 15, 7, 15, tzinfo=UTC)
"""When the files come in; what is typed is typed in the days after."""


class World(NamedTuple):
    """The rows of each file; under `typed` no file, but what is typed once the files are in."""

    files: dict[str, list[Row]]

    def beside(self, place: int) -> "World":
        """The same world at another place: with wings, officers and numbers of its own, so that none touches it."""
        files = self.files.items()
        return World(
            {name: [{key: _placed(key, row[key], place) for key in row} for row in rows] for name, rows in files}
        )

    def write(self, folder: Path, *, early: bool = False) -> None:
        """Write the files; `early` as they stood before anything had ended."""
        folder.mkdir()
        for name, rows in self.files.items():
            if rows and name != "typed":
                with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, list(rows[0]))
                    writer.writeheader()
                    writer.writerows(_early(rows) if early else rows)


ENDS: Final = ("left_on", "left_recorded_at", "departure_reason", "ended_on", "ended_recorded_at", "end_reason", "to")


def _early(rows: list[Row]) -> Iterator[Row]:
    """Yield what stood before: of each prisoner the first row, open; of sessions nothing."""
    seen = set()
    for row in sorted(rows, key=lambda row: str(row.get("arrived_on") or row.get("allocated_on") or row.get("from"))):
        number = row.get("prison_number", "")
        number = number if "arrived_on" in row else number[1:5]  # of stays under two numbers one each
        if "held_on" not in row and (not number or number not in seen):
            seen.add(number)
            yield {name: None if name in ENDS else value for name, value in row.items()}


def _placed(key: str, value: Any, place: int) -> Any:
    """Say a number, an officer, a wing or a cell as it is said at a place."""
    if not isinstance(value, str):
        return value
    if key in ("prison_number", "other", "also_known_by"):
        return value.replace("000", f"{place:03d}")
    if key in ("wing", "location"):
        return re.sub(r"\b([BC])\b", rf"\g<1>{place}", value)
    return value.replace("KW", f"KW{place}") if key == "staff_id" else value


def together(worlds: Iterable[World]) -> World:
    """All of them in one prison."""
    worlds = list(worlds)
    return World({name: [row for world in worlds for row in world.files[name]] for name in worlds[0].files})


def make_world(seed: int) -> World:
    """Return the world of this number: always the same."""
    rng = Random(seed)
    files: dict[str, list[Row]] = {
        "key_workers": [
            {"staff_id": f"KW{n}", "last_name": f"Worker{n}", "first_name": "Kim", "wing": wing, "capacity": 6}
            for n, wing in ((1, "B"), (2, "B"), (3, "C"))
        ],
        "statuses": list(_statuses(rng)),
        "rota": list(_rota(rng)),
        **{name: [] for name in ("prisoners", "moves", "allocations", "sessions", "amendments", "absences", "typed")},
    }
    for row in files["key_workers"]:
        row["recorded_at"] = _moment(FIRST - timedelta(days=30), 9)
    for number in range(1, 5):
        _add_prisoner(rng, files, number)
    _type_corrections(rng, files)
    _type_sessions(rng, files)
    _type_allocations(rng, files)
    _type_departures(rng, files)
    for rows in files.values():
        rng.shuffle(rows)
    files["typed"].sort(key=lambda row: row["typed_at"])
    return World(files)


def _add_prisoner(rng: Random, files: dict[str, list[Row]], number: int) -> None:
    numbers = [f"A000{number}AA", f"B000{number}BB"] if rng.random() < 0.3 else [f"A000{number}AA"]
    stays = list(_stays(rng, number, numbers))
    files["prisoners"] += stays
    if len(numbers) > 1 and len(stays) > 1 and rng.random() < 0.5 and not _died(stays):
        _merge_by_hand(rng, files, stays, numbers)
    left, moved, allocated = FIRST, set(), set()
    for stay in stays:
        said = _said(rng, numbers if stay["also_known_by"] or len(numbers) == 1 else [stay["prison_number"]])
        last = stay["left_on"] or TODAY
        files["moves"] += list(_moves(rng, stay, last, said, moved))
        files["absences"] += list(_absences(rng, stay, last, said))
        two = len(numbers) > 1, bool(stay["also_known_by"])
        files["allocations"] += list(_allocations(rng, stay, left, said, allocated, *two))
        left = last
    _sessions(rng, files, stays, numbers)


def _died(stays: list[Row]) -> bool:
    return any(stay["departure_reason"] == "DIED" for stay in stays)


def _merge_by_hand(rng: Random, files: dict[str, list[Row]], stays: list[Row], numbers: list[str]) -> None:
    """The files know two prisoners, who turn out to be one; one time in five that turns out to be wrong."""
    for n, stay in enumerate(stays):
        stay |= {"prison_number": numbers[n % 2], "also_known_by": ""}
        if n < 2:
            stay |= {"arrival_type": "RECEPTION", "recorded_at": _moment(stay["arrived_on"], 7)}
    both = {"prison_number": numbers[0], "other": numbers[1]}
    files["typed"].append({"kind": "merge", **both, "typed_at": IMPORTED + timedelta(days=1)})
    if rng.random() < 0.2:
        files["typed"].append({"kind": "part", **both, "typed_at": IMPORTED + timedelta(days=2)})


def _type_corrections(rng: Random, files: dict[str, list[Row]]) -> None:
    """Type a correction of some sessions, and take some out: of those that a command line names without doubt."""
    dead = {row["prison_number"] for row in files["prisoners"] if row["departure_reason"] == "DIED"}
    dead |= {
        number
        for row in files["prisoners"]
        if row["departure_reason"] == "DIED"
        for number in row["also_known_by"].split(";")
    }
    days = [(row["staff_id"], row["held_on"]) for row in files["sessions"] + files["amendments"]]
    for row in files["sessions"]:
        alone = days.count((row["staff_id"], row["held_on"])) == 1 and row["voided_at"] is None
        if not alone or row["outcome"] != "COMPLETED" or row["prison_number"] in dead or rng.random() < 0.7:
            continue
        which = {name: row[name] for name in ("prison_number", "staff_id", "held_on", "start", "type")}
        at = IMPORTED + timedelta(days=rng.choice((3, 4)), minutes=len(files["typed"]))
        kind = rng.choice(("void", "amend"))
        minutes = rng.choice((5, 20, 50)) if kind == "amend" else None
        files["typed"].append({"kind": kind, **which, "minutes": minutes, "typed_at": at})


def _type_sessions(rng: Random, files: dict[str, list[Row]]) -> None:
    """Type some sessions long after they were held, of those who have died since as well."""
    held = {(row["staff_id"], row["held_on"]) for row in files["sessions"]}
    for stay in files["prisoners"]:
        last = min(stay["left_on"] or TODAY, TODAY)
        day = stay["arrived_on"] + timedelta(days=rng.randrange(1 + max(0, (last - stay["arrived_on"]).days)))
        worker = rng.choice(("KW1", "KW2", "KW3"))
        his = [row for row in files["absences"] if row["prison_number"][1:5] == stay["prison_number"][1:5]]
        if day > TODAY or (worker, day) in held or _away(his, day) or rng.random() < 0.6:
            continue
        held.add((worker, day))
        at = IMPORTED + timedelta(days=3, hours=1, minutes=len(files["typed"]))
        row = {"kind": "session", "prison_number": stay["prison_number"], "staff_id": worker, "held_on": day}
        row |= {"start": None, "type": "KS", "minutes": rng.choice((5, 20, 45)), "outcome": "COMPLETED"}
        row |= {"place": rng.choice((None, DOOR)), "voided_at": None, "recorded_at": at, "typed_at": at}
        files["typed"].append(row)


def _type_allocations(rng: Random, files: dict[str, list[Row]]) -> None:
    """Give some who are here a key worker they have never had; perhaps take them away again, or give them another."""
    away = {row["staff_id"] for row in files["statuses"]}
    for stay in files["prisoners"]:
        number = stay["prison_number"]
        his = {row["staff_id"] for row in files["allocations"] if row["prison_number"][1:5] == number[1:5]}
        there = [worker for worker in ("KW1", "KW2", "KW3") if worker not in his | away]
        if stay["left_on"] or stay["out_of_scope_from"] or not there or rng.random() < 0.5:
            continue
        at = IMPORTED + timedelta(days=4, minutes=len(files["typed"]))
        first, *others = rng.sample(there, len(there))
        end = rng.choice((None, at + timedelta(days=1), at + timedelta(hours=2)))
        files["typed"].append(_allocated(number, first, at, end))
        if end and end.date() == at.date() and others:
            files["typed"].append(_allocated(number, others[0], end, None))
        elif end:
            files["typed"].append({"kind": "deallocate", "prison_number": number, "typed_at": end})


def _allocated(number: str, worker: str, at: datetime, end: datetime | None) -> Row:
    row = {"kind": "allocate", "prison_number": number, "staff_id": worker, "allocated_on": at.date(), "end": end}
    return row | {"recorded_at": at, "typed_at": at}


def _type_departures(rng: Random, files: dict[str, list[Row]]) -> None:
    """Let some leave who are here, perhaps long ago and perhaps back since; take some departures back."""
    last = {row["prison_number"][1:5]: row for row in sorted(files["prisoners"], key=lambda row: row["arrived_on"])}
    for person, stay in sorted(last.items()):
        number, at = stay["prison_number"], IMPORTED + timedelta(days=5, hours=6, minutes=len(files["typed"]))
        leaves = stay["left_on"] is None and rng.random() < 0.4
        if leaves:
            seen = [row["held_on"] for row in _about(files, person) if "held_on" in row]
            first = max([stay["arrived_on"], *seen])
            on = rng.choice((at.date(), first + timedelta(days=rng.randrange((at.date() - first).days + 1))))
            reason = rng.choice(("RELEASE", "TRANSFER_OUT", "ESCAPE", "DIED" if on == at.date() else "RELEASE"))
            leave = {"kind": "leave", "prison_number": number, "reason": reason, "on": on, "typed_at": at}
            files["typed"].append(leave)
            if reason != "DIED" and rng.random() < 0.4:
                back = on + timedelta(days=rng.choice((0, 1, 5)))
                back = {"kind": "return", "prison_number": number, "on": min(back, at.date())}
                if back["on"] > stay["arrived_on"]:  # two stays do not begin on one day
                    files["typed"].append(back | {"typed_at": at + timedelta(hours=2)})
        if rng.random() < (0.4 if leaves else 0.15) and (leaves or stay["left_on"]):
            undone = IMPORTED + timedelta(days=6, minutes=len(files["typed"]))
            files["typed"].append({"kind": "undo", "prison_number": number, "typed_at": undone})


def _about(files: dict[str, list[Row]], person: str) -> Iterator[Row]:
    """Yield all rows about a person, under either number."""
    for rows in files.values():
        yield from (row for row in rows if row.get("prison_number", "")[1:5] == person)


def _said(rng: Random, numbers: list[str]) -> Any:
    """Say a prisoner's number: any of those he has."""
    return lambda: rng.choice(numbers)


def _stays(rng: Random, number: int, numbers: list[str]) -> Iterator[Row]:
    arrived = FIRST + timedelta(days=rng.randrange(50))
    for n in range(rng.choice((1, 1, 2, 3))):
        length = rng.choice((0, 1, 3, 9, 20, 40, None, None))
        left = None if length is None else arrived + timedelta(days=length)
        if left and left > TODAY + timedelta(days=6):
            left = None
        reason = rng.choice(("RELEASE", "TRANSFER_OUT", "ESCAPE")) if left else None
        if left and rng.random() < 0.25:
            reason = "DIED"
        excluded = arrived + timedelta(days=rng.randrange(25)) if rng.random() < 0.12 else None
        yield {
            "prison_number": numbers[0],
            "arrived_on": arrived,
            "last_name": f"Man{number}",
            "first_name": "Sam",
            "location": rng.choice(PLACES[:4]),
            "arrival_type": "RECEPTION" if n == 0 else "RETURN",
            "left_on": left,
            "left_recorded_at": rng.choice((None, _late(rng, left))) if left else None,
            "departure_reason": reason,
            "out_of_scope_from": excluded,
            "out_of_scope_reason": "unit" if excluded else None,
            "also_known_by": ";".join(numbers[1:]),
            "recorded_at": _recorded(rng, arrived) if n else _moment(arrived, 7),
        }
        if left is None or reason == "DIED":
            return
        arrived = left + timedelta(days=rng.choice((0, 1, 2, 10) if length else (1, 2, 10)))
        if arrived > TODAY + timedelta(days=3):
            return


def _allocations(
    rng: Random, stay: Row, left: date, said: Any, used: set[Any], two: bool, known: bool
) -> Iterator[Row]:
    """Key workers one after the other; the first perhaps before he came, the last perhaps long after he left.

    Of one whose two numbers are known to be his, two may overlap; else a file that says so is refused.
    """
    day = max(left, stay["arrived_on"] + timedelta(days=rng.choice((-3, -1, 0, 0, 1, 2, 5))))
    last = stay["left_on"] or LAST
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        if day > last or (day == stay["left_on"] and not two):
            return
        end = rng.choice((None, day + timedelta(days=rng.choice((0, 1, 7, 20, 60)))))
        worker = rng.choice([one for one in ("KW1", "KW2", "KW3") if (one, day) not in used])
        used.add((worker, day))
        yield {
            "prison_number": said(),
            "staff_id": worker,
            "allocated_on": day,
            "ended_on": end,
            "end_reason": rng.choice(("MANUAL", "OVERRIDE")) if end else None,
            "ended_recorded_at": rng.choice((None, None, _late(rng, end))) if end else None,
            "recorded_at": _recorded(rng, day),
        }
        if end is None or end >= last:
            return
        overlap = rng.choice((-3, -1)) if known and end - day > timedelta(days=4) and rng.random() < 0.3 else 0
        day = end + timedelta(days=overlap or rng.choice((0, 0, 1, 4)))


def _absences(rng: Random, stay: Row, last: date, said: Any) -> Iterator[Row]:
    used = set()
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        day = stay["arrived_on"] + timedelta(days=rng.randrange(max(1, (last - stay["arrived_on"]).days)))
        if day in used:
            continue
        used.add(day)
        back = rng.choice((None, day + timedelta(days=rng.choice((1, 2, 9)))))
        yield {
            "prison_number": said(),
            "reason": rng.choice(("COURT", "HOSPITAL", "UNLAWFULLY_AT_LARGE")),
            "from": day,
            "to": back,
            "recorded_at": _recorded(rng, day),
        }


def _moves(rng: Random, stay: Row, last: date, said: Any, used: set[Any]) -> Iterator[Row]:
    for _ in range(rng.choice((0, 1, 2, 3))):
        day = stay["arrived_on"] + timedelta(days=rng.randrange(1 + max(0, (last - stay["arrived_on"]).days)))
        clock = rng.choice(("09:40", "15:00"))
        if (day, clock) in used or day == stay["left_on"]:
            continue
        used.add((day, clock))
        place, recorded = rng.choice(PLACES), _recorded(rng, day)
        yield {"prison_number": said(), "moved_on": day, "moved_at": clock, "location": place, "recorded_at": recorded}


def _sessions(rng: Random, files: dict[str, list[Row]], stays: list[Row], numbers: list[str]) -> None:
    """Sessions in his stays, none while he is away and no two at once: those are refused."""
    taken = {(row["staff_id"], row["held_on"], row["start"]) for row in files["sessions"]}
    for stay in stays:
        last = min(stay["left_on"] or TODAY, TODAY)
        his_numbers = [stay["prison_number"], *filter(None, stay["also_known_by"].split(";"))]
        for _ in range(rng.choice((0, 1, 2, 4))):
            day = stay["arrived_on"] + timedelta(days=rng.randrange(1 + max(0, (last - stay["arrived_on"]).days)))
            outcome = rng.choice(("COMPLETED",) * 5 + ("REFUSED", "DID_NOT_ATTEND"))
            row = {
                "prison_number": rng.choice(his_numbers),
                "staff_id": rng.choice(("KW1", "KW2", "KW3")),
                "held_on": day,
                "start": rng.choice((None, "09:00", "10:10", "14:30")),
                "type": rng.choice(("KS",) * 5 + ("KE",)),
                "minutes": rng.choice((5, 14, 15, 30, 45, 60)) if outcome == "COMPLETED" else 0,
                "outcome": outcome,
                "place": rng.choice((None, None, None, DOOR)),
                "voided_at": None,
                "recorded_at": _recorded(rng, day),
            }
            if outcome == "COMPLETED" and row["type"] == "KS" and rng.random() < 0.15:
                row["minutes"] = None
            slot = (row["staff_id"], day, row["start"])
            his = [one for one in files["absences"] if one["prison_number"] in numbers]
            if day > TODAY or slot in taken or _away(his, day):
                continue
            taken.add(slot)
            files["sessions"].append(row)
            _correct(rng, files, row)
            if row["voided_at"] is None and len(numbers) > 1 and rng.random() < 0.3:
                (other,) = [number for number in numbers if number != row["prison_number"]]
                two = row["start"] is None and any(s["prison_number"] == other and _in(s, day) for s in stays)
                if len(his_numbers) > 1 or two:  # of two prisoners the officer would be with both at once
                    files["sessions"].append(row | {"prison_number": other})


def _in(stay: Row, day: date) -> bool:
    return bool(stay["arrived_on"] <= day <= (stay["left_on"] or TODAY))


def _correct(rng: Random, files: dict[str, list[Row]], row: Row) -> None:
    """Correct its minutes, or take it out, some days after it was recorded."""
    if row["minutes"] and rng.random() < 0.2:
        files["amendments"].append(
            {
                **{name: row[name] for name in ("prison_number", "staff_id", "held_on", "start", "type", "voided_at")},
                "amended_at": row["recorded_at"] + timedelta(days=rng.choice((1, 9)), hours=1),
                "field": "minutes",
                "old": rng.choice((5, 20, 50)),
                "new": row["minutes"],
                "why": "typed wrong",
            }
        )
    elif rng.random() < 0.1:
        row["voided_at"] = row["recorded_at"] + timedelta(days=rng.choice((1, 9)), hours=1)


def _away(absences: list[Row], day: date) -> bool:
    """Perhaps he is away: looked at as if no other record ended it."""
    return any(row["from"] < day and (row["to"] is None or day < row["to"]) for row in absences)


def _statuses(rng: Random) -> Iterator[Row]:
    for worker in ("KW1", "KW2", "KW3"):
        for day in {FIRST + timedelta(days=rng.randrange(75)) for _ in range(rng.choice((0, 0, 1, 2)))}:
            status = rng.choice(("UNAVAILABLE_ANNUAL_LEAVE", "UNAVAILABLE_LONG_TERM_ABSENCE", "ACTIVE", "INACTIVE"))
            back = day + timedelta(days=rng.choice((3, 14)))
            yield {
                "staff_id": worker,
                "status": status,
                "from": day,
                "return_on": back if status.startswith("UNAVAILABLE") else None,
                "recorded_at": _moment(day, 8),
            }


def _rota(rng: Random) -> Iterator[Row]:
    for worker in ("KW1", "KW2", "KW3"):
        some = rng.choice((0.0, 0.15, 0.5))
        for n in range((LAST - FIRST).days):
            day = FIRST + timedelta(days=n)
            if rng.random() < some:
                published = day - timedelta(days=rng.choice((0, 5, 12)))
                status = rng.choice(("PUBLISHED", "WORKED", "WORKED", "REDEPLOYED", "CANCELLED", "ABSENT"))
                yield {
                    "staff_id": worker,
                    "date": day,
                    "start": "09:00",
                    "end": rng.choice(("09:45", "11:15")),
                    "status": status,
                    "reason": None if status in ("PUBLISHED", "WORKED") else "STAFFING",
                    "published_on": published,
                    "recorded_at": _moment(published, 9),
                }


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _recorded(rng: Random, day: date) -> datetime:
    """On the day itself, or some days late."""
    return _late(rng, day)


def _late(rng: Random, day: date) -> datetime:
    return _moment(day + timedelta(days=rng.choice((0, 0, 0, 1, 6, 20))), rng.choice((8, 11, 15)))
