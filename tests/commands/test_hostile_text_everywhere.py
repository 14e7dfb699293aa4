"""Every text that somebody can give, through every report and format: shown, obeyed by nothing, and kept as typed."""

import csv
import io
import re
import sqlite3
import unicodedata

import pytest
from python_calamine import load_workbook

pytestmark = pytest.mark.sqlite_file  # it looks into the file for what was kept

HOSTILE = {
    "A1001AA": "=cmd|' /C calc'!A0",
    "A1002AA": "\x1b]0;owned\x07\x9b2J [bold]x[/y]",
    "A1003AA": "<script>alert(1)</script>",
    "A1004AA": "Robert'); DROP TABLE session;--",
    "A1005AA": "| [x](javascript:alert(1)) *a* `b` # c",
    "A1006AA": "\u202egnirts {{ 7 * 7 }} ${x} %s {0}",
}
REPORTS = (
    *(
        "briefing",
        "overdue",
        "unallocated",
        "first-meetings",
        "not-met",
        "budget",
        "plan",
        "forecast",
        "caseload HOST1",
    ),
    *("prisoner list", "worker list", "worker show HOST1", "rota show", "event list", "acct list", "acct reviews"),
    *("need list", "notes check", "notes sample --month this", "stats", "compliance", "audit list", "config list"),
    *[f"{report} {number}" for report in ("why", "timeline --notes") for number in ("A1002AA", "A1003AA")],
)
FILES = ("csv", "html", "md", "json", "txt", "xlsx")


@pytest.fixture
def typed(kw, database):
    """A prison in which every prisoner, officer, note, place, reason, need and name is a hostile text."""
    kw("init")
    for at, (number, text) in enumerate(HOSTILE.items(), start=1):
        words = ["--last-name", text, "--first-name", text]
        lines = (
            ["prisoner", "add", number, *words, "--arrived", "-10d", "--location", f"B-1-00{at}"],
            ["worker", "add", f"HOST{at}", *words, "--login", text, "--wing", "B"],
            ["allocate", number, "--to", f"HOST{at}", "--yes"],
            ["event", "add", number, "DEBT", "--on", "-9d", "--detail", text, "--source", text],
            ["acct", "open", number, "--on", "-8d"],
            ["need", "add", number, f"{text.replace(';', ',')}; {text.replace(';', ',')}; fri", "--on", "-8d"],
            ["log-session", number, "--by", f"HOST{at}", "--minutes", "45", "--on", "-8d", *words_of_session(text)],
            ["amend-session", number, "--why", text, "--place", f"{text} again"],
            ["config", "set", "prison.name", text],
        )
        for line in lines:
            said = kw([*line, "--user", "".join(filter(str.isprintable, text))])
            assert said.code == 0, (line, said.err)
    assert kw(["prisoner", "exclude", "A1006AA", "--reason", HOSTILE["A1003AA"]]).code == 0
    return kw


def words_of_session(text: str) -> list[str]:
    return ["--place", text, "--note", text, "--said", text, "--yes"]


def check_screen(text: str) -> None:
    assert {letter for letter in text if unicodedata.category(letter) == "Cc"} <= {"\n", "\r", "\t"}
    assert "\u202e" not in text


def check_csv(content: bytes) -> None:
    for row in csv.reader(io.StringIO(content.decode(), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "@", "\t", "\r"))]


def check_html(content: bytes) -> None:
    assert b"<script" not in content


def check_markdown(content: bytes) -> None:
    assert not re.search(rb"(?<!\\)<script", content)
    assert not re.search(rb"(?<!\\)\[x(?<!\\)\]\(", content)


def check_spreadsheet(content: bytes) -> None:
    assert load_workbook(io.BytesIO(content)).sheet_names
    assert not re.search(rb"<f[ >]", content)


CHECKS = {"csv": check_csv, "html": check_html, "md": check_markdown, "xlsx": check_spreadsheet}


def test_it_is_shown_by_every_report_and_obeyed_by_no_format(typed, tmp_path) -> None:
    for report in REPORTS:
        said = typed(report)
        check_screen(said.out + said.err)
        for ending in FILES:
            file = tmp_path / f"=page.{ending}"
            said = typed([*report.split(), "--with-reasons", "--output", str(file)])
            assert said.code == 0, (report, said.err)
            check_screen(said.err)
            content = file.read_bytes()
            if ending != "xlsx":
                check_screen(content.decode())
            CHECKS.get(ending, len)(content)
            assert file.stat().st_mode & 0o777 == 0o600


def test_it_is_kept_as_it_was_typed_and_no_statement_is_made_of_it(typed, database) -> None:
    connection = sqlite3.connect(database)
    kept = {name for (name,) in connection.execute("SELECT last_name FROM person")}
    notes = {note for (note,) in connection.execute("SELECT note FROM session")}
    connection.close()

    assert notes == set(HOSTILE.values())
    assert kept == {text.removeprefix("\u202e") for text in notes}  # what nobody sees in a name is taken off it
    assert typed("audit verify").code == 0
