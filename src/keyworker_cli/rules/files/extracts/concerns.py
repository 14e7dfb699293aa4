"""What raises a prisoner's priority, from the official extracts: alerts, incentive levels, incidents and the rest."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.files.cells import LATER, echo
from keyworker_cli.rules.files.extracts import layouts
from keyworker_cli.rules.files.extracts.collected import Collected, Values, clock
from keyworker_cli.rules.files.extracts.detail import NOTHING, parse_meanings
from keyworker_cli.rules.files.extracts.prisoners import People, in_a_stay, is_here
from keyworker_cli.rules.files.extracts.recognise import Recognised, Record
from keyworker_cli.rules.files.sheet import plain

ACCT: Final = "ACCT"
ACCT_CLOSED: Final = "ACCT_PC"
_NOT_FOUND: Final = ("dismiss", "quash", "notproceed", "notprove", "unfit")
"""Of a finding, its letters in small: `NOT_PROCEED` and `Not proceeded with` are the same."""
_DISMISSED: Final = "d"
_VICTIM: Final = ("victim", "assaulted", "injured", "target")
_BESIDE: Final = ("witness", "present", "impeded", "licensee", "informant", "other")


def read_alerts(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take alerts by the prison's table of codes; a code that is not in it is named once, with how many it has."""
    meanings = parse_meanings(collected.known.settings.import_alerts)
    later = []
    for record in sheet.records:
        meaning = meanings.get(plain(record.get("code")))
        number = _of_one_here(record, people, collected)
        if number is None:
            continue
        if meaning is None:
            collected.leave_out(record, f"alert {record.get('code') or 'without a code'}: not in import.alerts")
        elif meaning == ACCT_CLOSED:
            later.append((record, number))
        elif meaning == ACCT or meaning in tuple(MarkerCode):
            _alert(record, number, meaning, collected)
        elif meaning != NOTHING:
            collected.leave_out(
                record, f"alert {record.get('code')}: there is no {meaning!r} that it could mean (import.alerts)"
            )
    for record, number in later:
        _acct_closed(record, number, collected)


def _alert(record: Record, number: str, meaning: str, collected: Collected) -> None:
    since, until = collected.needed_day(record, "from"), collected.day(record, "until")
    if since is None:
        return
    if meaning == ACCT:
        collected.emit(
            "acct", record, {"prison_number": number, "opened_on": since, "closed_on": _past(until, collected)}
        )
        return
    event: Values = {
        "prison_number": number,
        "code": meaning,
        "on": since,
        "until": until,
    }
    collected.emit("events", record, event | {"detail": collected.said(record, "detail"), "source": "alert"})


def _acct_closed(record: Record, number: str, collected: Collected) -> None:
    """Close the ACCT that was open when its post-closure began; one that kw does not have is closed from its start."""
    since, until = collected.needed_day(record, "from"), collected.day(record, "until")
    if since is None:
        return
    emitted = [row for key, row in collected.rows.get("acct", {}).items() if key[0] == number]
    opened = [
        date.fromisoformat(row.values["opened_on"]) for row in emitted if row.values["opened_on"] <= since.isoformat()
    ]
    known = collected.prisoner(number)
    opened += [day for day, _ in known.accts if day <= since] if known else []
    values: Values = {
        "prison_number": number,
        "opened_on": max(opened, default=since),
        "closed_on": since,
        "post_closure_review_held": _past(until, collected),
    }
    collected.emit("acct", record, values)


def _past(day: date | None, collected: Collected) -> date | None:
    return day if day and day <= collected.known.today else None


def read_incentives(sheet: Recognised, people: People, collected: Collected) -> None:
    """Begin Basic for who is on it and was not, and end it for who was and is not: on the day of the list."""
    for record in sheet.records:
        number = _of_one_here(record, people, collected)
        if number is None:
            continue
        on, known = collected.day(record, "since") or collected.known.today, collected.prisoner(number)
        basic = layouts.is_basic(record.get("level"))
        first = collected.levels.setdefault(number, record)
        if basic != layouts.is_basic(first.get("level")):
            _another_level(record, first, collected)
            continue
        begun = known.basic_since if known else None
        event: Values = {"prison_number": number, "code": MarkerCode.BASIC}
        if basic and begun is None:
            collected.emit(
                "events", record, event | {"on": min(on, collected.known.today), "source": "incentive levels"}
            )
        elif begun is not None and not basic:
            collected.emit("events", record, event | {"on": begun[0], "time": begun[1], "until": collected.known.today})


def _another_level(record: Record, first: Record, collected: Collected) -> None:
    if record.source != first.source:
        collected.leave_out(record, f"another level than {first.source} has: that one stands")
        return
    here, there = echo(record.get("level")), echo(first.get("level"))
    collected.fault(
        record, "level", f"{here} here, {there} on line {first.line}, of the same prisoner: leave one of them out"
    )


