"""What is wrong with a server, in words: by PostgreSQL's code for it, or by what its library says of a connection."""

import re
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError

from keyworker_cli.errors import DatabaseError

NOTHING_SAVED: Final = "nothing was saved; run the command again."
PASSWORDS: Final = "name the role in the address, its password in PGPASSFILE, PGSERVICE or PGPASSWORD."

_BY_CODE: Final = {
    "42501": ("your role has not the right to do that.", "nothing was saved; ask whoever keeps the server for it."),
    "42P01": ("there are no tables of kw.", "kw init makes them; kw import FOLDER fills them."),
    "25006": ("it can be read but not written.", "nothing was saved; name the server that takes changes."),
    "55P03": ("someone else is writing to it.", NOTHING_SAVED),
    "40": ("someone else was writing to it.", NOTHING_SAVED),
    "57014": ("the server, or whoever keeps it, has broken it off.", NOTHING_SAVED),
    "57P": ("the server has stopped, or is starting.", NOTHING_SAVED),
    "53100": ("the server's disk is full.", "nothing was saved; tell whoever keeps the server."),
    "53": ("the server has no room for one more.", NOTHING_SAVED),
    "08": ("the connection was lost.", NOTHING_SAVED),
}
"""By the beginning of the code, the longer first."""

_BY_WORDS: Final = {
    "too many connections": "run the command again in a moment; nothing was saved.",
    "password": PASSWORDS,
    "pg_hba.conf": PASSWORDS,
    'role "': PASSWORDS,
    'database "': "createdb makes it; then kw init makes its tables.",
}
"""While a connection is made there is no code: the hint, by what the server says."""
_CONNECTING: Final = (
    "connection failed",
    "connection is bad",
    "connection timeout",
    "failed to resolve",
    "Multiple conn",
)
_OF_WHAT: Final = re.compile(r"(table|view|sequence|schema|function) \S+")
"""What a role has no right to, in PostgreSQL's own words."""
_WHETHER_SAVED: Final = "it may have been saved or not: kw audit list shows it, once the server is back."


def unusable(error: DBAPIError, name: str, *, saving: bool) -> DatabaseError:
    """Return the error for the user; `saving` says that it came while the change was being committed."""
    code = getattr(error.orig, "sqlstate", None) or ""
    first_line = str(error.orig).partition("\n")[0]
    if not code and first_line.startswith(_CONNECTING):
        reason = first_line.rpartition("failed: ")[2].removeprefix("FATAL:  ")
        hint = next((hint for words, hint in _BY_WORDS.items() if words in reason), "check the address and the server.")
        return DatabaseError(f"{name} cannot be reached: {reason}.", hint)
    if not code and isinstance(error, OperationalError):
        code = "08"  # its library tells of a lost connection without one
    start = next((start for start in _BY_CODE if code.startswith(start)), "")
    named = code or type(error.orig).__name__
    what, hint = _BY_CODE.get(start, (f"it cannot be used ({named}).", "nothing was saved; try kw doctor."))
    if start == "42501" and (thing := _OF_WHAT.search(first_line)):
        what = f"{what.removesuffix('.')} ({thing[0]})."
    if saving and start in ("08", "57P"):
        hint = _WHETHER_SAVED
    return DatabaseError(f"{name}: {what}", hint)
