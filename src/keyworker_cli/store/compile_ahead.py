"""Write the SQL of every statement into `prepared.py`: `python -m keyworker_cli.store.compile_ahead`."""

from pathlib import Path
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.sqlite import dialect

from keyworker_cli.store.statements import ALL

HEADER = '''"""The SQL of every read, compiled ahead from `statements`.

Do not edit: `python -m keyworker_cli.store.compile_ahead` writes it.
"""

'''


def sql_of(statement: Select[Any]) -> str:
    """Return a statement as SQLite's SQL, with its parameters by name, one clause a line."""
    compiled = statement.compile(dialect=dialect(paramstyle="named"))
    sql = str(compiled)
    for name, value in compiled.params.items():
        if isinstance(value, int):  # the OFFSET 0 that the dialect puts beside each LIMIT
            sql = sql.replace(f":{name}", str(value))
        elif value is not None:
            raise ValueError(f"{name}: a constant is not spelled out")
    return "\n".join(line.strip() for line in sql.splitlines())


def source() -> str:
    """Return the text of `prepared.py`."""
    parts = [HEADER, "STATEMENTS: dict[str, str] = {\n"]
    for statement in ALL:
        sql = sql_of(statement()).replace("\\", "\\\\")
        parts.append(f'    "{statement.__name__}": """\n{sql}\n""",\n')
    return "".join([*parts, "}\n"])


if __name__ == "__main__":
    Path(__file__).with_name("prepared.py").write_text(source(), encoding="utf-8")
