"""Where a user's database is when none is named: in the data directory of his system."""

from pathlib import Path


def default_database() -> Path:
    """Return the path; the library that knows is loaded only when it is needed."""
    from platformdirs import user_data_path  # noqa: PLC0415 - a door on the list: only where no database is named

    return user_data_path("kw", appauthor=False) / "kw.db"
