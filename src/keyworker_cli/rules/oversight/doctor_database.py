"""Whether the database itself can be relied on: a file, or a server. Each check, its result, and what mends a fault."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from keyworker_cli.rules.oversight.doctor import Check, State, named_first

OTHERS: Final = 0o077  # the permissions of everybody but the owner

STICKY: Final = 0o1000  # a folder that many share, such as /tmp

FREE_AT_LEAST: Final = 100 * 1024 * 1024  # bytes: room for some weeks of sessions, and a report or two

COPIES: Final = 2  # a backup on the same disk, and the copy that is made before it takes its place


class FileFacts(NamedTuple):
    """The state of the file itself. `mode` and `folder_mode` are its permissions, `None` on a system without them.

    `unlinked` names the tables with a row that refers to nothing, `without` the triggers that are missing or do
    something else, `interfering` the triggers that kw has not made, `foreign` such views, tables and indexes, `changed`
    those of its own that are not as it makes them, `left` what commands that were stopped have left in the folder;
    `share` says what several machines reach the file through; `key` says in words where the key of an encrypted one is
    kept, `None` of one in clear, and `key_beside` that this is in its own folder; `size` and `free` are bytes.
    """

    path: str
    folder: str
    schema: int
    unlinked: tuple[str, ...]
    without: tuple[str, ...]
    interfering: tuple[str, ...]
    foreign: tuple[str, ...]
    changed: tuple[str, ...]
    mode: int | None
    folder_mode: int | None
    size: int
    free: int
    share: str | None
    key: str | None
    key_beside: bool
    left: tuple[str, ...]


class ServerFacts(NamedTuple):
    """How a database on a server is, and the way to it. `version` is PostgreSQL's; `size` is bytes.

    `encryption` is the connection's protocol, `None` for none; `near` says that it does not leave this machine. `role`
    is whom the server takes kw for, with `all_rights` where nothing is forbidden to it. `without` names the triggers
    that are missing, switched off or do something else, `interfering` the triggers and rules that kw has not made,
    `foreign` such views, tables and functions, `changed` those of its own that are not as it makes them.
    """

    address: str
    version: str
    schema: int
    encryption: str | None
    near: bool
    role: str
    all_rights: bool
    may_write: bool
    without: tuple[str, ...]
    interfering: tuple[str, ...]
    foreign: tuple[str, ...]
    changed: tuple[str, ...]
    size: int


def check_server(server: ServerFacts) -> Iterator[Check]:
    """Say how the server is: there, guarded, who listens on the way to it, and what its role may do."""
    found = f"{server.address}, PostgreSQL {server.version}; the database has {_megabytes(server.size)}"
    yield Check("server", State.OK, found)
    yield _guards(server)
    yield _schema(server)
    yield _connection(server)
    yield _role(server)


def check_file(file: FileFacts) -> Iterator[Check]:
    """Say how the file is: whole, linked, guarded, its place and room. A damaged one is never asked about."""
    yield Check("integrity", State.OK, "SQLite finds no damage")
    yield _links(file)
    yield _guards(file)
    yield _schema(file)
    yield _place(file)
    yield from _permissions(file)
    yield _encryption(file)
    yield _room(file)
    yield _left_behind(file)


def _links(file: FileFacts) -> Check:
    if file.unlinked:
        found = f"rows that refer to nothing, in: {named_first(file.unlinked)}"
        return Check("links", State.BAD, found, "kw restore FILE")
    return Check("links", State.OK, "every row has what it refers to")


def _schema(database: FileFacts | ServerFacts) -> Check:
    return Check("schema", State.OK, f"version {database.schema}, the one that this kw writes")


def _connection(server: ServerFacts) -> Check:
    if server.encryption:
        return Check("connection", State.OK, f"encrypted ({server.encryption})")
    if server.near:
        return Check("connection", State.OK, "not encrypted, and does not leave this machine")
    found = "not encrypted: names and notes can be read on the way"
    return Check("connection", State.WARN, found, "PGSSLMODE=verify-full, on a server with a certificate")


def _role(server: ServerFacts) -> Check:
    if server.all_rights:
        found = f"{server.role} may do everything on this server, even switch off what keeps history"
        return Check("role", State.WARN, found, "a role of its own for kw: see the README")
    may = "reads and writes" if server.may_write else "reads, and cannot write"
    return Check("role", State.OK, f"{server.role} {may}")


def _guards(database: FileFacts | ServerFacts) -> Check:
    afresh = "kw export FOLDER, then kw import it into a new database"
    mend = "kw backup, then kw restore" if isinstance(database, FileFacts) else afresh
    if database.without:
        missing = f"{len(database.without)} of its triggers are missing or changed ({named_first(database.without)})"
        return Check("history", State.BAD, f"history is not kept: {missing}", mend)
    if database.interfering:
        found = f"what is written can be changed by what kw has not made: {named_first(database.interfering)}"
        return Check("history", State.BAD, found, mend)
    if database.changed:
        is_table = any(name.startswith("table ") for name in database.changed)
        found = f"not as kw makes it: {named_first(database.changed)}"
        return Check("history", State.BAD, found, afresh if is_table else mend)
    if database.foreign:
        return Check("history", State.WARN, f"kw has not made: {named_first(database.foreign)}", mend)
    return Check("history", State.OK, "every change keeps what was there before")


def _place(file: FileFacts) -> Check:
    if file.share is None:
        return Check("place", State.OK, f"{file.path}, on a disk of this machine")
    found = (
        f"{file.path} is on a network share ({file.share}), where several writers lose sessions: kw reads it and does "
        "not write. Several machines need PostgreSQL; one machine keeps it on its own disk"
    )
    return Check("place", State.BAD, found, "kw backup FILE, then kw --db PATH restore FILE")


def _permissions(file: FileFacts) -> Iterator[Check]:
    if file.mode is None or file.folder_mode is None:
        yield Check("permissions", State.OK, "not looked at: this system has others")
        return
    yield _closed("file", file.path, file.mode, 0o600)
    if file.folder_mode & STICKY:
        found = f"{file.folder} is a folder that everybody shares"
        yield Check("folder", State.WARN, found, "kw backup FILE, then kw --db PATH restore FILE")
    else:
        yield _closed("folder", file.folder, file.folder_mode, 0o700)


def _closed(check: str, path: str, mode: int, wanted: int) -> Check:
    if mode & OTHERS:
        return Check(check, State.WARN, f"others may reach {path} ({mode & 0o777:03o})", f'chmod {wanted:03o} "{path}"')
    return Check(check, State.OK, f"yours alone ({mode & 0o777:03o})")


def _encryption(file: FileFacts) -> Check:
    if file.key is None:
        return Check("encryption", State.OK, "none: whoever has the file, or a backup of it, can read it")
    if file.key_beside:
        found = f"on, but its key is in the same folder, in {file.key}: whoever takes the one takes the other"
        return Check("encryption", State.WARN, found, "move the key to another disk and set KW_KEY_FILE to it")
    return Check("encryption", State.OK, f"on; without the key in {file.key} nobody can read the file, or a backup")


def _room(file: FileFacts) -> Check:
    found = f"{_megabytes(file.free)} free; the database has {_megabytes(file.size)}"
    if file.free < file.size:
        return Check("disk", State.BAD, found, "free some space on this disk")
    if file.free < max(FREE_AT_LEAST, COPIES * file.size):
        return Check("disk", State.WARN, found, "free some space on this disk")
    return Check("disk", State.OK, found)


def _left_behind(file: FileFacts) -> Check:
    """Name the files left behind by a killed command: they may hold a copy of everything."""
    if file.left:
        found = f"left by a command that was stopped, if none runs now: {named_first(file.left)}"
        return Check("leftovers", State.WARN, found, f'rm -r "{file.folder}/{file.left[0]}"')
    return Check("leftovers", State.OK, "none beside the database")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.1f} MB" if size < FREE_AT_LEAST else f"{size / 1024 / 1024 / 1024:,.1f} GB"
