"""`kw prisoner`: the prisoners: receptions, moves, discharges, and who is here."""

from typing import Annotated

import typer

from keyworker_cli.actions.stays.arrivals import Arrival, admit, readmit
from keyworker_cli.actions.stays.departures import exclude, include, leave, never_came, reverse_departure
from keyworker_cli.actions.stays.merging import merge, undo_merge
from keyworker_cli.actions.stays.moves import come_back, go_away, move
from keyworker_cli.command_line.options import RECORDS, Plain, Prisoner, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.lookup import prison_number
from keyworker_cli.reports.stays.prisoners import prisoner_list
from keyworker_cli.rules.codes.records import ArrivalType
from keyworker_cli.rules.dates.parse import parse_minute
from keyworker_cli.rules.stays.merging import check_why
from keyworker_cli.rules.stays.movements import read_absence, read_departure
from keyworker_cli.rules.typed import (
    check_name,
    read_code,
)

app = family()
prisoner = family()
app.add_typer(
    prisoner, name="prisoner", rich_help_panel=RECORDS, help="Receptions, moves and discharges, and who is here."
)

LastName = Annotated[str | None, typer.Option(metavar="NAME", help="Last name.")]
FirstName = Annotated[str | None, typer.Option(metavar="NAME", help="First name.")]
Number = Annotated[str, typer.Argument(metavar="PRISON_NUMBER", help="A letter, 4 digits, 2 letters: A1234BC.")]
Arrived = Annotated[
    str | None, typer.Option(metavar="DATE", help="The day of arrival: 2026-05-12, 12/05/2026, yesterday.")
]
Born = Annotated[str | None, typer.Option(metavar="DATE", help="Date of birth.")]
ArrivedAs = Annotated[
    str | None,
    typer.Option(metavar="ARRIVAL_TYPE", help="RECEPTION, TRANSFER_IN, RECALL or RETURN (RETURN, if here before)."),
]
Everyone = Annotated[bool, typer.Option("--all", help="Those who have left as well.")]

Place = Annotated[str, typer.Argument(metavar="LOCATION", help="The cell, B-2-014, or SEG, HCC, RECP, COURT.")]
Location = Annotated[str | None, typer.Option(metavar="LOCATION", help="The cell, B-2-014, or SEG, HCC, RECP, COURT.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it happened (today).")]
At = Annotated[
    str | None, typer.Option("--time", metavar="HH:MM", help="The time of the move (to SEG, of today: now).")
]
HowLeft = Annotated[
    str | None, typer.Option("--reason", metavar="DEPARTURE_REASON", help="RELEASE, TRANSFER_OUT, DIED or ESCAPE.")
]
WhyAway = Annotated[
    str | None, typer.Option("--reason", metavar="ABSENCE_REASON", help="COURT, HOSPITAL, TEMPORARY_ABSENCE or UAL.")
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first night away (today).")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The day of return, if it is known.")]
Back = Annotated[bool, typer.Option("--back", help="The prisoner is back.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back: it was recorded for the wrong prisoner.")]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why: whoever reads the record will ask.")]
Because = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why they are not in the scheme.")]
ScopeFrom = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day of it (today).")]
End = Annotated[bool, typer.Option("--end", help="Bring the prisoner back into the scheme.")]
Keep = Annotated[str, typer.Argument(metavar="KEEP", help="The prison number that stays.")]
Other = Annotated[
    str, typer.Argument(metavar="OTHER", help="The prison number that turned out to be the same prisoner.")
]


@prisoner.command("move")
@write
def prisoner_move(kw: Kw, prisoner: Prisoner, location: Place, on: On = None, at: At = None) -> None:
    """Record a move to another cell, wing or place; the key worker and the gap go on.

    A move to SEG begins segregation, a move out of it ends it, and the prisoner is still to be seen, there.

    Example: kw prisoner move thackray B-2-014

    Example: kw prisoner move F1003KC SEG --on yesterday --time 16:40 --dry-run
    """
    place, minute = kw.place(location), parse_minute(at) if at else None
    kw.tell_outcome(move(kw.store, kw.author, kw.prisoner(prisoner), place, on=kw.day(on), at_minute=minute))


@prisoner.command("leave")
@write
def prisoner_leave(
    kw: Kw,
    prisoner: Prisoner,
    reason: HowLeft = None,
    on: On = None,
    undo: Undo = False,
    why: Why = None,
) -> None:
    """Record that a prisoner was released, transferred out, escaped, or died; the allocation ends with the stay.

    A death locks the record. --undo --why takes back a departure that was recorded for the wrong prisoner.

    Example: kw prisoner leave thackray --reason RELEASE --dry-run

    Example: kw prisoner leave thackray --reason TRANSFER_OUT --on yesterday --dry-run
    """
    if undo:
        _alone("--undo", {"--reason": reason, "--on": on})
        kw.tell_outcome(reverse_departure(kw.store, kw.author, kw.prisoner(prisoner), why=check_why(why)))
    else:
        _alone("--reason", {"--why": why})
        typed = _given(reason, "--reason", "RELEASE, TRANSFER_OUT, DIED or ESCAPE")
        how = read_departure(typed)
        kw.tell_outcome(leave(kw.store, kw.author, kw.prisoner(prisoner), reason=how, on=kw.day_or_none(on)))


