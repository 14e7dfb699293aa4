"""What a record of a person may hold: names, places, staff ids and numbers of places, checked as they are typed."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from keyworker_cli.errors import UsageError

MOST_PLACES: Final = 99  # what the schema takes for one officer
LONGEST_SESSION_MINUTES: Final = 480  # a COMPLETED KS has 1 to 480 (help: files)
LONGEST_NAME: Final = 100
NEAR: Final = 0.75  # of what was typed: a slip of the finger, not another word
SHORTEST_PART, AT_A_GLANCE = 3, 4
"""How much of a part of a word must be typed to mean it, and how many words are suggested at most."""
_YES_OR_NO: Final = dict.fromkeys(("yes", "y", "true", "t", "1"), True) | dict.fromkeys(
    ("no", "n", "false", "f", "0"), False
)
_STAFF_ID: Final = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9_-]{1,40}")
_HOUSEBLOCK: Final = re.compile(r"(?:HOUSE ?BLOCK|HB) ?([0-9]{1,2}|[A-Z])")
_WING: Final = re.compile(r"[A-Z0-9]{1,10}")

DAYS: Final = ("today", "yesterday")
"""Days on which something was done, as they are typed."""

_PRISON_NUMBER: Final = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}")

Code = TypeVar("Code", bound=StrEnum)
Meant = TypeVar("Meant")
UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
"""Marks that cannot be seen: soft hyphens, fillers, joiners, directions of writing, variants and tags."""
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")

_PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that no accent can be taken from, as they are typed on a keyboard without them."""
_APOSTROPHES: Final = re.compile("['`\u00b4\u02b9-\u02bd\u2018-\u201b\u2032\uff07]")
_NAME_WORD: Final = re.compile(r"[^\W_]+")


def seen(text: str) -> str:
    """Return a name without what nobody sees of it: marks that turn or tag text, fillers, and the space around it."""
    return (text if text.isascii() else _UNSEEN.sub("", text)).strip()


def as_compared(text: str) -> str:
    """Return a name as names are compared: without case, accents and apostrophes, one space between its words.

    >>> as_compared("WIŚNIEWSKI, Łukasz"), as_compared("Seán O’Brien-Shah")
    ('wisniewski lukasz', 'sean obrien shah')
    """
    letters = text.casefold()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters.translate(_PLAIN))
        letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NAME_WORD.findall(_APOSTROPHES.sub("", letters)))


def check_name(text: str, *, what: str) -> str:
    """Return a name as it is seen: `seen`; raises `UsageError` for none at all, and for more than a name."""
    name = seen(text)
    if len(name) > LONGEST_NAME:
        raise UsageError(f"the {what} has {len(name):,} letters.", f"a name has {LONGEST_NAME} at most.")
    if not name:
        raise UsageError(f"the {what} is empty.", f"give it: --{what.replace(' ', '-')} NAME.")
    return name


def wing_named(text: str, *, own: str | None = None) -> str:
    """Return a wing as locations begin with it, however it is said; `own` is the prison's own code, left out.

    >>> wing_named("b wing"), wing_named("Wing B"), wing_named("FGX-B", own="FGX"), wing_named("Houseblock 2")
    ('B', 'B', 'B', 'HB2')
    """
    wing = " ".join(text.upper().split())
    if own:
        wing = wing.removeprefix(f"{own}-")
    if (block := _HOUSEBLOCK.fullmatch(wing)) is not None:
        return f"HB{block[1]}"
    return wing.removesuffix(" WING").removeprefix("WING ")


def check_wing(text: str, *, own: str | None = None) -> str:
    """Return a wing in capitals: the part of a location before the first dash, `B` for `B wing` and `Wing B` too.

    Raises `UsageError` for what is none.

    `own` is the prison's own code: a wing that stands behind it is that wing.
    """
    wing = wing_named(text, own=own)
    if not _WING.fullmatch(wing):
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


def check_named(path: object, what: str, typed: str) -> None:
    """Raise `UsageError` for `-`, which stands for the screen or a pipe, where `what` can be neither."""
    if str(path) == "-":
        raise UsageError(f"{what}: it cannot be shown here.", typed)


def check_capacity(text: str) -> int:
    """Return how many prisoners a key worker has places for, 0 to 99; else raises `UsageError`."""
    typed = text.strip()
    if not re.fullmatch(r"[0-9]{1,4}", typed) or int(typed) > MOST_PLACES:
        raise UsageError(
            f"{text!r} is not a capacity.",
            f"a key worker's capacity is a whole number from 0 to {MOST_PLACES}.",
        )
    return int(typed)


