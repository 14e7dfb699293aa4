"""What TAB offers: commands, options, codes, and the numbers of the prisoners and officers in the database.

It runs at every press of TAB, so it loads neither Typer nor SQLModel: the commands come from `index`, written
ahead, and the people straight from the file. What a shell is given is only ever a plain word.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from keyworker_cli.command_line.global_options import split_global_options
from keyworker_cli.command_line.index import read_index, walk
from keyworker_cli.command_line.surroundings.default_database import default_database, named_file
from keyworker_cli.command_line.surroundings.user_config import read_user_config
from keyworker_cli.errors import DatabaseError, NotFoundError, UsageError
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.store.file.sqlite_file import connect
from keyworker_cli.store.reads.compiled_sql import STATEMENTS

VALUE = re.compile(r"-{0,2}[A-Za-z0-9][A-Za-z0-9_.,-]*")
"""A word that a shell takes as it stands: letters, digits, dashes, dots and commas."""
UNSAFE = re.compile(r"[^\w .'\-,;/]")
"""What is left out of what is said of a word: all that could mean something to a shell. Letters and digits stay."""
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
    node, _ = walk(tree, before)
    kind = _kind_wanted([*before, typed])
    if kind == "options":
        options: dict[str, Any] = {**tree["everywhere"], **node["options"]}
        return [(name, option["about"]) for name, option in options.items() if name.startswith("--")]
    if kind == "commands":
        return [(name, command["about"]) for name, command in node["commands"].items()]
    if kind == "columns":
        kind = [f"{sign}{name}" for name in node.get("columns", ()) for sign in ("", "-")[: 1 + typed.startswith("-")]]
    first, comma, _ = typed.rpartition(",")  # of several with commas between, the last is completed
    return [(f"{first}{comma}{word}", about) for word, about in _values(kind, database, tree)]


def _kind_wanted(words: Sequence[str]) -> Any:
    """Return what is wanted in place of the last word: what the option before it takes, or its place asks for.

    A kind of people, or a list of words and such kinds.
    """
    *before, typed = words
    tree = read_index()
    node, given = walk(tree, before)
    options: dict[str, Any] = {**tree["everywhere"], **node["options"]}
    after: str | list[str] = options.get(before[-1] if before else "", {"takes": "nothing"})["takes"]
    if after != "nothing":
        return after
    if typed.startswith("-"):
        return "options"
    if node["commands"]:
        return "commands"
    arguments: list[Any] = node["arguments"]
    if not arguments or (given >= len(arguments) and "several" not in node):
        return "nothing"
    if node.get("several") == 0 and given and len(arguments) > 1:  # another of the first, or what comes after them
        return [arguments[0], *arguments[-1]] if isinstance(arguments[-1], list) else arguments[0]
    return arguments[min(given, len(arguments) - 1)]


def _values(kind: str | list[str], database: Path | None, tree: dict[str, Any]) -> Iterator[Offer]:
    if isinstance(kind, list):
        for one in kind:
            yield from _values(one, database, tree) if one in PEOPLE else [(one, "")]
    elif kind == "topics":
        yield from {**{name: known["about"] for name, known in tree["commands"].items()}, **tree["topics"]}.items()
    elif kind in PEOPLE and database is not None:
        yield from _people(PEOPLE[kind], database)
    elif kind == "wings" and database is not None:
        people = _ask("people", database)
        yield from ((wing, "") for wing in dict.fromkeys(wing_of(row["location"]) for row in people) if wing)


def _people(question: str, database: Path) -> Iterator[Offer]:
    for row in _ask(question, database):
        yield row["word"], row["about"]


def _ask(question: str, database: Path) -> list[dict[str, Any]]:
    """Ask the file, and be told of nobody when it cannot answer: a shell's line is no place for an error."""
    try:
        connection = connect(database, read_only=True, patience=1)
        try:
            found = connection.execute(STATEMENTS[question])
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        finally:
            connection.close()
    except (sqlite3.Error, DatabaseError):
        return []


def complete(words: Sequence[str]) -> int:
    """Print what TAB offers after these words, a line each: the word, a tab, and what it is; `:files` for the files."""
    line = _as_words(words)
    if _kind_wanted(line) == "files":
        print(FILES)
        return 0
    for word, about in offers(line, _database(line)):
        print(f"{word}\t{about}")
    return 0


def _as_words(words: Sequence[str]) -> list[str]:
    """Return the words as kw reads them: bash parts `--format=csv` in three, PowerShell quotes an empty word."""
    *before, last = words or [""]
    return [*(word for word in before if word != "="), "" if last in ("=", '""', "''") else last]


def _database(words: Sequence[str]) -> Path | None:
    """Return the file that the line so far would use; none for a server, which TAB does not wait for."""
    try:
        given, _ = split_global_options(words[:-1])
    except UsageError:
        return None
    try:
        named = given.get("--db") or os.environ.get("KW_DB") or read_user_config(os.environ).db
    except (UsageError, NotFoundError):
        return None
    return _file(named) if named else default_database()


def _file(named: str) -> Path | None:
    return None if "://" in named else named_file(named)


FILES = ":files"
"""What is printed where a file is wanted: the shell knows them better."""

SCRIPTS = {
    "bash": """_kw() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default
            return
        fi
        COMPREPLY+=("${line%%$'\\t'*}")
    done < <(kw __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _kw kw
""",
    "zsh": """_kw() {
    local -a offered
    local line
    for line in "${(@f)$(kw __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ $line == :files ]] && { _files; return; }
        [[ -n $line ]] && offered+=("${line%%$'\\t'*}:${line#*$'\\t'}")
    done
    (( $#offered )) && _describe kw offered
}
compdef _kw kw
""",
    "fish": """function __kw_offered
    set -l offered (kw __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
    if test "$offered[1]" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $offered
    end
end
complete -c kw -f -a '(__kw_offered)'
""",
    "powershell": """Register-ArgumentCompleter -Native -CommandName kw -ScriptBlock {
    param($typed, $line, $cursor)
    $words = @($line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text })
    if ($typed -eq '') { $words += '""' }
    $was = [Console]::OutputEncoding
    try { [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new() } catch { }
    $offered = @(kw __complete @words 2>$null)
    try { [Console]::OutputEncoding = $was } catch { }
    if ($offered.Count -and $offered[0] -eq ':files') { return }
    foreach ($one in $offered) {
        $word, $about = $one -split "`t", 2
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
""",
}
"""What each shell is told once: to ask `kw` itself. Nothing that kw prints is ever run."""
