"""`kw doctor`: what is wrong with the file and missing in the records, each with the command that mends it."""

import json
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from factories import world

pytestmark = pytest.mark.sqlite_file  # a file; of a server there is `postgres/test_doctor.py`


@world
def nothing_to_mend(prison) -> None:
    """A prison with a prisoner, his key worker and a slot today."""
    prison.setting("prison.name", "HMP Fellgate (FICTIONAL)")
    prison.prisoner("A1234BC", arrived="2026-04-06")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-07")
    prison.slot("SHAH", "2026-05-12")


@pytest.fixture
def sound(kw, prison, database) -> Path:
    """A prison in which nothing is to be mended, backed up a moment ago, in a folder of its own."""
    database.parent.chmod(0o700)
    nothing_to_mend(prison)
    prison.store.close()
    kw(f"backup {database}.backup")
    return database


def looked_at(said) -> dict[str, dict]:
    return {row["check"]: row for row in json.loads(said.out)["rows"]}


def found(kw, check: str) -> tuple[str, str, str]:
    row = looked_at(kw("doctor --format json"))[check]
    return row["state"], row["found"], row["mend"]


def write_behind_its_back(database: Path, statements: str) -> None:
    connection = sqlite3.connect(database)
    connection.executescript(statements)
    connection.close()


def test_a_sound_database_has_nothing_to_be_mended(kw, sound) -> None:
    said = kw("doctor --fail")

    assert said.code == 0
    assert "To be mended" in said.out
    assert {row["state"] for row in looked_at(kw("doctor --format json")).values()} == {"ok"}


def test_what_is_to_be_mended_comes_first_and_fail_says_so(kw, sound) -> None:
    sound.chmod(0o644)

    said = kw("doctor --fail")

    assert said.code == 3
    assert said.out.index("others may reach") < said.out.index("In order")
    assert json.loads(kw("doctor --format json").out)["summary"] == {"ok": 20, "warn": 1, "bad": 0}
    assert kw("doctor").code == 0


def test_permissions_wider_than_their_owners_are_named(kw, sound) -> None:
    sound.chmod(0o640)
    sound.parent.chmod(0o755)

    assert found(kw, "file") == ("warn", f"others may reach {sound} (640)", f'chmod 600 "{sound}"')
    assert found(kw, "folder") == ("warn", f"others may reach {sound.parent} (755)", f'chmod 700 "{sound.parent}"')


def test_a_folder_that_everybody_shares_is_never_to_be_closed(kw, sound) -> None:
    sound.parent.chmod(0o1777)

    state, words, mend = found(kw, "folder")

    assert (state, "everybody shares" in words, "chmod" in mend) == ("warn", True, False)


