"""Write what follows from the reads as they are declared: `python -m keyworker_cli.store.reads.compile`.

Their SQL into `compiled_sql.py`, a method for each into `questions.py`, and the schema into `compiled_schema.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import indent

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from keyworker_cli.store.reads.declare import Parameter, Read
from keyworker_cli.store.reads.sql_text import sql_of
from keyworker_cli.store.reads.statements import READS
from keyworker_cli.store.reads.statements.views import VIEWS, view_statements
from keyworker_cli.store.schema.past_versions import column_names, officers_named, taken_back, versions
from keyworker_cli.store.schema.tables import PAST_TABLES, RECORD_TABLES, TABLES
from keyworker_cli.store.schema.triggers import file_triggers

OF_THE_FILE = "main"
"""What SQLite calls the tables that are the file's own; a server reading puts its schema there."""

SQL_HEADER = '''"""The SQL of every read, compiled ahead from `statements`.

Do not edit: `python -m keyworker_cli.store.reads.compile` writes it.
"""

'''

SCHEMA_HEADER = '''"""The tables and indexes of a new file: the SQL of each, by its kind and name.

Do not edit: `python -m keyworker_cli.store.reads.compile` writes it.
"""

'''

QUESTIONS_HEADER = '''"""The questions that kw asks its database, each answered with facts; `statements` declares them.

Do not edit: `python -m keyworker_cli.store.reads.compile` writes it.
"""

'''

QUESTIONS_CLASS = '''

class Questions:
    """Every read, on one consistent state of the database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def _ask(self, question: str, fact: type[Fact], **values: object) -> list[Fact]:
        return self._reader.ask(question, fact, values)
'''

BY_PLACE = ("person_id", "key_worker_id", "stay_id", "number", "staff_id", "login", "words", "since", "until", "on")
"""What a question may take without its name, in this order: whose it is, then the days; `as_of` is always named."""

LINE = 120


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


def sql_source() -> str:
    """Return the text of `compiled_sql.py`."""
    parts = [SQL_HEADER, "STATEMENTS: dict[str, str] = {\n"]
    for one in READS.values():
        sql = sql_of(one.statement).replace("\\", "\\\\")
        parts.append(f'    "{one.question}": """\n{sql}\n""",\n')
    parts.append("}\n\nAT_A_MOMENT: tuple[str, ...] = (\n")
    parts.extend(f'    "{sql}",\n' for table in RECORD_TABLES for sql in at_a_moment(table))
    parts.append(f'    "{officers_named(schema=OF_THE_FILE, aside="temp")}",\n')
    parts.append(")\n\nEVERY_ROW: dict[str, str] = {\n")
    kept = [*RECORD_TABLES, TABLES["audit"], TABLES["audit_head"], TABLES["row_mark"]]
    parts.extend(f'    "{table.name}": "{every_row(table)}",\n' for table in kept)
    parts.append("}\n\nCOLUMNS: dict[str, str] = {\n")
    parts.extend(f'    "{table.name}": "{column_names(table)}",\n' for table in (*RECORD_TABLES, *PAST_TABLES))
    parts.append(f'}}\n\nUNDATED_ROWS = "{undated_rows(RECORD_TABLES)}"\n')
    parts.append("\nTRIGGERS: dict[str, str] = {\n")
    parts.extend(f'    "{name}": """{sql}""",\n' for name, sql in file_triggers().items())
    parts.append("}\n\nOWN_TABLES: tuple[str, ...] = (\n")
    parts.extend(f'    "{name}",\n' for name in (*TABLES, "alembic_version"))
    parts.append(")\n")
    parts.append("\nVIEWS: dict[str, str] = {\n")
    parts.extend(f'    "{name}": """\n{sql}\n""",\n' for name, sql in view_statements(dialect(paramstyle="named")))
    parts.append("}\n\nVIEW_COLUMNS: dict[str, tuple[str, ...]] = {\n")
    for name, view in VIEWS.items():
        columns = ", ".join(f'"{column.name}"' for column in view().selected_columns)
        parts.append(f'    "{name}": ({columns}),\n')
    parts.append("}\n")
    parts.append(f'\nROWS_PER_TABLE = "{rows_per_table(TABLES.values())}"\n')
    return "".join(parts)


