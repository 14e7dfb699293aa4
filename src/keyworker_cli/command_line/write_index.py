"""Write what help and TAB need to know of the commands, and the manual page.

python -m keyworker_cli.command_line.write_index
"""

import json
from typing import Any

from keyworker_cli.command_line import index as command_tree
from keyworker_cli.command_line.app import app
from keyworker_cli.command_line.completion import SCRIPTS
from keyworker_cli.command_line.global_options import GLOBAL_OPTIONS, SWITCHES
from keyworker_cli.command_line.manual import WRITTEN, manual
from keyworker_cli.command_line.parser import get_command
from keyworker_cli.command_line.topics import read_topics
from keyworker_cli.fiction.sizes import SIZES
from keyworker_cli.render import FORMATS
from keyworker_cli.rules.budget.budget import By
from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.files.kinds import SHEETS
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
}
"""What stands where an option or argument shows this word in its help."""


def branch(command: Any) -> dict[str, Any]:
    """Return one command: its options, its arguments, and the commands below it."""
    options: dict[str, Any] = {}
    arguments = []
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            arguments.append(takes(parameter))
        else:
            about = {"takes": "nothing" if parameter.is_flag else takes(parameter), "about": parameter.help or ""}
            options |= dict.fromkeys([*parameter.opts, *parameter.secondary_opts], about)
    below = {name: branch(inner) for name, inner in getattr(command, "commands", {}).items() if not inner.hidden}
    known = {"panel": command.rich_help_panel} if command.rich_help_panel else {}
    several = {"several": True} if any(parameter.nargs == -1 for parameter in command.params) else {}
    return {"about": short(command), **known, **several, "options": options, "arguments": arguments, "commands": below}


def takes(parameter: Any) -> str | list[str]:
    """Return what may be typed there: a kind of people, a list of codes, or anything."""
    return KINDS.get((parameter.metavar or parameter.name or "").upper().strip("[]."), "anything")


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
    tree = {**branch(get_command(app)), "everywhere": everywhere | switches, "topics": dict(read_topics())}
    return json.dumps(tree, indent=1) + "\n"


if __name__ == "__main__":
    command_tree.WRITTEN.write_text(source(), encoding="utf-8")
    WRITTEN.write_text(manual(get_command(app)), encoding="utf-8")
