"""What nobody sees of a name is taken off, wherever a name comes in; a name of nothing else is none."""

import os

import pytest

from databases import rows

UNSEEN = ["\U000e0041\U000e007f", "\u3164", "\u115f\u1160", "\uffa0", "\u202e", "\u2066", "\u200b", "\ufe0f", "\u2800"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_name_that_is_typed_or_imported_is_as_it_is_seen(unseen, kw, prison, database, tmp_path) -> None:
    hidden = f"{unseen}Hal{unseen}liwell{unseen}"
    prison.store.close()
    folder = tmp_path / "files"
    folder.mkdir()
    heads = "prison_number,arrived_on,last_name,first_name\n"
    (folder / "prisoners.csv").write_text(f"{heads}A1234BD,2026-01-05,{hidden},{unseen}Guy\n", encoding="utf-8")
    (folder / "key_workers.csv").write_text(f"staff_id,last_name,first_name\nSHAH,{hidden},Nadia{unseen}\n", "utf-8")

    typed = f"--last-name {hidden} --first-name {hidden} --arrived yesterday --location B-1-001".split()
    assert kw(["prisoner", "add", "A1234BC", *typed]).code == 0
    assert kw(["worker", "add", "REED", "--last-name", hidden, "--first-name", hidden]).code == 0
    assert kw(f"import {folder} --yes").code == 0

    kept = rows(database, "SELECT last_name FROM person UNION SELECT last_name FROM key_worker")
    assert kept == [("Halliwell",)]
    first = rows(database, "SELECT first_name FROM person UNION SELECT first_name FROM key_worker ORDER BY 1")
    assert first == [("Guy",), ("Halliwell",), ("Nadia",)]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_name_in_which_nothing_is_seen_is_refused(unseen, kw, prison, tmp_path) -> None:
    prison.store.close()
    file = tmp_path / "prisoners.csv"
    file.write_text(f"prison_number,arrived_on,last_name,first_name\nA1234BD,2026-01-05,{unseen},Guy\n", "utf-8")

    assert kw(["worker", "add", "REED", "--last-name", unseen, "--first-name", "Ann"]).code == 2
    said = kw(f"import {file} --yes")

    assert (said.code, "last_name" in said.err) == (6, True)


def test_the_note_of_an_edit_that_was_killed_is_found(kw, prison, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert str(tmp_path) not in kw("doctor --format json").out.replace(str(prison.address), "")
    for process in (0, 2**31 - 1, 2**70, os.getpid()):
        (tmp_path / f"kw-note-{process}-abc").mkdir()

    said = kw("doctor --format json")

    assert said.out.count(f"{tmp_path}/kw-note-") >= 3
    assert f"kw-note-{os.getpid()}-" not in said.out  # somebody writes in it
    assert f'rm -r \\"{tmp_path}/kw-note-0-abc\\"' in said.out