def test_a_prison_that_was_never_backed_up_is_told_of_it(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-06")

    assert found(kw, "backup") == ("warn", "none was made of this database", "kw backup FILE")


def test_a_backup_of_before_yesterday_is_old_once_something_was_written(kw, sound) -> None:
    def on(day: str) -> str:
        row = looked_at(kw("doctor --format json", now=datetime.fromisoformat(f"{day}T07:15:00+00:00")))["backup"]
        return f"{row['state']}: {row['found'].rpartition('; ')[2]}"

    assert on("2026-05-12") == "ok: 0 lines written since"
    assert on("2026-05-20") == "ok: 0 lines written since"
    kw("worker capacity SHAH 5")
    assert on("2026-05-13") == "ok: 1 line written since"
    assert on("2026-05-14") == "warn: 1 line written since"


def test_what_came_back_from_a_backup_is_in_that_backup(kw, sound) -> None:
    kw(f"restore {sound}.backup --yes")

    state, words, _ = found(kw, "backup")

    assert state == "ok"
    assert words.startswith(f"restored from {sound}.backup, Tue 12 May 2026 08:15")


def test_an_audit_that_does_not_verify_is_named_and_ends_with_seven(kw, sound) -> None:
    write_behind_its_back(sound, "DROP TRIGGER audit_no_update; UPDATE audit SET user_name = 'nobody' WHERE id = 2")

    said = kw("doctor --format json")

    assert said.code == 7
    assert looked_at(said)["audit"]["state"] == "bad"
    assert "line 2" in looked_at(said)["audit"]["found"]
    assert looked_at(said)["history"]["found"].endswith("(audit_no_update)")
    assert "the audit does not verify" in said.err


def test_a_row_that_refers_to_nothing_is_named(kw, sound) -> None:
    write_behind_its_back(
        sound,
        "INSERT INTO move (person_id, moved_on, location, recorded_at, recorded_by, recorded_known, changed_at, "
        "changed_by) VALUES (999, '2026-05-01', 'A-1-001', '2026-05-01T10:00:00.000000Z', 'x', 1, "
        "'2026-05-01T10:00:00.000000Z', 'x')",
    )

    assert found(kw, "links") == ("bad", "rows that refer to nothing, in: move", "kw restore FILE")


def test_a_damaged_file_ends_with_seven_and_the_way_out(kw, sound) -> None:
    with sound.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * (sound.stat().st_size // 2))

    said = kw("doctor")

    assert said.code == 7
    assert "damaged" in said.err
    assert "hint: restore the last backup: kw restore FILE." in said.err


def test_a_database_that_is_not_there_ends_with_seven(kw) -> None:
    assert kw("doctor").code == 7


@pytest.mark.parametrize(
    ("key", "value", "words", "mend"),
    [
        ("target.minutes_per_week", "30", "less than the policy's 45", "kw config set target.minutes_per_week 45"),
        ("gap.days", "14", "longer than the time between two sessions", "kw config set gap.days 7"),
        ("gap.serious_days", "7", "nobody is overdue only", "kw config set gap.serious_days 28"),
        ("prison.name", "HMP Fellgate", "that of the invented prison", 'kw config set prison.name "HMP ..."'),
    ],
)
def test_a_setting_that_works_against_the_scheme_is_named(key, value, words, mend, kw, prison, sound) -> None:
    prison.setting(key, value)
    prison.store.close()

    state, said, way = found(kw, "settings")

    assert (state, words in said, way) == ("warn", True, mend)


def test_a_wing_whose_rota_has_ended_or_never_began_is_named(kw, prison, sound) -> None:
    prison.prisoner("A1234BD", arrived="2026-04-06", location="C-1-001")
    prison.officer("REED", wing="C")
    prison.allocated("A1234BD", "REED", "2026-04-07")
    prison.store.close()

    assert found(kw, "rota")[:2] == ("warn", "wing C: no rota recorded")
    row = looked_at(kw("doctor --as-of 2026-05-14 --format json"))["rota"]
    assert row["found"] == "wing B: no rota after Tue 12 May 2026; wing C: no rota recorded"


def test_a_session_without_a_note_is_named_when_a_day_has_gone_by(kw, prison, sound) -> None:
    prison.session("A1234BC", "SHAH", "2026-05-11", note=None)
    prison.store.close()
    assert found(kw, "notes")[0] == "ok"
    prison.session("A1234BC", "SHAH", "2026-05-04", note=None)
    prison.store.close()

    state, words, mend = found(kw, "notes")

    assert state == "warn"
    assert words == "1 session of the last 28 days without, the first of Mon 4 May 2026"
    assert mend == "kw note A1234BC --on 2026-05-04"
    assert kw([*mend.split()[1:], "--note", "He spoke of his daughter."]).code == 0
    assert found(kw, "notes")[0] == "ok"


def test_an_officer_without_a_wing_and_a_prisoner_without_a_place_are_named(kw, prison, sound) -> None:
    prison.officer("REED", wing=None)
    prison.prisoner("A1234BD", arrived="2026-04-06", location=None)
    prison.store.close()

    assert found(kw, "officers") == ("warn", "without a wing: REED", "kw import key_workers.csv")
    assert found(kw, "locations") == ("warn", "without one: A1234BD", "kw prisoner move A1234BD LOCATION")


def test_two_stays_that_overlap_are_named(kw, prison, sound) -> None:
    prison.prisoner("A1234BD", arrived="2026-01-05")
    prison.left("A1234BD", "2026-03-02")
    prison.prisoner("A1234BD", arrived="2026-03-02")
    assert found(kw, "stays")[0] == "ok"
    prison.left("A1234BD", "2026-04-02")
    prison.prisoner("A1234BD", arrived="2026-02-16")
    prison.store.close()

    assert found(kw, "stays")[:2] == (
        "bad",
        "A1234BD arrived on Mon 16 Feb 2026, before the stay from Mon 5 Jan 2026 ended; "
        "A1234BD arrived on Mon 2 Mar 2026, before the stay from Mon 16 Feb 2026 ended",
    )


def test_a_copy_that_a_killed_command_left_behind_is_named(kw, sound) -> None:
    left = sound.parent / ".kw-abc123"
    left.mkdir()

    state, words, mend = found(kw, "leftovers")

    assert (state, ".kw-abc123" in words, mend) == ("warn", True, f'rm -r "{left}"')


def test_it_looks_at_the_file_as_it_is_now(kw, sound) -> None:
    assert kw("doctor --known-at 2026-05-01").code == 2


def test_a_file_that_may_only_be_read_is_looked_over_all_the_same(kw, sound) -> None:
    sound.chmod(0o400)

    assert kw("doctor").code == 0
    assert sound.stat().st_mode & 0o777 == 0o400
