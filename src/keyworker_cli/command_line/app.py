"""The root of `kw` as Typer has it: which commands there are, its help, and how a command line is answered."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer

from keyworker_cli.command_line.global_options import GLOBAL_OPTIONS, SWITCHES
from keyworker_cli.command_line.help_text import HelpfulGroup, room_for_help, write_list
from keyworker_cli.command_line.index import read_index
from keyworker_cli.command_line.parser import (
    ClickException,
    Context,
    HelpFormatter,
    NoArgsIsHelpError,
    get_group,
)
from keyworker_cli.command_line.usage_errors import say_usage
from keyworker_cli.context import Kw
from keyworker_cli.errors import INTERRUPTED, UsageError

COMMANDS: dict[str, str] = {
    name: name.replace("-", "_")
    for name in (
        *(
            "briefing",
            "overdue",
            "unallocated",
            "first-meetings",
            "not-met",
            "concerns",
            "fewest",
            "budget",
            "plan",
            "forecast",
        ),
        *("allocate", "deallocate", "caseload", "log-session", "note", "amend-session", "why", "need", "notes"),
        *(
            "prisoner",
            "worker",
            "rota",
            "event",
            "acct",
            "handover",
            "affected",
            "review",
            "voice",
            "timeline",
            "stats",
            "compliance",
            "group",
            "audit",
        ),
        *(
            "demo",
            "query",
            "generate",
            "init",
            "import",
            "export",
            "config",
            "backup",
            "restore",
            "doctor",
            "completion",
            "help",
        ),
    )
} | {"import": "import_files"}
"""Each command, in the order of the help, and the module of `commands` that has it: its own name."""


class Commands(Mapping[str, Any]):
    """The commands by name; a family is loaded when it is looked up, so that no command pays for the others."""

    def __getitem__(self, name: str) -> Any:
        """Return the command; raises `KeyError` where there is none of this name."""
        module = importlib.import_module(f"keyworker_cli.commands.{COMMANDS[name]}")
        return get_group(module.app).commands[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names as they are listed."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Count them."""
        return len(COMMANDS)


class Root(HelpfulGroup):
    """`kw` itself: its help is written from what is known of the commands ahead, always in plain text."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Commands()  # type: ignore[assignment]  # nothing is ever added to it

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands under what they are for, then the options that every command takes."""
        by_panel: dict[str, list[tuple[str, str]]] = {}
        for name, known in read_index()["commands"].items():
            by_panel.setdefault(known["panel"], []).append((name, known["about"]))
        for panel, listed in by_panel.items():
            with formatter.section(panel):
                write_list(formatter, listed)
        with formatter.section("Before or after any command"):
            options = [(f"{name} {metavar}", words) for name, (metavar, words) in GLOBAL_OPTIONS.items()]
            options += SWITCHES.items()
            write_list(formatter, options)


app = typer.Typer(
    name="kw",
    cls=Root,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root() -> None:
    """Every prisoner a key worker, every session recorded, and each morning who has not been seen.

    kw keeps a prison's key work in one local file. Start with: kw demo
    """


def answer(words: Sequence[str], kw: Kw) -> int:
    """Answer a command line, without the options that stand anywhere; return its exit code.

    Raises what the command raises, `UsageError` for a line that cannot be read, `KeyboardInterrupt` when it is stopped.
    """
    width = room_for_help(kw.width)
    try:
        code: int | None = app(list(words), prog_name="kw", standalone_mode=False, obj=kw, terminal_width=width)
    except NoArgsIsHelpError as error:
        if not words and kw.out.isatty():
            importlib.import_module("keyworker_cli.command_line.front_page").show_front_page(kw)
            return 0
        print(error.ctx.get_help() if error.ctx else "", file=kw.out)
        return 0
    except ClickException as error:
        raise UsageError(*say_usage(error, words)) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # what Typer makes of a pipe that nobody reads
        raise BrokenPipeError from None
    if code == INTERRUPTED:  # what Typer makes of Ctrl-C, without a word
        raise KeyboardInterrupt
    return code or 0
