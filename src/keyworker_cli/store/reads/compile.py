"""Write the SQL of every statement into `compiled_sql.py`: `python -m keyworker_cli.store.reads.compile`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex

from keyworker_cli.store.reads.sql_text import sql_of
from keyworker_cli.store.reads.statements import ALL
from keyworker_cli.store.reads.statements.views import VIEWS
from keyworker_cli.store.reads.views import view_statements
from keyworker_cli.store.schema.past_versions import column_names, taken_back, versions
from keyworker_cli.store.schema.tables import RECORD_TABLES, TABLES
from keyworker_cli.store.schema.triggers import trigger_names

OF_THE_FILE = "main"
"""What SQLite calls the tables that are the file's own; a server reading puts its schema there."""

HEADER = '''"""The SQL of every read, compiled ahead from `statements`.

Do not edit: `python -m keyworker_cli.store.reads.compile` writes it.
"""

'''


def at_a_moment(table: Table) -> Iterator[str]:
    """Yield what makes, beside the file, a record table as it stood at the moment `:known_at` (help: late-recording).

    Its keys are no longer unique ones: nothing is written to it.
    """
    columns = column_names(table).replace("id", "id INTEGER PRIMARY KEY", 1)
    yield f"CREATE TEMP TABLE {table.name} ({columns})"
    yield f"INSERT INTO temp.{table.name} {versions(table, OF_THE_FILE)}"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        ddl = " ".join(str(CreateIndex(index).compile(dialect=dialect())).split())
        yield f"CREATE INDEX temp.{ddl.partition(' INDEX ')[2]}"
    yield from taken_back(table, schema=OF_THE_FILE, aside="temp", dialect=dialect())


def every_row(table: Table) -> str:
    """Return the question of all rows of a table of the file, in the order of their keys."""
    return f"SELECT {column_names(table)} FROM {OF_THE_FILE}.{table.name} ORDER BY id"


def undated_rows(tables: Iterable[Table]) -> str:
    """Return the question of how many records were imported without their recording moment."""
    counts = (
        f"SELECT count(*) AS undated FROM {OF_THE_FILE}.{table.name} WHERE NOT recorded_known" for table in tables
    )
    return f"SELECT sum(undated) FROM ({' UNION ALL '.join(counts)}) AS counts"


def rows_per_table(tables: Iterable[Table]) -> str:
    """Return the question of how many rows each table has."""
    return " UNION ALL ".join(f"SELECT '{table.name}', count(*) FROM {OF_THE_FILE}.{table.name}" for table in tables)


def source() -> str:
    """Return the text of `compiled_sql.py`."""
    parts = [HEADER, "STATEMENTS: dict[str, str] = {\n"]
    for statement in ALL:
        sql = sql_of(statement()).replace("\\", "\\\\")
        parts.append(f'    "{statement.__name__}": """\n{sql}\n""",\n')
    parts.append("}\n\nAT_A_MOMENT: tuple[str, ...] = (\n")
    parts.extend(f'    "{sql}",\n' for table in RECORD_TABLES for sql in at_a_moment(table))
    parts.append(")\n\nEVERY_ROW: dict[str, str] = {\n")
    kept = [*RECORD_TABLES, TABLES["audit"], TABLES["audit_head"]]
    parts.extend(f'    "{table.name}": "{every_row(table)}",\n' for table in kept)
    parts.append(f'}}\n\nUNDATED_ROWS = "{undated_rows(RECORD_TABLES)}"\n')
    parts.append("\nTRIGGERS: tuple[str, ...] = (\n")
    parts.extend(f'    "{name}",\n' for name in trigger_names("sqlite"))
    parts.append(")\n")
    parts.append("\nVIEWS: dict[str, str] = {\n")
    parts.extend(f'    "{name}": """\n{sql}\n""",\n' for name, sql in view_statements("sqlite"))
    parts.append("}\n\nVIEW_COLUMNS: dict[str, tuple[str, ...]] = {\n")
    for name, view in VIEWS.items():
        columns = ", ".join(f'"{column.name}"' for column in view().selected_columns)
        parts.append(f'    "{name}": ({columns}),\n')
    parts.append("}\n")
    parts.append(f'\nROWS_PER_TABLE = "{rows_per_table(TABLES.values())}"\n')
    return "".join(parts)


if __name__ == "__main__":
    Path(__file__).with_name("compiled_sql.py").write_text(source(), encoding="utf-8")
