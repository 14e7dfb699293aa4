"""What a fresh roll changes, shown before anything of it is saved: `kw import --roll` (help: movements)."""

from collections.abc import Iterable, Iterator

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised, person, say_how_left, say_key_worker
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import count_prisoners
from keyworker_cli.rules.stays.roll import Gone, Relocated, RollChanges


def roll_report(request: ReportRequest, changes: RollChanges) -> Report:
    """Return who has arrived, moved and left, who is missing from the roll, and who is on it and not here in kw."""
    return request.report(
        "roll",
        "The roll against kw",
        [section for section in _sections(request, changes) if section.rows],
        summary={
            "on_roll": changes.on_roll,
            "arrived": len(changes.arrived),
            "moved": len(changes.moved),
            "left": len(changes.left),
            "missing": len(changes.missing),
            "away": len(changes.away),
            "out": len(changes.out),
            "not_here": len(changes.not_here),
        },
        several=True,
    )


def _sections(request: ReportRequest, changes: RollChanges) -> Iterator[Section]:
    yield Section("arrived", "Arrived", (*PRISONER, ARRIVED), _rows(request, changes.arrived))
    yield _moved(request, changes.moved)
    yield _left(request, changes.left)
    yield _missing(request, changes)
    yield Section(
        "away",
        "Out overnight, and not on this roll: left as they are",
        (*PRISONER, Column("away", "Where", show=_where), DAYS),
        tuple({**_row(request, prisoner), "away": prisoner.away} for prisoner in changes.away),
    )
    yield Section(
        "out",
        "On this roll as out or in transit: left as they are",
        (*PRISONER, WORKER, DAYS),
        _rows(request, changes.out),
        foot=("Out for the night: kw prisoner away NUMBER. Gone: kw prisoner leave NUMBER --reason TRANSFER_OUT",),
    )
    yield _not_here(changes.not_here)


def _moved(request: ReportRequest, moved: Iterable[Relocated]) -> Section:
    return Section(
        "moved",
        "Moved",
        (*PRISONER, Column("was_in", "Was in", show=lambda row: str(row["was_in"] or "no data")), WORKER),
        tuple({**_row(request, one.prisoner), "was_in": one.was_in} for one in moved),
    )


def _left(request: ReportRequest, left: Iterable[Gone]) -> Section:
    return Section(
        "left",
        "Left",
        (*PRISONER, Column("left_on", "On"), Column("departure_reason", "How", show=say_how_left), WORKER),
        tuple(
            {**_row(request, one.prisoner), "left_on": one.left_on, "departure_reason": one.departure_reason}
            for one in left
        ),
    )


def _missing(request: ReportRequest, changes: RollChanges) -> Section:
    missing = changes.missing
    return Section(
        "missing",
        "Not on this roll",
        (*PRISONER, WORKER, DAYS),
        _rows(request, missing),
        lead=(
            f"{count_prisoners(len(missing))} here in kw and not on the roll. Saved, "
            f"{'his stay ends' if len(missing) == 1 else 'their stays end'} on {say_date(changes.as_of)}; "
            "how is not known.",
        ),
        foot=("When it is known: kw prisoner leave NUMBER --reason RELEASE, or TRANSFER_OUT",),
    )


def _not_here(not_here: Iterable[Person]) -> Section:
    return Section(
        "not_here",
        "On this roll, and not here in kw: nothing is done about them",
        (*PRISONER[:2], Column("left_on", "Left"), Column("departure_reason", "How", show=say_how_left)),
        tuple(
            {
                "prison_number": prisoner.prison_number,
                "name": prisoner.name,
                "left_on": prisoner.left_on,
                "departure_reason": prisoner.departure_reason,
            }
            for prisoner in not_here
        ),
        foot=("Back again: kw prisoner return NUMBER. Never gone: kw prisoner leave NUMBER --undo --why TEXT",),
    )


def _rows(request: ReportRequest, prisoners: Iterable[Contact]) -> tuple[Row, ...]:
    return tuple(_row(request, prisoner) for prisoner in prisoners)


def _row(request: ReportRequest, prisoner: Contact) -> Row:
    (gap,) = find_gaps([prisoner], as_of=request.as_of, settings=request.settings)
    return {
        "person_id": prisoner.person_id,
        "prison_number": prisoner.prison_number,
        "name": prisoner.name,
        "location": prisoner.location,
        "arrived_on": prisoner.arrived_on,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "days": gap.days,
    }


def _where(row: Row) -> str:
    return AWAY_WORDS[AbsenceReason(str(row["away"]))]


PRISONER = (
    Column("prison_number", "Number"),
    Column("name", "Name", style=emphasised),
    Column("location", "Location", show=lambda row: str(row["location"] or "no data")),
)
ARRIVED = Column("arrived_on", "On")
WORKER = Column("key_worker.name", "Key worker", show=say_key_worker)
DAYS = Column("days", "Days without key work", align="right")
