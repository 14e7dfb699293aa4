"""The house holds: which layer may import which, which third parties where, and what a command never loads."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_group

from keyworker_cli.command_line.app import COMMANDS

SOURCE = Path(__file__).parent.parent / "src" / "keyworker_cli"
PACKAGE = "keyworker_cli"

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "whole_file": set(),
    "rules": {"rules", "errors"},
    "fiction": {"fiction", "rules", "errors"},
    "store": {"store", "rules", "errors", "whole_file"},
    "reports.report": {"rules"},
    "reports.outcome": {"reports.report", "rules"},
    "reports": {"reports", "rules", "errors"},
    "lookup": {"rules", "errors"},
    "actions": {"actions", "lookup", "reports.report", "reports.outcome", "rules", "errors", "whole_file"},
    "render": {"render", "reports.report", "rules.dates", "rules.typed", "errors", "whole_file"},
    "context": {
        "render",
        "lookup",
        "reports",
        "rules",
        "errors",
        "store.store.Store",
        "store.changes.author.Author",
    },  # its lazy imports
    "commands.completion": {"command_line.completion", "command_line.options", "context", "rules.typed", "errors"},
    "commands.help": {
        "context",
        "command_line.help_text",
        "command_line.index",
        "command_line.options",
        "command_line.parser",
        "command_line.topics",
        "rules.typed",
        "errors",
    },
    "commands": {
        "commands.conversations",
        "command_line.options",
        "command_line.progress",
        "context",
        "lookup",
        "actions",
        "reports",
        "render",
        "rules",
        "fiction",
        "errors",
    },
    "command_line.surroundings.default_database": set(),
    "command_line.completion": {
        "command_line.index",
        "command_line.global_options",
        "command_line.surroundings.default_database",
        "command_line.surroundings.user_config",
        "errors",
        "rules.facts.names",
        "store.reads.compiled_sql",
        "store.file.sqlite_file",
    },  # at every TAB: as little as can be
    "command_line.index": set(),
    "command_line.topics": set(),
    "command_line.global_options": {"command_line.index", "errors"},
    "command_line.write_index": {
        "command_line.global_options",
        "command_line.app",
        "command_line.completion",
        "command_line.index",
        "command_line.manual",
        "command_line.parser",
        "command_line.help_text",
        "command_line.topics",
        "cli",
        "command_line.options",
        "fiction.sizes",
        "render.FORMATS",
        "rules",
    },
    "command_line.manual": {
        "command_line.global_options",
        "command_line.help_text",
        "command_line.parser",
        "command_line.topics",
    },
    "command_line.parser": set(),
    "command_line.help_text": {"command_line.parser", "errors"},
    "command_line.surroundings.user_config": {
        "command_line.surroundings.default_database",
        "errors",
        "render.FORMATS",
        "rules.files.toml",
    },
    "command_line.usage_errors": {"command_line.index", "command_line.parser", "render.FORMATS", "rules.typed"},
    "command_line.options": {
        "command_line.help_text",
        "command_line.parser",
        "command_line.several",
        "context",
        "render",
        "reports",
        "rules",
        "errors",
    },
    "command_line.several": {
        "command_line.index",
        "context",
        "actions.files.reading.text_file",
        "reports",
        "rules.typed",
        "errors",
    },
    "command_line.progress": {"context"},
    "command_line.front_page": {"context", "reports", "rules", "errors"},
    "command_line.app": {
        "command_line.front_page",
        "commands",
        "command_line.global_options",
        "command_line.help_text",
        "command_line.index",
        "command_line.parser",
        "command_line.usage_errors",
        "context",
        "errors",
    },
    "command_line": set(),
    "command_line.surroundings.streams": set(),
    "command_line.surroundings.stopping": set(),
    "cli": {
        "command_line.app.answer",
        "command_line.global_options",
        "command_line.surroundings.default_database",
        "command_line.surroundings.stopping",
        "command_line.surroundings.streams",
        "command_line.surroundings.user_config",
        "context",
        "render",
        "rules",
        "errors",
        "whole_file",
    },  # its lazy import
}
"""Each layer, and what it may import of this package; its own root, for the version, is open to all."""

ORDER: dict[str, tuple[str, ...]] = {
    "rules": (
        *("say", "lots", "codes", "dates", "typed", "settings", "facts", "database", "stays", "rota", "files"),
        "sessions",
        *("markers", "notes", "plan", "contact", "allocation", "budget", "timeline", "oversight"),
    ),
    "reports": (
        *("report", "outcome", "question", "view", "words", "sparkline", "gap_picture", "markers", "notes", "stays"),
        *("rota", "sessions", "allocation", "budget", "contact", "timeline", "plan", "oversight", "briefing"),
    ),
    "actions": (
        *("database", "files", "markers", "rota", "stays", "allocation", "sessions", "notes", "plan", "oversight"),
    ),
    "store": ("schema", "reads", "bulk", "changes", "file", "server", "store"),
}
"""The subjects of each layer in their order: what stands in one may import those before it, and none after it."""

THIRD_PARTY: dict[str, set[str]] = {
    "store": {"sqlmodel", "sqlalchemy", "alembic"},
    "store.server.reader": {"sqlalchemy", "psycopg"},
    "store.file.encryption.sqlcipher": {"sqlcipher3"},
    "store.file.encryption.keys": {"keyring"},
    "render.formats.to_terminal": {"rich"},
    "render.formats.to_xlsx": {"xlsxwriter"},
    "render.formats.to_html": {"jinja2", "markupsafe"},
    "actions.files.reading.spreadsheet": {"python_calamine"},
    "actions.files.reading.reading_apart": {"python_calamine"},
    "reports.notes.likeness": {"rapidfuzz"},
    "commands": {"typer"},
    "command_line.parser": {"typer"},
    "command_line.options": {"typer"},
    "command_line.help_text": {"typer"},
    "command_line.app": {"typer"},
    "command_line.surroundings.default_database": {"platformdirs"},
}
"""Which layer or module may use which library; nobody else may."""

LAZY = {
    "__main__.py": {"keyworker_cli", "keyworker_cli.cli", "keyworker_cli.command_line.completion"},  # before Typer
    "cli.py": {"traceback"},  # it reads source code, which no answer needs
    "command_line/app.py": {
        "keyworker_cli.command_line.front_page",
        "keyworker_cli.commands",
    },  # what was typed
    "command_line/surroundings/default_database.py": {"platformdirs"},  # only where none is named
    "command_line/surroundings/user_config.py": {"keyworker_cli.rules.files.toml"},  # only where there is a file
    "context.py": {"keyworker_cli.store.store"},  # only where something is asked of the database
    "actions/files/reading/input_files.py": {
        "keyworker_cli.actions.files.reading.spreadsheet",  # only for a spreadsheet
    },
    "render/__init__.py": {  # the one renderer that is asked for
        "keyworker_cli.render.formats",
        "keyworker_cli.render.formats.to_ics",
        "keyworker_cli.render.formats.to_json",
        "keyworker_cli.render.formats.to_terminal",
        "keyworker_cli.render.formats.to_xlsx",
        "keyworker_cli.render.pager",
    },
    "rules/lots.py": {"hashlib"},  # it brings OpenSSL, and most pages draw nothing
    "store/store.py": {  # SQLModel, for writes and servers
        "keyworker_cli.store.bulk",
        "keyworker_cli.store.changes",
        "keyworker_cli.store.server",
    },
    "store/file/local_file.py": {  # SQLModel, Alembic, and copying whole files
        "keyworker_cli.store.file",
        "keyworker_cli.store.file.encryption",
    },
    "store/file/sqlite_file.py": {
        "keyworker_cli.store.file.encryption"
    },  # the keys and SQLCipher, for an encrypted file
    "store/file/encryption/keys.py": {"keyring"},
    "store/server/server.py": {"keyworker_cli.store.file"},  # Alembic
    "store/file/place.py": {"tempfile"},  # only where a file takes another's place
}
"""The few imports that stand inside a function, each lazy for its reason; every other stands at the top of its file."""


def test_every_command_is_a_module_of_its_name() -> None:
    found = {
        name: path.stem
        for path in sorted((SOURCE / "commands").glob("*.py"))
        if "app = family(" in path.read_text(encoding="utf-8")
        for name in get_group(importlib.import_module(f"{PACKAGE}.commands.{path.stem}").app).commands
    }

    assert found == COMMANDS
    assert {path.stem for path in (SOURCE / "commands").glob("*.py")} == {"__init__", *COMMANDS.values()}


HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "alembic")


FOR_ENCRYPTED_FILES = ("sqlcipher3", "keyring", "keyworker_cli.store.file.encryption.keys")


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def only_for_types(tree: ast.Module) -> set[ast.AST]:
    """Imports under `if TYPE_CHECKING:` are words for the reader of types; nothing is imported by them."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(module: str, path: Path) -> Iterator[str]:
    tree = tree_of(path)
    unreal = only_for_types(tree)
    for node in ast.walk(tree):
        if node in unreal:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif by_name := imported_by_name(module, node):
            yield by_name


