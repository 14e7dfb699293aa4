"""The options that stand before or after any command, and how they are taken out of a command line."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from keyworker_cli.command_line.index import read_index, walk
from keyworker_cli.errors import UsageError

GLOBAL_OPTIONS: Final = {
    "--db": ("PATH", "The database, a local file or a server's address (KW_DB; else kw.db in your data directory)."),
    "--as-of": ("DATE", "As of the end of this day: ISO, 25/03/2026, yesterday, -3d, friday (KW_AS_OF; else today)."),
    "--known-at": ("MOMENT", "Only what had been recorded by then."),
    "--user": ("NAME", "Who is recorded with what is saved (KW_USER; else your login)."),
}
"""The options that stand before or after any command; what stands after wins."""
SWITCHES: Final = {
    "--no-pager": "Show a long answer at once, not page by page (KW_PAGER, PAGER; else less -FRX).",
    "--debug": "Where an unexpected error arose, for whoever keeps kw.",
    "--version": "Which kw this is.",
}
"""Those of them that take no value."""


def split_global_options(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Take the options that stand before or after any command out of a command line; the last of each wins.

    The value of a command's own option is left to it, whatever it looks like (`--said --debug`), and so is what stands
    after `--`. Raises `UsageError` for an option without its value, and for what is no text.
    """
    for word in arguments:
        _check_text(word)
    given: dict[str, str] = {}
    rest: list[str] = []
    at = 0
    while at < len(arguments):
        word, after = arguments[at], arguments[at + 1 : at + 2]
        name, equals, value = word.partition("=")
        at += 1
        if word == "--":
            return given, [*rest, *arguments[at - 1 :]]
        if name in GLOBAL_OPTIONS:
            given[name] = value if equals else _value_after(name, after)
            at += not equals
        elif word in SWITCHES:
            given[word] = "yes"
        else:
            rest.append(word)
            if after and _stands_anywhere(after[0]) and _takes_a_value(rest):
                rest += after
                at += 1
    return given, rest


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Return whether a command line asks for JSON: an error is told in JSON then too, whatever else is wrong with it.

    >>> asks_for_json(["overdue", "--format", "json"]), asks_for_json(["overdue", "--", "--format", "json"])
    (True, False)
    >>> asks_for_json(["overdue", "-fjson"]), asks_for_json(["overdue", "-f", "JS"]), asks_for_json(["overdue", "json"])
    (True, True, False)
    """
    words = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    said = [after for word, after in pairwise(words) if word in ("--format", "-f")]
    said += [word.partition("=")[2] for word in words if word.startswith("--format=")]
    said += [word[2:].removeprefix("=") for word in words if word.startswith("-f")]
    return any(one and "json".startswith(one.strip().casefold()) for one in said)


def _stands_anywhere(word: str) -> bool:
    return word == "--" or word in SWITCHES or word.partition("=")[0] in GLOBAL_OPTIONS


def _takes_a_value(words: Sequence[str]) -> bool:
    """Return whether the last of these words is an option of the command before it that takes what comes next."""
    if not words[-1].startswith("-"):
        return False
    node, _ = walk(read_index(), words[:-1])
    return bool(node["options"].get(words[-1], {"takes": "nothing"})["takes"] != "nothing")


LONGEST_WORD: Final = 32_767
"""As any text (rules/typed.py), which is not loaded here: every command would wait for it."""


def _check_text(word: str) -> None:
    if "\0" in word:
        raise UsageError("there is an empty character in what was typed.", "type it again without it.")
    try:
        word.encode()
    except UnicodeEncodeError:
        raise UsageError("what was typed is not UTF-8 text.", "type it again in UTF-8; so too a file's name.") from None
    if len(word) > LONGEST_WORD:
        raise UsageError(
            f"what was typed has {len(word):,} characters; {LONGEST_WORD:,} is the most.",
            "nothing was saved; shorten it.",
        )


def _value_after(name: str, after: Sequence[str]) -> str:
    if not after:
        metavar, what = GLOBAL_OPTIONS[name]
        raise UsageError(f"{name} needs a value.", f"{name} {metavar}: {what}")
    return after[0]
