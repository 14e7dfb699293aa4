"""Write what help and TAB need to know of the commands, and the manual page.

python -m keyworker_cli.command_line.write_index
"""

import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from keyworker_cli.cli import Environment, main
from keyworker_cli.command_line import index as command_tree
from keyworker_cli.command_line.app import app
from keyworker_cli.command_line.completion import SCRIPTS
from keyworker_cli.command_line.global_options import GLOBAL_OPTIONS, SWITCHES
from keyworker_cli.command_line.help_text import is_about_the_answer
from keyworker_cli.command_line.manual import WRITTEN, manual
from keyworker_cli.command_line.options import WRITE_FORMATS
from keyworker_cli.command_line.parser import get_command
from keyworker_cli.command_line.topics import read_topics
from keyworker_cli.fiction.sizes import SIZES
from keyworker_cli.render import FORMATS
from keyworker_cli.rules.budget.budget import By
from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.codes.signals import MarkerCode, Topic
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.rota.slots import LOST
from keyworker_cli.rules.settings import ALLOWED

KINDS: dict[str, str | list[str]] = {
    "PRISONER": "prisoners",
    "KEY_WORKER": "workers",
    "STATUS": [str(code) for code in codes.StaffStatus],
    "OUTCOME": [str(code) for code in codes.Outcome],
    "MODE": [str(code) for code in codes.Mode],
    "TYPE": [str(code) for code in codes.SessionType],
    "CODE": [str(code) for code in MarkerCode],
    "END_REASON": [str(code) for code in codes.EndReason],
    "LOSS": [str(code) for code in LOST],
    "LOSS_REASON": [str(code) for code in codes.LossReason],
    "ARRIVAL_TYPE": [str(code) for code in codes.ArrivalType],
    "DEPARTURE_REASON": [str(code) for code in codes.DepartureReason],
    "ABSENCE_REASON": [str(code) for code in codes.AbsenceReason],
    "BY": [str(code) for code in By],
    "KS|KE": [str(code) for code in codes.SessionType],
    "YES|NO": ["yes", "no"],
    "SHELL": list(SCRIPTS),
    "WING": "wings",
    "FILE": "files",
    "DIR": "files",
    "PATH": "files",
    "KEEP": "prisoners",
    "OTHER": "prisoners",
    "CONTRIBUTION": [str(code) for code in codes.Contribution],
    "COMMAND|TOPIC": "topics",
    "FORMAT": list(FORMATS),
    "KEY": list(ALLOWED),
    "SIZE": list(SIZES),
    "KIND": [sheet.name for sheet in SHEETS],
    "FILE.TOML": "files",
    "COLUMN": "columns",
    "REPORT": ["overdue", "compliance", "stats", "budget"],
}
"""What stands where an option or argument shows this word in its help."""
_TOPICS: Final = [str(code) for code in Topic]
OF_OPTION: Final[dict[str, str | list[str]]] = {"--fields": "columns", "--topics": _TOPICS, "--declined": _TOPICS}
"""What stands after an option whose help shows how several are typed."""
_ASKED: Final = {"prisoners": "A1001AA", "workers": "BR02"}
_OF_ANYTHING: Final = ("query", "group")
"""Reports whose columns are those of the question."""


def columns_of(path: Sequence[str], command: Any, database: Path) -> list[str]:
    """Return the columns of a report, as the invented prison's answer has them."""
    arguments = [(takes(one), one.required) for one in command.params if one.param_type_name == "argument"]
    asked = [_ASKED[str(kind)] for kind, needed in arguments if kind == "workers" or (needed and kind == "prisoners")]
    out = io.StringIO()
    environment = {"KW_DB": str(database), "KW_CONFIG": "", "KW_USER": "kw"}
    env = Environment(datetime(2026, 5, 14, 7, tzinfo=UTC), out, io.StringIO(), environment, io.StringIO())
    main([*path, *asked, "--format", "csv"], env)
    return [name for name in out.getvalue().partition("\n")[0].split(",") if name]


def branch(command: Any, path: tuple[str, ...] = (), database: Path | None = None) -> dict[str, Any]:
    """Return one command: its options, its arguments, and the commands below it."""
    options: dict[str, Any] = {}
    arguments = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            arguments.append(takes(parameter))
        else:
            about = {"takes": "nothing" if parameter.is_flag else takes(parameter), "about": parameter.help or ""}
            options |= dict.fromkeys([*parameter.opts, *parameter.secondary_opts], about)
    inner = {name: one for name, one in getattr(command, "commands", {}).items() if not one.hidden}
    below = {name: branch(one, (*path, name), database) for name, one in inner.items()}
    known: dict[str, Any] = {"panel": command.rich_help_panel} if command.rich_help_panel else {}
    known |= [("several", place) for place in _several(command)]
    if database is not None and "--fields" in options and not set(path) & set(_OF_ANYTHING):
        known["columns"] = columns_of(path, command, database)
    return {"about": short(command), **known, "options": options, "arguments": arguments, "commands": below}


def _several(command: Any) -> Iterator[int]:
    """Yield the place of the argument that may be several words, if one may."""
    arguments = (parameter for parameter in command.params if parameter.param_type_name == "argument")
    yield from (place for place, parameter in enumerate(arguments) if parameter.nargs == -1)


def takes(parameter: Any) -> str | list[str]:
    """Return what may be typed there: a kind of people, a list of codes, or anything."""
    kind = (parameter.metavar or parameter.name or "").upper().strip("[].")
    if kind == "FORMAT" and not is_about_the_answer(parameter):
        return list(WRITE_FORMATS)
    named = OF_OPTION.get(parameter.opts[0]) if parameter.param_type_name == "option" else None
    return named or KINDS.get(kind, "anything")


def short(command: Any) -> str:
    """Return the first line of a command's help."""
    return (command.help or "").strip().partition("\n")[0]


def source() -> str:
    """Return the text of `command_line/index.json`."""
    everywhere = {
        name: {"takes": KINDS.get(metavar, "anything"), "about": about}
        for name, (metavar, about) in GLOBAL_OPTIONS.items()
    }
    switches = {name: {"takes": "nothing", "about": about} for name, about in SWITCHES.items()}
    with TemporaryDirectory() as folder:
        database = Path(folder) / "demo.db"
        env = Environment(datetime.now(UTC), io.StringIO(), io.StringIO(), {"KW_CONFIG": ""}, io.StringIO())
        main(["demo", "--db", str(database)], env)
        commands = branch(get_command(app), database=database)
    tree = {**commands, "everywhere": everywhere | switches, "topics": dict(read_topics())}
    return json.dumps(tree, indent=1) + "\n"


if __name__ == "__main__":
    command_tree.WRITTEN.write_text(source(), encoding="utf-8")
    WRITTEN.write_text(manual(get_command(app)), encoding="utf-8")
