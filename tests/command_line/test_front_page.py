"""`kw` alone: on a terminal six lines, today's headline and what to type next; into a pipe the help."""

import io
from datetime import UTC, datetime

from databases import named
from keyworker_cli.cli import Environment, main

MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(database) -> list[str]:
    out = Terminal()
    code = main([], Environment(MORNING, out, io.StringIO(), {"KW_DB": named(database), "KW_PAGER": ""}, io.StringIO()))
    assert code == 0
    return out.getvalue().splitlines()


def test_six_lines_say_how_it_stands_and_what_to_type(prison, database) -> None:
    prison.prisoner("A1111BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.session("A1111BC", "SHAH", "2026-03-25")
    prison.event("A1111BC", "SELF_HARM", "2026-05-11")

    lines = on_a_terminal(database)

    assert len(lines) == 6
    assert lines[0] == "HMP Fellgate, Tue 12 May 2026"
    assert lines[1] == "1 of 1 prisoner: 1 serious, 0 overdue, 0 due today."
    assert "kw overdue" in lines[3]


def test_where_nobody_is_listed_it_says_so(prison, database) -> None:
    prison.prisoner("A1111BC", arrived="2026-05-11")

    assert len(on_a_terminal(database)) in (5, 6)


def test_without_a_database_it_says_what_makes_one(tmp_path) -> None:
    lines = on_a_terminal(tmp_path / "none.db")

    assert "there is no database" in lines[0]
    assert any("kw init makes one" in line for line in lines)


def test_into_a_pipe_it_is_the_help(kw) -> None:
    assert kw("").out.startswith("Usage: kw [OPTIONS] COMMAND")
