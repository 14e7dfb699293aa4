"""How a prison's own sheets were taken, in words: what was recognised, what is not read, and the first prisoners."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.names import full_name
from keyworker_cli.rules.files.extracts.collected import Collected, OutputRow
from keyworker_cli.rules.files.extracts.known import KnownPrisoner
from keyworker_cli.rules.files.extracts.recognise import Recognised
from keyworker_cli.rules.say import count_prisoners, say_count

LINES_NAMED: Final = 6
SHOWN: Final = 3
UNREAD_NAMED: Final = 20
MISSING_NAMED: Final = 30
_MEANINGS: Final[Mapping[str, str]] = {
    "number": "prison number",
    "born": "date of birth",
    "last_seen": "last seen",
    "held_on": "date",
    "at": "date and time",
    "in_out": "here or not",
    "prison": "in which prison",
}


def tell_sheets(sheets: Sequence[Recognised]) -> Iterator[str]:
    """Yield how each sheet was taken: what it is, each heading, and the columns and rows that are not read."""
    for sheet in sheets:
        yield f"{sheet.table.source}: {sheet.layout.says}, {sheet.says_how_many}"
        taken = ", ".join(f"{heading} = {_meaning(name)}" for name, heading in sheet.taken.items())
        yield f"  read: {taken}"
        for heading, why, filled in sheet.unread[:UNREAD_NAMED]:
            yield f"  not read: {heading} ({say_count(filled, 'cell')}): {why}"
        if more := sheet.unread[UNREAD_NAMED:]:
            cells = say_count(sum(filled for _, _, filled in more), "cell")
            yield f"  not read: {say_count(len(more), 'more column')} from {more[0][0]} to {more[-1][0]} ({cells})"
        for why, lines in sheet.left_out.items():
            yield f"  left out: {say_count(len(lines), 'row')}, {why} ({say_lines(lines)})"


def tell_left_out(collected: Collected) -> Iterator[str]:
    """Yield what was not taken of what was read, and why; then what else is to be known."""
    for (source, why), lines in collected.left_out.items():
        distinct = sorted(set(lines))
        yield f"{source}: {say_count(len(lines), 'row')} left out, {why} ({say_lines(distinct)})"
    if collected.repeated:
        yield f"{say_count(collected.repeated, 'row')} said what another had said: taken once"
    for source, (text, on) in collected.numbered.items():
        yield f"{source}: a number where a day should be is the day a spreadsheet counts so: {text} is {say_date(on)}"
    yield from collected.notes
    if collected.new_officers:
        named = ", ".join(f"{one.staff_id} {one.name}" for one in list(collected.new_officers.values())[:LINES_NAMED])
        more = len(collected.new_officers) - LINES_NAMED
        number = len(collected.new_officers)
        yield f"{say_count(number, 'new key worker')}: {named}{f' and {more} more' if more > 0 else ''}"


def tell_missing(collected: Collected) -> str:
    """Say who is here according to kw and on no list that was read; empty where nobody is."""
    missing = collected.missing
    if not missing:
        return ""
    named = ", ".join(f"{one.number} {full_name(one.first_name, one.last_name)}" for one in missing[:MISSING_NAMED])
    more = f" and {len(missing) - MISSING_NAMED:,} more" if len(missing) > MISSING_NAMED else ""
    return (
        f"{count_prisoners(len(missing))} here in kw and not on the list: {named}{more}. A list ends no stay: "
        "kw prisoner leave NUMBER, or kw import --roll FILE if it has all who are here"
    )


def tell_first(collected: Collected) -> Iterator[str]:
    """Yield the first prisoners as they were understood."""
    rows = list(collected.rows.get("prisoners", {}).values())[:SHOWN]
    for row in rows:
        yield f"  {_prisoner(row, collected)}"


def _prisoner(row: OutputRow, collected: Collected) -> str:
    values = row.values
    number = values["prison_number"]
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}"
    said = [f"{number}  {name}", values.get("location", "no cell")]
    if values.get("records_from") == values["arrived_on"] or _was_here_before(values, collected.prisoner(number)):
        said.append(f"here since before {_day(values['arrived_on'])}")
    else:
        said.append(f"arrived {_day(values['arrived_on'])}")
    if "left_on" in values:
        said.append(f"left {_day(values['left_on'])}")
    known = collected.prisoner(number)
    held = [
        one.values["staff_id"]
        for key, one in collected.rows.get("allocations", {}).items()
        if key[0] == number and "ended_on" not in one.values
    ]
    staff_id = held[0] if held else known.staff_id if known else None
    officer = collected.officers.by_id(staff_id) if staff_id else None
    said.append(f"key worker {officer.name}" if officer else "no key worker")
    seen = [key[2] for key in collected.rows.get("sessions", {}) if key[0] == number]
    if known and known.last_session_on:
        seen.append(known.last_session_on.isoformat())
    said.append(f"last session {_day(max(seen))}" if seen else "no session")
    return ", ".join(said)


def _was_here_before(values: Mapping[str, str], known: KnownPrisoner | None) -> bool:
    """Say whether kw has the stay already, and its day of arrival is not known."""
    return known is not None and not known.day_known and str(known.here_since) == values["arrived_on"]


def say_undated(collected: Collected) -> str:
    """Say how many are on a list and have no day of arrival."""
    number = len({record.get("number") for record in collected.undated})
    return f"{count_prisoners(number)} {'has' if number == 1 else 'have'} no day of arrival"


def _meaning(name: str) -> str:
    return _MEANINGS.get(name, name.replace("_", " "))


def say_lines(lines: Sequence[int]) -> str:
    """Say which lines: `lines 2, 3 and 4 more`."""
    named = ", ".join(str(line) for line in lines[:LINES_NAMED])
    more = len(lines) - LINES_NAMED
    return f"line{'' if len(lines) == 1 else 's'} {named}" + (f" and {more:,} more" if more > 0 else "")


def _day(text: str) -> str:
    return say_date(date.fromisoformat(text))
