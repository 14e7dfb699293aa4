"""A text file as rows of cells, however it was saved: UTF-8, UTF-16 or Windows text; commas, semicolons or tabs."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EFBIG
from pathlib import Path
from typing import Any, Final, TextIO

from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.errors import BadInputError, NotFoundError, UsageError
from keyworker_cli.rules.files.toml import read_toml
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import LONGEST_TEXT, NOTHING

STRAY: Final = 0.01
"""A text may hold so many empty characters that are taken out; what holds more is no text."""
LOOKED_AT: Final = 64 * 1024
MARKS: Final = (",", ";", "\t", "|")
MOST_WRITTEN: Final = 10_000_000
"""The characters that are read of what somebody has written by hand: a pipe or a device may have no end."""
EMPTY: Final = "is empty; the first line names the columns"
NO_TEXT: Final = "is not a text file; save it as CSV UTF-8"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class TextRows:
    """The rows of a text file, each with the line it begins on, and what is to be said of how it was read."""

    rows: list[tuple[int, list[str]]]
    remark: str = ""


def written_text(path: Path) -> str:
    """Return the UTF-8 text of a file that is written by hand. Raises `OSError`, also where it goes on and on."""
    with path.open(encoding="utf-8-sig") as file:
        text = file.read(MOST_WRITTEN + 1)
    if len(text) > MOST_WRITTEN:
        raise OSError(EFBIG, f"it has more than {MOST_WRITTEN:,} characters", str(path))
    return text


def written_toml(path: Path, *, way_out: str) -> dict[str, Any]:
    """Return what a TOML file says that is written by hand.

    Raises `NotFoundError` for one that is not there, `BadInputError` for one that cannot be read or is not TOML.
    """
    try:
        return read_toml(written_text(path))
    except IsADirectoryError as error:
        raise NotFoundError(f"{path} is a folder.", "name the file in it.") from error
    except FileNotFoundError as error:
        raise NotFoundError(f"{path} cannot be read: {error.strerror}.", "check the path.") from error
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror}.", way_out) from error
    except UnicodeDecodeError:
        raise BadInputError(f"{path} is not UTF-8 text.", way_out) from None
    except ValueError as error:
        raise BadInputError(f"{path} is not TOML: {error}.", way_out) from None


def piped_text(stream: TextIO) -> str:
    """Return what is piped in. Raises `UsageError` where it goes on and on."""
    text = stream.read(MOST_WRITTEN + 1)
    if len(text) > MOST_WRITTEN:
        raise UsageError(f"what was piped in has more than {MOST_WRITTEN:,} characters.", "nothing was saved.")
    return text


def read_text_file(content: bytes) -> TextRows:
    """Return the rows of a text file; raises `UnreadableError` where it is none, or not read to its end."""
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise UnreadableError(EMPTY)
    start = content[:LOOKED_AT]
    if start.count(0) > STRAY * len(start) and not _is_utf16(content):
        raise UnreadableError(NO_TEXT)
    text, remark = _decoded(content)
    if empty := text.count(NOTHING):
        if empty > STRAY * len(text):
            raise UnreadableError(NO_TEXT)
        text = text.replace(NOTHING, "")
        remark = "; ".join(filter(None, (remark, f"holds {say_count(empty, 'empty character')}: taken out")))
    return TextRows(list(numbered(io.StringIO(text, newline=""), _mark(text))), remark)


def numbered(text: TextIO, mark: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text with the line each begins on. Raises `UnreadableError` where one stops it."""
    csv.field_size_limit(LONGEST_TEXT)
    reader = csv.reader(text, delimiter=mark, strict=True)
    line = 0
    try:
        for cells in reader:
            yield line + 1, cells
            line = reader.line_num
    except csv.Error as error:
        raise UnreadableError(_say_csv_error(error), line + 1) from None


def is_plain(start: bytes) -> bool:
    """Say whether a file, by its beginning, is UTF-8 with commas: what kw writes, and reads fastest."""
    if start.startswith(_UTF16) or b"\x00" in start:
        return False
    first = next((line for line in start.splitlines() if line.strip()), b"")
    return all(first.count(mark.encode()) <= first.count(b",") for mark in MARKS)


def _say_csv_error(error: csv.Error) -> str:
    """Say what stops a text file."""
    words = str(error)
    if "limit" in words:
        what = f"a quote that is never closed, or a cell of more than {LONGEST_TEXT:,} characters"
    elif "end of data" in words:
        what = "a quote that is never closed"
    else:
        what = "a stray quote" if "expected after" in words else words
    return f"{what}; nothing after it could be read"


def _is_utf16(content: bytes) -> bool:
    return content.startswith(_UTF16) or (content[1:2] == b"\x00" and content[3:4] == b"\x00")


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        if _is_utf16(content):
            return content.decode("utf-16" if content.startswith(_UTF16) else "utf-16-le"), ""
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "is not UTF-8: read as Windows text (cp1252)"
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is neither UTF-8 nor Windows text (byte {error.start}); save it as CSV UTF-8") from None


def _mark(text: str) -> str:
    """Return what stands between the cells: of the first lines the one that is there most evenly."""
    lines = [line for line in text[:LOOKED_AT].splitlines()[:30] if line.strip()]
    seen = Counter({mark: sum(min(line.count(mark), 40) for line in lines) for mark in MARKS})
    mark, number = seen.most_common(1)[0]
    return mark if number else ","
