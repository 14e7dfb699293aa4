"""One run of `kw`: what it is given from outside, and the one place where errors are told."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from keyworker_cli import __version__
from keyworker_cli.command_line.app import answer
from keyworker_cli.command_line.global_options import asks_for_json, split_global_options
from keyworker_cli.command_line.surroundings.default_database import default_database, is_a_key, named_file
from keyworker_cli.command_line.surroundings.stopping import stop_when_told, wait_for_a_line
from keyworker_cli.command_line.surroundings.streams import drop_output, is_closed_pipe, readable, usable
from keyworker_cli.command_line.surroundings.user_config import read_user_config
from keyworker_cli.context import Kw
from keyworker_cli.errors import INTERRUPTED, KwError, NotFoundError, UsageError
from keyworker_cli.render import as_json
from keyworker_cli.render.clean import one_line
from keyworker_cli.render.fitting.lines import columns_of, fit_lines
from keyworker_cli.rules.database.server_address import ServerAddress
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.parse import parse_date, parse_moment
from keyworker_cli.rules.typed import check_named
from keyworker_cli.whole_file import kept_by_sqlite

LONGEST_LINE = 800  # of an error: a list of codes fits, a page that was pasted does not
BROKEN_PIPE = 141
LONGEST_NAME = 100  # of a user
_LIKE_AN_ADDRESS = re.compile(
    r"^\s*postgres(ql)?(\+\w+)?:|(^|\s)(host|hostaddr|port|dbname|user|password|service|sslmode)\s*=", re.IGNORECASE
)

_SECRET = re.compile(r"(?<=:)(?!//)[^\s@]+(?=@)|(?<=password=)('[^']*'|\S+)|\b(?=\d*[a-f])[0-9a-f]{32,}", re.IGNORECASE)
"""A password as an address has it, in either form, and a key, or the first half of one."""


class Environment:
    """What a run is given from outside: streams, environment, the moment, and somebody to ask, if there is one."""

    def __init__(
        self,
        now: datetime,
        out: TextIO | None = None,
        err: TextIO | None = None,
        environment: Mapping[str, str] = os.environ,
        stdin: TextIO | None = None,
        ask: Callable[[str], str] | None = None,
    ) -> None:
        self.now = now
        self.out = usable(out or sys.stdout)
        self.err = usable(err or sys.stderr)
        self.environment = environment
        self.stdin = readable(stdin or sys.stdin)
        self.ask = ask


def run() -> int:
    """Run `kw` as a program; return its exit code. An output that is closed early (`kw overdue | head`) is no error."""
    env = Environment(now=datetime.now().astimezone(), ask=_ask if _is_there(sys.stdin, sys.stderr) else None)
    stop_when_told()
    code = main(sys.argv[1:], env)
    for stream in (env.out, env.err):
        try:
            stream.flush()
        except OSError:  # it has been told, or there is nobody left to tell
            drop_output(stream)
    return code


def _is_there(*streams: TextIO | None) -> bool:
    return all(stream is not None and stream.isatty() for stream in streams)


def main(arguments: Sequence[str], env: Environment) -> int:
    """Run one command line; return its exit code (help: exit-codes). Errors are told on stderr, never raised."""
    debug = False
    tell = _json_teller(env.err) if asks_for_json(arguments) else _teller(env.err)
    kw: Kw | None = None
    try:
        given, rest = split_global_options(arguments)
        if "--version" in given:
            env.out.write(f"kw {__version__}\n")
            return 0
        debug = "--debug" in given
        with closing(_context(given, env)) as kw:
            code = answer(rest, kw) or kw.exit_code
            env.out.flush()
            return code
    except KwError as error:
        return tell(error.message, error.hint, error.details, error.exit_code)
    except KeyboardInterrupt:
        if env.ask:
            print(file=env.err)  # the question it stopped stands on a line of its own
        return tell(*_stopped(kw), (), INTERRUPTED)
    except OSError as error:
        if error.filename is None:
            return _unheard(error, tell, saved=kw is not None and kw.saving)
        # a path that the system will not take: too long, a loop of links
        what = f"{str(error.filename)[:60]} cannot be used: {error.strerror or type(error).__name__}."
        return tell(what, "check the path that you typed.", (), NotFoundError.exit_code)
    except MemoryError:
        return tell("there is not enough memory for that.", "close what else is open, or do it in parts.", (), 1)
    except Exception as error:
        if debug:
            print(*_where(error), sep="\n", file=env.err)
        if kw is not None and (damage := kw.damage()):
            return tell(damage.message, damage.hint, (), damage.exit_code)
        what = f"something unexpected happened ({type(error).__name__}); this is a bug in kw {__version__}."
        return tell(what, "run it again with --debug and send what it prints to whoever keeps kw.", (), 1)


def _unheard(error: OSError, tell: "Teller", *, saved: bool) -> int:
    """Return the exit code of a run whose answer could not be written out: what was saved is saved all the same."""
    if is_closed_pipe(error):
        return 0 if saved else BROKEN_PIPE
    reason = error.strerror or type(error).__name__
    if saved:
        return tell(f"it was saved, but the answer could not be written: {reason}.", "kw audit list shows it.", (), 0)
    return tell(f"the answer could not be written: {reason}.", "make room, or send it elsewhere.", (), 1)


def _where(error: BaseException | None) -> Iterator[str]:
    """Yield where an error arose, its cause first, without its words: they may be a name or a note, and are sent on."""
    if error is None:
        return
    import traceback  # noqa: PLC0415 - lazy import: costs 2 ms

    yield from _where(error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    yield from ("Traceback (most recent call last):", *traceback.format_tb(error.__traceback__))
    yield f"{type(error).__qualname__} (its words are left out: they may hold what is in the record)"


def _stopped(kw: Kw | None) -> tuple[str, str]:
    """Return what a command that was stopped has to say: never that nothing was saved where something may be."""
    if kw is not None and kw.saving:
        return "stopped while it was being saved: it may be there.", "kw audit list --limit 1 shows the newest line."
    return "stopped; nothing saved.", "run the command again when you are ready."


def _context(given: Mapping[str, str], env: Environment) -> Kw:
    today = london_date(env.now)
    environment = env.environment
    as_of, said = given.get("--as-of"), environment.get("KW_AS_OF") or None
    known_at = given.get("--known-at")
    config = read_user_config(environment)
    return Kw(
        db=_database(_said(given, "--db") or environment.get("KW_DB") or config.db),
        db_given="--db" in given,
        as_of=_as_of(as_of or said, today),
        now=env.now,
        named_user=_user(_said(given, "--user") or environment.get("KW_USER") or config.user),
        known_at=parse_moment(known_at, today=today) if known_at else None,
        as_of_from_environment=as_of is None and said is not None,
        width=_width(environment.get("KW_WIDTH") or None),
        colour=not environment.get("NO_COLOR") and (env.out.isatty() or bool(environment.get("FORCE_COLOR"))),
        out=env.out,
        err=env.err,
        stdin=env.stdin,
        pager=None if "--no-pager" in given else _pager(environment, config.pager),
        usual_format=config.format,
        own_settings=str(config),
        editor=environment.get("VISUAL") or environment.get("EDITOR"),
        ask=env.ask,
    )


def _pager(environment: Mapping[str, str], own: str | None) -> str:
    """Return the pager that was chosen for kw or for everything, else less; an empty one is none."""
    usual = environment.get("PAGER", "less -FRX") if own is None else own
    return environment.get("KW_PAGER", usual).strip()


def _said(given: Mapping[str, str], option: str) -> str | None:
    """Return what an option says. Raises `UsageError` where it says nothing, as `--db "$UNSET"` does."""
    if option in given and not given[option].strip():
        raise UsageError(f"{option} says nothing.", "give it a value, or leave it out.")
    return given.get(option)


def _user(named: str | None) -> str | None:
    """Return who is recorded with what is saved. Raises `UsageError` for what is no name of anybody."""
    if named is None:
        return None
    if not named.strip() or not named.isprintable() or len(named) > LONGEST_NAME:
        what = f"a name of at most {LONGEST_NAME} letters, on one line, says who you are."
        raise UsageError(what, "--user NAME (or KW_USER) says it.")
    return named.strip()


def _database(named: str | None) -> "Path | ServerAddress":
    if named is None:
        usual = default_database()
        if usual is None:
            raise UsageError("you have no home folder for the database to be in.", "name the file: --db PATH.")
        return usual
    if not named.strip():
        raise UsageError(
            "what names the database says nothing.", "KW_DB or --db PATH names it; unset is the usual one."
        )
    if "://" in named:
        return ServerAddress.read(named)
    if _LIKE_AN_ADDRESS.search(named):  # not repeated: it may hold a password
        what = "what names the database looks like the address of a server, and is not written as one."
        raise UsageError(what, "postgresql+psycopg://USER@HOST/NAME, with the password in PGPASSFILE.")
    check_named(named.strip(), "a database is a file", "--db PATH names it.")
    if is_a_key(named):
        raise UsageError(
            "a key stands where the database is to be named.", "keep it in a file: KW_KEY_FILE names that."
        )
    file = named_file(named)
    if beside := kept_by_sqlite(file):
        raise UsageError(f"{file} is a name that SQLite keeps for {beside.name}.", f"name the database: --db {beside}")
    return file


def _as_of(text: str | None, today: date) -> date:
    return today if text is None else parse_date(text, today=today)


def _width(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or not 40 <= int(text) <= 1000:
        raise UsageError(f"KW_WIDTH is {text!r}.", "KW_WIDTH takes a number of columns from 40 to 1000.")
    return int(text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", ":")) else f"{text}."


Teller = Callable[[str, str, Sequence[str], int], int]
"""Tells an error, what to type instead, and details between the two; returns the exit code it is given."""


def _teller(err: TextIO) -> Teller:
    def tell(what: str, hint: str, details: Sequence[str], code: int) -> int:
        lines = [f"kw: {_sentence(what)}", *(f"  {line}" for line in details), f"hint: {hint}"]
        with suppress(OSError):  # nobody is left to be told
            for line in lines:
                said = _shortened(_without_secrets(one_line(line)))
                print(fit_lines(said, columns_of(err)) if err.isatty() else said, file=err)
        return code

    return tell


def _json_teller(err: TextIO) -> Teller:
    def tell(what: str, hint: str, details: Sequence[str], code: int) -> int:
        with suppress(OSError):
            said = [_without_secrets(line) for line in (_sentence(what), hint, *details)]
            err.write(as_json({"error": said[0], "hint": said[1], "details": said[2:], "exit": code}))
        return code

    return tell


def _without_secrets(line: str) -> str:
    """Return a line without what may be a password or a key: somebody typed or set it where something else is meant."""
    return _SECRET.sub("…", line)


def _shortened(line: str) -> str:
    """Return a line without its middle where somebody pasted a page: what was wrong with it stands at either end."""
    half = LONGEST_LINE // 2
    return line if len(line) <= LONGEST_LINE else f"{line[:half]} … {line[-half:]}"


def _ask(question: str) -> str:
    """Ask on the terminal: the question on stderr, so that stdout stays the answer."""
    print(f"{fit_lines(question.rstrip(), columns_of(sys.stderr))} ", end="", file=sys.stderr, flush=True)
    wait_for_a_line(sys.stdin)
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line
