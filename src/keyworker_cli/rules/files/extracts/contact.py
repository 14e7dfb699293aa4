"""Who has whom and who saw whom: case notes, allocations, a unit's last dates, and the detail."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from keyworker_cli.rules.codes.records import EndReason, SessionSource, SessionType, StaffStatus
from keyworker_cli.rules.files.cells import echo
from keyworker_cli.rules.files.extracts.collected import NAME_NOT_KNOWN, NOT_KNOWN, Collected, Values, clock
from keyworker_cli.rules.files.extracts.prisoners import Found, People, in_a_stay, is_here
from keyworker_cli.rules.files.extracts.recognise import Recognised, Record
from keyworker_cli.rules.files.officers import KnownOfficer, folded
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import name_case, split_name

_END_REASONS: Final = {plain(code): code for code in EndReason} | {
    "transferred": EndReason.TRANSFER,
    "overridden": EndReason.OVERRIDE,
}


def read_case_note_officers(sheet: Recognised, collected: Collected) -> None:
    """Take in those who wrote case notes, before a name in another sheet is looked for."""
    faults = len(collected.faults)
    for record in sheet.records:
        _writer(record, collected)
    del collected.faults[faults:]  # each row says its own


def _writer(record: Record, collected: Collected) -> str | None:
    """Return the staff id of who wrote a note; one whom kw knows from a list by name only is the same officer."""
    staff_id = record.get("staff_id").replace(" ", "_")
    first, last = name_case(record.get("staff_first_name")), name_case(record.get("staff_last_name"))
    if not last and record.get("staff_name"):
        first, last = split_name(record.get("staff_name"))
    if not staff_id:
        return (
            collected.officer(record, "staff_name")
            if record.get("staff_name")
            else _by_names(record, first, last, collected)
        )
    if known := collected.officers.by_id(staff_id):
        return known.staff_id
    same = [officer for officer in collected.officers.all if officer.from_list and _alike(officer, first, last)]
    if len(same) == 1 and last:
        collected.officers.alias(staff_id, same[0])
        collected.notes.append(f"{staff_id} {first} {last} is taken as {same[0].staff_id} {same[0].name}")
        return same[0].staff_id
    return collected.add_officer(record, KnownOfficer(staff_id, last or staff_id, first or NAME_NOT_KNOWN)).staff_id


def _by_names(record: Record, first: str, last: str, collected: Collected) -> str | None:
    if not last:
        collected.fault(record, "staff_id", "is missing, and so is the name")
        return None
    found = collected.officers.find(f"{first} {last}")
    if len(found) == 1:
        return found[0].staff_id
    collected.fault(record, "staff_last_name", f"{echo(f'{first} {last}'.strip())}: no key worker of that name")
    return None


def _alike(officer: KnownOfficer, first: str, last: str) -> bool:
    if folded(officer.last_name) != folded(last):
        return False
    has, given = "".join(folded(officer.first_name)), "".join(folded(first))
    return not has or not given or has.startswith(given) or given.startswith(has)


def find_earliest_notes(sheet: Recognised, people: People, collected: Collected) -> None:
    """Note the first day on which a prisoner was seen: one who is here since a day not known was here then."""
    for record in sheet.records:
        number = record.get("number").upper()
        if number in people and not record.get("held_on").startswith("="):
            silent = len(collected.faults)
            on = collected.day(record, "held_on")
            del collected.faults[silent:]
            prisoner = people[number]
            if on and on <= collected.known.today:
                prisoner.earliest = min(on, prisoner.earliest or on)


def read_case_notes(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take sessions (KA - KS) and entries (KA - KE); how long they took the official record does not say."""
    held = _held_before(collected)
    for record in sheet.records:
        kind = _type(record)
        if kind is None:
            collected.leave_out(
                record,
                f"of type {record.get('type') or record.get('sub_type') or 'not given'}, neither KA - KS nor KA - KE",
            )
            continue
        number, staff_id = collected.number(record), _writer(record, collected)
        on, minute = collected.needed_moment(record, "held_on")
        if minute is None:
            minute = collected.minute(record, "at")
        if number is None or staff_id is None or on is None:
            continue
        if on > collected.known.today:
            collected.fault(record, "held_on", f"{on.isoformat()} is in the future")
        elif number not in people and collected.prisoner(number) is None:
            collected.leave_out(record, "of a prisoner whom kw does not know")
        elif not in_a_stay(number, on, people, collected):
            collected.leave_out(record, "before their arrival here, or after they left")
        elif _recorded_otherwise(held.get((number, staff_id, on.isoformat(), kind.value), ()), minute):
            collected.leave_out(record, "recorded in kw already, by the same officer on the same day")
        else:
            _emit_note(record, collected, number, staff_id, on, minute, kind)


