"""Output never breaks an answer: not what a terminal cannot show, nor a locale, nor a pipe that nobody reads."""

import errno
import io
import json
import shlex

import pytest

from conftest import MORNING
from databases import named
from factories import world
from keyworker_cli.cli import Environment, main
from keyworker_cli.command_line.index import read_index

REPORTS = [
    *("briefing", "overdue", "unallocated", "first-meetings", "not-met", "concerns", "fewest", "budget", "forecast"),
    *("stats", "compliance", "why A1234BC", "timeline A1234BC", "handover A1234BC", "affected A1234BC"),
    *("prisoner list", "worker list", "worker show SHAH", "rota show", "rota least", "event list", "acct list"),
    *("acct reviews", "need list", "notes check", "notes sample", "voice sample", "voice show", "audit list"),
    *("audit verify", "config list", "config get prison.name", "doctor", "query 'SELECT * FROM v_gap'"),
    *("group overdue --prisons {folder}/prisons.toml", "review C3456DE", "help overdue", "completion bash"),
]
WRITES = [
    "log-session A1234BC --minutes 30 --by SHAH --on yesterday --note 'Spoke of his sister Małgorzata in Łódź.'",
    "amend-session A1234BC --on 2026-05-05 --why 'mistyped: ż' --minutes 40",
    "note A1234BC --on 2026-05-06 --note 'Zażółć gęślą jaźń.'",
    "notes read A1234BC --on 2026-05-05 --found 'dobra, żywa'",
    "voice record A1234BC --last-talk yesterday --freely yes",
    "need add A1234BC 'phone PIN for Łucja; Officer Shah; fri'",
    "need done A1234BC chaplain",
    "event add A1234BC DEBT --detail 'owes ośmiu'",
    "event end A1234BC BASIC",
    "acct open A1234BC",
    "acct review D4567EF --held today --invited yes --contribution wrote",
    "acct close D4567EF",
    "caseload SHAH --acknowledge",
    "rota worked SHAH",
    "rota publish SHAH --on tomorrow --from 09:00 --to 10:00",
    "plan --save",
    "allocate A1234BC --to PRICE",
    "deallocate A1234BC --reason MANUAL",
    "prisoner move A1234BC C-1-001",
    "prisoner merge A1234BC E5678FG --why 'ten sam człowiek'",
    "prisoner away A1234BC --reason HOSPITAL",
    "prisoner exclude A1234BC --reason 'żółty'",
    "prisoner leave A1234BC --reason RELEASE",
    "prisoner return B2345CD --location B-1-002",
    "prisoner add A9876ZX --last-name Ważny --first-name Żaneta --arrived yesterday",
    "worker add NOWY --last-name Śnieżka --first-name Łukasz",
    "worker capacity SHAH 8",
    "rota lose SHAH --on tomorrow --reason STAFFING",
    "worker status SHAH sick",
    "config set prison.name 'HMP Żółć'",
]
"""In an order in which all of them can be done in one prison."""

FILES = [
    "export {folder}/Łódź",
    "backup {folder}/Łódź.backup",
    "restore {folder}/old.backup --yes",
    "import {folder}/rota.csv",
    "generate demo {folder}/więzienie",
    "init --db {folder}/nowa-żółć.db",
    "config encrypt",
    "config rekey",
    "config decrypt",
    "demo --db {folder}/próba.db",
]
"""What writes files: their names are said too."""


def leaves(node, *path):
    """Yield the name of every command that has none below it."""
    for name, known in node["commands"].items():
        if known["commands"]:
            yield from leaves(known, *path, name)
        else:
            yield " ".join((*path, name))


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


@world
def people_of_every_letter(prison):
    """A prison in which all of `WRITES` can be done."""
    prison.officer("SHAH")
    prison.officer("PRICE")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Łukasz Wiśniewski")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-05", at="14:00", topics="FAMILY", note="Mówił o siostrze.")
    prison.session("A1234BC", "SHAH", "2026-05-06", at="14:00")
    prison.event("A1234BC", "BASIC", "2026-05-02")
    prison.need("A1234BC", "2026-05-04", "see the chaplain: ż")
    prison.slot("SHAH", "2026-05-12")
    for number, left in (("B2345CD", "2026-05-01"), ("E5678FG", "2025-02-01")):
        prison.prisoner(number, arrived="2025-01-05", name="Łukasz Wiśniewski")
        prison.left(number, left)
    prison.prisoner("C3456DE", arrived="2025-01-05", name="Paweł Dąb")
    prison.left("C3456DE", "2026-05-10", "DIED")
    prison.prisoner("D4567EF", arrived="2026-02-02", name="Żaneta Kość")
    prison.acct("D4567EF", "2026-05-03")
    prison.review("D4567EF", "2026-05-10")


@pytest.fixture
def said(database, prison, tmp_path, key_file):
    """Type a line where stdout and stderr are of an encoding, on a terminal or in a pipe."""
    people_of_every_letter(prison)
    prison.store.close()
    (tmp_path / "prisons.toml").write_text(f'[prisons]\n"Łódź" = {json.dumps(named(database))}\n', encoding="utf-8")
    (tmp_path / "rota.csv").write_text("staff_id,date,start,end\nSHAH,2026-05-15,14:00,16:15\n")

    def type_it(line, encoding, *, terminal):
        line = line.format(folder=tmp_path)
        kind = Terminal if terminal else io.TextIOWrapper
        out, err = (kind(io.BytesIO(), encoding=encoding) for _ in "oe")
        environment = {"KW_DB": named(database), "KW_USER": "governor"}
        code = main(shlex.split(line), Environment(MORNING, out, err, environment, io.StringIO()))
        out.flush()
        err.flush()
        return code, out.buffer.getvalue(), err.buffer.getvalue()

    return type_it


ENCODINGS = ("ascii", "cp1252", "cp850", "utf-16", "utf-8")


def shown(said, line, encoding):
    code, out, err = said(line, encoding, terminal=True)
    assert code == 0, (line, err)
    assert out.decode(encoding) + err.decode(encoding), line


def is_utf_8_in_a_pipe(said, line):
    code, out, err = said(line, "cp850", terminal=False)
    assert code == 0, (line, err)
    assert (out + err).decode("utf-8"), line


@pytest.mark.parametrize("half", [0, 1])
def test_a_terminal_that_cannot_show_a_letter_of_a_report_shows_another_and_a_pipe_is_utf_8(said, half):
    for line in REPORTS[half::2]:
        for encoding in ENCODINGS:
            shown(said, line, encoding)
        is_utf_8_in_a_pipe(said, line)


def test_a_terminal_that_cannot_show_a_letter_of_what_was_done_shows_another(said):
    for line in WRITES:
        for encoding in ENCODINGS:
            shown(said, f"{line} --dry-run", encoding)
        shown(said, line, "utf-8")
    is_utf_8_in_a_pipe(said, "prisoner list")


@pytest.mark.sqlite_file  # what is done with files
def test_what_writes_files_says_so_though_their_names_cannot_be_shown(said):
    assert said("backup {folder}/old.backup", "cp850", terminal=True)[0] == 0
    for line in FILES:
        code, out, err = said(line, "cp850", terminal=True)
        assert code == 0, (line, err)
        assert out.decode("cp850") + err.decode("cp850")


def test_every_command_is_among_those_that_are_tried():
    tried = [*REPORTS, *WRITES, *FILES]

    untried = [name for name in leaves(read_index()) if not any(line.startswith(name) for line in tried)]

    assert untried == []


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
