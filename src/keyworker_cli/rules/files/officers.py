"""Which key worker a name in a file means: by staff id, login or name, as lists write it; never a guess."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from keyworker_cli.rules.files.tidy import split_name, tidy
from keyworker_cli.rules.typed import as_compared

NEAR: Final = 0.8
_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "officer", "off", "offr", "ofc", "so", "cm", "po", "sm", "gov", "governor"}
    | {"supervising", "custodial", "manager"}
)
NO_FIRST_NAME: Final = "Officer"
"""Stands before a last name that is all a list gives."""
_BETWEEN_TWO: Final = re.compile(r"\w ?[/&+;] ?\w|\w (?:and|or) \w", re.IGNORECASE)
NOBODY: Final = frozenset(
    {"", "none", "na", "n/a", "nil", "tbc", "tba", "vacant", "unallocated", "notallocated", "-", "?"}
)


@dataclass(frozen=True, slots=True)
class KnownOfficer:
    """A key worker as files may name them. `from_list` says that the staff id was made up from a name in a list."""

    staff_id: str
    last_name: str
    first_name: str
    login: str | None = None
    from_list: bool = False

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.first_name} {self.last_name}".strip()


def is_nobody(text: str) -> bool:
    """Say whether a cell for a key worker names none: empty, `none`, `TBC`, `vacant`."""
    return re.sub(r"\s", "", text.casefold()) in NOBODY


def names_several(text: str) -> bool:
    """Say whether a cell names more than one key worker.

    >>> names_several("Shah / Okafor"), names_several("Shah & Okafor"), names_several("Shah, Nadia")
    (True, True, False)
    """
    return _BETWEEN_TWO.search(tidy(text)) is not None


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a name as names are compared: without case, accents, marks and titles."""
    return tuple(word for word in as_compared(text).split() if word not in _TITLES)


def made_staff_id(first: str, last: str) -> str:
    """Return a staff id for an officer of whom only the name is known: `BRAMLEY-R`.

    >>> made_staff_id("Ruth", "Bramley"), made_staff_id("", "O'Neill")
    ('BRAMLEY-R', 'ONEILL')
    """
    parts = ["".join(folded(last)), "".join(folded(first))[:1]]
    return "-".join(part for part in parts if part).upper()[:30]


class Officers:
    """The key workers that files may name."""

    def __init__(self, officers: Iterable[KnownOfficer]) -> None:
        self.all: list[KnownOfficer] = []
        self._by_id: dict[str, KnownOfficer] = {}
        self._found: dict[str, list[KnownOfficer]] = {}
        for officer in officers:
            self.add(officer)

    def add(self, officer: KnownOfficer) -> None:
        """Let files name one more."""
        self.all.append(officer)
        self._by_id[officer.staff_id.upper()] = officer
        if officer.login:
            self._by_id.setdefault(officer.login.upper(), officer)
        self._found.clear()

    def alias(self, staff_id: str, officer: KnownOfficer) -> None:
        """Let another staff id mean an officer."""
        self._by_id[staff_id.upper()] = officer

    def by_id(self, text: str) -> KnownOfficer | None:
        """Return whose staff id or login this is."""
        return self._by_id.get(text.strip().upper())

    def find(self, text: str) -> list[KnownOfficer]:
        """Return those whom a cell may mean: none, one or several."""
        said = tidy(text)
        if said not in self._found:
            one = self.by_id(said)
            self._found[said] = [one] if one else self._by_name(said)
        return self._found[said]

    def _by_name(self, text: str) -> list[KnownOfficer]:
        words = folded(text)
        if not words:
            return []
        exact = [officer for officer in self.all if sorted(folded(officer.name)) == sorted(words)]
        found = exact or [officer for officer in self.all if _could_be(officer, words)]
        return found or [officer for officer in self.all if _has_initials(officer, "".join(words))]

    def nearest(self, text: str) -> KnownOfficer | None:
        """Return the one whose name is spelled most nearly so, where one is near."""
        said = " ".join(sorted(folded(text)))
        names = {" ".join(sorted(folded(officer.name))): officer for officer in self.all}
        close = difflib.get_close_matches(said, names, n=1, cutoff=NEAR)
        return names[close[0]] if close else None


def _could_be(officer: KnownOfficer, words: tuple[str, ...]) -> bool:
    """Say whether the words are the last name, and beside it at most the beginning of the first."""
    last, first = folded(officer.last_name), folded(officer.first_name)
    rest = list(words)
    for word in last:
        if word not in rest:
            return False
        rest.remove(word)
    if officer.from_list and not first:
        return True  # a list gave the last name only: another gives more of the same officer
    return all(any(name.startswith(word) for name in first) for word in rest)


def _has_initials(officer: KnownOfficer, letters: str) -> bool:
    """Say whether these are the first letters of a first and a last name, as a column has them that is narrow."""
    first, last = folded(officer.first_name), folded(officer.last_name)
    return bool(first and last) and letters == "".join(word[0] for word in first + last)


def officer_from(text: str) -> KnownOfficer:
    """Return a key worker of whom a list gives only a name."""
    said = " ".join(word for word in tidy(text).split(" ") if word.casefold().strip(".") not in _TITLES) or tidy(text)
    first, last = split_name(said)
    if not last:
        first, last = "", first
    return KnownOfficer(made_staff_id(first, last), last, first or NO_FIRST_NAME, from_list=True)