def last_name(node: ast.expr) -> str | None:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None


def imported_by_name(module: str, node: ast.AST) -> str | None:
    """What `importlib.import_module` loads, as far as it is written there: a module, or the folder of several."""
    if not isinstance(node, ast.Call) or last_name(node.func) != "import_module":
        return None
    text = node.args[0]
    name = ""
    for part in text.values if isinstance(text, ast.JoinedStr) else [text]:
        if isinstance(part, ast.Constant):
            name += str(part.value)
        elif isinstance(part, ast.FormattedValue) and ast.unparse(part.value) == "__name__":
            name += f"{PACKAGE}.{module}"
        else:
            break
    assert name.startswith(PACKAGE), f"{module} imports what nobody can tell from reading it: {ast.unparse(node)}"
    return name.rstrip(".")


@cache
def own_imports() -> dict[str, set[str]]:
    """Each file's module, and those of this package it imports: of a folder whose files are loaded by name, all."""
    names = {module for module, _ in modules()}

    def files(name: str) -> set[str]:
        inner = name.removeprefix(f"{PACKAGE}.")
        while inner not in names:
            inner = inner.rpartition(".")[0]
        return {inner}

    found: dict[str, set[str]] = {}
    for module, path in modules():
        found[module] = set()
        for name in imports(module, path):
            if name.startswith(f"{PACKAGE}."):
                found[module] |= files(name)
        tree = tree_of(path)
        for folder in (by_name for node in ast.walk(tree) if (by_name := imported_by_name(module, node))):
            below = folder.removeprefix(f"{PACKAGE}.") + "."
            found[module] |= {name for name in names if name.startswith(below)}
        found[module] -= {module, ""}
    return found


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The circles in which something leads back to itself, each once, found by taking away what leads nowhere."""
    left = {one: set(others) for one, others in arrows.items()}
    while ends := {one for one, others in left.items() if not others & left.keys()}:
        left = {one: others - ends for one, others in left.items() if one not in ends}
    found = []
    while left:
        way = [min(left)]
        while way[-1] not in way[:-1]:
            way.append(min(left[way[-1]] & left.keys()))
        found.append(way[way.index(way[-1]) :])
        left = {one: others for one, others in left.items() if one not in way}
        while ends := {one for one, others in left.items() if not others & left.keys()}:
            left = {one: others for one, others in left.items() if one not in ends}
    return found


def layer_of(module: str, table: dict[str, set[str]]) -> str | None:
    """The most particular row of a table that a module falls under."""
    rows = [row for row in table if module == row or module.startswith(row + ".")]
    return max(rows, key=len, default=None)


def folders() -> list[str]:
    return sorted({module.partition(".")[0] for module, _ in modules()})


def modules_of(folder: str) -> list[tuple[str, Path]]:
    return [(module, path) for module, path in modules() if module.partition(".")[0] == folder]


@pytest.mark.parametrize("folder", folders())
def test_each_layer_imports_only_what_lies_below_it(folder: str) -> None:
    for module, path in modules_of(folder):
        layer = layer_of(module, MAY_IMPORT)
        if layer is None:
            assert module in ("", "__main__"), f"{module} is in no room of the house"
            continue
        for name in imports(module, path):
            inner = name.removeprefix(PACKAGE + ".")
            if inner == name or inner.split(".")[0].startswith("__"):
                continue
            allowed = any(inner == row or inner.startswith(row + ".") for row in MAY_IMPORT[layer])
            assert allowed, f"{module} ({layer}) may not import {inner}"


@pytest.mark.parametrize("folder", folders())
def test_each_library_is_used_only_where_it_belongs(folder: str) -> None:
    for module, path in modules_of(folder):
        allowed = THIRD_PARTY.get(layer_of(module, THIRD_PARTY) or "", set())
        for name in imports(module, path):
            top = name.split(".")[0]
            if top != PACKAGE and top not in sys.stdlib_module_names:
                assert top in allowed, f"{module} may not import {top}"


def test_no_file_imports_itself_by_way_of_others() -> None:
    assert circles(own_imports()) == []


@pytest.mark.parametrize("layer", ORDER)
def test_a_subject_imports_only_the_subjects_before_it(layer: str) -> None:
    order = ORDER[layer]

    def place(module: str) -> int:
        inner = module.removeprefix(f"{layer}.")
        rows = [subject for subject in order if inner == subject or inner.startswith(f"{subject}.")]
        assert rows, f"{module} is in no subject of {layer}"
        return order.index(max(rows, key=len))

    for module, others in own_imports().items():
        if module.startswith(f"{layer}."):
            later = [other for other in others if other.startswith(f"{layer}.") and place(other) > place(module)]
            assert later == [], f"{module} may not import {later}: they come after it"


def test_imports_inside_functions_are_those_on_the_list_and_no_others() -> None:
    found: dict[str, set[str]] = {}
    for within, path in modules():
        tree = tree_of(path)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.ImportFrom | ast.Import):
                        module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                        found.setdefault(path.relative_to(SOURCE).as_posix(), set()).add(str(module))
                    elif by_name := imported_by_name(within, node):
                        found.setdefault(path.relative_to(SOURCE).as_posix(), set()).add(by_name)
    assert found == {file: names for file, names in LAZY.items() if names}


def loaded_by(line: str, database: Path) -> set[str]:
    """The modules that one command, run as a process of its own, has loaded by its end."""
    program = (
        "import sys; sys.argv = ['kw', *sys.argv[1:]]\n"
        "from keyworker_cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *line.split()],
        capture_output=True,
        text=True,
        check=True,
        env={"KW_DB": str(database), "KW_USER": "tester", "PATH": "", "HOME": str(database.parent)},
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.sqlite_file  # a server is asked through it
@pytest.mark.parametrize(
    "line",
    [
        "--help",
        "help gap",
        "help overdue",
        "overdue --help",
        "overdu",
        "overdue --dayz",
        "overdue --days 7",
        "overdue --format json",
        "why A1234BC",
        "doctor",
    ],
)
def test_help_errors_and_reports_never_load_sqlmodel(line, prison, database) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")

    loaded = loaded_by(line, database)

    assert not [name for name in (*HEAVY, *FOR_ENCRYPTED_FILES) if name in loaded]


@pytest.mark.sqlite_file  # the program is given a file
@pytest.mark.parametrize("line", ["overdue --format json", "overdue"])
def test_a_piped_report_never_loads_rich(line, prison, database) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")

    assert "rich" not in loaded_by(line, database)


@pytest.mark.sqlite_file  # the program is given a file
def test_the_version_is_said_before_typer_is_loaded(database) -> None:
    assert "typer" not in loaded_by("--version", database)


@pytest.mark.sqlite_file  # the program is given a file
def test_alembic_is_loaded_only_to_bring_an_older_file_up_to_date(prison, database) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")

    loaded = loaded_by("log-session A1234BC --minutes 45 --by SHAH --on 2026-01-07", database)

    assert "sqlmodel" in loaded
    assert not {"alembic", "sqlcipher3", "keyring"} & loaded
