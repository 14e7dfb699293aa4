"""Where the words of a note come from: the command line, a file, what is piped in, or the user's editor."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keyworker_cli.actions.files.reading.text_file import piped_text, written_text
from keyworker_cli.context import Kw
from keyworker_cli.errors import BadInputError, KwError, NotFoundError, UsageError
from keyworker_cli.rules.typed import NOTHING, check_length

PIPED = "-"
NOTE_FOLDER = "kw-note-"
"""How the name begins of the folder that an editor is opened on; the number of the process follows."""
FILE = "@"
LATER = "leave the note for later: kw note adds it within the day."
END_OF_INPUT = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
USUAL_EDITOR = "notepad" if os.name == "nt" else "vi"


@contextmanager
def keeping_note(kw: Kw, note: str | None) -> Iterator[None]:
    """Where a session or note that somebody has just typed cannot be saved, give the words back."""
    try:
        yield
    except KwError:
        if note and kw.interactive:
            kw.say("not saved; your note said:")
            kw.say(note, as_it_is=True)
        raise


def read_note(kw: Kw, typed: str | None, *, edit: bool, what: str = "the note", hint: str = LATER) -> str | None:
    """Return the note that `--note` names: `-` what is piped in, `@FILE` a file's text, else the words themselves.

    Raises `NotFoundError` for a missing file, `BadInputError` for one that is not UTF-8 text, `UsageError` for a note
    without words, or one that is to come from the editor as well.
    """
    if typed is None:
        return None
    if edit:
        raise UsageError("the note comes from --note or from the editor, not from both.", "leave one of them out.")
    if typed == PIPED:
        return _with_words(_piped(kw), "what was piped in", hint)
    if typed.startswith(FILE):
        named = os.path.expanduser(typed.removeprefix(FILE))  # noqa: PTH111 - Path's own raises for ~nobody
        return _with_words(_file(Path(named)), typed, hint)
    return _with_words(typed, what, hint)


def take_note(kw: Kw, typed: str | None, *, edit: bool) -> str | None:
    """Return the note that `--note` names, or what is written in the editor with `--edit`; `None` without either."""
    named = read_note(kw, typed, edit=edit)
    return edit_note(kw) if edit else named


def edit_note(kw: Kw) -> str:
    """Open the user's editor ($VISUAL, else $EDITOR) on an empty file that only they can read; return what they wrote.

    The file and all that an editor leaves beside it are gone afterwards. Raises `UsageError` without a terminal, where
    the editor fails, or where nothing was written.
    """
    if not kw.interactive:
        raise UsageError("there is no terminal to open an editor on.", "pipe the note in: --note -")
    editor = _editor(kw)
    with tempfile.TemporaryDirectory(prefix=f"{NOTE_FOLDER}{os.getpid()}-", dir=_in_memory()) as folder:
        file = Path(folder) / "note.txt"
        file.touch(mode=0o600)
        try:
            ended = subprocess.run([*editor, str(file)], check=False).returncode  # noqa: S603 - the user's own choice
        except OSError as error:
            raise _no_editor(editor[0], error) from None
        if ended != 0:
            raise UsageError(f"the editor ended with {ended}; the note was not taken.", "write it again, or --note -")
        return _with_words(_file(file), "the note", LATER)


def _editor(kw: Kw) -> list[str]:
    named = (kw.editor or "").strip() or USUAL_EDITOR
    try:
        return words_of(named, windows=os.name == "nt")
    except ValueError:  # a quote that is never closed
        raise UsageError(
            f"the editor is named {named!r}, with a quote that is never closed.",
            "name yours in EDITOR, or pipe: --note -",
        ) from None


def left_notes() -> list[str]:
    """Return the folders that you may reach in which --edit kept a note, of runs that were killed."""
    places = {Path(os.environ.get("XDG_RUNTIME_DIR") or os.devnull), Path("/dev") / "shm", Path(tempfile.gettempdir())}
    found = (folder for place in places for folder in place.glob(f"{NOTE_FOLDER}*") if os.access(folder, os.W_OK))
    return sorted(str(folder) for folder in found if not _runs(folder.name))


def _runs(name: str) -> bool:
    """Say whether the process that a folder is named after still runs; Windows would end it to tell."""
    number = name.removeprefix(NOTE_FOLDER).partition("-")[0]
    process = int(number) if number.isdigit() else 0
    if os.name != "posix" or process == 0:
        return os.name != "posix"
    try:
        os.kill(process, 0)  # asks, and sends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def words_of(line: str, *, windows: bool) -> list[str]:
    r"""Return a program and its options as the system's shell parts them. Raises `ValueError` for an open quote.

    >>> words_of(r'"C:\Program Files\Vim\gvim.exe" -f', windows=True)
    ['C:\\Program Files\\Vim\\gvim.exe', '-f']
    """
    if windows:  # a backslash parts folders there
        return [word.strip('"') for word in shlex.split(line, posix=False)]
    return shlex.split(line)


def _in_memory() -> str | None:
    """Return a folder that is kept in memory, not on a disk; `None` where the system has none that may be written."""
    for folder in (Path(os.environ.get("XDG_RUNTIME_DIR", "")), Path("/dev") / "shm"):
        if folder.is_absolute() and os.access(folder, os.W_OK | os.X_OK):
            return str(folder)
    return None


def _no_editor(name: str, error: OSError) -> UsageError:
    reason = error.strerror or type(error).__name__
    return UsageError(f"the editor {name!r} cannot be opened: {reason}.", "name yours in EDITOR, or pipe: --note -")


def _piped(kw: Kw) -> str:
    if kw.interactive:
        kw.say(f"Type the note; end it with {END_OF_INPUT} on a line of its own.")
    try:
        return piped_text(kw.stdin)
    except UnicodeDecodeError:
        raise _not_text("what was piped in") from None


def _file(path: Path) -> str:
    try:
        return written_text(path)
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {str(path)!r}.", "check the name after the @.") from None
    except UnicodeDecodeError:
        raise _not_text(str(path)) from None
    except IsADirectoryError:
        raise BadInputError(f"{path} is a folder.", "name the file in it, after the @.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadInputError(f"{path} cannot be read: {reason}.", "nothing was saved; check the file.") from None


def _with_words(text: str, source: str, hint: str) -> str:
    """Return the note without the newline that ends a file; raise for one that says nothing or cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _not_text(source) from None
    text = text.replace(NOTHING, "")
    check_length(text, source)
    if not text.strip():
        raise UsageError(f"{source} has no words in it.", hint)
    return text.rstrip("\r\n")


def _not_text(source: str) -> BadInputError:
    return BadInputError(
        f"{source} is not UTF-8 text.", "nothing was saved; save it as UTF-8 and run the command again."
    )
