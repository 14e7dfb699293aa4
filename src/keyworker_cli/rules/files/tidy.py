"""Text of a cell without what spreadsheets put around it: spaces that are none, marks that cannot be seen."""

import re
from datetime import datetime
from typing import Final

from keyworker_cli.rules.dates.london import london
from keyworker_cli.rules.typed import UNSEEN

_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u202f]+")
_MIDNIGHT: Final = re.compile(r"(.*\d)[T ]00:00(?::00(?:\.0+)?)?Z?")
_WITH_ZONE: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})", re.IGNORECASE
)
_SMALL_PARTICLE: Final = re.compile(r"(^|[\s'’-])(\w)")


def tidy(text: str) -> str:
    r"""Return a cell's text: no unseen marks, one space for several, no apostrophe that Excel put before a number.

    >>> tidy("'A1234BC\u00a0 ")
    'A1234BC'
    """
    said = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    return said[1:].strip() if said[:1] in ("'", "\u2018", "`") and said[1:2].isalnum() else said


def day_only(text: str) -> str:
    """Return a date without a midnight behind it: `2026-01-05T00:00:00` is a day."""
    match = _MIDNIGHT.fullmatch(text)
    return match[1] if match else text


def in_london(text: str) -> str:
    """Return a moment that names its time zone as London's clocks showed it, its day alone where that is midnight.

    >>> in_london("2026-05-04T23:30:00Z"), in_london("2026-05-04T23:00:00.000Z"), in_london("2026-05-04 09:30 +0100")
    ('2026-05-05 00:30', '2026-05-05', '2026-05-04 09:30')
    """
    match = _WITH_ZONE.fullmatch(text)
    if match is None:
        return text
    try:
        at = london(datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3].upper()}"))
    except (ValueError, OverflowError):  # there is no such moment: whoever reads it says so
        return text
    return day_only(f"{at:%Y-%m-%d %H:%M}")


def name_case(name: str) -> str:
    """Return a name as it is written, where all of it is in capitals: `O'NEILL` is `O'Neill`.

    >>> name_case("AL-HASSAN"), name_case("McDonald"), name_case("MCDONALD"), name_case("van Dijk")
    ('Al-Hassan', 'McDonald', 'McDonald', 'van Dijk')
    """
    if not name.isupper() or len(name) == 1:
        return name
    said = _SMALL_PARTICLE.sub(lambda found: found[1] + found[2].upper(), name.lower())
    return re.sub(r"\bMc([a-z])", lambda found: f"Mc{found[1].upper()}", said)


def split_name(text: str) -> tuple[str, str]:
    """Return first and last name: `SURNAME, Forename` and `Forename SURNAME` alike; either may be empty.

    >>> split_name("BRAMLEY, Ruth"), split_name("Ruth Bramley"), split_name("BRAMLEY Ruth"), split_name("RUTH BRAMLEY")
    (('Ruth', 'Bramley'), ('Ruth', 'Bramley'), ('Ruth', 'Bramley'), ('Ruth', 'Bramley'))
    """
    last, comma, first = text.partition(",")
    if not comma:
        words = text.split()
        capitals = [word for word in words if len(word.strip(".")) > 1 and word.isupper()]
        if capitals and len(capitals) < len(words) and words[: len(capitals)] == capitals:
            first, last = " ".join(words[len(capitals) :]), " ".join(capitals)  # SMITH John
        else:
            first, _, last = text.strip().rpartition(" ")
    return name_case(first.strip()), name_case(last.strip())
