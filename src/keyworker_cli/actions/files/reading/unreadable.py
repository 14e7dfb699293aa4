"""What stops a file that is to be read, whatever kind it is."""

from pathlib import Path
from typing import Final

_BY_ENDING: Final = {
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".odt": "a document",
    ".rtf": "a document",
    ".ppt": "a presentation",
    ".pptx": "a presentation",
    ".msg": "an e-mail",
    ".eml": "an e-mail",
    ".zip": "a packed folder",
}
_BY_BEGINNING: Final = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a document",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed folder",
    b"SQLite format 3\x00": "a database",
}
_PACKED: Final = b"PK\x03\x04"
_WITHIN: Final = {
    b"word/document.xml": "a Word document",
    b"ppt/presentation.xml": "a presentation",
    b"mimetypeapplication/vnd.oasis.opendocument.text": "a document",
    b"xl/workbook": "",
    b"content.xml": "",
}
"""What a packed file is by a name within it: empty for a workbook."""
_WEB_PAGE: Final = (b"<!doctype html", b"<html")
_WAY_OUT: Final = {
    "a web page": "open it, and save a list as .xlsx or CSV; where it asks to sign in, download it again.",
    "an e-mail": "save what is attached to it, and import that.",
    "a packed folder": "unpack it, and import the folder.",
    "a packed file": "unpack it, and import what is in it.",
    "a database": "kw restore takes a backup back; kw --db PATH uses a database of kw's as it is.",
}


class UnreadableError(Exception):
    """The file cannot be read, or not further: where (a line, or 0 for the whole) and why."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def say_no_list(content: bytes, name: str) -> tuple[str, str] | None:
    """Return what a file is that holds no list that could be read, and the way out; `None` where it may hold one."""
    begins = (what for mark, what in _BY_BEGINNING.items() if content.startswith(mark))
    what = next(begins, None) or _BY_ENDING.get(Path(name).suffix.lower()) or _by_content(content)
    if not what:
        return None
    way_out = "ask for it as a spreadsheet or CSV, or copy its table into a spreadsheet and save that."
    return f"{name} is {what}, and kw reads spreadsheets and CSV", _WAY_OUT.get(what, way_out)


def _by_content(content: bytes) -> str | None:
    """Return what a file is by more than its first bytes: a web page, or what was packed; empty for a workbook."""
    if content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        return "a web page"
    if not content.startswith(_PACKED):
        return None
    return next((what for mark, what in _WITHIN.items() if mark in content), "a packed folder")
