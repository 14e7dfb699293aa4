"""What kw answers, in the words of the twin: the figures that both have, of each report."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

Said = Callable[[str], str]
"""Type a command line and get its answer."""


def answers(said: Said, prisoners: list[str], options: str) -> dict[str, Any]:
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
        "why": {prisoner: _why(said, prisoner, options) for prisoner in prisoners},
    }


def _why(said: Said, prisoner: str, options: str) -> dict[str, Any] | None:
    answer = said(f"why {prisoner} {options} --format json")
    if not answer:
        return None
    found = json.loads(answer)
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


def expected(twin: Any, prisoners: list[str]) -> dict[str, Any]:
    """Return what the twin says."""
    return {
        "overdue": twin.overdue(),
        "unallocated": twin.unallocated(),
        "not_met": twin.not_met(),
        "first_meetings": twin.first_meetings(),
        "budget": twin.budget(),
        "stats": twin.stats(),
        "why": {prisoner: twin.why_page(prisoner) for prisoner in prisoners},
    }


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
