"""What kw answers, in the words of the twin: the figures that both have, of each report."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from contradictions import slow_twin
from contradictions.slow_twin import Twin, listed

Said = Callable[[str], str]
"""Type a command line and get its answer."""


def answers(said: Said, asked: list[str], options: str) -> dict[str, Any]:
    """Return the figures of every report, asked with these options."""

    def report(line: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(said(f"{line} {options} --format json"))
        return found

    overdue = report("overdue")
    listed = [row for row in overdue["rows"] if row["state"] != "ok"]
    budget, stats = report("budget"), report("stats")
    return {
        "overdue": {"rows": _by_number(listed)} | overdue["summary"],
        "unallocated": _by_number(report("unallocated")["rows"]),
        "not_met": _by_number(report("not-met")["rows"]),
        "first_meetings": _by_number(report("first-meetings --all")["rows"]),
        "budget": {
            "rows": {row["staff_id"]: _plain(row) for row in budget["rows"]},
            "rows_add_up_to": round(sum(row["required_minutes"] for row in budget["rows"]), 1),
        }
        | budget["summary"],
        "stats": stats["summary"],
        "why": dict(_pages(said, asked, options)),
    }


def _pages(said: Said, asked: list[str], options: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield what is said first of each of these prisoners, asked of all at once; nothing, where one is not known."""
    text = said(f"why {' '.join(asked)} {options} --format json") if asked else ""
    for number in asked if text else ():
        found, end = json.JSONDecoder().raw_decode(text)
        text = text[end:].lstrip()
        yield number, _first_lines(found)


def _first_lines(found: dict[str, Any]) -> dict[str, Any] | None:
    summary = _plain(found["summary"])
    if summary.get("arrived_on") is None:
        return None  # he has not come yet
    average = next((one["rows"] for one in found["sections"] if one["name"] == "average"), [])
    return summary | {name: average[0][name] for name in ("required_minutes", "delivered_minutes") if average}


def _by_number(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {row["prison_number"]: _plain(row) for row in rows}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    worker = row.get("key_worker")
    return row | {"key_worker": worker["staff_id"] if worker else None}


def expected(twins: list[Twin], asked: list[str]) -> dict[str, Any]:
    """Return what the twins of all the worlds say, each of its own, of the prison that has them all."""
    return {
        "overdue": slow_twin.overdue(twins),
        "unallocated": listed(twin.unallocated() for twin in twins),
        "not_met": listed(twin.not_met() for twin in twins),
        "first_meetings": listed(twin.first_meetings() for twin in twins),
        "budget": slow_twin.budget(twins),
        "stats": slow_twin.stats(twins),
        "why": {number: _page(twins, number) for number in asked},
    }


def _page(twins: list[Twin], number: str) -> dict[str, Any] | None:
    """What is said of whoever has this number, in the one world where somebody has; nothing before he came."""
    return next(twin.why_page(twin.names[number]) for twin in twins if number in twin.names)


def differences(found: Any, wanted: Any, where: str = "") -> list[str]:
    """Name each figure that differs; kw may say more than the twin, but of rows neither may have more."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        rows = where.endswith(("rows", "unallocated", "not_met", "first_meetings"))
        more = [f"{where}: {key} is listed" for key in found if rows and key not in wanted]
        return more + [
            said
            for key, value in wanted.items()
            for said in differences(found.get(key, "missing"), value, f"{where} {key}".strip())
        ]
    plain = wanted.isoformat() if isinstance(wanted, date | datetime) else wanted
    return [] if found == plain else [f"{where}: kw {found}, twin {plain}"]
