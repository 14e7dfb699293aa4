"""What a prison's own headings mean: from a mapping file, and from what was kept of an earlier import."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from keyworker_cli.errors import BadInputError, NotFoundError
from keyworker_cli.rules.files.extracts.layouts import LAYOUTS
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import tidy

MEANINGS: Final = frozenset(name for layout in LAYOUTS for name in layout.columns)
_WAY_OUT: Final = 'write for example: [headings], and under it "Rec date" = "arrived" and "Remarks" = "".'


def read_mapping(path: Path) -> dict[str, str]:
    """Return the meaning of each heading that a mapping file names, as it was written there.

    Raises `NotFoundError` for a file that is not there, `BadInputError` for one that cannot be read, or a meaning that
    there is none of.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {path}.", "--mapping takes a TOML file.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInputError(f"{path.name} cannot be read as TOML: {error}.", _WAY_OUT) from None
    headings = said.get("headings", said)
    if not isinstance(headings, dict) or not all(isinstance(value, str) for value in headings.values()):
        raise BadInputError(f"{path.name} has no headings with a meaning.", _WAY_OUT)
    wrong = [f"{heading} = {meaning}" for heading, meaning in headings.items() if meaning and meaning not in MEANINGS]
    if wrong:
        hint = f"a heading means one of: {', '.join(sorted(MEANINGS))}; or nothing, to leave it out."
        raise BadInputError(f"{path.name}: there is no meaning {wrong[0].partition(' = ')[2]!r}.", hint, tuple(wrong))
    return {heading: str(meaning) for heading, meaning in headings.items()}


def parse_headings(text: str) -> dict[str, str]:
    """Return what the setting `import.headings` says: `Rec date=arrived; Remarks=`."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip(): meaning.strip() for name, _, meaning in pairs}


def as_setting(headings: Mapping[str, str]) -> str:
    """Return headings as the setting that keeps them."""
    return "; ".join(f"{tidy(heading).replace(';', ' ')}={meaning}" for heading, meaning in headings.items())


def compared(headings: Mapping[str, str]) -> dict[str, str]:
    """Return headings as they are compared: without case, spaces and marks."""
    return {plain(heading): meaning for heading, meaning in headings.items()}