def read_levels(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take incentive levels, also those that a unit's list has in a column of its own; an older list's not."""
    if "level" in sheet.taken:
        read_incentives(sheet, people, collected)


def read_csip(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take challenge, support and intervention plans."""
    for record in sheet.records:
        number = _of_one_here(record, people, collected)
        if number and (since := collected.needed_day(record, "from")):
            event: Values = {
                "prison_number": number,
                "code": MarkerCode.CSIP,
                "on": since,
                "detail": collected.said(record, "factors"),
            }
            collected.emit("events", record, event | {"source": "CSIP"})


def read_incidents(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take self-harm, and violence by and against prisoners; of another type only the number is said."""
    for record in sheet.records:
        number, minute = _of_one_here(record, people, collected), collected.minute(record, "at")
        if number is None or (on := collected.needed_day(record, "on")) is None:
            continue
        code = _incident(record)
        if code is None:
            collected.leave_out(
                record, f"incident of type {record.get('type')!r}, as {record.get('role') or 'no role'!r}"
            )
            continue
        event: Values = {
            "prison_number": number,
            "code": code,
            "on": on,
            "time": clock(minute),
        }
        incident = record.get("incident")
        collected.emit("events", record, event | {"source": f"incident {incident}" if incident else "incidents"})


def _incident(record: Record) -> MarkerCode | None:
    kind, role = record.get("type").casefold(), record.get("role").casefold()
    if any(word in role for word in _BESIDE):
        return None
    if "self" in kind and "harm" in kind:
        return MarkerCode.SELF_HARM
    if "assault" in kind or "fight" in kind or "violence" in kind:
        if any(word in role for word in _VICTIM):
            return MarkerCode.ASSAULTED
        return MarkerCode.VIOLENCE_TO_STAFF if "staff" in kind or "officer" in kind else MarkerCode.VIOLENCE_TO_PRISONER
    return None


def read_adjudications(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take adjudications, and the days of cellular confinement, the most of a day; one dismissed is none."""
    confined: list[tuple[int, Record, Values]] = []
    for record in sheet.records:
        number = _of_one_here(record, people, collected)
        if number is None or (on := collected.needed_day(record, "on")) is None:
            continue
        finding = plain(record.get("finding"))
        if finding == _DISMISSED or any(word in finding for word in _NOT_FOUND):
            collected.leave_out(record, f"finding {record.get('finding')}")
            continue
        event: Values = {"prison_number": number, "on": on, "source": "adjudications"}
        collected.emit("events", record, event | {"code": MarkerCode.ADJUDICATION, "detail": record.get("charge")})
        sanction, days = record.get("sanction").casefold(), re.match(r"\d+", record.get("days"))
        if (sanction == "cc" or "cellular" in sanction or "confinement" in sanction) and days:
            begun = collected.day(record, "from") or collected.day(record, "heard_on") or on
            ends = begun + timedelta(days=int(days[0]))
            given: Values = {"code": MarkerCode.CELLULAR_CONFINEMENT, "on": begun, "until": ends}
            confined.append((int(days[0]), record, event | given))
    for _, record, event in sorted(confined, key=lambda one: -one[0]):
        collected.emit("events", record, event)


def read_out_and_back(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take nights away in hospital or at court: out one day and not back that day. The same day is no night."""
    journeys: dict[str, list[tuple[date, int, str, Record]]] = {}
    for record in sheet.records:
        number = collected.number(record)
        on, minute = collected.needed_moment(record, "at")
        if minute is None:
            minute = collected.minute(record, "time")
        if number is None or on is None:
            continue
        direction = record.get("direction").upper()
        if direction not in ("IN", "OUT"):
            collected.fault(record, "direction", f"{direction!r} is neither IN nor OUT")
        elif not in_a_stay(number, on, people, collected):
            collected.leave_out(record, "of one who was not here that day")
        elif on <= collected.known.today:
            journeys.setdefault(number, []).append((on, minute or 0, direction, record))
        else:
            collected.leave_out(record, "in the future")
    for number, legs in journeys.items():
        for begun, ended, record in _nights(sorted(legs, key=lambda leg: leg[:3])):
            if ended is None and begun == collected.known.today:
                collected.leave_out(record, "out today: no night away yet")
                continue
            reason = _reason(record, sheet)
            if reason is None:
                collected.fault(record, "reason", "neither the sheet nor the row says whether it is hospital or court")
                continue
            collected.emit("absences", record, {"prison_number": number, "reason": reason, "from": begun, "to": ended})


def _nights(legs: list[tuple[date, int, str, Record]]) -> Iterator[tuple[date, date | None, Record]]:
    """Yield each time away over a night: the day out, and the day back where there is one."""
    out: tuple[date, Record] | None = None
    for on, _, direction, record in legs:
        if direction == "OUT":
            out = out or (on, record)
        elif out is not None:
            if on > out[0]:
                yield out[0], on, out[1]
            out = None
    if out is not None:
        yield out[0], None, out[1]


def _reason(record: Record, sheet: Recognised) -> AbsenceReason | None:
    for said in (record.get("reason"), record.get("to"), sheet.title, sheet.table.about):
        text = said.casefold()
        if "hospital" in text or "bedwatch" in text or "infirmary" in text:
            return AbsenceReason.HOSPITAL
        if "court" in text:
            return AbsenceReason.COURT
    return None


def _of_one_here(record: Record, people: People, collected: Collected) -> str | None:
    number = collected.number(record)
    if number is None:
        return None
    known = collected.prisoner(number)
    if known is None and number not in people:
        collected.leave_out(record, "of a prisoner whom kw does not know")
        return None
    if not is_here(number, people, collected) and not (known and known.stays and known.stays[-1][1] == LATER):
        collected.leave_out(record, "of one who is not here")
        return None
    return number
