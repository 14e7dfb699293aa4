"""The key of an encrypted file: how the file says which one it is, where it is kept, and how a new one is made.

A file names its key by an id, a digest that gives nothing of the key away. So one that was moved, copied or restored
finds its key again, and a wrong key is told apart from damage before anything is opened. A key comes from the file that
`KW_KEY_FILE` names, else from the system's keyring; never from the command line, where others could read it.
"""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

from keyworker_cli.store.place import keep_name
from keyworker_cli.store.sqlite_file import INSTALL, OTHERS, LockedOutError, permissions

KEY_FILE: Final = "KW_KEY_FILE"
SERVICE: Final = "kw"
"""What the keys of kw are kept under in a keyring; the entry's name is the key's id."""

KEY_BYTES: Final = 32
ID_BYTES: Final = 8
HEX: Final = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")
WORDS: Final = (
    "# The key of a kw database, a line each. Whoever has it can read the database; without it nobody can.\n"
    "# Keep it on another disk than the database, and a copy of it somewhere safe.\n"
)
NAME_ONE: Final = f"set {KEY_FILE} to a file for the key, on another disk than the database; nothing was changed."


@dataclass(frozen=True, slots=True)
class Key:
    """A key, in words where it is kept, and in which file if in one; the secret itself is shown nowhere."""

    secret: bytes = field(repr=False)
    kept: str
    file: Path | None = None

    @property
    def id(self) -> bytes:
        """What an encrypted file names its key by."""
        return hashlib.sha256(b"the id of a kw key\0" + self.secret).digest()[:ID_BYTES]


def find_key(path: Path, key_id: bytes) -> Key:
    """Return the key of the file at `path`. Raises `LockedOutError` where it is not to be had; nothing is touched."""
    file = _key_file()
    if file is None:
        return Key(_in_keyring(path, key_id), _entry(key_id))
    for key in _read_keys(file):
        if key.id == key_id:
            return key
    raise LockedOutError(
        f"{path} is encrypted with key {key_id.hex()}, which {file} does not hold.",
        f"set {KEY_FILE} to the file that holds it, or unset it for the system's keyring; nothing was touched.",
    )


def make_key() -> Key:
    """Return a key for a file that is to be encrypted, kept before anything is: the key file's first, else a new one.

    Raises `LockedOutError` where it could not be kept.
    """
    file = _key_file()
    if file is None:
        return _keep_in_keyring(secrets.token_bytes(KEY_BYTES))
    if not file.exists():
        _write_key_file(file, secrets.token_bytes(KEY_BYTES))
    return _read_keys(file)[0]


def _key_file() -> Path | None:
    named = os.environ.get(KEY_FILE)
    return Path(named).expanduser() if named else None


# --- in a file ---


def _read_keys(file: Path) -> list[Key]:
    """Return the keys of a key file, one a line; a line that begins with `#` is for the reader."""
    try:
        if (permissions(file) or 0) & OTHERS:
            raise LockedOutError(f"others may read the key file {file}.", f'chmod 600 "{file}"')
        lines = file.read_text(encoding="ascii").splitlines()
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


def _write_key_file(file: Path, secret: bytes) -> None:
    """Write a new key file, readable by its owner only, and to the disk before anything is encrypted with it."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{WORDS}{secret.hex()}\n")
            stream.flush()
            os.fsync(stream.fileno())
        keep_name(file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LockedOutError(f"the key file {file} cannot be made: {reason}.", f"check {KEY_FILE}.") from None


# --- in the system's keyring ---


@cache  # a command opens its file several times, and some keyrings take their time, or ask each time
def _in_keyring(path: Path, key_id: bytes) -> bytes:
    hint = f"set {KEY_FILE} to the file that holds its key; nothing was touched."
    keyring = _keyring()
    try:
        text = keyring.get_password(SERVICE, key_id.hex())
    except keyring.errors.KeyringError as error:
        what = f"{path} is encrypted, and the system's keyring does not give its key: {_reason(error)}"
        raise LockedOutError(what, hint) from None
    if text is None or not HEX.fullmatch(text):
        what = f"{path} is encrypted, and its key {key_id.hex()} is not in the system's keyring."
        raise LockedOutError(what, hint)
    return bytes.fromhex(text)


def _keep_in_keyring(secret: bytes) -> Key:
    key_id = Key(secret, "").id
    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, key_id.hex(), secret.hex())
        kept = keyring.get_password(SERVICE, key_id.hex())
    except keyring.errors.KeyringError as error:
        raise LockedOutError(f"the system's keyring does not keep a key: {_reason(error)}", NAME_ONE) from None
    if kept != secret.hex():
        raise LockedOutError("the system's keyring does not keep a key that it is given.", NAME_ONE)
    return Key(secret, _entry(key_id))


def _entry(key_id: bytes) -> str:
    return f"the system's keyring (service {SERVICE}, entry {key_id.hex()})"


def _keyring() -> ModuleType:
    try:
        import keyring  # noqa: PLC0415 - a door on the list: only for an encrypted file without a key file
    except ModuleNotFoundError:
        raise LockedOutError("the key is to be in the system's keyring, which this kw cannot ask.", INSTALL) from None
    return keyring


def _reason(error: Exception) -> str:
    """Return the first sentence of what a keyring says."""
    return f"{str(error).partition('. ')[0].rstrip('.')}."
