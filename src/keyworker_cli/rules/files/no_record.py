"""Rows of a sheet that hold no record: its headings once more, a total, a title or a footer (help: files)."""

import re
from collections.abc import Sequence
from typing import Final

from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import tidy
from keyworker_cli.rules.typed import as_prison_number

HEADINGS_AGAIN: Final = "the headings again"
A_TOTAL: Final = "a total"
A_TITLE: Final = "a title or a footer"
_TOTALS: Final = frozenset({"total", "totals", "count", "sum"})
_BEGINS_A_TOTAL: Final = ("total", "subtotal", "grandtotal")
_BEGINS_A_FOOTER: Final = frozenset(
    {"printed", "page", "produced", "generated", "created", "extracted", "downloaded", "exported", "report", "run"}
    | {"official", "end", "source", "note", "notes", "confidential", "restricted", "as"}
)
_A_WORD: Final = re.compile(r"[^\W\d_]{4,}")


def why_no_record(cells: Sequence[str], headings: Sequence[str]) -> str | None:
    """Say why a row holds no record, `None` where it may hold one: any row with a prison number in it may.

    >>> why_no_record(["Sub total", "", "12"], ["NOMS No", "Surname", "Cell"])
    'a total'
    >>> why_no_record(["Printed by J Smith", "", "12/05/2026"], ["NOMS No", "Surname", "Last seen"])
    'a title or a footer'
    >>> why_no_record(["A1234BC", "COUNT", ""], ["NOMS No", "Surname", "Cell"])
    >>> why_no_record(["Key work", "12/05/2026", "Bramley R"], ["Activity", "Date", "Officer"])
    """
    filled = [said for cell in cells if (said := tidy(cell))]
    if any(map(as_prison_number, filled)):
        return None
    words = [plain(cell) for cell in filled]
    if len(words) > 1 and set(words) <= {plain(heading) for heading in headings}:
        return HEADINGS_AGAIN
    if not filled or not (_is_words(filled[0]) or filled[0].isdecimal()):
        return None
    if not _TOTALS.isdisjoint(words[:2]) or words[0].startswith(_BEGINS_A_TOTAL):
        return A_TOTAL
    return A_TITLE if _is_title(filled) else None


def _is_title(filled: Sequence[str]) -> bool:
    """Say whether a row is words about the sheet: in one cell, or begun as a footer is."""
    if not _is_words(filled[0]):
        return False
    first = plain(re.split(r"[\s:-]", filled[0])[0])
    return len(filled) == 1 or (first in _BEGINS_A_FOOTER and len(filled[0].split()) > 1)


def _is_words(text: str) -> bool:
    """Say whether a cell holds words, and no number with a slip in it.

    >>> _is_words("Landing 2"), _is_words("A123BC"), _is_words("A 12345 BC")
    (True, False, False)
    """
    return _A_WORD.search(text) is not None or not any(map(str.isdigit, text))
