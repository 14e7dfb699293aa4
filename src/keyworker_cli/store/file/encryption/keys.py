"""The key of an encrypted file: how the file says which one it is, and where it is found.

A file names its key by an id, a digest that gives nothing of the key away. So one that was moved, copied or restored
finds its key again, and a wrong key is told apart from damage before anything is opened. A key comes from the file that
`KW_KEY_FILE` names, else from the system's keyring; never from the command line, where others could read it.
"""

import hashlib
import os
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple

from keyworker_cli.store.file.permissions import INSTALL, OTHERS, LockedOutError, permissions

KEY_FILE: Final = "KW_KEY_FILE"
SERVICE: Final = "kw"
"""What the keys of kw are kept under in a keyring; the entry's name is the key's id."""

KEY_BYTES: Final = 32
ID_BYTES: Final = 8
_LONGEST: Final = 1_000_000
"""The characters that are read of a key file: a device has no end."""
HEX: Final = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")


class Key(NamedTuple):
    """A key, in words where it is kept, and in which file if in one; the secret itself is shown nowhere."""

    secret: bytes
    kept: str
    file: Path | None = None

    def __repr__(self) -> str:
        return f"the key kept in {self.kept}"

    @property
    def id(self) -> bytes:
        """What an encrypted file names its key by."""
        return hashlib.sha256(b"the id of a kw key\0" + self.secret).digest()[:ID_BYTES]


def find_key(path: Path, key_id: bytes) -> Key:
    """Return the key of the file at `path`. Raises `LockedOutError` where it cannot be found; nothing is changed."""
    file = key_file()
    if file is None:
        return Key(_in_keyring(path, key_id), entry(key_id))
    for key in read_keys(file):
        if key.id == key_id:
            return key
    raise LockedOutError(
        f"{path} is encrypted with key {key_id.hex()}, which {file} does not hold.",
        f"set {KEY_FILE} to the file that holds it, or unset it for the system's keyring; nothing was touched.",
    )


def key_file() -> Path | None:
    """Return the key file that is named, whether it is there or not. Raises `LockedOutError` for a key in its place."""
    named = os.environ.get(KEY_FILE)
    file = Path(os.path.expanduser(named)) if named else None  # noqa: PTH111 - Path's own raises for ~nobody
    if named and file and HEX.search(named) and not file.exists():  # not repeated
        what = f"{KEY_FILE} holds a key, and not the name of a file."
        raise LockedOutError(what, "put the key into a file that only you may read, and name that.")
    return file


# --- in a file ---


def read_keys(file: Path) -> list[Key]:
    """Return the keys of a key file, one a line; a line that begins with `#` is for the reader.

    Raises `LockedOutError` where the file is missing, others may read it, or a line of it is no key.
    """
    try:
        if (permissions(file) or 0) & OTHERS:
            raise LockedOutError(f"others may read the key file {file}.", f'chmod 600 "{file}"')
        with file.open(encoding="ascii") as opened:
            lines = opened.read(_LONGEST).splitlines()
    except FileNotFoundError:
        raise LockedOutError(f"there is no key file at {file}.", f"check {KEY_FILE}; nothing was touched.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LockedOutError(f"the key file {file} cannot be read: {reason}.", f"check {KEY_FILE}.") from None
    except UnicodeDecodeError:
        lines = [""]
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found or not all(HEX.fullmatch(line) for line in found):
        raise LockedOutError(
            f"{file} is not a key file.",
            f"check {KEY_FILE}: a line of it is a key, {2 * KEY_BYTES} digits from 0 to f.",
        )
    return [Key(bytes.fromhex(line), f"the key file {file.absolute()}", file) for line in found]


# --- in the system's keyring ---


@cache  # a command opens its file several times, and some keyrings take their time, or ask each time
def _in_keyring(path: Path, key_id: bytes) -> bytes:
    hint = f"set {KEY_FILE} to the file that holds its key; nothing was touched."
    keyring = keyring_module()
    try:
        text = keyring.get_password(SERVICE, key_id.hex())
    except keyring.errors.KeyringError as error:
        what = f"{path} is encrypted, and the system's keyring does not give its key: {reason_of(error)}"
        raise LockedOutError(what, hint) from None
    if text is None or not HEX.fullmatch(text):
        what = f"{path} is encrypted, and its key {key_id.hex()} is not in the system's keyring."
        raise LockedOutError(what, hint)
    return bytes.fromhex(text)


def entry(key_id: bytes) -> str:
    """Say where in a keyring a key is kept."""
    return f"the system's keyring (service {SERVICE}, entry {key_id.hex()})"


def keyring_module() -> ModuleType:
    """Return what asks the system's keyring. Raises `LockedOutError` where it is not installed."""
    try:
        import keyring  # noqa: PLC0415 - lazy import: costs 40 ms
    except ModuleNotFoundError:
        raise LockedOutError("the key is to be in the system's keyring, which this kw cannot ask.", INSTALL) from None
    return keyring


def reason_of(error: Exception) -> str:
    """Return the first sentence of what a keyring says."""
    return f"{str(error).partition('. ')[0].rstrip('.')}."
