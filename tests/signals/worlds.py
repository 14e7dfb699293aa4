"""Prisons with something of everything that raises a priority, as rows of files, at random and in no contradiction.

A row is a plain dict of what its file says; `None` is an empty cell. One world has many prisoners, each by himself.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from keyworker_cli.rules.codes.signals import MarkerCode, Topic

Row = dict[str, Any]
Files = dict[str, list[Row]]

TODAY: Final = date(2026, 5, 12)
OFFICERS: Final = ("KW1", "KW2", "KW3", "KW4", "KW5")
CELLS: Final = ("A-1-001", "B-2-014", "B-2-015", "C-3-020")
TYPED: Final = tuple(code for code in MarkerCode if code != MarkerCode.SEG)  # SEG comes with the move
FILES: Final = (
    *("key_workers", "prisoners", "moves", "allocations", "absences", "sessions", "events", "acct", "acct_reviews"),
)


def make_world(seed: int, prisoners: int) -> Files:
    """Return the world of this number: always the same."""
    rng = Random(seed)
    files: Files = {name: [] for name in FILES}
    files["key_workers"] = [
        {"staff_id": one, "last_name": f"Officer{one}", "first_name": "Kim", "wing": "B", "capacity": 6}
        for one in OFFICERS
    ]
    for number in range(prisoners):
        _add(rng, files, f"A{number:04}AA")
    return files


def write(files: Files, folder: Path) -> None:
    """Write the files as they are imported."""
    folder.mkdir(parents=True)
    for name, rows in files.items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)


def _add(rng: Random, files: Files, number: str) -> None:
    arrived = _ago(rng.choice((rng.randrange(60), rng.randrange(260))))
    earlier = None
    if rng.random() < 0.25:
        left = arrived - timedelta(days=rng.choice((0, 1, 5, 40)))
        earlier = left - timedelta(days=rng.randrange(5, 120)), left
    born = date(rng.randrange(1960, 2007), rng.randrange(1, 13), rng.randrange(1, 29))
    if rng.random() < 0.3:
        born = (TODAY + timedelta(days=rng.randrange(-3, 4))).replace(year=born.year)
    for first, last in ([earlier] if earlier else []) + [(arrived, None)]:
        again = earlier is not None and last is None
        files["prisoners"].append(
            {
                "prison_number": number,
                "arrived_on": first,
                "last_name": f"Prisoner{number}",
                "first_name": "Sam",
                "date_of_birth": born,
                "location": rng.choice((*CELLS, "RECP")),
                "arrival_type": rng.choice(("RETURN", "RECALL", "TRANSFER_IN") if again else ("RECEPTION", "RECALL")),
                "left_on": last,
                "departure_reason": "RELEASE" if last else None,
            }
        )
    until = TODAY
    _lived(rng, files, number, arrived, until)
    if earlier is not None and (earlier[1] - earlier[0]).days > 1:
        _lived(rng, files, number, earlier[0], earlier[1] - timedelta(days=1))


def _lived(rng: Random, files: Files, number: str, first: date, last: date) -> None:
    """What became of him from one day to another, all of one stay."""
    nights = list(_absences(rng, number, first, last))
    files["absences"] += nights
    files["moves"] += _moves(rng, number, first, last)
    files["allocations"] += _allocations(rng, number, first, last)
    files["events"] += _events(rng, number, first, last)
    files["sessions"] += _sessions(rng, number, first, last, nights)
    for acct in _accts(rng, number, first, last):
        files["acct"].append(acct)
        files["acct_reviews"] += _reviews(rng, acct, last)


def _absences(rng: Random, number: str, first: date, last: date) -> Iterator[Row]:
    day = first + timedelta(days=rng.randrange(1, 40))
    while rng.random() < 0.4 and day < last:
        back = day + timedelta(days=rng.randrange(1, 30))
        end = back if back <= last else (last if last < TODAY else None)
        if end is None or end > day:
            yield {"prison_number": number, "reason": "HOSPITAL", "from": day, "to": end}
        day = back + timedelta(days=rng.randrange(1, 60))


def _moves(rng: Random, number: str, first: date, last: date) -> Iterator[Row]:
    """Some move seldom, some every week; nobody twice on one day."""
    often = rng.choice((90, 40, 12, 6))
    day = first + timedelta(days=rng.randrange(0, often))
    while day <= last:
        yield {"prison_number": number, "moved_on": day, "location": rng.choice((*CELLS, "SEG", "COURT"))}
        day += timedelta(days=rng.randrange(1, often))


def _allocations(rng: Random, number: str, first: date, last: date) -> Iterator[Row]:
    often, day = rng.choice((200, 60, 30)), first + timedelta(days=rng.randrange(0, 9))
    before = None
    while day <= last:
        officer = rng.choice([one for one in OFFICERS if one != before])
        end = day + timedelta(days=rng.randrange(1, often))
        over = end if end <= last else (last if last < TODAY else None)
        yield {
            "prison_number": number,
            "staff_id": officer,
            "allocated_on": day,
            "ended_on": over,
            "end_reason": "MANUAL" if over else None,
        }
        before, day = officer, end + timedelta(days=rng.choice((0, 0, 3)))


def _events(rng: Random, number: str, first: date, last: date) -> Iterator[Row]:
    used = set()
    for _ in range(rng.randrange(5)):
        code = rng.choice(TYPED)
        on = first + timedelta(days=rng.randrange((last - first).days + 1))
        on = rng.choice((on, last - timedelta(days=min((last - first).days, rng.randrange(40)))))
        for more in range(rng.choice((1, 1, 1, 3))):
            day = on + timedelta(days=9 * more)
            if day <= last and (code, day) not in used:
                used.add((code, day))
                ends = code == MarkerCode.CELLULAR_CONFINEMENT or rng.random() < 0.4
                until = day + timedelta(days=rng.randrange(1, 50)) if ends else None
                yield {"prison_number": number, "code": code, "on": day, "until": until}


def _sessions(rng: Random, number: str, first: date, last: date, nights: list[Row]) -> Iterator[Row]:
    often, day = rng.choice((90, 25, 8)), first + timedelta(days=rng.randrange(0, 20))
    refuses = rng.random() < 0.15
    while day <= last:
        if not any(one["from"] <= day and (one["to"] is None or day < one["to"]) for one in nights):
            outcome = rng.choice(("COMPLETED",) * (1 if refuses else 8) + ("REFUSED", "DID_NOT_ATTEND"))
            done = outcome == "COMPLETED"
            yield {
                "prison_number": number,
                "staff_id": rng.choice(OFFICERS),
                "held_on": day,
                "type": rng.choice(("KS", "KS", "KS", "KS", "KE")),
                "minutes": rng.choice((10, 14, 15, 30, 45)) if done else 0,
                "outcome": outcome,
                "place": rng.choice((None, None, "wing office", "Cell Door")),
                "topics": ";".join(rng.sample(sorted(Topic), rng.randrange(3))) if done else None,
                "declined_topics": rng.choice((None, None, None, rng.choice(sorted(Topic)))) if done else None,
            }
        day += timedelta(days=rng.randrange(1, often))


def _accts(rng: Random, number: str, first: date, last: date) -> Iterator[Row]:
    day = first + timedelta(days=rng.randrange(60))
    chance = rng.choice((0.1, 0.5, 0.95))
    while day <= last and rng.random() < chance:
        closed: date | None = day + timedelta(days=rng.randrange(1, 30))
        if closed is not None and closed > last:
            closed = last if last < TODAY and last > day else None
        if closed is None and last < TODAY:
            return
        due = closed + timedelta(days=7) if closed else None
        held = due + timedelta(days=rng.choice((0, 0, 3))) if due and rng.random() < 0.6 else None
        yield {
            "prison_number": number,
            "opened_on": day,
            "closed_on": closed,
            "post_closure_review_due": due,
            "post_closure_review_held": held if held and held <= TODAY else None,
        }
        if closed is None:
            return
        day = closed + timedelta(days=rng.randrange(1, 50))


def _reviews(rng: Random, acct: Row, last: date) -> Iterator[Row]:
    end, due = acct["closed_on"] or last, acct["opened_on"] + timedelta(days=rng.randrange(1, 9))
    while due <= end:
        held = due if rng.random() < 0.75 else rng.choice((None, due + timedelta(days=4)))
        yield {
            "prison_number": acct["prison_number"],
            "due_on": due,
            "held_on": held if held and held <= min(end, TODAY) else None,
        }
        due += timedelta(days=rng.randrange(3, 12))


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)
