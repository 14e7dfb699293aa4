"""The views for analysts as a server has them: the statements of a file's, in PostgreSQL's words (help: query)."""

from functools import cache
from typing import Any, Final

from sqlalchemy.dialects import postgresql

from keyworker_cli.store.reads.statements.views import view_statements

_SPOKEN: Final[Any] = postgresql.dialect


@cache
def server_views() -> dict[str, str]:
    """Return what each view selects, by its name."""
    return dict(view_statements(_SPOKEN(paramstyle="named")))
