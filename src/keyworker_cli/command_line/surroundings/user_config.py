"""A user's own defaults, in a file `kw.toml`: the database, their name, the pager, the format (help: config-file)."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from keyworker_cli.command_line.surroundings.default_database import default_config, is_a_key, named_file
from keyworker_cli.errors import NotFoundError, UsageError
from keyworker_cli.render import FORMATS

KEYS: Final = ("db", "user", "pager", "format")
PRINTED: Final = tuple(name for name in FORMATS if name != "xlsx")
"""The formats that an answer may have where no file is named."""
WAY_OUT: Final = "kw help config-file shows one."
LONGEST: Final = 100_000
"""The characters that a file of four lines and some remarks may have: a device has no end."""


class UserConfig(NamedTuple):
    """What a user has set; `None` is not set. `path` is where it was read, or would be; `there` that it was."""

    path: Path | None = None
    there: bool = False
    db: str | None = None
    user: str | None = None
    pager: str | None = None
    format: str | None = None

    def __str__(self) -> str:
        """Say which file is read, and what it sets."""
        if not self.there:
            return f"none ({self.path})" if self.path else "none"
        said = [key for key in KEYS if getattr(self, key) is not None]
        return f"{self.path} sets {', '.join(said) or 'nothing'}"


def read_user_config(environment: Mapping[str, str]) -> UserConfig:
    """Return what the file that KW_CONFIG names says, else the one in the user's own folder for settings.

    An empty KW_CONFIG reads none. A database without a folder of its own is meant from the folder of the file. Raises
    `NotFoundError` where the named file is not there, `UsageError`, with the line, for what it may not say.
    """
    named = environment.get("KW_CONFIG")
    path = default_config() if named is None else named_file(named) if named.strip() else None
    if path is None:
        return UserConfig()
    if named and is_a_key(named):
        raise UsageError("a key stands where KW_CONFIG is to name a file.", WAY_OUT)
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        if named is None:
            return UserConfig(path)
        raise NotFoundError(f"there is no file {path}, which KW_CONFIG names.", WAY_OUT) from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text.", "save it as UTF-8.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "KW_CONFIG names another file.") from None
    if len(text) > LONGEST:
        raise UsageError(f"{path} is too long for a file of settings.", "KW_CONFIG names another file.")
    said = _parsed(path, text)
    for key, value in said.items():
        _check(path, text, key, value)
    database = said.get("db")
    if database is not None and "://" not in database:
        said["db"] = str(path.parent / named_file(database))
    return UserConfig(path, True, **said)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    from keyworker_cli.rules.files.toml import read_toml  # noqa: PLC0415 - lazy import: 3 ms, and most have no such file

    try:
        return read_toml(text)
    except ValueError as error:
        last = f"(line {len(text.splitlines())}, the last)"
        what = str(error).replace("(at end of document)", last).replace("(at line ", "(line ")
        raise UsageError(f"{path} cannot be read as TOML: {what}.", WAY_OUT) from None


def _check(path: Path, text: str, key: str, value: object) -> None:
    """Refuse a line that says nothing kw knows; its value is not repeated, as it may be an address with a password."""
    found = next((at for at, line in enumerate(text.splitlines(), 1) if re.match(rf"""\[?\s*["']?{key}\b""", line)), 1)
    where = f"{path}, line {found}"
    if key not in KEYS:
        raise UsageError(f"{where}: {key} is none of kw's own settings.", f"it may be {', '.join(KEYS)}. {WAY_OUT}")
    if not isinstance(value, str) or (not value.strip() and key != "pager"):
        raise UsageError(f"{where}: {key} takes words in quotes.", WAY_OUT)
    if key == "format" and value not in PRINTED:
        raise UsageError(f"{where}: there is no format {value!r} to print.", f"it may be {', '.join(PRINTED)}.")
