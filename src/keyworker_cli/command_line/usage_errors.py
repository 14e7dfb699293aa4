"""What is wrong with a command line that the parser refuses, in words of ours: what was typed, and what to type."""

from collections.abc import Sequence
from typing import Final

from keyworker_cli.command_line.index import option_of_code, read_index, subcommands, walk
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
from keyworker_cli.rules.typed import AT_A_GLANCE, DAYS, as_prison_number, near_words

OTHERWISE: Final = {
    "--date": "--as-of",
    "--columns": "--fields",
    "--cols": "--fields",
    "--dob": "--born",
    "--date-of-birth": "--born",
    "--duration": "--minutes",
    "--dna": "--outcome DID_NOT_ATTEND",
    "--verbose": "--debug",
    "--mins": "--minutes",
    "--officer": "--by or --key-worker",
    "--out": "--output",
    "version": "kw --version",
    "list": "kw overdue or kw prisoner list",
    "show": "kw why PRISONER",
    "find": "kw why PRISONER",
    "search": "kw why PRISONER",
    "prisoner show": "kw why",
    "prisoner release": "kw prisoner leave PRISONER --reason RELEASE",
    "prisoner transfer": "kw prisoner leave PRISONER --reason TRANSFER_OUT",
    "prisoner died": "kw prisoner leave PRISONER --reason DIED",
    "prisoner discharge": "kw prisoner leave",
    "prisoner back": "kw prisoner return or kw prisoner away PRISONER --back",
    "prisoner court": "kw prisoner away PRISONER --reason COURT",
    "prisoner hospital": "kw prisoner away PRISONER --reason HOSPITAL",
    "worker leave": "kw worker status KEY_WORKER leave",
    "worker sick": "kw worker status KEY_WORKER sick",
    "prisoner delete": "kw prisoner leave or, for one who was never here, kw prisoner add --undo",
    "worker remove": "kw worker status KEY_WORKER inactive",
    "rota add": "kw rota publish",
}
"""What people type who know other programs, and what it is called here."""


LONGEST_WING: Final = 3
WEEKS: Final = ("last", "this")


def say_usage(error: ClickException, words: Sequence[str]) -> tuple[str, str]:
    """Return what is wrong with a command line and what to type, in the two lines of every other error."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else _command_in(words)
    way_out = f"{command} --help shows what it takes."
    too_much = TOO_MUCH.fullmatch(error.message)
    if isinstance(error, MissingParameter) and error.param is not None:
        return _missing(error.param, context, command, words)
    if isinstance(error, BadParameter) and error.param is not None:
        return f"{_name(error.param)} takes {_taken(error.param)}, not {_value(error)}.", way_out
    if isinstance(error, BadOptionUsage) and REQUIRES in error.message:
        return f"{error.option_name} needs a value.", way_out
    if too_much:
        meant = _list_of(too_much["words"].split(), words, context) or _option_of(too_much["words"].split(), context)
        hint = f"leave it out; words that belong together go in quotes. {way_out}"
        hint = f"did you mean {command} {meant}?" if meant else hint
        return f"more was typed than it takes: {too_much['words']}.", hint
    return _suggested(error, way_out)


def _list_of(more: Sequence[str], words: Sequence[str], context: Context | None) -> str | None:
    """Return an option with all that was typed for it, where it takes several: `--wing b,c` of `--wing b c`."""
    at = words.index(more[0]) if more[0] in words else 0
    name, equals, first = words[at - 1].partition("=") if at else ("", "", "")
    if not equals:
        name, first = (words[at - 2], words[at - 1]) if at > 1 else ("", "")
    option = next((one for one in context.command.params if name in one.opts), None) if context else None
    if option is None or option.param_type_name != "option":
        return None
    values = [word.strip(",") for word in (first, *more)]
    if option.metavar == "WING" or "," in (option.metavar or ""):
        return f"{option.opts[0]} {','.join(values)}"
    return " ".join(f"{option.opts[0]} {value}" for value in values) if getattr(option, "multiple", False) else None


def _option_of(words: Sequence[str], context: Context | None) -> str | None:
    """Return the option that was typed without its dashes or its name: `next`, `wing B`, `B`, `7`."""
    options = {name for param in context.command.params for name in param.opts} if context else set()
    named = f"--{words[0].casefold()}"
    if named in options:
        return " ".join((named, *words[1:]))
    if words[0].casefold() in DAYS and len(words) == 1 and context is not None:
        return f"--as-of {words[0]}"
    wing = len(words[0]) == 1 or (len(words[0]) <= LONGEST_WING and words[0].isupper())
    bare = "--days" if words[0].isdecimal() else "--wing" if wing else "--week" if words[0] in WEEKS else ""
    if bare in options and len(words) == 1:
        return f"{bare} {words[0]}"
    return option_of_code(context.command_path.split()[1:], words[0]) if context and len(words) == 1 else None


def _suggested(error: ClickException, way_out: str) -> tuple[str, str]:
    """Return what the parser says itself, with the names that are near."""
    context = getattr(error, "ctx", None)
    if isinstance(error, NoSuchOption):
        what, near = error.message, _option_meant(error.option_name, context)
    else:
        what, _, _ = error.format_message().partition(SUGGESTS)
        typed = NO_COMMAND.fullmatch(what)
        near = _command_meant(typed["word"], context) if typed else []
    return f"{what[:1].lower()}{what[1:]}", f"did you mean {' or '.join(near)}?" if near else way_out


def _option_meant(typed: str, context: Context | None) -> list[str]:
    """Return the options of the command, or of every command, that are near to one there is not."""
    if typed.lstrip("-") in FORMATS:
        return [f"--format {typed.lstrip('-')}"]
    own = [name for param in context.command.params for name in param.opts] if context else []
    known = [name for name in (*own, *read_index()["everywhere"]) if name.startswith("--")]
    return [OTHERWISE[typed]] if typed in OTHERWISE else near_words(typed, known) if typed.startswith("--") else []


def _command_meant(typed: str, context: Context | None) -> list[str]:
    """Return the commands that are near to one there is not, here or in a family; below a family, also kw's own."""
    everywhere = read_index()["commands"]
    family = context.command_path.split()[1:] if context else []
    said = " ".join((*family, typed))
    if said in OTHERWISE:
        return [OTHERWISE[said]]
    if not family and as_prison_number(typed):
        return [f"kw why {typed}"]
    if not family:
        below = [one for one in subcommands() if one.split()[1].startswith(typed.casefold())]
        return near_words(typed, everywhere) or (below if len(below) <= AT_A_GLANCE else [])
    near = [f"kw {family[0]} {word}" for word in near_words(typed, everywhere[family[0]]["commands"])]
    return near or ([f"kw {typed}"] if typed in everywhere else [])


def _missing(param: Parameter, context: Context | None, command: str, words: Sequence[str]) -> tuple[str, str]:
    """Return what is missing, and the command with all that it cannot do without.

    Of several arguments it is the first that no word is left for: the parser names one that may take many words.
    """
    needed = [one for one in context.command.params if one.required] if context else [param]
    arguments = [one for one in needed if one.param_type_name != "option"]
    if param in arguments:
        _, given = walk(read_index(), words)
        param = arguments[min(given, len(arguments) - 1)]
    meant = (option_of_code(command.split()[1:], word) for word in words if word.isalpha())
    if option := next((one for one in meant if one and one.startswith(f"{_name(param)} ")), None):
        return f"{_name(param)} is missing.", f"did you mean {command} {' '.join(map(_name, arguments))} {option}?"
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
