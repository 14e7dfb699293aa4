"""Where a user's database is: in the file that he named, else in the data directory of his system."""

import os
from pathlib import Path

from keyworker_cli.errors import UsageError


def default_database() -> Path:
    """Return the path; the library that knows is loaded only when it is needed. Raises `UsageError` without a home."""
    from platformdirs import user_data_path  # noqa: PLC0415 - lazy import: costs 5 ms

    try:
        folder = user_data_path("kw", appauthor=False)
    except RuntimeError:  # an older one returns `~` as it is
        folder = Path()
    if not folder.is_absolute():
        raise UsageError("you have no home folder for the database to be in.", "name the file: --db PATH (or KW_DB)")
    return folder / "kw.db"


def named_file(text: str) -> Path:
    """Return the file that a user named, `~` being his home."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - Path's own raises for ~nobody
