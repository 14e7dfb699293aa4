"""Lists of the same prisoners on several days, last week's beside this week's: only the newest holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.files.extracts.layouts import INCENTIVES, UNIT_LIST, is_basic
from keyworker_cli.rules.files.extracts.recognise import Recognised
from keyworker_cli.rules.files.officers import folded

MOST: Final = 0.5
"""Lists that share so many of their prisoners are the same list."""
_DAYS: Final = (
    re.compile(r"\b(20[0-9]{2})[-._/]?([01][0-9])[-._/]?([0-3][0-9])\b"),
    re.compile(r"\b[0-3]?[0-9][-._/][01]?[0-9][-._/]20[0-9]{2}\b"),
    re.compile(r"\b[0-3]?[0-9](?:st|nd|rd|th)? [a-z]{3,9}(?: 20[0-9]{2})?\b", re.IGNORECASE),
    re.compile(r"\b[0-3]?[0-9][-._/][01]?[0-9]\b"),
)

_LISTS: Final = (UNIT_LIST, INCENTIVES)

Lists = tuple[Recognised, ...]


def lists_of_several_days(sheets: Sequence[Recognised], *, today: date) -> Iterator[Lists]:
    """Yield lists that share most of their prisoners and are of several days, or contradict each other.

    They do in who is on them, whose they are, or who of them is on Basic. A list that another holds whole is a part of
    it, where no days in their names or titles part them; a list of another unit shares none.
    """
    lists = [(sheet, _on(sheet), _day_of(sheet, today)) for sheet in sheets if sheet.layout in _LISTS]
    taken: set[int] = set()
    for at, (first, on_first, day) in enumerate(lists):
        others = [
            other
            for other, on_other, other_day in lists[at + 1 :]
            if id(other) not in taken
            and other.layout is first.layout
            and _share_most(on_first, on_other)
            and (
                (day and other_day and day != other_day)
                or _differ(on_first, on_other, says_who=first.layout is UNIT_LIST)
            )
        ]
        if others and id(first) not in taken:
            taken |= {id(other) for other in others}
            yield (first, *others)


def _on(sheet: Recognised) -> dict[str, tuple[str, ...]]:
    """Return who is on a list, and what must not differ of them: the name of whose they are, or whether on Basic."""
    if sheet.layout is INCENTIVES:
        return {record.get("number").upper(): (str(is_basic(record.get("level"))),) for record in sheet.records}
    return {record.get("number").upper(): folded(record.get("key_worker")) for record in sheet.records}


def _share_most(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> bool:
    return 0 < MOST * max(len(one), len(other)) <= len(one.keys() & other.keys())


def _differ(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]], *, says_who: bool) -> bool:
    """Say whether lists contradict each other; those that do not say who is here do not by who is on them."""
    both = one.keys() & other.keys()
    whose = any(one[number] and other[number] and one[number] != other[number] for number in both)
    return whose or (says_who and len(both) < len(one) and len(both) < len(other))


def newest_of(lists: Lists, *, today: date, chosen: Sequence[str] = ()) -> Recognised | None:
    """Return the newest of these: the one that was chosen, else by the days in their names or titles.

    `None` where a list names no day, or two name the same.
    """
    for sheet in lists:
        if sheet.table.source in chosen:
            return sheet
    days = {sheet.table.source: _day_of(sheet, today) for sheet in lists}
    known = {day for day in days.values() if day is not None}
    if len(known) < len(lists):
        return None
    return max(lists, key=lambda sheet: days[sheet.table.source] or date.min)


def _day_of(sheet: Recognised, today: date) -> date | None:
    for text in (sheet.table.name, sheet.title):
        for form in _DAYS:
            for found in form.finditer(text):
                try:
                    return parse_date("-".join(found.groups()) if found.groups() else found[0], today=today)
                except UsageError:
                    continue
    return None
