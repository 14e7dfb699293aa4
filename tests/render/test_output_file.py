"""`write`, the one door: which format, to the screen or whole into a file."""

import json
import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from keyworker_cli.errors import KwError, NotFoundError, UsageError
from keyworker_cli.render import FORMATS, format_for, write
from keyworker_cli.reports.report import Report
from render.example_reports import overdue

WRITE = """
import sys
from pathlib import Path
from render.example_reports import overdue
from keyworker_cli.render import write
output = Path({path!r})
options = dict(with_reasons=False, stream=sys.stdout, width=None, colour=False)
write(overdue(), format={format!r}, output=output, **options)
"""
LITTLE_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a Python of its own, beside these tests."""
    here = str(Path(__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {here!r})\n{program}"],
        capture_output=True,
        text=True,
        check=False,
    )


def shown(report: Report, **options: Any) -> str:
    stream = StringIO()
    write(
        report,
        **{"format": None, "output": None, "with_reasons": False, "width": None, "colour": False} | options,
        stream=stream,
    )
    return stream.getvalue()


def into(path: Path, **options: Any) -> bytes:
    assert shown(overdue(), output=path, **options) == ""
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.csv", "csv"),
        ("a.JSON", "json"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a.xlsx", "xlsx"),
        ("a.txt", "table"),
    ],
)
def test_the_ending_of_the_file_names_the_format(name: str, format: str) -> None:
    assert format_for(None, Path(name)) == format


def test_the_format_asked_for_wins_over_the_ending() -> None:
    assert format_for("csv", Path("a.html")) == "csv"


def test_without_a_word_it_is_a_table() -> None:
    assert format_for(None, None) == "table"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a", ".csv", "a.xls"])
def test_an_unknown_ending_is_refused_with_the_list_of_those_known(name: str) -> None:
    with pytest.raises(UsageError) as refused:
        format_for(None, Path(name))
    assert ".csv, .htm, .html, .json" in refused.value.hint
    assert "table|json|ndjson|csv|tsv|markdown|html|xlsx" in refused.value.hint


def test_for_a_pdf_it_says_how_to_get_one() -> None:
    with pytest.raises(UsageError) as refused:
        format_for(None, Path("a.pdf"))
    assert "print it from a browser" in refused.value.hint


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no format 'yaml'") as refused:
        format_for("yaml", None)
    assert refused.value.hint == "there are table, json, ndjson, csv, tsv, markdown, html, xlsx."


def test_a_spreadsheet_needs_a_file() -> None:
    with pytest.raises(UsageError) as refused:
        format_for("xlsx", None)
    assert "--output" in refused.value.hint


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_of_every_format_is_readable_by_its_owner_only(format: str, tmp_path: Path) -> None:
    path = tmp_path / "report"
    assert into(path, format=format)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_leaves_the_reasons_out_and_says_so(tmp_path: Path) -> None:
    page = into(tmp_path / "a.html").decode()
    assert "VIOLENCE_TO_PRISONER" not in page
    assert "Left out of this file: Markers (--with-reasons writes them)." in page
    assert "markers" not in json.loads(into(tmp_path / "a.json"))["rows"][0]
    assert b"markers" not in into(tmp_path / "a.csv").splitlines()[0]


def test_a_file_has_the_reasons_when_asked_for_and_the_screen_always(tmp_path: Path) -> None:
    page = into(tmp_path / "a.html", with_reasons=True).decode()
    assert "VIOLENCE_TO_PRISONER" in page
    assert "Left out" not in page
    assert "VIOLENCE_TO_PRISONER" in shown(overdue())


def test_an_older_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x" * 100_000)
    assert into(path).startswith(b"prison_number,")
    assert b"xxx" not in path.read_bytes()


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.write_text("old")
    link.symlink_to(path)
    assert into(link).startswith(b"prison_number,")
    assert link.is_symlink()
    assert path.read_bytes() == link.read_bytes()


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "reports.csv"
    folder.mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        into(folder)
    assert folder.is_dir()


def test_a_folder_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no folder"):
        into(tmp_path / "nowhere" / "a.csv")


def test_where_nothing_can_be_written_the_system_s_reason_is_given_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(KwError, match="was not written: File name too long"):
        into(tmp_path / f"{'x' * 300}.csv")
    assert list(tmp_path.iterdir()) == []


def test_when_there_is_no_room_the_older_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("old")
    done = run(LITTLE_ROOM + WRITE.format(format="html", path=str(path)))
    assert "KwError: " in done.stderr
    assert "a.html was not written: File too large" in done.stderr
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_is_written_to_not_replaced() -> None:
    shown(overdue(), output=Path(os.devnull), format="csv")
    assert Path(os.devnull).is_char_device()


def test_when_rendering_fails_the_older_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="JSON"):
        shown(overdue(settings={"x": float("nan")}), output=path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_width_gives_the_screen_s_table_even_into_a_pipe() -> None:
    text = shown(overdue(), width=80)
    assert "not shown: " in text
    assert "\x1b" not in text


def test_into_a_pipe_nothing_is_cut_or_coloured() -> None:
    text = shown(overdue())
    assert "no rota time published for his key worker since Monday 30 March" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("format", "needs"),
    [
        ("table", set()),
        ("json", set()),
        ("csv", set()),
        ("markdown", set()),
        ("html", {"jinja2"}),
        ("xlsx", {"xlsxwriter"}),
    ],
)
def test_a_format_loads_its_own_library_and_no_other(format: str, needs: set[str], tmp_path: Path) -> None:
    libraries = {"rich", "jinja2", "xlsxwriter", "sqlmodel", "typer"}
    loaded = f"print(*({libraries} & set(sys.modules)))"
    done = run(WRITE.format(format=format, path=str(tmp_path / "out")) + loaded)
    assert set(done.stdout.split()) == needs
