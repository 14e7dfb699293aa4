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
    b"SQLite format 3\x00": "a database",
}
_WAY_OUT: Final = {
    "an e-mail": "save what is attached to it, and import that.",
    "a packed folder": "unpack it, and import the folder.",
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
    what = next(begins, None) or _BY_ENDING.get(Path(name).suffix.lower())
    if what is None:
        return None
    way_out = "ask for it as a spreadsheet or CSV, or copy its table into a spreadsheet and save that."
    return f"{name} is {what}, and kw reads spreadsheets and CSV", _WAY_OUT.get(what, way_out)
