"""What a record of a person may hold: names, places, staff ids and numbers of places, checked as they are typed."""

import difflib
import re
from datetime import time
from enum import StrEnum
from typing import Final, TypeVar

from keyworker_cli.errors import UsageError

MOST_PLACES: Final = 99  # what the schema takes for one officer
LONGEST_NAME: Final = 100
_STAFF_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_PLACE: Final = re.compile(r"[A-Z0-9]{1,10}(-[A-Z0-9]{1,10}){0,3}")
_PLACES_WITHOUT_CELLS: Final = "SEG, HCC, RECP or COURT"

Code = TypeVar("Code", bound=StrEnum)


def check_name(text: str, *, what: str) -> str:
    """Return a name without the space around it; raises `UsageError` for none at all, and for more than a name."""
    name = text.strip()
    if len(name) > LONGEST_NAME:
        raise UsageError(f"the {what} has {len(name):,} letters.", f"a name has {LONGEST_NAME} at most.")
    if not name:
        raise UsageError(f"the {what} is empty.", f"give it: --{what.replace(' ', '-')} NAME.")
    return name


def check_location(text: str) -> str:
    """Return a place in capitals, `B-2-014` or one without cells such as `SEG`; else raises `UsageError`."""
    place = text.strip().upper()
    if not _PLACE.fullmatch(place):
        raise UsageError(
            f"{text!r} is not a location.",
            f"a location is wing, landing and cell, B-2-014, or a place without cells: {_PLACES_WITHOUT_CELLS}.",
        )
    return place


def check_wing(text: str) -> str:
    """Return a wing in capitals: the part of a location before the first dash; else raises `UsageError`."""
    wing = text.strip().upper()
    if "-" in wing or not _PLACE.fullmatch(wing):
        raise UsageError(f"{text!r} is not a wing.", "a wing is what stands before the first dash of a location: B.")
    return wing


def check_staff_id(text: str) -> str:
    """Return a staff id as it was typed: letters, digits, _ and -, at most 40; else raises `UsageError`."""
    staff_id = text.strip()
    if not _STAFF_ID.fullmatch(staff_id):
        raise UsageError(
            f"{text!r} is not a staff id.", "a staff id has only letters, digits, _ and -, at most 40: SHAH or E1042."
        )
    return staff_id


def check_capacity(text: str) -> int:
    """Return how many prisoners a key worker has places for, 0 to 99; else raises `UsageError`."""
    typed = text.strip()
    if not re.fullmatch(r"[0-9]{1,4}", typed) or int(typed) > MOST_PLACES:
        raise UsageError(
            f"{text!r} is not a number of places.",
            f"a key worker's capacity is a whole number from 0 to {MOST_PLACES}.",
        )
    return int(typed)


def parse_code(text: str, kind: type[Code], *, what: str) -> Code:
    """Return the code that was typed, in any case and with - for _; raises `UsageError`, naming those there are."""
    typed = text.strip().upper().replace("-", "_").replace(" ", "_")
    if typed not in kind.__members__:
        raise UsageError(f"{text!r} is not {what}.", f"it is one of: {', '.join(kind.__members__)}.")
    return kind[typed]


MINUTES_PER_HOUR: Final = 60


def read_code(text: str, kind: type[Code], what: str) -> Code:
    """Return the code that a word means: in any case, and by its beginning where that is enough. Else `UsageError`."""
    wanted = _as_code(text)
    codes = {code.value: code for code in kind}
    if wanted in codes:
        return codes[wanted]
    begun = [value for value in codes if wanted and value.startswith(wanted)]
    if len(begun) == 1:
        return codes[begun[0]]
    if begun:
        raise UsageError(f"{what} {text.strip()!r} could be {' or '.join(begun)}.", "type a little more of it.")
    near = difflib.get_close_matches(wanted, codes, n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"there is no {what} {text.strip()!r}.", f"{meant}There are {', '.join(codes)}.")


def read_text(text: str | None, what: str) -> str | None:
    """Return words as they were typed, `None` where there are none; what is no text at all is `UsageError`."""
    if text is None or not text.strip():
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what} is not UTF-8 text.", "type it again, in UTF-8.") from None
    return text


def minute_of_day(at: time) -> int:
    """Return the minute of the day, counted from midnight."""
    return at.hour * MINUTES_PER_HOUR + at.minute


def _as_code(text: str) -> str:
    return "_".join(re.split(r"[\s_-]+", text.strip().upper()))
