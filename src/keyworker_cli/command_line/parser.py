"""What kw takes of Typer's inner parts, all of it here: the parser that Typer brings with it, and its messages.

These names are no promise of Typer's. A test names the versions that they were tried with, and `pyproject.toml` allows
no others; a newer Typer is let in when that test, and those of what is typed wrong, pass with it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from typer._click import Context, HelpFormatter, Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)
from typer._click.types import IntRange
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group
from typer.models import ArgumentInfo

__all__ = [
    "ArgumentInfo",
    "BadOptionUsage",
    "BadParameter",
    "ClickException",
    "Context",
    "HelpFormatter",
    "IntRange",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "Parameter",
    "TyperCommand",
    "TyperGroup",
    "get_command",
    "get_group",
    "values_typed",
]


Typed = tuple[Parameter, list[str]]
"""An option, and what was typed for it."""


def values_typed(
    command: TyperCommand, context: Context, words: Sequence[str]
) -> Iterator[tuple[Parameter, list[str]]]:
    """Yield the options that take one value, each with all the values that were typed for it."""
    parser = command.make_parser(context)
    single = {
        id(one): one for one in (*parser._long_opt.values(), *parser._short_opt.values()) if one.action == "store"
    }
    for option in single.values():
        option.action = "append"
    typed, _, _ = parser.parse_args(args=list(words))
    yield from ((option.obj, typed[str(option.dest)]) for option in single.values() if option.dest in typed)


TOO_MUCH: Final = re.compile(r"(?s)Got unexpected extra argument\(s\) \((?P<words>.*)\)")
NO_COMMAND: Final = re.compile(r"(?s)No such command '(?P<word>.*)'\.?")
REQUIRES: Final = "requires an argument"
SUGGESTS: Final = ". Did you mean "
ADDED: Final = re.compile(r" +\[(?P<words>(?:default: |required|\d|x>=)[^\]]*)\]$")
RANGE: Final = re.compile(r"(?:(?P<low>\d+)<=)?x(?:<=(?P<high>\d+)|>=(?P<least>\d+))")
VALUE: Final = re.compile(r"(?s)(?P<value>.*?) is not (?:a valid int|in the range|one of)\b.*")
