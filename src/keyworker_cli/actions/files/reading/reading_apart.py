"""Read an old workbook (`.xls`) in a process of its own first: the library that reads it ends its process for memory.

A cell far down and far to the right is enough for that, and nothing that the file says of itself tells of it.
"""

import subprocess
import sys
from io import BytesIO
from typing import Final

from python_calamine import CalamineWorkbook

from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.actions.files.reading.workbook_xml import BROKEN

if sys.platform != "win32":
    import resource

MOST_BYTES: Final = 4 << 30
MOST_SECONDS: Final = 120
_KILLED_ON_WINDOWS: Final = 0xC0000000  # and beyond: the codes with which it says that a program was ended


def check_survives(content: bytes) -> None:
    """Raise `UnreadableError` for a workbook that ends whoever reads it; any other fault is left to the reading."""
    if getattr(sys, "frozen", False):  # a program of one file cannot begin a part of itself
        return
    command = [sys.executable, "-P", "-m", __name__]  # and nothing of the folder it is called in
    try:
        ended = subprocess.run(  # noqa: S603 - this program's own reading
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(BROKEN) from None
    except OSError:
        return
    if ended.returncode < 0 or ended.returncode >= _KILLED_ON_WINDOWS:
        raise UnreadableError(BROKEN)


def read(content: bytes) -> None:
    """Read every sheet, and keep nothing."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def limit_memory() -> None:
    """Let this process have no more than it could sensibly need, where the system knows such limits."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, most))


if __name__ == "__main__":
    limit_memory()
    read(sys.stdin.buffer.read())
