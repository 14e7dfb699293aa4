"""Where a user's database is: in the file that he named, else in the data directory of his system."""

import os
from pathlib import Path


def default_database() -> Path:
    """Return the path; the library that knows is loaded only when it is needed."""
    from platformdirs import user_data_path  # noqa: PLC0415 - lazy import: costs 5 ms

    return user_data_path("kw", appauthor=False) / "kw.db"


def named_file(text: str) -> Path:
    """Return the file that a user named, `~` being his home."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 - Path's own raises for ~nobody
