"""From a `Report` to what is shown or written. Knows columns, knows no prison words."""

import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TextIO, cast

from keyworker_cli.errors import UsageError
from keyworker_cli.render.output_file import check_place, make_folder, write_whole
from keyworker_cli.reports.report import Report
from keyworker_cli.rules.typed import read_choice

_MODULES: Final = {
    "table": "to_text",
    "json": "to_json",
    "ndjson": "to_ndjson",
    "csv": "to_csv",
    "tsv": "to_tsv",
    "markdown": "to_markdown",
    "html": "to_html",
    "xlsx": "to_xlsx",
}
FORMATS: Final = tuple(_MODULES)
_OF_ONE_REPORT: Final = {"dps-appointments": "to_appointments", "ics": "to_ics"}
"""Formats that only a report of such rows has."""
_ENDINGS: Final = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".ics": "ics",
    ".json": "json",
    ".jsonl": "ndjson",
    ".ndjson": "ndjson",
    ".markdown": "markdown",
    ".md": "markdown",
    ".tsv": "tsv",
    ".txt": "table",
    ".xlsx": "xlsx",
}


def write(
    report: Report,
    *,
    format: str | None,
    output: Path | None,
    with_reasons: bool,
    stream: TextIO,
    width: int | None,
    colour: bool,
    pager: str | None = None,
) -> bytes | None:
    """Show the report on the stream or write it to a file (help: output); return what a file was given.

    A file leaves out the columns that say why a prisoner matters, unless `with_reasons`, and says so (help: privacy).
    `width` is the screen's width in places, if it is to be other than the terminal's; `colour` is leave to colour;
    `pager` the program for an answer that is longer than the screen.
    Raises UsageError for a format that cannot be told or cannot be shown, and what `write_whole` raises.
    """
    chosen = format_for(format, output)
    if output is not None and chosen == "ics" and _names_a_folder(output):
        return _calendars(report, output)
    if output is not None:
        content = _rendered(report if with_reasons else _without_reasons(report), chosen)
        whole = content if isinstance(content, bytes) else content.encode()
        write_whole(output, whole)
        return whole
    if chosen == "table" and (colour or width is not None or stream.isatty()):
        text = _screen(report, width=width, colour=colour, terminal=stream.isatty())
    else:
        text = cast("str", _rendered(report, chosen))
    _show(text, stream, pager)
    return None


def check(report: Report, *, format: str | None, output: Path | None) -> None:
    """Raise what `write` would, before something is saved that the report tells of: its form, and where it is to be."""
    chosen = format_for(format, output)
    if chosen in _OF_ONE_REPORT:
        _rendered(report, chosen)
    if output is not None and not (chosen == "ics" and output.is_dir()):
        check_place(output)


def _names_a_folder(output: Path) -> bool:
    """Whether calendars are to go into a folder: one that is there, or a new name without their ending."""
    return output.is_dir() or not (output.exists() or output.suffix.lower() == ".ics")


def _calendars(report: Report, folder: Path) -> bytes:
    """Write each person's calendar as a file of its own, into a folder that is made if need be; return them all."""
    make_folder(folder)
    module = importlib.import_module(f"{__name__}.formats.to_ics")
    files = cast("Callable[[Report], Mapping[str, str]]", module.calendars)(report)
    for whose, text in files.items():
        write_whole(folder / f"{whose}.ics", text.encode())
    return "".join(files.values()).encode()


def _show(text: str, stream: TextIO, pager: str | None) -> None:
    """Write a text on the stream; on a terminal, one that is longer than the screen goes through the pager."""
    if pager and stream is sys.stdout and stream.isatty():
        module = importlib.import_module(f"{__name__}.pager")
        if module.is_longer_than_the_screen(text):
            module.page(text, pager, stream)
            return
    stream.write(text)


def workbook_of(sheets: Mapping[str, list[list[str]]]) -> bytes:
    """Return rows of text as one workbook, a sheet for each name."""
    module = importlib.import_module(f"{__name__}.formats.to_xlsx")
    return cast("Callable[[Mapping[str, list[list[str]]]], bytes]", module.plain_workbook)(sheets)


def as_json(fields: Mapping[str, Any]) -> str:
    """Return one JSON object on a line, with the module that JSON takes loaded only now."""
    module = importlib.import_module(f"{__name__}.formats.to_json")
    return cast("Callable[[Mapping[str, Any]], str]", module.one_object)(fields)


def format_for(format: str | None, output: Path | None) -> str:
    """Return the format asked for, else that of the file's ending, else `table`.

    Raises UsageError for an unknown format or ending, and for a spreadsheet without a file to put it in.
    """
    if format is None:
        format = _format_of(output) if output else "table"
    chosen = format if format in _OF_ONE_REPORT else read_choice(format, FORMATS, "format")
    if chosen == "xlsx" and output is None:
        raise UsageError("a spreadsheet cannot be shown here", "name a file for it: --output report.xlsx")
    return chosen


def _format_of(output: Path) -> str:
    ending = output.suffix.lower()
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if output.is_dir():
        raise UsageError(f"{output} is a folder", f"name a file in it: --output {output / 'report.html'}")
    pdf = "for a PDF write .html and print it from a browser; " if ending == ".pdf" else ""
    raise UsageError(
        f"the name {output.name} does not say which format to write",
        f"{pdf}end it in {', '.join(sorted(_ENDINGS.keys() - {'.ics'}))}, or add --format {'|'.join(FORMATS)}",
    )


def _without_reasons(report: Report) -> Report:
    left_out = {column.title: None for section in report.sections for column in section.columns if column.reason}
    named = ", ".join(title for title in left_out if title)
    if not named:
        return report.without_reasons()
    said = f"Left out of this file: {named} (--with-reasons writes them)."
    return report.without_reasons()._replace(foot=(*report.foot, said))


def _rendered(report: Report, chosen: str) -> str | bytes:
    """Render by the one module it takes: a command never loads a renderer it does not use."""
    module = importlib.import_module(f"{__name__}.formats.{(_MODULES | _OF_ONE_REPORT)[chosen]}")
    return cast("Callable[[Report], str | bytes]", module.render)(report)


def _screen(report: Report, *, width: int | None, colour: bool, terminal: bool) -> str:
    module = importlib.import_module(f"{__name__}.formats.to_terminal")
    return cast("Callable[..., str]", module.render)(report, width=width, colour=colour, terminal=terminal)
