"""`kw`, loaded once: what it is asked to run becomes a process of its own, forked from here, with its own fault.

Reads requests from stdin, one JSON object a line, and answers each with a number: `run` is the command lines that the
new process types one after the other, `fault` what is wrong for it, and the answer its process id; `wait` is a process
id, and the answer how that process ended. Loading `kw` takes longer than most of what is tried on it here.
"""

import ctypes
import errno
import gc
import importlib
import json
import os
import pkgutil
import resource
import shlex
import signal
import sqlite3
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import keyworker_cli
from keyworker_cli import __main__ as program
from keyworker_cli import cli

ENDED = "ended with"
TOUCHES = ("open", "os.rename", "os.remove", "os.mkdir", "os.link")
STOPPED = program.STOPPED
SET_SYSTEM_CALL = 18
KEPT: list[Any] = []
"""What SQLite was given to call."""


def load_everything() -> None:
    """Load every module, as the installed program would one by one."""
    for module in pkgutil.walk_packages(keyworker_cli.__path__, "keyworker_cli."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)


def disk_full(bytes_left: int) -> None:
    """No file may grow beyond so many bytes: the system refuses the write as it does on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))


def without_rights(_: object) -> None:
    """Be stopped by permissions, as everybody is but the superuser: he lays down what lets him pass."""
    if os.geteuid() == 0:
        version_3, this_process, nothing = 0x2008_0522, 0, (ctypes.c_uint32 * 6)()
        header = (ctypes.c_uint32 * 2)(version_3, this_process)
        if ctypes.CDLL(None, use_errno=True).capset(header, nothing):
            raise OSError(ctypes.get_errno(), "capset")


def waits(seconds: float) -> None:
    """Wait no longer than this for a file that another has locked, where kw waits for half a minute."""
    connect = sqlite3.connect
    sqlite3.connect = lambda *place, **options: connect(*place, **{**options, "timeout": seconds})  # type: ignore


def killed_at(statement: int) -> None:
    """Be killed when SQLite is given its so-many-th statement."""
    _at_statement(statement, lambda: os.kill(os.getpid(), signal.SIGKILL))


def gone_at(request: Sequence[Any]) -> None:
    """Let a file or folder be moved away by somebody else when SQLite is given its so-many-th statement."""
    statement, path = request
    _at_statement(statement, lambda: Path(path).rename(f"{path}.away"))


def _at_statement(number: int, happens: Callable[[], object]) -> None:
    connect, count = sqlite3.connect, iter(range(1, 1_000_000))

    def traced(*place: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*place, **options)
        connection.set_trace_callback(lambda _: happens() if next(count) == number else None)
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]


def last_sync_fails(whose: str) -> None:
    """Let the disk not answer when kw, or SQLite, asks it to keep a folder: the last moment of a change."""
    fsync = os.fsync

    def fsync_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(handle)

    if whose == "kw":
        os.fsync = fsync_files
        return
    system = _system_calls()
    folder = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int))
    remove = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)
    removed: list[bytes] = []

    @remove
    def unlink(path: bytes) -> int:
        Path(os.fsdecode(path)).unlink()
        removed.append(path)
        return 0

    @folder
    def open_folder(path: bytes, handle: Any) -> int:
        """Give a pipe, which nothing can be kept in, in place of the folder."""
        handle[0] = os.pipe()[0] if removed else os.open(Path(os.fsdecode(path)).parent, os.O_RDONLY)
        return 0

    system("unlink", unlink)
    system("openDirectory", open_folder)


def _system_calls() -> Callable[[str, Any], None]:
    """Return what puts another function in the place of a system call that SQLite makes."""
    find = ctypes.CDLL(importlib.import_module("_sqlite3").__file__).sqlite3_vfs_find
    find.restype = ctypes.POINTER(ctypes.c_void_p)
    place = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
    vfs = find(None)
    # iVersion and szOsFile share the first word; xSetSystemCall is the nineteenth of the struct.
    instead = place(vfs[SET_SYSTEM_CALL])

    def set_call(name: str, function: Any) -> None:
        KEPT.append(function)
        assert instead(ctypes.cast(vfs, ctypes.c_void_p), name.encode(), ctypes.cast(function, ctypes.c_void_p)) == 0

    return set_call


def stopped_before(request: Sequence[Any]) -> None:
    """Be killed just before the so-many-th time that a file is opened, renamed or removed in a folder."""
    number, folder = request
    count = iter(range(1, 1_000_000))

    def kill(event: str, arguments: tuple[Any, ...]) -> None:
        if event in TOUCHES and folder in str(arguments[0]) and next(count) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill)


FAULTS: Mapping[str, Callable[[Any], None]] = {
    fault.__name__: fault
    for fault in (disk_full, without_rights, waits, killed_at, gone_at, last_sync_fails, stopped_before)
}


def type_lines(lines: Sequence[Sequence[str]], now: str | None) -> int:
    """Type one command line after the other, and say of each how it ended, until one is stopped."""
    code = 0
    for line in lines:
        code = type_line(line) if now is None else type_line_at(line, datetime.fromisoformat(now))
        if code == STOPPED:
            break
        if len(lines) > 1:
            print(f"{ENDED} {code}: {shlex.join(line)}", flush=True)
    return code


def type_line(line: Sequence[str]) -> int:
    sys.argv = ["kw", *line]
    try:
        program.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def type_line_at(line: Sequence[str], now: datetime) -> int:
    """As if the machine's clock said so."""
    return cli.main(line, cli.Environment(now))


def become(request: Mapping[str, Any]) -> NoReturn:
    """Be the process that was asked for, to its end."""
    for number, path in ((0, os.devnull), (1, request["out"]), (2, request["err"])):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), number)
    os.environ.update(request["environment"])
    os.umask(0o077)
    for name, value in request["fault"].items():
        FAULTS[name](value)
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = type_lines(request["run"], request["now"])
        sys.stdout.flush()
    except KeyboardInterrupt:  # between two lines
        code = STOPPED
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Answer requests until there are no more."""
    load_everything()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what a person stops are the tests, which then let go of this
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            answer = os.waitstatus_to_exitcode(os.waitpid(request["wait"], 0)[1])
        else:
            answer = os.fork() or become(request)
        print(answer, flush=True)


if __name__ == "__main__":
    main()
