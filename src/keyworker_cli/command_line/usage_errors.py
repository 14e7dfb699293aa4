"""What is wrong with a command line that the parser refuses, in words of ours: what was typed, and what to type."""

from collections.abc import Sequence

from keyworker_cli.command_line.index import read_index
from keyworker_cli.command_line.parser import (
    NO_COMMAND,
    REQUIRES,
    SUGGESTS,
    TOO_MUCH,
    VALUE,
    BadOptionUsage,
    BadParameter,
    ClickException,
    Context,
    IntRange,
    MissingParameter,
    NoSuchOption,
    Parameter,
)
from keyworker_cli.render import FORMATS


def say_usage(error: ClickException, words: Sequence[str]) -> tuple[str, str]:
    """Return what is wrong with a command line and what to type, in the two lines of every other error."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else _command_in(words)
    way_out = f"{command} --help shows what it takes."
    too_much = TOO_MUCH.fullmatch(error.message)
    if isinstance(error, MissingParameter) and error.param is not None:
        return _missing(error.param, context, command)
    if isinstance(error, BadParameter) and error.param is not None:
        return f"{_name(error.param)} takes {_taken(error.param)}, not {_value(error)}.", way_out
    if isinstance(error, BadOptionUsage) and REQUIRES in error.message:
        return f"{error.option_name} needs a value.", way_out
    if too_much:
        hint = f"leave it out; words that belong together go in quotes. {way_out}"
        return f"more was typed than it takes: {too_much['words']}.", hint
    return _suggested(error, way_out)


def _suggested(error: ClickException, way_out: str) -> tuple[str, str]:
    """Return what the parser says itself, with the nearest name there is."""
    message = error.message if isinstance(error, NoSuchOption) else error.format_message()
    what, _, suggestion = message.partition(SUGGESTS)
    near = suggestion.rstrip("?") or ", ".join(getattr(error, "possibilities", None) or ())
    if isinstance(error, NoSuchOption) and error.option_name.lstrip("-") in FORMATS:
        near = f"--format {error.option_name.lstrip('-')}"
    if not isinstance(error, NoSuchOption) and (typed := NO_COMMAND.fullmatch(what)):
        near = _command_meant(typed["word"], getattr(error, "ctx", None)) or near
    return f"{what[:1].lower()}{what[1:]}", f"did you mean {near}?" if near else way_out


def _command_meant(typed: str, context: Context | None) -> str:
    """Return the commands that begin with what was typed, or have it as one of their words; "" where none does."""
    known = read_index()["commands"]
    for family in context.command_path.split()[1:] if context else ():
        known = known[family]["commands"]
    word = typed.casefold()
    begun = [name for name in known if name.startswith(word)]
    return " or ".join(begun or [name for name in known if word in name.split("-")])


def _missing(param: Parameter, context: Context | None, command: str) -> tuple[str, str]:
    """Return what is missing, and the command with all that it cannot do without."""
    needed = [one for one in context.command.params if one.required] if context else [param]
    typed = (f"{_name(one)} {one.metavar}" if one.param_type_name == "option" else _name(one) for one in needed)
    return f"{_name(param)} is missing.", f"{command} {' '.join(typed)}; --help shows the rest."


def _name(param: Parameter) -> str:
    if param.param_type_name == "option":
        return param.opts[0]
    return (param.metavar or str(param.name).upper()).strip("[].")


def _taken(param: Parameter) -> str:
    """Say what values an option takes."""
    match param.type:
        case IntRange(min=low, max=None):
            return f"a whole number of {low} or more"
        case IntRange(min=low, max=high):
            return f"a whole number from {low} to {high}"
        case _:
            return "a whole number"


def _value(error: BadParameter) -> str:
    found = VALUE.fullmatch(error.message)
    return found["value"] if found else error.message.rstrip(".")


def _command_in(words: Sequence[str]) -> str:
    """Return the command that a line names, as far as it names one."""
    known, command = read_index(), "kw"
    for word in words:
        if word not in known["commands"]:
            break
        known, command = known["commands"][word], f"{command} {word}"
    return command
