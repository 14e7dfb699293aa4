"""What a prison's own headings mean: from a mapping file, and from what was kept of an earlier import."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from keyworker_cli.actions.files.reading.text_file import written_toml
from keyworker_cli.errors import BadInputError, UsageError
from keyworker_cli.rules.dates.parse import parse_full_date
from keyworker_cli.rules.files.extracts.layouts import LAYOUTS, UNIT_LIST
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import tidy

MEANINGS: Final = frozenset(name for layout in LAYOUTS for name in layout.columns)
_MEANING_OF: Final = {plain(name): name for name in MEANINGS}
_MARKS: Final = re.compile("[;=]")
_WAY_OUT: Final = 'write for example: [headings], and under it "Rec date" = "arrived" and "Remarks" = "".'


@dataclass(frozen=True, slots=True)
class Meanings:
    """What headings mean, and what single cells do: a name that is spelled otherwise, a day that is written as none."""

    headings: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def with_(self, other: "Meanings") -> "Meanings":
        """Return these, and the other's in their place where both have one."""
        return Meanings({**self.headings, **other.headings}, {**self.values, **other.values})

    @property
    def lasting(self) -> dict[str, str]:
        """What is kept of the values: names. What a day is stands in one week's file only."""
        return {text: meaning for text, meaning in self.values.items() if meaning and not _is_day(meaning)}


def _is_day(text: str) -> bool:
    try:
        parse_full_date(text)
    except UsageError:
        return False
    return True


def read_mapping(path: Path) -> Meanings:
    """Return what a mapping file says, as it was written there: headings, and values under `[values]`.

    Raises as `written_toml`, and `BadInputError` for a meaning that there is none of.
    """
    said = written_toml(path, way_out=_WAY_OUT)
    values = said.pop("values", {})
    headings = said.get("headings", said)
    if not _is_pairs(headings) or not _is_pairs(values):
        raise BadInputError(f"{path.name} has no headings with a meaning.", _WAY_OUT)
    meant = {heading: _meaning(meaning) for heading, meaning in headings.items()}
    wrong = [f"{heading} = {headings[heading]}" for heading, meaning in meant.items() if meaning is None]
    if wrong:
        hint = f"a heading means one of: {', '.join(sorted(MEANINGS))}; or nothing, to leave it out."
        raise BadInputError(f"{path.name}: there is no meaning {wrong[0].partition(' = ')[2]!r}.", hint, tuple(wrong))
    return Meanings({heading: meaning or "" for heading, meaning in meant.items()}, values)


def _meaning(text: str) -> str | None:
    """Return the meaning that is said by its name, or by any heading that a unit's list may have for it."""
    if not text or text in MEANINGS:
        return text
    return _MEANING_OF.get(plain(text)) or UNIT_LIST.column_for(plain(text))


def _is_pairs(said: object) -> bool:
    return isinstance(said, dict) and all(isinstance(value, str) for value in said.values())


def parse_pairs(text: str) -> dict[str, str]:
    """Return what a setting such as `import.headings` says: `Rec date=arrived; Remarks=`."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip(): meaning.strip() for name, _, meaning in pairs}


def as_setting(headings: Mapping[str, str]) -> str:
    """Return headings or names as the setting that keeps them."""
    return "; ".join(f"{_MARKS.sub(' ', tidy(text))}={_MARKS.sub(' ', meaning)}" for text, meaning in headings.items())


def compared(headings: Mapping[str, str]) -> dict[str, str]:
    """Return headings as they are compared: without case, spaces and marks."""
    return {plain(heading): meaning for heading, meaning in headings.items()}


def compared_values(values: Mapping[str, str]) -> dict[str, str]:
    """Return values as they are compared: without case."""
    return {tidy(text).casefold(): meaning for text, meaning in values.items()}
