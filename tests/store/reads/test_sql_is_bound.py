"""No statement is made of what somebody typed: values are bound, and what is put into its text are names of our own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src" / "keyworker_cli"
STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|ATTACH|VACUUM|BEGIN|COPY|SET|LOCK|TRUNCATE|EXPLAIN) "
)
RUNS = {"execute", "executemany", "executescript", "exec_driver_sql"}

COMPOSED = {
    "store/bulk/connection.py": "names of tables and columns, and the size of the cache",
    "store/bulk/comparing.py": "names of tables and columns, and verdicts, which are numbers of ours",
    "store/reads/compile.py": "names of tables and columns, when the statements are compiled ahead",
    "store/file/reader.py": "the day asked about and the names of the views",
    "store/reads/views.py": "the names of the views",
    "store/reads/statements/views.py": "the time in London, and the names and defaults of settings",
    "store/bulk/dumping.py": "names of tables and columns",
    "store/file/encryption/sqlcipher.py": "the two stamps of a file, which are numbers",
    "store/file/writing.py": "the two stamps of a file, which are numbers",
    "store/schema/migrations/versions/v0002_merges.py": "names of tables and columns",
    "store/schema/migrations/versions/v0003_unknown_minutes.py": "names of tables and columns",
    "store/schema/migrations/versions/v0005_tallies.py": "the types of two columns",
    "store/changes/checksums.py": "names of tables and columns, and keys, which are numbers of ours",
    "store/changes/tampering.py": "names of tables and columns",
    "store/changes/tallies.py": "names of tables and columns",
    "store/bulk/saving.py": "names of tables and columns, and verdicts",
    "store/bulk/saving_people.py": "names of tables, and verdicts",
    "store/bulk/replaying.py": "names of tables and of columns of ours, and verdicts",
    "store/server/known_at.py": "names of tables and columns",
    "store/file/sqlite_file.py": "a list of settings of SQLite",
    "store/bulk/staging.py": "names of tables and columns",
    "store/file/guards.py": "the kind and the quoted name of what kw has not made",
    "store/schema/triggers.py": "names of tables and columns",
    "store/schema/past_versions.py": "names of tables and columns",
}
"""The modules that put a statement together, and of what."""


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """A text that is put together: its pieces, the first of them its beginning."""
    if isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        yield from (node.left, node.right)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        yield node.func.value


def composes_sql(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        first = next(parts(node), None)
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and STATEMENT.match(first.value):
            return True
    return False


def test_statements_are_put_together_only_where_it_is_said_of_what() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if composes_sql(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set(COMPOSED)


def test_only_the_store_runs_a_statement() -> None:
    for path in SOURCE.rglob("*.py"):
        one_for_tab = path.name == "completion.py"  # one prepared statement
        if "store" not in path.relative_to(SOURCE).parts and not one_for_tab:
            calls = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
            assert not calls & RUNS, path
