"""What it takes to reach a file: its permissions and, where it is encrypted, its key and SQLCipher."""

import os
import stat
from pathlib import Path

from keyworker_cli.errors import DatabaseError

ENCRYPTED = b"kw crypt"
"""How an encrypted file begins, in clear; the id of its key follows. Together they are what SQLCipher calls the salt.

A salt keeps two files of one password apart. These keys are random in full: nothing is lost by what it says.
"""
INSTALL = "pip install 'keyworker-cli[encrypted]', and run the command again; nothing was touched."
OTHERS = 0o077  # the permissions of everybody but the owner


class LockedOutError(DatabaseError):
    """The file is encrypted, or is to be, and what it takes is not to be had: its key, or SQLCipher."""


def permissions(path: Path) -> int | None:
    """Return the permissions of a file or folder; `None` on a system without such, and where there is no such file."""
    if os.name != "posix":
        return None
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return None