def read_code(text: str, codes: Iterable[Code], what: str) -> Code:
    """Return the code that a word means; `codes` are an enumeration, or those of it that may be typed: `read_word`."""
    return read_word(text, {code.value: code for code in codes}, what)


def read_word(text: str, choices: Mapping[str, Meant], what: str, *, named: Sequence[str] = ()) -> Meant:
    """Return what a word stands for: in any case, with - or a space for _, and by its beginning where that is enough.

    Several words may stand for one thing; `named` are those to be named in an error, else all. Raises `UsageError` for
    a word that could be several things, naming them, and for none of them, naming the nearest and those there are.
    """
    typed, words = as_code(text), {as_code(word): word for word in choices}
    begun = (
        [words[typed]] if typed in words else [word for code, word in words.items() if typed and code.startswith(typed)]
    )
    meant = [choices[word] for word in begun]
    if meant and all(one == meant[0] for one in meant):
        return meant[0]
    if meant:
        listed = f" There are {', '.join(named)}." if named else ""
        raise UsageError(
            f"{what} {text.strip()!r} could be {' or '.join(begun)}.", f"type a little more of it.{listed}"
        )
    there_are = f"there are {', '.join(named or choices)}."
    raise UsageError(f"there is no {what} {text.strip()!r}.", say_near(text, choices, there_are))


def say_near(text: str, choices: Iterable[str], otherwise: str = "") -> str:
    """Return a question naming what may have been meant, and what there is otherwise; only that where none is near.

    >>> say_near("dayz", ["days", "wing"], "the columns are: days, wing.")
    'did you mean days? The columns are: days, wing.'
    >>> say_near("colour", ["days", "wing"], "the columns are: days, wing.")
    'the columns are: days, wing.'
    """
    near = near_words(text, choices)
    return f"did you mean {' or '.join(near)}? {otherwise[:1].upper()}{otherwise[1:]}".rstrip() if near else otherwise


def near_words(text: str, choices: Iterable[str]) -> list[str]:
    """Return the words that may have been meant: those that begin so, or a part of which does, else the nearest.

    Only words that are near, and only as many as can be taken in at a glance: else none.
    """
    typed, words = as_code(text).strip("_"), {as_code(word).strip("_"): word for word in choices}
    if not typed:
        return []
    begun = [word for code, word in words.items() if code.startswith(typed)]
    if not begun and len(typed) >= SHORTEST_PART:
        begun = [word for code, word in words.items() if any(p.startswith(typed) for p in re.split("[_.]", code))]
    if begun:
        return begun if len(begun) <= AT_A_GLANCE else []
    return [words[close] for close in difflib.get_close_matches(typed, words, n=1, cutoff=NEAR)]


def read_choice(text: str, choices: Sequence[str], what: str) -> str:
    """Return the one of these words that is meant; as `read_word`."""
    return read_word(text, dict(zip(choices, choices, strict=True)), what)


def yes_or_no(text: str) -> bool | None:
    """Return whether a word says yes or no, in any case and by its first letter too; `None` for any other."""
    return _YES_OR_NO.get(text.strip().casefold())


def as_code(text: str) -> str:
    """Return a word as a code is written: in capitals, with _ for spaces and dashes."""
    return "_".join(re.split(r"[\s_-]+", text.strip().upper()))


def as_prison_number(text: str) -> str | None:
    """Return a prison number in capitals, without spaces: a letter, 4 digits and 2 letters; `None` for anything else.

    >>> as_prison_number("a 1234 bc"), as_prison_number("A123BC")
    ('A1234BC', None)
    """
    number = "".join(text.split()).upper()
    return number if _PRISON_NUMBER.fullmatch(number) else None


LONGEST_TEXT: Final = 32_767
"""What any text may hold, typed, piped or imported: as much as a spreadsheet's cell, so that an export can be read."""
NOTHING: Final = "\0"
"""The one character that no database of a server holds: taken out of what comes from a file, a pipe or an editor."""


def read_text(text: str | None, what: str) -> str | None:
    """Return words as typed, `None` without any; raises `UsageError` for what is not text, or too long."""
    text = text.replace(NOTHING, "") if text else text
    if text is None or not text.strip():
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what} is not UTF-8 text.", "type it again, in UTF-8.") from None
    check_length(text, what)
    return text


def check_length(text: str, what: str) -> None:
    """Raise `UsageError` for a text that is longer than any may be."""
    if len(text) > LONGEST_TEXT:
        raise UsageError(
            f"{what} has {len(text):,} characters; {LONGEST_TEXT:,} is the most.", "nothing was saved; shorten it."
        )