def schema_source() -> str:
    """Return the text of `compiled_schema.py`."""
    parts = [SCHEMA_HEADER, "NEW_FILE: dict[tuple[str, str], str] = {\n"]
    for table in TABLES.values():
        parts.append(_made("table", table.name, CreateTable(table)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        parts.extend(_made("index", str(index.name), CreateIndex(index)) for index in indexes)
    return "".join((*parts, "}\n"))


def _made(kind: str, name: str, ddl: CreateTable | CreateIndex) -> str:
    return f'    ("{kind}", "{name}"): """{" ".join(str(ddl.compile(dialect=dialect())).split())}""",\n'


def questions_source() -> str:
    """Return the text of `questions.py`."""
    names: dict[str, set[str]] = {"datetime": {"date", "datetime", "timedelta"}}
    ours = {
        "keyworker_cli.rules.settings": {"Settings"},
        "keyworker_cli.store.reads.reader": {"Fact", "Reader"},
    }
    for one in READS.values():
        ours.setdefault(one.fact.__module__, set()).add(one.fact.__name__)
    parts = [QUESTIONS_HEADER, *_imports(names), "\n", *_imports(ours), QUESTIONS_CLASS]
    parts.extend(f"\n{method(one)}" for one in READS.values())
    return "".join(parts)


def _imports(names: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for module in sorted(names):
        yield _call(f"from {module} import ", sorted(names[module], key=_as_sorted), "()", margin=0)


def _as_sorted(name: str) -> tuple[bool, str]:
    """Classes before functions, as imports are sorted."""
    return name[0].islower(), name.lower()


def method(one: Read) -> str:
    """Return the method that asks a question."""
    asked = sorted(one.parameters, key=lambda parameter: _place(parameter.name))
    by_place = [_typed(parameter) for parameter in asked if _may_stand_by_place(parameter)]
    named = [_typed(parameter) for parameter in asked if not _may_stand_by_place(parameter)]
    signature = ["self", *by_place, *(["*", *named] if named else [])]
    values = [f"{name}={python}" for name, python in sorted(one.values.items(), key=lambda item: _place(item[0]))]
    return "".join(
        (
            _call(f"    def {one.question}", signature, f"() -> list[{one.fact.__name__}]:", margin=4),
            indent(f'"""{one.about}"""\n', " " * 8),
            _call("        return self._ask", [f'"{one.question}"', one.fact.__name__, *values], "()", margin=8),
        )
    )


def _place(name: str) -> tuple[int, bool, str]:
    """Where a parameter stands: those that may go without a name first, the settings last."""
    return BY_PLACE.index(name) if name in BY_PLACE else len(BY_PLACE), name == "settings", name


def _may_stand_by_place(parameter: Parameter) -> bool:
    return parameter.name in BY_PLACE and not parameter.optional


def _typed(parameter: Parameter) -> str:
    return f"{parameter.name}: {parameter.type}" + (" | None = None" if parameter.optional else "")


def _call(before: str, within: Iterable[str], around: str, *, margin: int) -> str:
    """Return what stands in brackets on one line, or where that is too long, each on its own, as `ruff` sets it."""
    after = around[2:]
    opened = "" if before.startswith("from ") else "("
    line = f"{before}{opened}{', '.join(within)}{')' if opened else ''}{after}"
    if len(line) <= LINE:
        return f"{line}\n"
    space = " " * margin
    return "".join((f"{before}(\n", *(f"{space}    {one},\n" for one in within), f"{space}){after}\n"))


def write() -> None:
    """Write the three files."""
    folder = Path(__file__).parent
    (folder / "compiled_schema.py").write_text(schema_source(), encoding="utf-8")
    (folder / "compiled_sql.py").write_text(sql_source(), encoding="utf-8")
    (folder / "questions.py").write_text(questions_source(), encoding="utf-8")


if __name__ == "__main__":
    write()
