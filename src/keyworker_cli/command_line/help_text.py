"""How the help of a command is laid out: what it does, what it takes, how the answer is given, and examples to copy.

Plain text in the width of the terminal, up to 100 columns. No option and no word is broken at a hyphen, and an example
stands on one line, as it is typed.
"""

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

import typer

from keyworker_cli.command_line.parser import (
    ADDED,
    RANGE,
    BadOptionUsage,
    Context,
    HelpFormatter,
    Parameter,
    TyperCommand,
    TyperGroup,
    values_typed,
)
from keyworker_cli.errors import UsageError

HYPHEN, UNBROKEN = "-", "\N{NON-BREAKING HYPHEN}"
EXAMPLE: Final = "Example: "
WIDEST: Final = 100
SHORTEST, LONGEST, ROOM_FOR_WORDS = 12, 30, 40
"""How much of a line the names of options take, at least and at most, and what is left for the words beside them."""
THE_ANSWER: Final = "The answer"
"""The block of the options that every report takes, below those of its own: they name it as their panel."""
OF_EVERY_COMMAND: Final = "Every command also takes --as-of, --known-at, --db and --user: kw --help says what they are."
WRITES: Final = {"dry_run"}
"""What every command takes that saves something."""
PATH: Final = "path"
"""How the parser calls what names a file."""
SAID: Final = {"format"}
"""What is about the answer of a write, and not about what it records."""


class HelpfulCommand(TyperCommand):
    """A command whose help has its own options first, those of every report in a block of their own, examples last."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what was typed; of a write nothing that it records is said twice. Raises `BadOptionUsage`.

        Whatever else is typed twice, the last of it wins, so that a shell's alias can be overruled. An empty word where
        a file is to be named, as `"$UNSET"` is, would be the folder that one stands in: `UsageError`.
        """
        if WRITES & {one.name for one in self.params}:
            for option, values in values_typed(self, ctx, args):
                if len(set(values)) > 1 and option.name not in SAID and not is_about_the_answer(option):
                    name = option.opts[0]
                    raise BadOptionUsage(name, f"{name} is given twice: {' and '.join(values)}.", ctx)
        left = super().parse_args(ctx, args)
        for one in self.params:
            if one.type.name == PATH and any(not word.strip() for word in _words(ctx.params[str(one.name)])):
                name = one.opts[0] if one.param_type_name == "option" else one.make_metavar(ctx).strip("[].")
                raise UsageError(f"{name} says nothing.", "name a file or a folder; the one you are in is a full stop.")
        return left

    def get_help(self, ctx: Context) -> str:
        """Return the help as it is printed."""
        return super().get_help(ctx).replace(UNBROKEN, HYPHEN)

    def format_help_text(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what the command does."""
        text = "\n\n".join(part for part in paragraphs(self.help) if not part.startswith(EXAMPLE))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(unbroken(text))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, then the options: the command's own, those of every report, and the help itself."""
        parameters = self.get_params(ctx)
        arguments = [one for one in parameters if one.param_type_name == "argument"]
        options = [one for one in parameters if one.param_type_name != "argument"]
        shared = [one for one in options if is_about_the_answer(one)]
        _block("Arguments", arguments, ctx, formatter)
        _block("Options", [one for one in options if one not in shared], ctx, formatter)
        _block(THE_ANSWER, shared, ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(unbroken(OF_EVERY_COMMAND))

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the examples, each whole on a line."""
        examples = [part.removeprefix(EXAMPLE) for part in paragraphs(self.help) if part.startswith(EXAMPLE)]
        if examples:
            with formatter.section("Examples" if len(examples) > 1 else "Example"):
                formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in examples))


def _words(typed: Any) -> list[str]:
    """Return the words that were typed for one argument or option."""
    return [] if typed is None else [typed] if isinstance(typed, str) else list(typed)


class HelpfulGroup(TyperGroup):
    """A family whose help says in full what each command below it does."""

    def get_help(self, ctx: Context) -> str:
        """Return the help as it is printed."""
        return super().get_help(ctx).replace(UNBROKEN, HYPHEN)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands of the family."""
        with formatter.section("Commands"):
            listed = [one for one in self.commands.values() if not one.hidden]
            write_list(formatter, [(one.name or "", next(paragraphs(one.help), "")) for one in listed])


class Family(typer.Typer):
    """A family of commands whose help is laid out so."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=HelpfulGroup, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Return what makes a function a command of this family."""
        return super().command(name, cls=HelpfulCommand, **settings)


def room_for_help(columns: int | None) -> int:
    """Return how wide a line of help may be: the terminal's width, or one that was set, up to 100 columns."""
    return min(columns or shutil.get_terminal_size().columns, WIDEST) - 2


def write_list(formatter: HelpFormatter, listed: Iterable[tuple[str, str]]) -> None:
    """Write names and what each is; a long name stands above what it is where the lines are short."""
    rows = [(unbroken(name), unbroken(words)) for name, words in listed]
    formatter.write_dl(rows, col_max=max(SHORTEST, min(LONGEST, formatter.width - ROOM_FOR_WORDS)))


def unbroken(text: str) -> str:
    """Return text in which no line may end at a hyphen."""
    return text.replace(HYPHEN, UNBROKEN)


def paragraphs(text: str | None) -> Iterator[str]:
    """Yield the paragraphs of a docstring, examples among them."""
    yield from (part for part in (text or "").split("\n\n") if part.strip())


def records_of(parameters: Iterable[Parameter], ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield how each argument or option is typed, and what it does, with the numbers that it takes in words."""
    for one in parameters:
        record = one.get_help_record(ctx)
        if record is not None:
            name, words = record
            yield name, ADDED.sub(_said, words)


def _said(added: re.Match[str]) -> str:
    """Say in words what the parser adds of its own: what is required, the usual value, the numbers it takes."""
    parts = (RANGE.sub(_numbers, part) for part in added["words"].split("; "))
    said = "; ".join(part for part in parts if part)
    return f" ({said})" if said else ""


def _numbers(found: re.Match[str]) -> str:
    if found["high"]:
        return f"{found['low']} to {found['high']}"
    return "" if found["least"] == "0" else f"{found['least']} or more"


def is_about_the_answer(option: Parameter) -> bool:
    """Say whether an option is one that every report takes."""
    return getattr(option, "rich_help_panel", None) == THE_ANSWER


def _block(title: str, parameters: Collection[Parameter], ctx: Context, formatter: HelpFormatter) -> None:
    records = list(records_of(parameters, ctx))
    if records:
        with formatter.section(title):
            write_list(formatter, records)
