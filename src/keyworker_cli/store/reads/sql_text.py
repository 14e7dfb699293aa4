"""A statement as the text of SQL."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.engine import Dialect


def sql_of(statement: Select[Any], spoken: Dialect | None = None) -> str:
    """Return a statement as SQLite's SQL, or as that of another dialect, its parameters by name, one clause a line."""
    compiled = statement.compile(dialect=spoken or dialect(paramstyle="named"))
    sql = str(compiled)
    for name, value in compiled.params.items():
        if isinstance(value, int):  # the OFFSET 0 that the dialect puts beside each LIMIT
            sql = sql.replace(f":{name}", str(value))
        elif value is not None:
            raise ValueError(f"{name}: a constant is not spelled out")
    return "\n".join(line.strip() for line in sql.splitlines())
