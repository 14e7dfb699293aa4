"""Command lines as a tired, hurried or hostile person might type them: any command, any option, good values and bad."""

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from keyworker_cli.command_line.global_options import GLOBAL_OPTIONS
from keyworker_cli.command_line.index import read_index
from keyworker_cli.rules.settings import ALLOWED

PRISONERS = [
    "A1234BC",
    "A1001AA",
    "F1003KC",
    "B1027JB",
    "M1007PG",
    "A1026HA",
    "X1016YR",
    "R1011TL",
    "Z9999ZZ",
    "thackray",
]
WORKERS = ["PQ01", "OK04", "BR02", "SHAH", "shah", "officer"]
OFFICERS = [*WORKERS, "worker", "wing", "prison"]
DATES = [
    *("today", "yesterday", "-3d", "+3d", "tomorrow", "mon", "2026-05-12", "12/5/2026", "2026-05-01", "-30d", "-1w"),
    *(
        "31/02/2026",
        "12/5/26",
        "29/2",
        "9999-12-31",
        "0001-01-01",
        "1900-01-01",
        "2199-12-31",
        "-999999d",
        "+999999d",
        "25:00",
    ),
]
TIMES = ["09:00", "9.40", "0940", "11:15", "14:00", "16:15", "24:00", "23:59", "25:00", "9", "-1:00"]
NUMBERS = ["0", "1", "5", "7", "15", "45", "480", "481", "-5", "1e9", "4.5", "9" * 30, "٣", "", "many"]
PLACES = ["B-2-014", "C-1-001", "SEG", "HCC", "RECP", "COURT", "b", "the gym", "B-2-014-5-6", "-"]
FILES = [
    "report.csv",
    "page.html",
    "book.xlsx",
    "page.md",
    "a.json",
    "a.txt",
    "a.pdf",
    "new/a.csv",
    "files",
    ".",
    "kw.db",
]
WEEKS = ["2026-W19", "2026-W20", "2026-W54", "next", "last", "this", "2026-05-12", "9999-W52", "2199-W52", "W1"]
LISTS = ["FAMILY", "fam,sub", "FAMILY;DEBT", "family,family", ",", "?", "GARDEN"]
PATTERNS = ["tue 09:00-11:15", "tue 09:00-11:15, fri 14:00-16:15", "mon 11:00-09:00", "day 9-10", "tue"]
NEEDS = ["phone PIN; Officer Shah; fri", "phone PIN", ";;", "a;b;c;d", "chaplaincy; ; 1/1/2020"]
KINDS = ["sessions", "rota", "prisoners", "visits"]
SQL = [
    *(
        "SELECT * FROM v_gap",
        "SELECT wing, count(*) FROM v_gap GROUP BY wing",
        "SELECT * FROM person",
        "DELETE FROM person",
    ),
    *(
        "SELECT 1; SELECT 2",
        "PRAGMA user_version = 0",
        "ATTACH 'x.db' AS x",
        "WITH a AS (SELECT 1 AS b) SELECT b FROM a",
    ),
    *(
        "SELECT randomblob(9)",
        "SELECT zeroblob(9)",
        "SELECT 1e999, -1e999, NULL, ''",
        "SELECT char(27), char(0)",
        "-",
        "SELECT",
    ),
    *(
        "SELECT 1 AS a, 2 AS a",
        "SELECT load_extension('x')",
        "SELECT '\ud800'",
        "VALUES (1), (2)",
        "EXPLAIN SELECT 1",
        "é",
    ),
]
SETTINGS = [*ALLOWED, "gap.dayz"]
CODES = ["MANUAL", "STAFFING", "DIED", "RELEASE", "HOSPITAL", "ke", "KS", "yes", "no", "debt", "seg", "-", "s"]
HOSTILE = [
    *("", " ", "-", "--", "@nowhere", "@", "'", '"', ";", "%", "_", "*", "\\", "[bold]x[/y]", "=1+1", "\x1b[2J\x9b2J"),
    *("<script>alert(1)</script>", "{{ 7*7 }}", "a\nb", "é" * 300, "x" * 5000, "\ud800", "\u202eabc", "\0", "$(id)"),
]

