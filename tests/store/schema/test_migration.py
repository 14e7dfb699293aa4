"""A file of an older kw is brought up to date after a copy of it; one of a newer kw is refused untouched."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from keyworker_cli.errors import DatabaseError
from keyworker_cli.store.file import migrate as migration
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.store import Store

pytestmark = pytest.mark.sqlite_file  # files of an older kw: there never was a server's

SCHEMAS = sorted(Path(__file__).with_name("schemas").glob("schema_*.sql"))


def version_of(path: Path) -> int:
    return int(path.stem.removeprefix("schema_"))


def older_file(database: Path, schema: Path) -> Path:
    connection = sqlite3.connect(database)
    connection.executescript(schema.read_text(encoding="utf-8"))
    connection.close()
    return database


def shape(path: Path) -> list[tuple[str, str, tuple[object, ...]]]:
    """Every table's columns, index and trigger, whatever the words of its CREATE."""
    connection = sqlite3.connect(path)
    names = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    ).fetchall()
    shapes = []
    for kind, name in names:
        pragma = "table_xinfo" if kind == "table" else "index_xinfo"
        columns = connection.execute(f"SELECT * FROM pragma_{pragma}(?)", (name,)).fetchall()
        shapes.append((kind, name, tuple(columns)))
    connection.close()
    return shapes


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_an_older_file_answers_as_before_and_has_the_shape_of_a_new_one(schema, database, tmp_path, kw) -> None:
    older_file(database, schema)

    said = kw("overdue --days 7 --as-of 14/01/2026 --format csv")

    assert said.code == 0
    assert said.out.splitlines()[1].startswith("A1234BC,7,due,Mr A")
    assert kw("audit verify").code == 0
    new = tmp_path / "new.db"
    Store(new).create()
    assert shape(database) == shape(new)
    assert sqlite_file.schema_version(database) == sqlite_file.SCHEMA_VERSION


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_a_copy_of_the_older_file_stands_beside_it_for_its_owner_only(schema, database, kw) -> None:
    older_file(database, schema)

    kw("overdue")

    kept = database.with_name(f"kw.db.schema-{version_of(schema)}")
    assert sqlite_file.schema_version(kept) == version_of(schema)
    assert kept.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(kept)) as connection:
        (note,) = connection.execute("SELECT note FROM session").fetchone()
    assert note == "O'Brien said Zoë would visit."


def test_of_several_commands_after_an_upgrade_one_brings_it_up_to_date_and_all_answer(database, loaded) -> None:
    older_file(database, SCHEMAS[0])
    before = database.read_bytes()
    lines = ["overdue", "log-session A1234BC --minutes 45 --on 2026-01-15 --by SHAH", "doctor"]

    running = [loaded.start(lines[number % 3], database=database, now="2026-01-16T09:00:00Z") for number in range(12)]
    ended = [one.wait() for one in running]

    assert {one.code for one in ended} <= {0, 5}, [one.err for one in ended]  # the same session twice is refused
    copies = [path for path in database.parent.iterdir() if path.name.startswith("kw.db.schema-")]
    assert [path.name for path in copies] == ["kw.db.schema-1"]
    assert sqlite_file.schema_version(copies[0]) == 1
    assert shape(copies[0]) == shape(older_file(database.with_name("as-it-was.db"), SCHEMAS[0])), before


def test_a_copy_of_an_earlier_time_is_not_written_over(database, kw) -> None:
    older_file(database, SCHEMAS[0])
    kept = database.with_name("kw.db.schema-1")
    kept.write_text("of another time")

    kw("overdue")

    assert kept.read_text() == "of another time"
    assert sqlite_file.schema_version(database.with_name("kw.db.schema-1.2")) == 1


def test_what_an_older_file_contradicts_itself_in_is_settled(database, kw) -> None:
    older_file(database, SCHEMAS[-1])
    connection = sqlite3.connect(database)
    connection.execute("DROP TRIGGER stay_keep")
    connection.execute("UPDATE stay SET left_on = '2026-02-01', departure_reason = 'RELEASE', location = 'FGX-B-2-014'")
    connection.commit()
    connection.close()

    kw("overdue")

    with closing(sqlite3.connect(database)) as connection:
        ended = connection.execute("SELECT ended_on, end_reason FROM allocation").fetchall()
        places = connection.execute("SELECT location FROM stay").fetchall()
    assert (ended, places) == ([("2026-02-01", "RELEASED")], [("B-2-014",)])
    found = kw("doctor --format json").out
    assert "1 allocation ended with the stay it outlived" in found
    assert "1 place written without the prison's own code" in found
    assert kw("audit verify").code == 7  # no step vouches for what somebody altered before it


def test_a_step_that_fails_leaves_the_file_as_it_was(database, monkeypatch) -> None:
    older_file(database, SCHEMAS[0])
    before = database.read_bytes()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(
        "INSERT INTO move SELECT 1, recorded_at, 'x', 1, recorded_at, 'x', 999, '2026-01-07', 'B' FROM stay"
    )
    connection.commit()
    connection.close()
    before = database.read_bytes()

    with pytest.raises(DatabaseError, match="a row of move"):
        migration.bring_up_to_date(database)

    assert database.read_bytes() == before


def test_a_file_of_a_newer_kw_is_refused_untouched(prison, database, kw) -> None:
    connection = sqlite3.connect(database)
    connection.execute(f"PRAGMA user_version = {sqlite_file.SCHEMA_VERSION + 1}")
    connection.close()
    before = database.read_bytes()

    said = kw("overdue")

    assert said.code == 7
    assert "newer kw" in said.err
    assert database.read_bytes() == before