def _emit_note(
    record: Record,
    collected: Collected,
    number: str,
    staff_id: str,
    on: date,
    minute: int | None,
    kind: SessionType,
) -> None:
    start = clock(minute)
    note = collected.said(record, "note")
    key = (number, staff_id, on.isoformat(), start, kind.value)
    there = collected.rows.get("sessions", {}).get(key)
    if there is not None and note and note not in there.values.get("note", ""):
        there.values["note"] = f"{there.values['note']}\n\n{note}" if there.values.get("note") else note
        return
    collected.emit(
        "sessions",
        record,
        {
            "prison_number": number,
            "staff_id": staff_id,
            "held_on": on,
            "start": start,
            "type": kind,
            "outcome": "COMPLETED",
            "note": note,
            "source": SessionSource.CASE_NOTES,
        },
    )


def _type(record: Record) -> SessionType | None:
    said = plain(record.get("type") + record.get("sub_type"))
    if said.endswith("ks") or "keyworkersession" in said:
        return SessionType.KS
    return SessionType.KE if said.endswith("ke") or "keyworkerentry" in said else None


def _held_before(collected: Collected) -> dict[tuple[str, str, str, str], list[tuple[int | None, str | None]]]:
    held: dict[tuple[str, str, str, str], list[tuple[int | None, str | None]]] = {}
    for one in collected.known.held:
        key = (one.number, one.staff_id, one.held_on, one.type)
        held.setdefault(key, []).append((one.start_minute, one.source))
    return held


def _recorded_otherwise(there: Iterable[tuple[int | None, str | None]], minute: int | None) -> bool:
    """Say whether somebody typed that session: the same note again, or a date from a list, is none."""
    typed = [start for start, source in there if source is None]
    return bool(typed) and minute not in typed


