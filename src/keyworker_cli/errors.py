"""What can go wrong, in words a tired person understands, each with a way out and an exit code (help: exit-codes)."""


class KwError(Exception):
    """An error the user can act on: one sentence on what is wrong and one on what to type.

    `details` are further lines (the bad rows of a file, the people a name matches) printed between the two.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class UsageError(KwError):
    """What was typed cannot be understood: an unknown option, a malformed number, a name that matches several."""

    exit_code = 2


class NotFoundError(KwError):
    """There is no such prisoner, key worker or file."""

    exit_code = 4


class RefusedError(KwError):
    """A rule of key work forbids it: an overlapping session, an end before a start, a key worker who is not ACTIVE."""

    exit_code = 5


class BadInputError(KwError):
    """An input file has rows that cannot be taken; nothing of it was saved."""

    exit_code = 6


class DatabaseError(KwError):
    """The database cannot be used: missing, locked, not a kw file, newer than this kw, read-only, full, damaged."""

    exit_code = 7


INTERRUPTED = 130
"""The exit code of a command that was stopped, by Ctrl-C or by the end of the session."""
