"""How the help of a command is laid out: what it does, what it takes, how the answer is given, and examples to copy.

Plain text in the width of the terminal, up to 100 columns. No option and no word is broken at a hyphen, and an example
stands on one line, as it is typed.
"""

from collections.abc import Callable, Collection
from typing import Any, Final

import typer

from keyworker_cli.command_line.parser import Context, HelpFormatter, Parameter, TyperCommand

HYPHEN, UNBROKEN = "-", "\N{NON-BREAKING HYPHEN}"
EXAMPLE: Final = "Example: "
THE_ANSWER: Final = "The answer"
"""The block of the options that every report takes, below those of its own: they name it as their panel."""


class HelpfulCommand(TyperCommand):
    """A command whose help has its own options first, those of every report in a block of their own, examples last."""

    def get_help(self, ctx: Context) -> str:
        """Return the help as it is printed."""
        return super().get_help(ctx).replace(UNBROKEN, HYPHEN)

    def format_help_text(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what the command does."""
        text = "\n\n".join(part for part in _paragraphs(self.help) if not part.startswith(EXAMPLE))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(unbroken(text))

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, then the options: the command's own, those of every report, and the help itself."""
        parameters = self.get_params(ctx)
        arguments = [one for one in parameters if one.param_type_name == "argument"]
        options = [one for one in parameters if one.param_type_name != "argument"]
        shared = [one for one in options if getattr(one, "rich_help_panel", None) == THE_ANSWER]
        _block("Arguments", arguments, ctx, formatter)
        _block("Options", [one for one in options if one not in shared], ctx, formatter)
        _block(THE_ANSWER, shared, ctx, formatter)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the examples, each whole on a line."""
        examples = [part.removeprefix(EXAMPLE) for part in _paragraphs(self.help) if part.startswith(EXAMPLE)]
        if examples:
            with formatter.section("Examples" if len(examples) > 1 else "Example"):
                formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in examples))


class Family(typer.Typer):
    """A family of commands whose help is laid out so."""

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Return what makes a function a command of this family."""
        return super().command(name, cls=HelpfulCommand, **settings)


def unbroken(text: str) -> str:
    """Return text in which no line may end at a hyphen."""
    return text.replace(HYPHEN, UNBROKEN)


def _paragraphs(text: str | None) -> list[str]:
    return [part for part in (text or "").split("\n\n") if part.strip()]


def _block(title: str, parameters: Collection[Parameter], ctx: Context, formatter: HelpFormatter) -> None:
    records = [record for one in parameters if (record := one.get_help_record(ctx)) is not None]
    if records:
        with formatter.section(title):
            formatter.write_dl([(unbroken(name), unbroken(words)) for name, words in records])
