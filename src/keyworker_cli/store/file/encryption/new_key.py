"""A new key, kept before anything is encrypted with it: in the key file, else in the system's keyring."""

import os
import secrets
from pathlib import Path
from typing import Final

from keyworker_cli.store.file.encryption.keys import (
    KEY_BYTES,
    KEY_FILE,
    SERVICE,
    Key,
    entry,
    key_file,
    keyring_module,
    read_keys,
    reason_of,
)
from keyworker_cli.store.file.permissions import LockedOutError
from keyworker_cli.whole_file import keep_name, whole_file

WORDS: Final = (
    "# The key of a kw database, a line each. Whoever has it can read the database; without it nobody can.\n"
    "# Keep it on another disk than the database, and a copy of it somewhere safe.\n"
)
NAME_ONE: Final = f"set {KEY_FILE} to a file for the key, on another disk than the database; nothing was changed."


def make_key() -> Key:
    """Return a key for a file that is to be encrypted, kept before anything is: the key file's first, else a new one.

    Raises `LockedOutError` where it could not be kept.
    """
    file = key_file()
    if file is None:
        return _keep_in_keyring(secrets.token_bytes(KEY_BYTES))
    if not file.exists():
        _write_key_file(file, secrets.token_bytes(KEY_BYTES))
    return read_keys(file)[0]


def another_key() -> Key:
    """Return a new key in place of another, kept as `make_key` keeps one: first in the key file, the others below it.

    Raises `LockedOutError` where it could not be kept.
    """
    file, secret = key_file(), secrets.token_bytes(KEY_BYTES)
    if file is None:
        return _keep_in_keyring(secret)
    read_keys(file)  # one of keys, and its owner's alone
    try:
        with whole_file(Path(os.path.realpath(file))) as stream:
            stream.write(f"{WORDS}{secret.hex()}\n".encode() + file.read_bytes().removeprefix(WORDS.encode()))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = f"the new key cannot be put into the key file {file}: {reason}."
        raise LockedOutError(what, "check that you may write to it; the database was not changed.") from None
    return read_keys(file)[0]


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


def _keep_in_keyring(secret: bytes) -> Key:
    key_id = Key(secret, "").id
    keyring = keyring_module()
    try:
        keyring.set_password(SERVICE, key_id.hex(), secret.hex())
        kept = keyring.get_password(SERVICE, key_id.hex())
    except keyring.errors.KeyringError as error:
        raise LockedOutError(f"the system's keyring does not keep a key: {reason_of(error)}", NAME_ONE) from None
    if kept != secret.hex():
        raise LockedOutError("the system's keyring does not keep a key that it is given.", NAME_ONE)
    return Key(secret, entry(key_id))
