"""The tables on a server: made once however many do so, guarded as those of a file, and of which schema they are."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from databases import ask_server, everything, rows
from keyworker_cli.store.file.sqlite_file import SCHEMA_VERSION
from keyworker_cli.store.schema.tables import PAST_TABLES, RECORD_TABLES


def test_eight_who_make_the_tables_at_once_all_get_through(kw, database) -> None:
    with ThreadPoolExecutor() as pool:
        said = [one.result() for one in [pool.submit(kw, "init") for _ in range(8)]]

    assert [one.code for one in said] == [0] * 8
    assert sum(one.out == f"made {database}\n" for one in said) == 1
    assert kw("overdue").code == 0


GUARDED = [*(table.name for table in (*RECORD_TABLES, *PAST_TABLES)), "audit", "audit_head", "row_mark"]


@pytest.mark.parametrize("table", GUARDED)
def test_nobody_takes_anything_away_not_even_all_at_once(table, kw, prison) -> None:
    with pytest.raises(psycopg.Error, match=f"kw keeps every line of {table}"):
        ask_server(f"TRUNCATE {table} CASCADE", prison.address)


@pytest.mark.parametrize("change", ["UPDATE audit SET user_name = 'x'", "DELETE FROM audit", "DELETE FROM stay"])
def test_history_is_not_written_over(change, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01")

    with pytest.raises(psycopg.IntegrityError, match="kw keeps every line of"):
        ask_server(change, prison.address)


def test_what_the_schema_forbids_is_refused_in_words(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01")
    ask_server("ALTER TABLE setting ADD CONSTRAINT no_nines CHECK (value <> '9')", prison.address)

    said = kw("config set gap.days 9")

    assert said.code == 5
    assert "the database refused this" in said.err
    assert "no_nines" in said.err
    assert len(said.err.splitlines()) == 2


def test_text_is_ordered_and_told_apart_as_in_a_file(prison) -> None:
    for number, name in (("A1234BC", "b"), ("A1234BD", "B"), ("A1234BE", "é"), ("A1234BF", "z")):
        prison.prisoner(number, arrived="2026-05-01", name=f"Mr {name}")

    ordered = rows(prison.address, "SELECT last_name FROM person ORDER BY last_name")

    assert [name for (name,) in ordered] == ["B", "b", "z", "é"]


NEWER = f"{SCHEMA_VERSION + 1:04}"
STAMPED = {NEWER: "written by a newer kw", "0001": "made by an older kw", "f3a9": "another program"}


@pytest.mark.parametrize(("version", "words"), STAMPED.items())
@pytest.mark.parametrize("line", ["overdue", "config set gap.days 9", "doctor"])
def test_tables_of_another_schema_are_left_as_they_are(version, words, line, kw, prison) -> None:
    ask_server(f"UPDATE alembic_version SET version_num = '{version}'", prison.address)
    before = ask_server("SELECT * FROM audit_head", prison.address)

    said = kw(line)

    assert (said.code, words in said.err, len(said.err.splitlines())) == (7, True, 2)
    assert ask_server("SELECT * FROM audit_head", prison.address) == before


def test_steps_to_a_newer_schema_are_taken_by_init_all_or_none(kw, prison) -> None:
    """The first step cannot be one of a server, and says so; nothing of it stays."""
    before = everything(prison.address)
    ask_server("UPDATE alembic_version SET version_num = '0001'", prison.address)

    said = kw("init")

    assert (said.code, "none that kw has made" in said.err) == (7, True)
    ask_server(f"UPDATE alembic_version SET version_num = '{SCHEMA_VERSION:04}'", prison.address)
    assert everything(prison.address) == before


INDEXES = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1"


def test_a_server_without_the_views_gets_them_by_init(kw, prison) -> None:
    new = ask_server(INDEXES, prison.address)
    ask_server("CREATE INDEX person_search ON person (search_name)", prison.address)
    ask_server("CREATE INDEX stay_past_id ON stay_past (id)", prison.address)
    for view in ("v_gap", "v_event", "v_slot", "v_session", "v_allocation", "v_key_worker", "v_prisoner", "v_today"):
        ask_server(f"DROP VIEW {view}", prison.address)
    for later in ("audit DROP COLUMN rows_digest", "audit_head DROP COLUMN tallies"):
        ask_server(f"ALTER TABLE {later}", prison.address)
    for table in ("row_mark", "voice_answer", "voice_answer_past", "note_reading", "note_reading_past"):
        ask_server(f"DROP TABLE {table}", prison.address)
    ask_server("UPDATE alembic_version SET version_num = '0003'", prison.address)

    said = kw("init")
    assert (said.code, "is up to date" in said.out) == (0, True)

    assert ask_server(INDEXES, prison.address) == new
    assert kw(["query", "SELECT count(*) AS n FROM v_gap", "--format", "csv"]).out == "n\n0\n"
