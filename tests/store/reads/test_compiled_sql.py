"""The SQL compiled ahead is the SQL of the statements, and answers with the facts that the questions promise."""

import re
import sqlite3
from contextlib import closing
from datetime import date
from inspect import Parameter, signature
from pathlib import Path

import pytest

from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.reads import compile as compile_reads
from keyworker_cli.store.reads import compiled_sql, questions
from keyworker_cli.store.reads.queries import Queries

OF_WHO_IS_HERE = "key_worker|worker|setting|person|stay|audit|stamps|caseload|prisoners|officers|slots"
CONSTANT_TABLES = re.compile(rf"^SCAN (?!{OF_WHO_IS_HERE})")


@pytest.mark.parametrize(
    ("module", "source"), [(compiled_sql, compile_reads.sql_source), (questions, compile_reads.questions_source)]
)
def test_what_is_written_ahead_follows_from_the_reads_as_they_are_declared(module, source) -> None:
    written = Path(module.__file__).read_text(encoding="utf-8")

    assert written == source(), "run: python -m keyworker_cli.store.reads.compile"


class ReportRequest:
    """Takes the place of the reader to learn what each question asks and expects; it answers nothing."""

    def __init__(self) -> None:
        self.questions: dict[str, tuple[int, set[str]]] = {}

    def ask(self, question, fact, values):
        self.questions[question] = (len(fact._fields), set(values))
        return []


@pytest.fixture
def asked() -> dict[str, tuple[int, set[str]]]:
    reader = ReportRequest()
    queries = Queries(reader)
    for name in [name for name in dir(Queries) if not name.startswith("_")]:
        method = getattr(queries, name)
        parameters = signature(method, eval_str=True).parameters.values()
        values = {
            p.name: Settings() if p.name == "settings" else date(2026, 5, 12) if p.annotation is date else "1"
            for p in parameters
            if p.default is Parameter.empty
        }
        positional = [values.pop(p.name) for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        method(*positional, **values)
    return reader.questions


@pytest.mark.sqlite_file  # the SQL of the file
def test_every_question_has_a_statement_with_a_column_for_each_field_of_its_fact(asked, prison, database) -> None:
    with closing(sqlite_file.connect(database)) as connection:
        for question, (fields, names) in asked.items():
            cursor = connection.execute(compiled_sql.STATEMENTS[question], dict.fromkeys(names))
            assert len(cursor.description) == fields, question


@pytest.mark.sqlite_file  # the plans of SQLite
def test_no_statement_walks_through_history(asked, prison, database) -> None:
    """A list of who is here may be walked through, and so may the audit; what happened over the years may not.

    But for what `kw doctor` looks over: whether it fits together.
    """
    with closing(sqlite3.connect(database)) as connection:
        for question, (_, names) in ((one, asked[one]) for one in asked if one != "out_of_place"):
            plan = connection.execute("EXPLAIN QUERY PLAN " + compiled_sql.STATEMENTS[question], dict.fromkeys(names))
            walked = [step for *_, step in plan if CONSTANT_TABLES.match(step)]
            assert not walked, f"{question}: {walked}"