@prisoner.command("return")
@write
def prisoner_return(kw: Kw, prisoner: Prisoner, on: On = None, location: Location = None) -> None:
    """Record that a prisoner who left is back: a new stay, with the former key worker named.

    The gap runs from this arrival; what was before stays linked and is not counted.

    Example: kw prisoner return B1027JB --location B-2-011

    Example: kw prisoner return penhale --on yesterday --dry-run
    """
    place = kw.place(location) if location else None
    kw.tell_outcome(readmit(kw.store, kw.author, kw.prisoner(prisoner), on=kw.day(on), location=place))


@prisoner.command("away")
@write
def prisoner_away(
    kw: Kw,
    prisoner: Prisoner,
    reason: WhyAway = None,
    begins: From = None,
    to: To = None,
    back: Back = False,
    on: On = None,
) -> None:
    """Record nights out at court, in hospital or on ROTL, and the return from them.

    The key worker stays, and the gap runs. --to alone changes the day of return that is expected.

    Example: kw prisoner away thackray --reason HOSPITAL --to +3d --dry-run

    Example: kw prisoner away halliwell --back --dry-run
    """
    if back:
        _alone("--back", {"--reason": reason, "--from": begins, "--to": to})
        kw.tell_outcome(come_back(kw.store, kw.author, kw.prisoner(prisoner), on=kw.day(on)))
    else:
        _alone("--reason", {"--on": on})
        if to is None:
            _given(reason, "--reason", "COURT, HOSPITAL, TEMPORARY_ABSENCE or UAL; --back for the return")
        why = read_absence(reason) if reason else None
        from_on, to_on = kw.day_or_none(begins), kw.day_or_none(to, ahead=True)
        kw.tell_outcome(go_away(kw.store, kw.author, kw.prisoner(prisoner), reason=why, from_on=from_on, to_on=to_on))


@prisoner.command("exclude")
@write
def prisoner_exclude(
    kw: Kw, prisoner: Prisoner, reason: Because = None, begins: ScopeFrom = None, end: End = False
) -> None:
    """Take a prisoner out of the scheme from a day on, with the reason; --end brings them back into it.

    The policy says all: they stay counted, and are named as excluded wherever a total stands.

    Example: kw prisoner exclude thackray --reason "complex case, seen by a dedicated team" --dry-run

    Example: kw prisoner exclude T1020TB --end --dry-run
    """
    if end:
        _alone("--end", {"--reason": reason, "--from": begins})
        kw.tell_outcome(include(kw.store, kw.author, kw.prisoner(prisoner)))
    else:
        text = _given(reason, "--reason", "why the prisoner is not in the scheme")
        kw.tell_outcome(exclude(kw.store, kw.author, kw.prisoner(prisoner), reason=text, from_on=kw.day(begins)))


@prisoner.command("merge")
@write
def prisoner_merge(kw: Kw, keep: Keep, other: Other, why: Why = None, undo: Undo = False) -> None:
    """Join two prison numbers of one prisoner: either finds them, and all that is recorded counts as theirs.

    --undo parts them again; what was recorded since goes with the stay it is dated in.

    Example: kw prisoner merge M1007PG A1026HA --why "one prisoner: fingerprints at reception"

    Example: kw prisoner merge M1007PG A1026HA --undo --why "two prisoners after all"
    """
    act = undo_merge if undo else merge
    kw.tell_outcome(act(kw.store, kw.author, keep, other, why=check_why(why)))


@prisoner.command("add")
@write
def prisoner_add(
    kw: Kw,
    number: Number,
    last_name: LastName = None,
    first_name: FirstName = None,
    arrived: Arrived = None,
    born: Born = None,
    location: Location = None,
    arrival_type: ArrivedAs = None,
    undo: Undo = False,
    why: Why = None,
) -> None:
    """Record a prisoner who has arrived.

    Who was here before begins a new stay: the gap runs from this arrival, and the former key worker is named. --undo
    --why takes back the arrival of someone who never came: the stay is in no count, and stays readable.

    Example: kw prisoner add A9876ZX --last-name Example --first-name Sam --arrived yesterday --location B-2-014

    Example: kw prisoner add A9876ZX --undo --why "went to another prison"
    """
    if undo:
        _alone("--undo", {"--arrived": arrived, "--location": location, "--arrival-type": arrival_type})
        kw.tell_outcome(never_came(kw.store, kw.author, kw.prisoner(number), why=check_why(why)))
        return
    arrival = Arrival(
        prison_number(number),
        check_name(_given(last_name, "--last-name", "the last name"), what="last name"),
        check_name(_given(first_name, "--first-name", "the first name"), what="first name"),
        kw.day(_given(arrived, "--arrived", "the day of arrival")),
        kw.day_or_none(born),
        kw.place(location) if location else None,
        read_code(arrival_type, ArrivalType, "arrival type") if arrival_type else None,
    )
    kw.tell_outcome(admit(kw.store, kw.author, arrival))


@prisoner.command("list")
@command
def prisoner_listed(kw: Kw, view: Plain, everyone: Everyone = False) -> None:
    """Who is here: where, with whom, and the last key work of each.

    Example: kw prisoner list

    Example: kw prisoner list --wing B --format csv
    """
    kw.show(prisoner_list(kw.store, kw.request(view), everyone=everyone), view)


def _given(value: str | None, option: str, what: str) -> str:
    if value is None:
        raise UsageError(f"{option} is missing.", f"add {option}: {what}.")
    return value


def _alone(option: str, others: dict[str, str | None]) -> None:
    """Refuse options that do not go with another."""
    for name, value in others.items():
        if value is not None:
            raise UsageError(f"{name} does not go with {option}.", f"leave {name} out.")
