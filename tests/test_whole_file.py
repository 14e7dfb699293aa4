"""Where kw writes: never through what another user has laid, never over a key."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from keyworker_cli.whole_file import LaidByAnotherError, refuse_what_others_laid, whole_file

ANOTHER = 4711
KEY = "# The key of a kw database, a line each.\n" + "0a" * 32 + "\n"


@pytest.fixture
def laid_by_another(monkeypatch):
    """Make it so that what the tests have laid so far is another user's."""

    def laid(path: Path) -> Path:
        if os.geteuid() == 0:
            os.lchown(path, ANOTHER, ANOTHER)
        else:
            monkeypatch.setattr(os, "geteuid", lambda: ANOTHER)
        return path

    return laid


def test_a_file_is_there_whole_for_its_owner_only(tmp_path):
    with whole_file(tmp_path / "a") as file:
        file.write(b"all")
        assert not (tmp_path / "a").exists()

    assert (tmp_path / "a").read_bytes() == b"all"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_file_is_closed_before_it_takes_its_place_since_windows_moves_no_open_one(tmp_path, monkeypatch):
    closed, move = [], Path.replace

    with whole_file(tmp_path / "a") as file:
        monkeypatch.setattr(Path, "replace", lambda part, to: closed.append(file.closed) or move(part, to))
        file.write(b"all")

    assert (closed, (tmp_path / "a").read_bytes()) == ([True], b"all")


def test_a_block_that_fails_leaves_what_was_there(tmp_path):
    (tmp_path / "a").write_text("old")

    with suppress(ZeroDivisionError), whole_file(tmp_path / "a") as file:
        file.write(b"half")
        file.write(bytes(1 // 0))

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old"}


@pytest.mark.parametrize("command", ["overdue --output", "export"])
def test_a_link_of_another_user_is_not_followed(command, kw, prison, tmp_path, laid_by_another):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "bashrc.txt").write_text("mine")
    (tmp_path / "page.txt").symlink_to(tmp_path / "mine" / "bashrc.txt")
    laid_by_another(tmp_path / "page.txt")

    said = kw(f"{command} {tmp_path / 'page.txt'}")

    assert said.code == 5
    assert "another user laid this link" in said.err
    assert (tmp_path / "mine" / "bashrc.txt").read_text() == "mine"


def test_a_pipe_of_another_user_is_told_nothing(kw, prison, tmp_path, laid_by_another):
    os.mkfifo(tmp_path / "page.txt")
    laid_by_another(tmp_path / "page.txt")

    assert kw(f"overdue --output {tmp_path / 'page.txt'}").code == 5


def test_a_link_on_the_way_and_one_behind_a_link_of_ones_own_are_found(tmp_path, laid_by_another):
    (tmp_path / "there").mkdir()
    (tmp_path / "theirs").symlink_to(tmp_path / "there")
    (tmp_path / "mine").symlink_to("theirs/page.txt")
    laid_by_another(tmp_path / "theirs")

    for path in (tmp_path / "theirs" / "page.txt", tmp_path / "mine"):
        with pytest.raises(LaidByAnotherError):
            refuse_what_others_laid(path)


def test_links_that_lead_round_are_left_to_the_system_to_refuse(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    refuse_what_others_laid(tmp_path / "a")


@pytest.mark.parametrize("command", ["overdue --format csv --output", "export --overwrite"])
def test_a_file_of_keys_is_not_written_over(command, kw, prison, tmp_path):
    key = tmp_path / "kw.key.xlsx"
    key.write_text(KEY)

    said = kw(f"{command} {key}")

    assert said.code == 2
    assert "a file of keys" in said.err
    assert key.read_text() == KEY


def test_a_dash_is_the_screen(kw, prison, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    said = kw("overdue --output - --format csv")

    assert (said.code, said.out) == (0, kw("overdue --format csv").out)
    assert list(tmp_path.glob("-*")) == []
