"""What a fresh roll changes: who has arrived, moved, left since the last one, and who is missing (help: movements)."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import count_prisoners, say_count

AnyPrisoner = TypeVar("AnyPrisoner", Contact, Person)


class OnFile(NamedTuple):
    """A prisoner on a roll: whether it has him as here, and where, if it says so."""

    is_here: bool
    location: str | None = None


class Relocated(NamedTuple):
    """A prisoner whose place on the roll differs from his place in kw."""

    prisoner: Contact
    was_in: str | None


class Gone(NamedTuple):
    """A prisoner recorded as here whom the roll gives as having left."""

    prisoner: Contact
    left_on: date
    departure_reason: str | None


@dataclass(frozen=True, slots=True)
class RollChanges:
    """What a roll changes as of a day, each by name.

    `missing` are here in kw and not on the roll; `away` are missing as well, but away overnight, and `out` are on it as
    out or in transit, so that both are left as they are. `not_here` are on the roll, and have left according to kw:
    nothing is done about them.
    """

    as_of: date
    on_roll: int
    arrived: tuple[Contact, ...]
    moved: tuple[Relocated, ...]
    left: tuple[Gone, ...]
    missing: tuple[Contact, ...]
    away: tuple[Contact, ...]
    out: tuple[Contact, ...]
    not_here: tuple[Person, ...]

    @property
    def nothing(self) -> bool:
        """Whether the roll agrees with kw, so that nothing is to be saved."""
        return not (self.arrived or self.moved or self.left or self.missing)


def compare_roll(
    before: Iterable[Contact],
    after: Iterable[Contact],
    *,
    prisoners: Mapping[int, OnFile],
    people: Iterable[Person],
    as_of: date,
    out: Container[int] = (),
) -> RollChanges:
    """Return what a roll changes: `before` are the prisoners here without it, `after` those with its rows taken in.

    `prisoners` are those on the roll by their key, `out` the keys of those whom it has as out or in transit.
    """
    was, now = _by_key(before), _by_key(after)
    known = {prisoner.person_id: prisoner for prisoner in people}
    stayed = [prisoner for key, prisoner in now.items() if key in was and was[key].arrived_on == prisoner.arrived_on]
    missing = [prisoner for key, prisoner in now.items() if key not in prisoners]
    left = [prisoner for key, prisoner in was.items() if key not in now]
    not_here = [known[key] for key, on_file in prisoners.items() if on_file.is_here and key not in now and key in known]
    return RollChanges(
        as_of=as_of,
        on_roll=sum(on_file.is_here for on_file in prisoners.values()),
        arrived=_in_order(
            prisoner for key, prisoner in now.items() if key not in was or was[key].arrived_on != prisoner.arrived_on
        ),
        moved=tuple(
            Relocated(prisoner, was[prisoner.person_id].location)
            for prisoner in _in_order(stayed)
            if prisoner.location != was[prisoner.person_id].location
        ),
        left=tuple(
            Gone(prisoner, known[prisoner.person_id].left_on or as_of, known[prisoner.person_id].departure_reason)
            for prisoner in _in_order(left)
        ),
        missing=_in_order(prisoner for prisoner in missing if prisoner.away is None and prisoner.person_id not in out),
        away=_in_order(prisoner for prisoner in missing if prisoner.away is not None),
        out=_in_order(prisoner for prisoner in missing if prisoner.away is None and prisoner.person_id in out),
        not_here=_in_order(not_here),
    )


def check_still_the_same(shown: RollChanges, now: RollChanges) -> None:
    """Refuse to save a roll that would change something else than was shown; raises `RefusedError`."""
    if shown != now:
        raise RefusedError(
            "the record has changed since this was shown; nothing was saved.",
            "somebody else was quicker: run it again and read what it says.",
        )


def say_changes(changes: RollChanges) -> str:
    """Say what saving a roll does, in the words of its question: `2 arrivals and 1 move are recorded, and ...`."""
    counted = (
        (len(changes.arrived), "arrival", "arrivals"),
        (len(changes.moved), "move", "moves"),
        (len(changes.left), "departure", "departures"),
    )
    said = [say_count(number, one, many) for number, one, many in counted if number]
    if changes.missing:
        number = len(changes.missing)
        prisoners = count_prisoners(number)
        stays = "stay" if number == 1 else "stays"
        said.append(f"the end of the {stays} of {prisoners} not on this roll")
    return _listed(said)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _by_key(contacts: Iterable[Contact]) -> dict[int, Contact]:
    return {contact.person_id: contact for contact in contacts}


def _in_order(prisoners: Iterable[AnyPrisoner]) -> tuple[AnyPrisoner, ...]:
    return tuple(
        sorted(prisoners, key=lambda prisoner: (prisoner.last_name, prisoner.first_name, prisoner.prison_number))
    )
