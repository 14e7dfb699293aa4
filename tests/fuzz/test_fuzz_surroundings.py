"""Whatever a run is surrounded by: an answer or two clear lines, no secret repeated, and a database that holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.desk import ANSWERED, WORLDS, check_said, check_sound, desk, fuzzed_shortly
from fuzz.typed_at_random import HOSTILE

pytestmark = pytest.mark.sqlite_file  # each round begins with a copy of a file

SECRET = "sesame-lilies"
KEY = "0a1b" * 16
VARIABLES = [
    *("KW_DB", "KW_USER", "KW_AS_OF", "KW_WIDTH", "KW_PAGER", "KW_CONFIG", "KW_KEY_FILE", "NO_COLOR"),
    *("PAGER", "EDITOR", "VISUAL", "COLUMNS", "LINES", "TERM", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"),
    *("XDG_RUNTIME_DIR", "TMPDIR", "TZ", "LANG", "LC_ALL", "LANGUAGE", "PGPASSFILE", "PGHOST", "USER", "LOGNAME"),
]
VALUES = [
    *(value for value in HOSTILE if "\0" not in value and "\ud800" not in value),  # no system takes them here
    *("0", "1", "-1", "39", "80", "1001", "9" * 40, "²²", "2026-05-12", "today", "31/02/2026", "12/5/26", "C", "POSIX"),
    *("kw.db", "files", ".", "/", "nowhere/kw.db", "kw.db/x", "note.txt", "~", "~nobody/x", "/dev/null", "x" * 300),
    *(f"postgresql:/kw:{SECRET}@nowhere.invalid/x", f"host=nowhere.invalid password={SECRET}", "mysql://x/y"),
    *(
        "it's",
        "less -FRX",
        "false",
        "'",
        "cat | sh",
        "Europe/London",
        "Mars/Olympus",
        "xx_XX.UTF-99",
        "governor",
        "p q",
    ),
]
LINES = [
    *(
        ["overdue"],
        ["briefing"],
        ["why", "A1234BC"],
        ["doctor"],
        ["config", "list"],
        ["audit", "verify"],
        ["help", "gap"],
    ),
    *(["config", "set", "gap.days", "9"], ["event", "add", "A1234BC", "DEBT"], ["config", "encrypt"], ["init"]),
    *(
        ["log-session", "A1234BC", "--minutes", "20", "--by", "SHAH", "--edit"],
        ["export", "out"],
        ["backup", "a.backup"],
    ),
    *(["overdue", "--output", "page.html"], ["import", "files", "--yes"], ["notes", "sample"], ["config", "rekey"]),
]
OF_A_FILE = ("KW_DB", "KW_CONFIG", "KW_KEY_FILE")
anything = st.dictionaries(st.sampled_from(VARIABLES), st.sampled_from(VALUES), min_size=1, max_size=4)
surroundings = anything | st.dictionaries(st.sampled_from(OF_A_FILE), st.just(KEY), min_size=1)


@fuzzed_shortly
@given(
    world=st.sampled_from(WORLDS),
    line=st.sampled_from(LINES),
    around=surroundings,
    answers=st.none() | st.lists(st.sampled_from(["", "y", "n", "45", "FAMILY"]), max_size=6),
)
def test_whatever_a_run_is_surrounded_by_it_answers_or_says_what_is_wrong(world, line, around, answers) -> None:
    with desk(world) as here:
        before = here.content()
        said = here.type(line, answers=answers, **around)
        check_said(said)
        assert SECRET not in said.out + said.err
        assert KEY[:12] not in said.out + said.err
        if said.code not in ANSWERED:
            assert here.content() == before
        if "encrypt" not in line:
            check_sound(here)
