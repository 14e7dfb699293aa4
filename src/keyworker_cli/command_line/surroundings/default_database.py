"""Where a user's database and their own settings are: in the file named, else in the directories of their system."""

import os
import re
import sys
from pathlib import Path
from typing import Final

_KEY: Final = re.compile("[0-9a-fA-F]{64}")


def default_database() -> Path | None:
    """Return the path; the library that knows is loaded only when it is needed; `None` without a home."""
    from platformdirs import user_data_path  # noqa: PLC0415 - lazy import: costs 5 ms

    try:
        folder = user_data_path("kw", appauthor=False)
    except RuntimeError:  # an older one returns `~` as it is
        folder = Path()
    return folder / "kw.db" if folder.is_absolute() else None


def default_config() -> Path | None:
    """Return where a user's own settings are looked for, by every command; `None` without a home."""
    if sys.platform == "linux":  # what the library would answer, without loading it
        given = Path(os.environ.get("XDG_CONFIG_HOME", "").strip())
        folder = (given if given.is_absolute() else named_file("~/.config")) / "kw"
    else:
        from platformdirs import user_config_path  # noqa: PLC0415 - lazy import: costs 5 ms

        folder = user_config_path("kw", appauthor=False)
    return folder / "kw.toml" if folder.is_absolute() else None


def named_file(text: str) -> Path:
    """Return the file that a user named, `~` being their home."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - Path's own raises for ~nobody


def is_a_key(text: str) -> bool:
    """Say whether a key stands where the name of a file is to be: it is not to be repeated, nor a file made of it."""
    return _KEY.search(text) is not None and not os.path.lexists(text)
