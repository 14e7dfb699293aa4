"""What headings that are not known might mean, by what stands under them: asked of a person, never taken as so."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.parse import parse_full_date
from keyworker_cli.rules.files.extracts.layouts import UNIT_LIST
from keyworker_cli.rules.files.extracts.recognise import Recognised
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import day_only, tidy
from keyworker_cli.rules.files.written import has_short_year

MOST: Final = 0.6
"""Of the cells under a heading so many have to look alike."""
FEW_EXAMPLES: Final = 3
_OF_SOMETHING_ELSE: Final = re.compile("next|due|review|release|expir|sentence|hearing|parole|backup|second|previous")
LONGEST_NAME: Final = 30
WORDS: Final = 3
SHORT: Final = 2
OFTEN: Final = 0.8
"""Officers have several prisoners each: at most so many of the names in a column are different ones."""


@dataclass(frozen=True, slots=True)
class OpenHeading:
    """A heading that is not known, what it may mean (by the words it is asked with), and what stands under it."""

    heading: str
    meanings: dict[str, str]
    examples: tuple[str, ...]
    filled: int


def open_headings(sheet: Recognised) -> Iterator[OpenHeading]:
    """Yield the headings of a unit's list that may mean what no other heading of it does."""
    if sheet.layout is not UNIT_LIST:
        return
    unknown = {heading for heading, why, filled in sheet.unread if why.startswith("not known") and filled}
    at, names = sheet.heading_row
    for column, name in enumerate(names):
        cells = [said for _, row in sheet.table.rows[at + 1 :] if column < len(row) and (said := tidy(row[column]))]
        if (
            name in unknown
            and not _OF_SOMETHING_ELSE.search(plain(name))
            and len(cells) * 2 >= len(sheet.records)
            and (meanings := _may_mean(cells, sheet.taken))
        ):
            unknown.discard(name)
            examples = tuple(dict.fromkeys(day_only(cell) for cell in cells))[:FEW_EXAMPLES]
            yield OpenHeading(name, meanings, examples, len(cells))


def _may_mean(cells: Sequence[str], taken: Container[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if _most(cells, _is_day):
        found = {"last seen": "last_seen", "arrived": "arrived", "date of birth": "born"}
    elif _most(cells, _is_name) and len({plain(cell) for cell in cells}) <= max(1, OFTEN * len(cells)):
        found = {"key worker": "key_worker"}
    return {words: meaning for words, meaning in found.items() if meaning not in taken}


def _most(cells: Sequence[str], looks: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(looks, cells)) >= MOST * len(cells)


def _is_day(cell: str) -> bool:
    try:
        parse_full_date(day_only(cell))
    except UsageError:
        return has_short_year(cell)
    return True


def _is_name(cell: str) -> bool:
    words = cell.replace(",", " ").replace(".", " ").split()
    named = all(re.sub("['’-]", "", word).isalpha() for word in words) and any(len(word) > SHORT for word in words)
    return named and len(words) <= WORDS and len(cell) <= LONGEST_NAME
