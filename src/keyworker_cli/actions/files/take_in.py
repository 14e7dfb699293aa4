"""Taking in what a prison has: its own sheets are read into rows of kw's kinds, checked and saved as any other file.

It is run twice: once to show what it would do, and once, when that has been agreed to, to do it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.actions.files.load import Loaded, OnProgress, Run, begin, end
from keyworker_cli.actions.files.reading.input_files import FoundFiles, SheetRows, Source, place_in_order
from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.dates.say import say_minute
from keyworker_cli.rules.facts.care import EventRecord
from keyworker_cli.rules.files.extracts.collected import ORDER, Collected, OutputRow
from keyworker_cli.rules.files.extracts.known import Answers, HeldBefore, Known, KnownPrisoner
from keyworker_cli.rules.files.extracts.recognise import Recognised
from keyworker_cli.rules.files.extracts.tell import tell_missing
from keyworker_cli.rules.files.extracts.translate import translate
from keyworker_cli.rules.files.kinds import KEY_WORKERS, PRISONERS, SETTINGS, SHEETS
from keyworker_cli.rules.files.officers import KnownOfficer, made_staff_id
from keyworker_cli.rules.files.sheet import Sheet
from keyworker_cli.rules.markers.table import marking_since
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store

COME_FIRST: Final = (SETTINGS, PRISONERS, KEY_WORKERS)
"""The kinds that say who is who, before a prison's own sheets are read."""


class NotAgreedError(Exception):
    """An import that would end, move or bring back many, and to which nobody has agreed: nothing was saved."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotClearError(Exception):
    """Cells that a person can say the meaning of, before the files are taken in: nothing was saved."""

    def __init__(self, collected: Collected) -> None:
        super().__init__(f"{len(collected.unclear)} cells")
        self.unclear = tuple(collected.unclear.values())
        self.officers = collected.officers
        self.several_days = tuple(collected.several_days)


@dataclass(frozen=True)
class TakenIn:
    """What became of an import: what was loaded, and how the prison's own sheets were read."""

    loaded: Loaded
    collected: Collected


def take_in(
    store: "Store",
    found: FoundFiles,
    *,
    author: "Author",
    answers: Answers,
    agreed: bool = True,
    asking: bool = False,
    on_progress: OnProgress | None = None,
) -> TakenIn:
    """Import files of kw's own kinds and a prison's own sheets together; in a dry run nothing is saved.

    Raises `BadInputError` with every bad row that can be found. Where prisoners have no day of arrival and `answers`
    has none, nothing is saved either: they are in `collected.undated`.
    """
    with store.transaction(author) as change:
        taken = take_in_to(change, found, as_of=author.as_of, answers=answers, asking=asking, on_progress=on_progress)
        if author.saves and not agreed and taken.loaded.large_changes:
            raise NotAgreedError(taken.loaded.large_changes)  # before anything is saved: it has to be asked about first
        return taken


def take_in_to(
    change: "Change",
    found: FoundFiles,
    *,
    as_of: date,
    answers: Answers,
    kinds: Sequence[str] = ORDER,
    asking: bool = False,
    on_progress: OnProgress | None = None,
) -> TakenIn:
    """Take files and sheets in as a part of a change; raises as `take_in`.

    Of what a prison's own sheets make, only `kinds` are taken. Where somebody is there to be asked (`asking`), cells
    that are not clear raise `NotClearError`; else they are faults as others are.
    """
    run = begin(change, as_of=as_of, on_progress=on_progress)
    first = [file for file in found.files if file.sheet in COME_FIRST or not found.sheets]
    for file in first:
        run.take(file)
    collected = translate(found.sheets, _known(change, run, as_of, found.sheets), answers)
    if asking and (collected.unclear or collected.several_days):
        raise NotClearError(collected)
    for lists in collected.several_days:
        raise RefusedError(
            f"{' and '.join(sheet.table.source for sheet in lists)} list the same prisoners and contradict each other, "
            "and no day in their names says which is the newest; nothing was saved.",
            "import the newest alone, or write its day into the name of each sheet or file.",
        )
    for fault in collected.faults:
        run.faults.add(fault.source, fault.line, fault.heading, fault.reason)
    if collected.undated:  # what is theirs cannot be checked before it is known since when they are here
        run.faults.stop()
        return TakenIn(run.loaded, collected)
    rest: list[Source] = [file for file in found.files if file not in first]
    for file in sorted([*rest, *_as_files(collected, kinds)], key=place_in_order):
        run.take(file)
    if missing := tell_missing(collected):
        run.loaded.remarks.append(missing)
    return TakenIn(end(change, run), collected)


