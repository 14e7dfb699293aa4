"""The manual page `kw.1`, made from what the help is made of: commands, options, topics, exit codes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from keyworker_cli import __version__
from keyworker_cli.command_line.global_options import GLOBAL_OPTIONS, SWITCHES
from keyworker_cli.command_line.help_text import EXAMPLE, is_about_the_answer, paragraphs, records_of
from keyworker_cli.command_line.parser import Context
from keyworker_cli.command_line.topics import read_page, read_topics

WRITTEN: Final = Path(__file__).with_name("kw.1")
ENVIRONMENT: Final = {
    "KW_DB": "The database, where --db does not say it.",
    "KW_AS_OF": "The day, where --as-of does not say it; a report says that it comes from here.",
    "KW_USER": "Who you are, where --user does not say it.",
    "KW_PAGER, PAGER": "What shows an answer that is longer than the screen; empty for none.",
    "KW_WIDTH": "The columns of a table, from 40 to 1000.",
    "NO_COLOR, FORCE_COLOR": "Colour never, or wherever the answer goes.",
    "VISUAL, EDITOR": "What --edit opens for a note.",
    "KW_KEY_FILE": "Where the key of an encrypted database is (kw help encryption).",
    "PGPASSFILE, PGSERVICE, PGSSLMODE": "As for PostgreSQL's own programs (kw help server).",
}
_SHARED: Final = ("--format", "--dry-run")
"""Options of a write that are said once, with those of every report."""


def manual(root: Any) -> str:
    """Return the page as `man` reads it; `root` is the parser's `kw`."""
    context = Context(root, info_name="kw")
    what, _, more = (root.help or "").strip().partition("\n\n")
    lines = [
        f'.TH KW 1 "" "kw {__version__}" "kw"',
        ".nh",  # no word is broken, no option cut at its hyphen
        ".ad l",
        *_section("NAME", f"kw \\- {_text(what.rstrip('.')[:1].lower() + what.rstrip('.')[1:])}"),
        *_section("SYNOPSIS", ".B kw", "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]"),
        *_section("DESCRIPTION", _text(more)),
        *_section("OPTIONS", "Before or after any command; what stands after it wins."),
        *_listed((f"{name} {metavar}", words) for name, (metavar, words) in GLOBAL_OPTIONS.items()),
        *_listed(SWITCHES.items()),
        *_section("OPTIONS OF EVERY REPORT"),
        *_listed(records_of(_answer_options(root, context), context)),
        *_section("COMMANDS", "Every write also takes --dry-run, and --format json for scripts."),
        *(line for name in root.list_commands(context) for line in _command(root.commands[name], name, context)),
        *_section("ENVIRONMENT"),
        *_listed(ENVIRONMENT.items()),
        *_section("EXIT STATUS"),
        *_as_it_is(read_page("exit-codes").split("\n\n")[1]),
        *_section("TOPICS", "kw help TOPIC shows the page."),
        *_listed(read_topics()),
    ]
    return "\n".join(lines) + "\n"


def _command(command: Any, name: str, above: Context) -> Iterator[str]:
    """Yield what is said of a command: what it does, its own arguments and options, examples; then those below it."""
    context = Context(command, info_name=name, parent=above)
    parts = list(paragraphs(command.help))
    told = [part for part in parts if not part.startswith(EXAMPLE)]
    yield f'.SS "{_text(context.command_path)}"'
    for part in told:
        yield from (".PP", _text(" ".join(part.split())))
    own = [one for one in command.params if not _is_shared(one)]
    yield from _listed(records_of(own, context))
    examples = [part.removeprefix(EXAMPLE) for part in parts if part.startswith(EXAMPLE)]
    if examples:
        yield from _as_it_is("\n".join(examples))
    for below in getattr(command, "commands", {}).values():
        if not below.hidden:
            yield from _command(below, below.name, context)


def _answer_options(root: Any, context: Context) -> list[Any]:
    """Return the options that every report takes, each once."""
    found: dict[str, Any] = {}
    for name in root.list_commands(context):
        for one in root.commands[name].params:
            if is_about_the_answer(one):
                found.setdefault(one.name, one)
    return list(found.values())


def _is_shared(parameter: Any) -> bool:
    return is_about_the_answer(parameter) or parameter.opts[0] in _SHARED


def _section(title: str, *lines: str) -> Iterator[str]:
    yield f".SH {title}"
    yield from lines


def _listed(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, words in records:
        yield from (".TP", f"\\fB{_text(name)}\\fR", _text(words))


def _as_it_is(text: str) -> Iterator[str]:
    yield from (".PP", ".nf", ".RS 4")
    yield from (_text(line) for line in text.splitlines())
    yield from (".RE", ".fi")


def _text(text: str) -> str:
    """Return text as roff takes it: no line a command, no mark its own, a minus that can be copied and typed."""
    told = text.replace("\\", "\\e").replace("-", "\\-")
    told = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in told)
    return f"\\&{told}" if told.startswith((".", "'")) else told
