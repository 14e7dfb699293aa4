"""How everything says a number, a count of things, a prisoner and an officer: each in one way."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Protocol

PERCENT: Final = 100


class Prisoner(Protocol):
    """Whoever has a prison number and a name: a person, a contact, a finding."""

    @property
    def prison_number(self) -> str:
        """The number he is known by here."""

    @property
    def name(self) -> str:
        """His name as it is said."""


class Worker(Protocol):
    """Whoever has a staff id and a name: an officer, a key worker of somebody's."""

    @property
    def staff_id(self) -> str:
        """The id they are known by here."""

    @property
    def name(self) -> str:
        """Their name as it is said."""


def say_prisoner(prisoner: Prisoner) -> str:
    """Say which prisoner is meant: `Sam Example (A1234BC)`."""
    return f"{prisoner.name} ({prisoner.prison_number})"


def say_worker(worker: Worker) -> str:
    """Say which officer is meant: `Nadia Shah (SHAH)`."""
    return f"{worker.name} ({worker.staff_id})"


TITLES: Final = ("officer", "mr", "mrs", "ms", "miss", "dr")
"""What may stand where a first name does, besides a rank in capitals (`SO`, `CM`): no letter of it names anybody."""


def short_name(name: str) -> str:
    """Return an officer's name as a narrow screen has room for it: `D Okafor`.

    >>> short_name("Daniel Okafor"), short_name("Officer P"), short_name("CM Hollis"), short_name("Ana de Souza")
    ('D Okafor', 'Officer P', 'CM Hollis', 'A de Souza')
    """
    first, _, others = name.partition(" ")
    is_title = first.casefold() in TITLES or (len(first) > 1 and first.isupper())
    return name if is_title or not others else f"{first[:1]} {others}"


def short_names(names: Iterable[str]) -> dict[str, str]:
    """Return each officer's short name, or the whole where another has the same.

    >>> short_names(["Daniel Okafor", "Kelly Colbeck", "Kim Colbeck"])
    {'Daniel Okafor': 'D Okafor', 'Kelly Colbeck': 'Kelly Colbeck', 'Kim Colbeck': 'Kim Colbeck'}
    """
    short = {name: short_name(name) for name in names}
    shared = Counter(short.values())
    return {name: name if shared[said] > 1 else said for name, said in short.items()}


def say_number(value: object, *, missing: str = "n/a") -> str:
    """Say a number: `1,620`; `25.7`, one decimal of an amount that is not whole; `missing` of what is no number."""
    if not isinstance(value, int | float):
        return missing
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def say_percent(share: float) -> str:
    """Say a share of one as a whole percentage: `0.4` is `40 %`."""
    return f"{share:.0%}".replace("%", " %")


def say_count(number: int, noun: str, plural: str | None = None) -> str:
    """Count things: `1 row`, `1,200 rows`; `plural` where it is not the noun and an s."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def count_prisoners(number: int) -> str:
    """Count prisoners: `1 prisoner`, `6 prisoners`."""
    return say_count(number, "prisoner")