def _as_files(collected: Collected, kinds: Sequence[str]) -> Iterator[Source]:
    """Yield the rows that were made, kind by kind; those that have the same columns together.

    A row says only what its sheets say: where one has no column for it, what kw has stays.
    """
    for kind in kinds:
        sheet = next(one for one in SHEETS if one.name == kind)
        known = {column.name for column in sheet.columns}
        groups: dict[tuple[str, ...], list[OutputRow]] = {}
        for row in collected.rows.get(kind, {}).values():
            columns = tuple(name for name in row.values if name in known)
            groups.setdefault(tuple(sorted(columns)), []).append(row)
        for columns, rows in groups.items():
            yield replace(_as_file(sheet, columns, rows), headings=collected.headings)


def _as_file(sheet: Sheet, columns: Sequence[str], rows: Sequence[OutputRow]) -> SheetRows:
    lines: list[tuple[int, Sequence[str]]] = [(1, columns)]
    lines += [(at, [row.values[name] for name in columns]) for at, row in enumerate(rows, start=2)]
    places = {at: (row.source, row.line) for at, row in enumerate(rows, start=2)}
    sources = list(dict.fromkeys(row.source for row in rows))
    name = sources[0] if len(sources) == 1 else f"{sources[0]} and {len(sources) - 1} more"
    return SheetRows(f"{sheet.name} from {name}", sheet, lines, places)


def _known(change: "Change", run: Run, as_of: date, sheets: Sequence[Recognised]) -> Known:
    """Return what kw knows, as far as a prison's own sheets need it."""
    if not sheets:
        return Known(as_of)
    queries, loading = change.queries, run.loading
    settings = queries.settings()
    kinds = {sheet.layout.name for sheet in sheets}
    held = loading.sessions() if "case_notes" in kinds else []
    slots = loading.slots() if "detail" in kinds else []
    return Known(
        as_of,
        settings,
        _prisoners(change, run, as_of, settings),
        [_officer(*officer) for officer in loading.officers()],
        [HeldBefore(*one) for one in held],
        [(str(a), str(b), int(c), int(d)) for a, b, c, d in slots],
        code_set=loading.has_setting("prison.code"),
    )


def _officer(staff_id: str, last_name: str, first_name: str, login: str | None) -> KnownOfficer:
    made = login is None and staff_id.rstrip("0123456789") == made_staff_id(first_name, last_name)
    return KnownOfficer(staff_id, last_name, first_name, login, from_list=made)


def _prisoners(change: "Change", run: Run, as_of: date, settings: Settings) -> dict[str, KnownPrisoner]:
    queries, loading = change.queries, run.loading
    stays = loading.stays()
    here = {contact.person_id: contact for contact in queries.contacts(as_of=as_of, settings=settings)}
    basic = _open_basic(queries.event_records(marking_since(as_of), as_of=as_of, settings=settings))
    accts: dict[int, list[tuple[date, date | None]]] = {}
    for acct in queries.marking_accts(as_of=as_of):
        accts.setdefault(acct.person_id, []).append((acct.opened_on, acct.closed_on))
    people = {person.person_id: person for person in queries.people()}
    known = {}
    for number, key in loading.people().items():
        person, contact = people[key], here.get(key)
        known[number] = KnownPrisoner(
            person.prison_number,
            person.last_name,
            person.first_name,
            stays.get(key, ()),
            contact.arrived_on if contact else None,
            contact.location if contact else None,
            contact.staff_id if contact else None,
            contact.allocated_on if contact else None,
            contact.last_ended_on if contact else None,
            contact.last_session_on if contact else None,
            basic.get(key),
            accts.get(key, ()),
            day_known=contact is None or contact.arrival_known,
            wing=contact.wing if contact else None,
            away=bool(contact and contact.away),
        )
    return known


def _open_basic(events: Iterable[EventRecord]) -> dict[int, tuple[date, str]]:
    return {
        event.person_id: (event.event_on, say_minute(event.at_minute) if event.at_minute is not None else "")
        for event in events
        if event.code == MarkerCode.BASIC and event.until_on is None
    }
