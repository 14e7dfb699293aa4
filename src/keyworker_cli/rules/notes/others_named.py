"""Who else is named in a case note: another prisoner's number or name (help: note-quality, N12)."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

NUMBER: Final = re.compile(r"\b[A-Za-z][0-9]{4}[A-Za-z]{2}\b")
CAPITALISED: Final = re.compile(r"[A-Z][\w'’-]+")
SHORTEST_NAME: Final = 3
ENDS_A_SENTENCE: Final = (".", "!", "?", ":", ";", "\n", '"', "“", "-", "•")
TITLES: Final = ("mr", "mister", "prisoner")


class Named(NamedTuple):
    """Who is named besides the prisoner himself: `surely` by number or full name, `perhaps` by a last name alone."""

    surely: tuple[str, ...]
    perhaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The prisoners' names to look for, by last name, and the last names that staff have as well."""

    first_names: dict[str, frozenset[str]]
    staff: frozenset[str]


def names_of(prisoners: Iterable[tuple[str, str]], staff: Iterable[str]) -> Names:
    """Return what to look for, from the prisoners' first and last names and the last names of staff.

    Names of one or two letters are left out: they are initials.
    """
    found: dict[str, set[str]] = {}
    for first, last in prisoners:
        if len(last) >= SHORTEST_NAME:
            found.setdefault(last.casefold(), set()).add(first.casefold())
    return Names({last: frozenset(firsts) for last, firsts in found.items()}, frozenset(n.casefold() for n in staff))


def others_named(text: str, names: Names, *, own_numbers: Collection[str], own_name: Collection[str]) -> Named:
    """Return the other people named in a note. `own_name` holds the names of the prisoner and of the note's author.

    A number that is not his is another's, known or not. A last name counts with a capital within a sentence or after
    Mr, where no member of staff has it.
    """
    numbers = (match.group().upper() for match in NUMBER.finditer(text))
    surely = [number for number in numbers if number not in own_numbers]
    perhaps = []
    own = {name.casefold() for name in own_name}
    for before, word, starts in _capitalised(text):
        firsts = names.first_names.get(word.casefold())
        if firsts is None or word.casefold() in own:
            continue
        if before.casefold() in firsts:
            surely.append(f"{before} {word}")
        elif before.casefold() in TITLES or (not starts and word.casefold() not in names.staff):
            perhaps.append(word)
    return Named(tuple(dict.fromkeys(surely)), tuple(dict.fromkeys(perhaps)))


def _capitalised(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each word with a capital, the word before it, and whether it starts a sentence."""
    for match in CAPITALISED.finditer(text):
        before = text[: match.start()].rstrip()
        starts = not before or before.endswith(ENDS_A_SENTENCE)
        word = re.sub(r"['’]s$", "", match.group())
        yield ("" if starts else before.rpartition(" ")[2].strip(".,")), word, starts
