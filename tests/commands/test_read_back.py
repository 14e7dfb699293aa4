"""What is written can be read back: one limit and one cleaning for what is typed, piped, imported and exported."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import rows
from factories import Prison, world
from keyworker_cli.command_line.global_options import LONGEST_WORD
from keyworker_cli.rules.typed import LONGEST_TEXT

LOG = "log-session A1234BC --by KW1 --minutes 45 --on 2026-05-05 --note"
NOTE = "SELECT note FROM session"


@world
def sam_and_an_officer(prison):
    prison.officer("KW1")
    prison.prisoner("A1234BC", arrived="2026-01-05")


@pytest.fixture
def sam(prison):
    sam_and_an_officer(prison)
    return prison


def test_the_limit_of_a_word_is_that_of_a_text():
    assert LONGEST_WORD == LONGEST_TEXT


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("way", ["typed", "piped", "file", "imported"])
def test_the_longest_text_is_the_same_whichever_way_it_comes(kw, sam, tmp_path, database, way, over):
    note = "y" * (LONGEST_TEXT + over)
    (tmp_path / "note.txt").write_text(note, encoding="utf-8")
    line = f"A1234BC,KW1,2026-05-05,45,{note}"
    (tmp_path / "sessions.csv").write_text(f"prison_number,staff_id,held_on,minutes,note\n{line}\n", encoding="utf-8")

    said = {
        "typed": lambda: kw([*LOG.split(), note]),
        "piped": lambda: kw(f"{LOG} -", typed=note),
        "file": lambda: kw(f"{LOG} @{tmp_path / 'note.txt'}"),
        "imported": lambda: kw(f"import {tmp_path / 'sessions.csv'}"),
    }[way]()

    assert (said.code, rows(database, NOTE)) == ((0, [(note,)]) if not over else (6 if way == "imported" else 2, []))
    assert not over or "32,767" in said.err


@pytest.mark.parametrize("way", ["piped", "file", "imported"])
def test_an_empty_character_is_taken_out_whichever_way_it_comes(kw, sam, tmp_path, database, way):
    note = "Spoke of home.\0 " * 3 + "x" * 1000
    (tmp_path / "note.txt").write_text(note, encoding="utf-8")
    line = f"A1234BC,KW1,2026-05-05,45,{note}"
    (tmp_path / "sessions.csv").write_text(f"prison_number,staff_id,held_on,minutes,note\n{line}\n", encoding="utf-8")

    said = {
        "piped": lambda: kw(f"{LOG} -", typed=note),
        "file": lambda: kw(f"{LOG} @{tmp_path / 'note.txt'}"),
        "imported": lambda: kw(f"import {tmp_path / 'sessions.csv'}"),
    }[way]()

    assert (said.code, rows(database, NOTE)) == (0, [(note.replace("\0", ""),)])
    assert way != "imported" or "holds 3 empty characters: taken out" in said.err


@cache
def sams_prison() -> bytes:
    """What a file holds with Sam and an officer in it."""
    with TemporaryDirectory() as folder:
        prison = Prison(Path(folder) / "kw.db")
        sam_and_an_officer(prison)
        prison.store.close()
        return (Path(folder) / "kw.db").read_bytes()


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.lists(words.filter(str.strip), min_size=1, max_size=4))
@pytest.mark.parametrize("way", ["export {}/out", "export {}/out.xlsx", "backup {}/out.backup"])
def test_any_text_comes_back_from_files_from_a_workbook_and_from_a_backup(kw, way, notes):
    with TemporaryDirectory() as place:
        path = Path(place)
        first, second = f"--db {path / 'one.db'}", f"--db {path / 'two.db'}"
        (path / "one.db").write_bytes(sams_prison())
        for day, note in enumerate(notes, start=1):
            line = LOG.replace("2026-05-05", f"2026-05-0{day}")
            logged = kw(f"{line} - {first}", typed=note)
            assert logged.code == 0, logged.err
        before = rows(path / "one.db", f"{NOTE} ORDER BY held_on")

        written = kw(f"{way.format(path)} {first}")
        read = kw(f"{'restore' if 'backup' in way else 'import'} {path / way.rpartition('/')[2]} {second}")

        assert (written.code, read.code) == (0, 0), (written.err, read.err)
        assert rows(path / "two.db", f"{NOTE} ORDER BY held_on") == before
