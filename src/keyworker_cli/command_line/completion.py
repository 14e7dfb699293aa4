"""What TAB offers: commands, options, codes, and the numbers of the men and officers in the database.

It runs at every press of TAB, so it loads neither Typer nor SQLModel: the commands come from `index`, written
ahead, and the people straight from the file. What a shell is given is only ever a plain word.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from keyworker_cli.command_line.default_database import default_database, named_file
from keyworker_cli.command_line.global_options import split_global_options
from keyworker_cli.command_line.index import read_index, walk
from keyworker_cli.errors import DatabaseError, UsageError
from keyworker_cli.store.file.sqlite_file import connect
from keyworker_cli.store.reads.compiled_sql import STATEMENTS

VALUE = re.compile(r"[A-Z][0-9]{4}[A-Z]{2}|-{0,2}[A-Za-z0-9][A-Za-z0-9_-]*")
UNSAFE = re.compile(r"[^A-Za-z .'\-,]")
PEOPLE = {"prisoners": "numbers_here", "workers": "staff_ids"}

Offer = tuple[str, str]
"""A word to type and what it is."""


def offers(words: Sequence[str], database: Path | None) -> list[Offer]:
    """Return what may stand in place of the last of `words` (those after `kw`), each with what it is.

    Without a `database` nobody is offered by number.
    """
    *before, typed = words or [""]
    return sorted(
        (word, UNSAFE.sub("", about))
        for word, about in _possible(list(before), typed, database)
        if word.casefold().startswith(typed.casefold()) and VALUE.fullmatch(word)
    )


def _possible(before: list[str], typed: str, database: Path | None) -> Iterable[Offer]:
    tree = read_index()
    node, given = walk(tree, before)
    options: dict[str, Any] = {**tree["everywhere"], **node["options"]}
    last = before[-1] if before else ""
    if last in options and options[last]["takes"] != "nothing":
        return _values(options[last]["takes"], database, tree)
    if typed.startswith("-"):
        return [(name, option["about"]) for name, option in options.items() if name.startswith("--")]
    if node["commands"]:
        return [(name, command["about"]) for name, command in node["commands"].items()]
    arguments = node["arguments"]
    return _values(arguments[given], database, tree) if given < len(arguments) else ()


def _values(kind: str | list[str], database: Path | None, tree: dict[str, Any]) -> Iterator[Offer]:
    if isinstance(kind, list):
        yield from ((code, "") for code in kind)
    elif kind == "topics":
        yield from {**{name: known["about"] for name, known in tree["commands"].items()}, **tree["topics"]}.items()
    elif kind in PEOPLE and database is not None:
        yield from _people(PEOPLE[kind], database)


def _people(question: str, database: Path) -> Iterator[Offer]:
    """Ask the file, and offer nobody when it cannot answer: a shell's line is no place for an error."""
    try:
        connection = connect(database, read_only=True, patience=1)
        try:
            yield from connection.execute(STATEMENTS[question]).fetchall()
        finally:
            connection.close()
    except (sqlite3.Error, DatabaseError):
        return


def complete(words: Sequence[str]) -> int:
    """Print what TAB offers after these words, a line each: the word, a tab, and what it is."""
    for word, about in offers(words, _database(words)):
        print(f"{word}\t{about}")
    return 0


def _database(words: Sequence[str]) -> Path | None:
    """Return the file that the line so far would use; none for a server, which TAB does not wait for."""
    try:
        given, _ = split_global_options(words[:-1])
    except UsageError:
        return None
    named = given.get("--db") or os.environ.get("KW_DB")
    return _file(named) if named else default_database()


def _file(named: str) -> Path | None:
    return None if "://" in named else named_file(named)


SCRIPTS = {
    "bash": """_kw() {
    local IFS=$'\\n'
    COMPREPLY=($(kw __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _kw kw
""",
    "zsh": """_kw() {
    local -a offered
    local line
    for line in "${(@f)$(kw __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] && offered+=("${line%%$'\\t'*}:${line#*$'\\t'}")
    done
    (( $#offered )) && _describe kw offered || _files
}
compdef _kw kw
""",
    "fish": """complete -c kw -f -a '(kw __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
""",
}
"""What each shell is told once: to ask `kw` itself."""