VALUES: Mapping[str, list[str]] = {
    **dict.fromkeys(["--on", "--from", "--to", "--until", "--since", "--due", "--held", "--next", "--date"], DATES),
    **dict.fromkeys(["--arrived", "--born", "--began", "--return", "--review-due", "--as-of", "--known-at"], DATES),
    **dict.fromkeys(["--start", "--at", "--time"], TIMES),
    **dict.fromkeys(["--minutes", "--days", "--limit", "--within", "--weeks", "--capacity", "--seed"], NUMBERS),
    **dict.fromkeys(["--slots-lost", "--roll", "--years"], NUMBERS),
    **dict.fromkeys(["--by", "--key-worker"], OFFICERS),
    **dict.fromkeys(["--topics", "--declined"], LISTS),
    "--location": PLACES,
    "--wing": ["B", "b", "SEG", "Q", "B-2"],
    "--week": WEEKS,
    "--month": ["2026-04", "last", "this", "2026-13", "9999-12", "2199-12"],
    "--output": FILES,
    "--prisons": FILES,
    "--slots": FILES,
    "--mapping": FILES,
    "--file": FILES,
    "--weekly": PATTERNS,
    "--need": NEEDS,
    "--as": KINDS,
    "--sort": ["name", "-days", "days", "wing", "nothing", "-"],
    "--head": ["0" * 12, "abcdef", "zz"],
    "--db": ["kw.db", "other.db", "files", "new/kw.db", "mysql://x/y", "kw://"],
    "--user": ["governor", "pq01", "somebody"],
    "--note": ["He spoke of his daughter.", "-", "@note.txt", "@files"],
    "--from": [*DATES, *TIMES, *WORKERS],
    "--to": [*DATES, *TIMES, *WORKERS],
    "--return": [*DATES, *WORKERS],
}
"""What is typed after an option, most of the time; for the others codes and people's words."""

ARGUMENTS: Mapping[str, list[list[str]]] = {
    "query": [SQL],
    "group": [["overdue", "compliance", "stats", "budget", "why"]],
    "prisoner move": [PRISONERS, PLACES],
    "prisoner add": [["A9876ZX", "B1111BB", "A1234BC", "12"]],
    "worker add": [["NEWMAN", "SHAH", "a b", "PQ01"]],
    "worker capacity": [WORKERS, NUMBERS],
    "need add": [PRISONERS, NEEDS],
    "need done": [PRISONERS, ["chaplaincy", "phone", "PIN"]],
    "generate": [["demo", "dem", "huge"], ["made", "files", "new/made", ""]],
    "import": [["files", "files/sessions.csv", "nowhere", "book.xlsx", "kw.db", "."]],
    "export": [["out", "files", "new/out", "", "kw.db"]],
    "config set": [SETTINGS, [*NUMBERS, "ignore", "prefer", "FGX"]],
    "backup": [["a.backup", "b.backup", "kw.db", "files", "new/a.backup"]],
    "restore": [["a.backup", "b.backup", "kw.db", "files", "nowhere"]],
    "completion": [["bash", "zsh", "fish", "tcsh"]],
}
"""What the arguments of a command may be, where the command tree does not know it."""

NEVER = {"--help", "--edit"}
"""What would be answered before anything else, or open an editor."""


def leaves(tree: Mapping[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Go through all commands, each with the words that name it."""
    for word, known in tree["commands"].items():
        if known["commands"]:
            yield from leaves(known, *path, word)
        else:
            yield (*path, word), known


COMMANDS = list(leaves(read_index()))
any_words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))


def one_of(values: list[str]) -> st.SearchStrategy[str]:
    """Nine times in ten one of these values, else anything at all."""
    return st.integers(0, 9).flatmap(lambda roll: st.sampled_from(values) if roll else any_words)


def taken(takes: str | list[str], name: str) -> st.SearchStrategy[str]:
    """What is typed where a command takes a value of this kind."""
    if isinstance(takes, list):
        return one_of([*takes, *CODES])
    known = {"prisoners": PRISONERS, "workers": WORKERS}.get(takes, CODES)
    return one_of(VALUES.get(name, known))


def argument(command: str, place: int, takes: str | list[str]) -> st.SearchStrategy[str]:
    """What is typed as the argument of a command at a place."""
    known = ARGUMENTS.get(command)
    return one_of(known[place]) if known else taken(takes, "")


@st.composite
def options(draw: st.DrawFn, known: Mapping[str, Any], most: int) -> list[str]:
    """Some options of a command, with a value each where they take one."""
    names = [name for name in known if name not in NEVER]
    words: list[str] = []
    for name in draw(st.lists(st.sampled_from(names), max_size=most, unique=True)) if names else ():
        takes = known[name]["takes"]
        words += [name] if takes == "nothing" else [name, draw(taken(takes, name))]
    return words


EVERY_COMMAND = {name: {"takes": "anything"} for name in GLOBAL_OPTIONS} | {"--debug": {"takes": "nothing"}}


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """One command line: mostly all its arguments, at times one too few, one too many, or an option there is not."""
    path, known = draw(st.sampled_from(COMMANDS))
    command = " ".join(path)
    words = [draw(argument(command, place, takes)) for place, takes in enumerate(known["arguments"])]
    slip = draw(st.sampled_from([*["none"] * 7, "fewer", "more", "unknown"]))
    if slip == "fewer":
        words = words[:-1]
    elif slip != "none":
        words.append("--dayz" if slip == "unknown" else draw(any_words))
    return [*path, *words, *draw(options(known["options"], 4)), *draw(options(EVERY_COMMAND, 1))]