def read_allocations(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take the allocations of the official service; one that is not active is never brought back to life."""
    of_prisoner: dict[str, list[Spell]] = {}
    unknown_ends = 0
    for record in sheet.records:
        number, ended = collected.number(record), collected.day(record, "until")
        started = collected.needed_day(record, "from")
        staff_id = _staff(record, collected)
        if number is None or started is None or staff_id is None:
            continue
        if number not in people and collected.prisoner(number) is None:
            collected.leave_out(record, "of a prisoner whom kw does not know")
            continue
        active = collected.yes(record, "active")
        if active is False and ended is None:
            unknown_ends += 1
            ended = started
        if active and ended and ended <= collected.known.today:
            collected.leave_out(record, "active, and with an end that is past: it cannot be both")
            continue
        of_prisoner.setdefault(number, []).append((started, staff_id, ended, record))
    if unknown_ends:
        collected.notes.append(
            f"{sheet.table.source}: {unknown_ends} ended on a day that is not known: kept as ended on the day of "
            "the next one, or else on the day they began"
        )
    for number, spells in of_prisoner.items():
        _emit_spells(number, sorted(_distinct(spells, collected), key=lambda spell: spell[0]), people, collected)


Spell = tuple[date, str, date | None, Record]


def _distinct(spells: Iterable[Spell], collected: Collected) -> list[Spell]:
    """Return each allocation once: of one with and without an end that is known the one with, of two ends the first."""
    known: dict[tuple[date, str], Spell] = {}
    for spell in spells:
        started, _, ended, record = spell
        there = known.get(spell[:2])
        if there is None or (ended is not None and there[2] in (None, started)):
            known[spell[:2]] = spell
        elif ended not in (None, started, there[2]):
            collected.leave_out_other(record, there[3])
    return list(known.values())


def _emit_spells(number: str, spells: Sequence[Spell], people: People, collected: Collected) -> None:
    here = is_here(number, people, collected)
    for at, (started, staff_id, ended, record) in enumerate(spells):
        nxt = spells[at + 1][0] if at + 1 < len(spells) else None
        reason = _END_REASONS.get(plain(record.get("end_reason")), EndReason.UNKNOWN)
        if ended == started and not record.get("until") and nxt:
            ended = nxt
        elif ended is None and nxt is not None:
            ended, reason = nxt, EndReason.OVERRIDE
        elif nxt is not None and ended is not None and ended > nxt:
            ended = nxt
        if ended is None and not here:
            collected.leave_out(record, "active, of one who is not here")
            continue
        values: Values = {
            "prison_number": number,
            "staff_id": staff_id,
            "allocated_on": started,
            "allocation_reason": "AUTO" if record.get("type").upper().startswith("A") else "MANUAL",
        }
        if ended is not None:
            values |= {"ended_on": ended, "end_reason": reason}
        collected.emit("allocations", record, values)


def _staff(record: Record, collected: Collected) -> str | None:
    staff_id = record.get("staff_id")
    if not staff_id:
        collected.fault(record, "staff_id", "is missing")
        return None
    if known := collected.officers.by_id(staff_id):
        return known.staff_id
    return collected.add_officer(record, KnownOfficer(staff_id, staff_id, NAME_NOT_KNOWN)).staff_id


def conclude_lists(people: People, collected: Collected) -> None:
    """Make of a unit's list an allocation and a last date: what there is to begin with, until there is better."""
    listed = [prisoner for prisoner in people.values() if prisoner.on_list]
    collected.meet_officers([prisoner.key_worker for prisoner in listed if prisoner.key_worker], "key_worker")
    for prisoner in listed:
        staff_id = collected.officer(prisoner.key_worker, "key_worker") if prisoner.key_worker else None
        if not prisoner.stays or prisoner.stays[-1][1] is not None:
            continue
        arrived = prisoner.stays[-1][0]
        _last_seen(prisoner, staff_id, arrived, collected)
        if staff_id is not None:
            _allocation(prisoner, staff_id, arrived, collected)


def _allocation(prisoner: Found, staff_id: str, arrived: date, collected: Collected) -> None:
    record = prisoner.key_worker or prisoner.record
    known = collected.prisoner(prisoner.number)
    mine = [row for key, row in collected.rows.get("allocations", {}).items() if key[0] == prisoner.number]
    live = [row for row in mine if "ended_on" not in row.values]
    if any(row.values["staff_id"] == staff_id for row in live) or (known and known.staff_id == staff_id and not live):
        return
    if live:
        collected.leave_out(record, "another key worker than the allocations extract has: that one stands")
        return
    today = collected.known.today
    begun = today
    before = [date.fromisoformat(row.values["ended_on"]) for row in mine]
    if known and known.here_since and known.last_ended_on:
        before.append(known.last_ended_on)
    if known and known.staff_id and known.allocated_on and known.here_since:
        values: Values = {
            "prison_number": prisoner.number,
            "staff_id": known.staff_id,
            "allocated_on": known.allocated_on,
            "ended_on": today,
            "end_reason": EndReason.OVERRIDE,
        }
        collected.emit("allocations", record, values)
    elif prisoner.last_seen and prisoner.last_seen >= max([arrived, *before]):
        begun = prisoner.last_seen
    because = f"from {prisoner.record.source}; since when is not known"
    collected.emit(
        "allocations",
        record,
        {"prison_number": prisoner.number, "staff_id": staff_id, "allocated_on": begun, "because": because},
    )


def _last_seen(prisoner: Found, staff_id: str | None, arrived: date, collected: Collected) -> None:
    """Emit the last date of a list, where neither kw nor the case notes have one as late."""
    on, known = prisoner.last_seen, collected.prisoner(prisoner.number)
    if on is None:
        return
    if on < arrived:
        collected.leave_out(prisoner.record, "last seen before they arrived: of no stay here that kw has")
        return
    noted = [
        date.fromisoformat(key[2])
        for key in collected.rows.get("sessions", {})
        if key[0] == prisoner.number and key[4] == SessionType.KS
    ]
    if known and known.here_since and known.last_session_on:
        noted.append(known.last_session_on)
    if noted and max(noted) >= on:
        return
    if staff_id is None:
        if collected.officers.by_id(NOT_KNOWN.staff_id) is None:
            collected.add_officer(prisoner.record, NOT_KNOWN)
            nobody: Values = {"staff_id": NOT_KNOWN.staff_id, "status": StaffStatus.INACTIVE}
            collected.emit("key_workers", prisoner.record, nobody)
        staff_id = NOT_KNOWN.staff_id
    collected.emit(
        "sessions",
        prisoner.record,
        {
            "prison_number": prisoner.number,
            "staff_id": staff_id,
            "held_on": on,
            "type": SessionType.KS,
            "outcome": "COMPLETED",
            "source": SessionSource.UNIT_LIST,
        },
    )
