"""Output never breaks an answer: not what a terminal cannot show, nor a locale, nor a pipe that nobody reads."""

import errno
import io
import shlex

import pytest

from conftest import MORNING
from databases import named
from keyworker_cli.cli import Environment, main

REPORTS = [
    *("briefing", "overdue", "unallocated", "first-meetings", "not-met", "budget", "plan", "forecast", "stats"),
    *("compliance", "caseload SHAH", "why A1234BC", "timeline A1234BC", "prisoner list", "worker list"),
    *("worker show SHAH", "rota show", "event list", "acct list", "need list", "notes check", "notes sample"),
    *("audit list", "audit verify", "config list", "doctor"),
]
WRITES = [
    "log-session A1234BC --minutes 30 --by SHAH --on yesterday --note 'Spoke of his sister Małgorzata in Łódź.'",
    "amend-session A1234BC --on 2026-05-05 --why 'mistyped: ż' --minutes 40",
    "note A1234BC --on 2026-05-06 --note 'Zażółć gęślą jaźń.'",
    "need add A1234BC 'phone PIN for Łucja; Officer Shah; fri'",
    "event add A1234BC DEBT --detail 'owes ośmiu'",
    "acct open A1234BC",
    "prisoner move A1234BC C-1-001",
    "prisoner away A1234BC --reason HOSPITAL",
    "prisoner exclude A1234BC --reason 'żółty'",
    "prisoner leave A1234BC --reason RELEASE",
    "prisoner add A9876ZX --last-name Ważny --first-name Żaneta --arrived yesterday",
    "worker add NOWY --last-name Śnieżka --first-name Łukasz",
    "worker capacity SHAH 8",
    "worker status SHAH sick",
    "rota publish SHAH --on tomorrow --from 09:00 --to 10:00",
    "deallocate A1234BC --reason MANUAL",
    "allocate A1234BC --to PRICE",
    "config set prison.name 'HMP Żółć'",
]


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


class Gone(io.StringIO):
    """A pipe that nobody reads, or a disk that is full."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def write(self, text):
        raise OSError(self.number, "nobody reads on")


@pytest.fixture
def said(database, prison):
    """Type a line where stdout and stderr are of an encoding, on a terminal or in a pipe."""
    prison.officer("SHAH")
    prison.officer("PRICE")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Łukasz Wiśniewski")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-05", at="14:00", topics="FAMILY")
    prison.session("A1234BC", "SHAH", "2026-05-06", at="14:00")
    prison.store.close()

    def type_it(line, encoding, *, terminal):
        kind = Terminal if terminal else io.TextIOWrapper
        out, err = (kind(io.BytesIO(), encoding=encoding) for _ in "oe")
        environment = {"KW_DB": named(database), "KW_USER": "governor"}
        code = main(shlex.split(line), Environment(MORNING, out, err, environment, io.StringIO()))
        out.flush()
        err.flush()
        return code, out.buffer.getvalue(), err.buffer.getvalue()

    return type_it


@pytest.mark.parametrize("line", [*REPORTS, *WRITES])
def test_a_terminal_that_cannot_show_a_letter_shows_another_and_a_pipe_is_utf_8(said, line):
    for encoding in ("ascii", "cp1252", "cp850", "utf-8"):
        dry = [] if line in REPORTS else [" --dry-run"]
        for end in (*dry, "") if encoding == "utf-8" else dry or ("",):
            code, out, err = said(line + end, encoding, terminal=True)
            assert code == 0, err
            assert out.decode(encoding) + err.decode(encoding)
    code, out, err = said(line if line in REPORTS else "prisoner list", "cp850", terminal=False)
    assert code == 0
    assert (out + err).decode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_a_write_is_saved_and_says_so_where_its_words_cannot_be_shown(said, kw, encoding):
    code, out, _ = said(WRITES[0], encoding, terminal=True)

    assert code == 0
    assert b"ukasz Wi" in out
    assert "Małgorzata" in kw("note A1234BC --on yesterday").out


def test_a_pipe_gets_every_letter_whatever_the_locale(said):
    _, out, _ = said("prisoner list", "ascii", terminal=False)

    assert "Łukasz Wiśniewski" in out.decode("utf-8")


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL, errno.ENOSPC])
def test_a_write_that_was_saved_is_done_though_nobody_reads_what_it_says(prison, kw, database, number):
    prison.officer("SHAH")
    prison.store.close()
    err = io.StringIO()

    code = main(
        ["worker", "capacity", "SHAH", "8"],
        Environment(MORNING, Gone(number), err, {"KW_DB": named(database), "KW_USER": "governor"}, io.StringIO()),
    )

    assert code == 0
    assert err.getvalue() == ("" if number != errno.ENOSPC else err.getvalue())
    assert "8" in kw("worker list").out


def test_a_report_that_nobody_reads_ends_quietly(prison, database):
    err = io.StringIO()
    there = Environment(MORNING, Gone(errno.EPIPE), err, {"KW_DB": named(database)}, io.StringIO())

    assert (main(["overdue"], there), err.getvalue()) == (141, "")


def test_a_report_that_finds_no_room_says_so(prison, database):
    err = io.StringIO()
    there = Environment(MORNING, Gone(errno.ENOSPC), err, {"KW_DB": named(database)}, io.StringIO())

    assert main(["overdue"], there) == 1
    assert "the answer could not be written" in err.getvalue()
