"""The engine of SQLAlchemy, for a file and a server: it shows no values, and leaves telling to kw."""

import logging
from typing import Any

from sqlalchemy import URL, Engine, create_engine


def new_engine(url: str | URL, **options: Any) -> Engine:
    """Return an engine whose errors name no parameter, which may be a note, and which prints nothing by itself."""
    logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())  # else its pool prints a traceback at Ctrl-C
    return create_engine(url, hide_parameters=True, **options)
