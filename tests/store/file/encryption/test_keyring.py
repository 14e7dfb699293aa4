"""Without a key file the key of an encrypted database is in the system's keyring, and what a keyring lacks is said."""

import os
import subprocess
import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from factories import Prison

pytestmark = pytest.mark.sqlite_file  # the key of a file

READS = "overdue --days 7"


class Drawer(KeyringBackend):
    """A keyring that lasts as long as a test, and can be locked."""

    priority = 0  # type: ignore[assignment]  # never chosen unless it is named

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise KeyringLocked("The drawer is locked. Nobody has the key to it.")
        return self.kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    """The system's keyring, for the length of a test."""
    monkeypatch.delenv("KW_KEY_FILE", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(Drawer())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


def refused(said) -> str:
    what, hint = said.err.splitlines()
    assert (said.code, said.out, what[:4], hint[:6]) == (7, "", "kw: ", "hint: ")
    return said.err


def test_a_new_key_is_kept_in_the_keyring_under_the_id_that_the_file_states(kw, drawer, database) -> None:
    said = kw("init --encrypt")

    ((service, entry),) = drawer.kept
    assert (service, bytes.fromhex(entry)) == ("kw", database.read_bytes()[8:16])
    assert f"its key is kept in the system's keyring (service kw, entry {entry})" in said.err
    assert drawer.kept[service, entry] not in said.out + said.err
    Prison(database).prisoner("A1234BC", arrived="2026-01-05")
    assert "A1234BC" in kw(READS).out


def test_each_database_has_a_key_of_its_own_and_finds_it_wherever_it_is_moved(kw, drawer, database, tmp_path) -> None:
    kw("init --encrypt")
    kw(f"init --encrypt --db {tmp_path / 'second.db'}")
    assert len(drawer.kept) == 2

    database.rename(tmp_path / "moved.db")

    assert kw(f"{READS} --db {tmp_path / 'moved.db'}").code == 0
    assert kw(f"{READS} --db {tmp_path / 'second.db'}").code == 0


def test_a_key_from_the_keyring_written_into_a_file_is_a_key_file(kw, drawer, database, tmp_path, monkeypatch) -> None:
    """`keyring get kw ENTRY > kw.key` is how a copy of it is kept."""
    kw("init --encrypt")
    copy = tmp_path / "kw.key"
    copy.touch(mode=0o600)
    copy.write_text(drawer.kept.popitem()[1] + "\n")
    monkeypatch.setenv("KW_KEY_FILE", str(copy))

    assert kw(READS).code == 0


def test_a_keyring_that_lacks_the_key_or_is_locked_is_named_and_the_file_left_as_it_is(kw, drawer, database) -> None:
    kw("init --encrypt")
    before = database.read_bytes()

    drawer.locked = True
    assert "the system's keyring does not give its key: The drawer is locked." in refused(kw(READS))
    drawer.locked = False
    drawer.kept.clear()
    said = refused(kw(READS))

    assert "is not in the system's keyring" in said
    assert "hint: set KW_KEY_FILE to the file that holds its key" in said
    assert database.read_bytes() == before


@pytest.mark.parametrize("none", [fail.Keyring, null.Keyring], ids=["no keyring", "one that keeps nothing"])
def test_nothing_is_encrypted_with_a_key_that_is_kept_nowhere(none, kw, drawer, database, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.store.close()
    before = database.read_bytes()
    keyring.set_keyring(none())

    for line in ("config encrypt", f"init --encrypt --db {database.with_name('new.db')}"):
        assert "hint: set KW_KEY_FILE to a file for the key" in refused(kw(line))
    assert database.read_bytes() == before
    assert not database.with_name("new.db").exists()


@pytest.mark.parametrize("library", ["sqlcipher3", "keyring"])
def test_where_the_extra_is_not_installed_the_line_that_installs_it_is_said(library, kw, key_file) -> None:
    """On an encrypted file, and where one is to be made; a file in clear is served as ever."""
    folder = key_file.parent
    kw(f"init --encrypt --db {folder / 'encrypted.db'}")
    kw(f"init --db {folder / 'clear.db'}")
    before = (folder / "encrypted.db").read_bytes()
    program = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "from datetime import UTC, datetime\n"
        "from keyworker_cli.cli import Environment, main\n"
        "env = Environment(datetime(2026, 5, 12, tzinfo=UTC))\n"
        "print([main(line.split(), env) for line in sys.argv[1:]], file=sys.stderr)"
    )
    lines = [
        f"overdue --db {folder / 'encrypted.db'}",
        f"init --encrypt --db {folder / 'new.db'}",
        f"worker list --db {folder / 'clear.db'}",
    ]
    without_a_key_file = {name: value for name, value in os.environ.items() if name != "KW_KEY_FILE"}
    environment = without_a_key_file if library == "keyring" else dict(os.environ)

    done = subprocess.run(
        [sys.executable, "-c", program, *lines], capture_output=True, text=True, check=True, env=environment
    )

    assert done.stderr.count("hint: pip install 'keyworker-cli[encrypted]'") == 2
    assert done.stderr.splitlines()[-1] == "[7, 7, 0]"
    assert (folder / "encrypted.db").read_bytes() == before
    assert {path.name for path in folder.glob("*.db")} == {"encrypted.db", "clear.db"}


def test_no_key_is_ever_taken_from_the_command_line(kw, key_file) -> None:
    """Where other users could read it: there is no such option, on any command."""
    for line in ("init --encrypt --key 00", "config encrypt --key 00", "overdue --key 00"):
        assert kw(line).code == 2
