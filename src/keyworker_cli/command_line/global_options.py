"""The options that stand before or after any command, and how they are taken out of a command line."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from keyworker_cli.errors import UsageError

GLOBAL_OPTIONS: Final = {
    "--db": ("PATH", "The database, a local file or a server's address (KW_DB; else kw.db in your data directory)."),
    "--as-of": ("DATE", "As of the end of this day: ISO, 25/03/2026, yesterday, -3d, friday (KW_AS_OF; else today)."),
    "--known-at": ("MOMENT", "Only what had been recorded by then."),
    "--user": ("NAME", "Who is recorded with what is saved (KW_USER; else your login)."),
}
"""The options that stand before or after any command; what stands after wins."""
SWITCHES: Final = ("--debug",)


def split_global_options(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Take the options that stand before or after any command out of a command line; the last of each wins.

    Raises `UsageError` for one without its value, and for what is no text. What stands after `--` is left alone.
    """
    for word in arguments:
        _check_text(word)
    given: dict[str, str] = {}
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name in GLOBAL_OPTIONS:
            given[name] = value if equals else _value_after(name, words)
        elif word in SWITCHES:
            given[word] = "yes"
        else:
            rest.append(word)
    return given, rest


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Return whether a command line asks for JSON: an error is told in JSON then too, whatever else is wrong with it.

    >>> asks_for_json(["overdue", "--format", "json"]), asks_for_json(["overdue", "--", "--format", "json"])
    (True, False)
    """
    words = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    return "--format=json" in words or any(pair in (("--format", "json"), ("-f", "json")) for pair in pairwise(words))


def _check_text(word: str) -> None:
    if "\0" in word:
        raise UsageError("there is an empty character in what was typed.", "type it again without it.")
    try:
        word.encode()
    except UnicodeEncodeError:
        raise UsageError("what was typed is not UTF-8 text.", "type it again in UTF-8; so too a file's name.") from None


def _value_after(name: str, words: Iterator[str]) -> str:
    value = next(words, None)
    if value is None:
        metavar, what = GLOBAL_OPTIONS[name]
        raise UsageError(f"{name} needs a value.", f"{name} {metavar}: {what}")
    return value
