"""What a network adds to what can go wrong: each is two lines and exit code 7, nothing is lost, no password is told."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from databases import ask_server, everything, name_on_server, rows
from factories import world
from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.database.server_address import ServerAddress
from postgres.roles import PASSWORD

READS = "overdue"
WRITES = "log-session A1234BC --minutes 45 --by SHAH"
PATIENCE_SECONDS = 60


@pytest.fixture
@world
def wing(prison):
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("SHAH")
    prison.officer("REED")
    prison.store.close()
    return prison


def told(said, words: str) -> None:
    """It ended with 7, in two lines, and gave away no password."""
    assert (said.code, said.out) == (7, "")
    what, hint = said.err.splitlines()
    assert (what[:4], hint[:6]) == ("kw: ", "hint: ")
    assert words in what
    assert "lilies" not in said.err


@pytest.mark.parametrize("line", [READS, WRITES, "init", "doctor"])
def test_a_server_that_is_not_there_is_said_to_be_so(line, kw) -> None:
    told(
        kw(line, KW_DB=f"postgresql://nobody:{PASSWORD[:6]}@127.0.0.1:1/prison"),
        "cannot be reached: Connection refused",
    )


@pytest.mark.parametrize("line", [READS, WRITES])
def test_a_database_that_is_not_there_is_said_to_be_so(line, kw, database) -> None:
    told(kw(line, KW_DB=database.url + "_none"), "does not exist")


@pytest.mark.parametrize("line", [READS, WRITES, "doctor"])
@pytest.mark.parametrize("debug", ["", "--debug "])
def test_a_wrong_password_is_told_and_not_repeated(line, debug, kw, wing, role, address_of) -> None:
    said = kw(debug + line, KW_DB=address_of(role, PASSWORD + "no"))

    told(said, "password authentication failed")
    assert "PGPASSFILE" in said.err


@pytest.mark.parametrize("line", [READS, WRITES, "doctor", "export out", "config set gap.days 9"])
def test_a_database_without_tables_is_no_prison_without_prisoners(line, kw, database, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)

    told(kw(line), "there are no tables of kw")


@pytest.mark.parametrize("line", [READS, WRITES])
def test_a_role_without_rights_is_told_so(line, kw, wing, role, address_of) -> None:
    told(kw(line, KW_DB=address_of(role, PASSWORD)), "your role has not the right to do that")


@pytest.mark.parametrize("line", ["briefing", "audit verify", "doctor"])
def test_a_role_without_the_right_to_one_table_is_told_which(line, kw, wing, reader, address_of, database) -> None:
    ask_server(f"REVOKE SELECT ON voice_answer FROM {reader}", database)

    said = kw(line, KW_DB=address_of(reader, PASSWORD))

    told(said, "your role has not the right to do that (table voice_answer).")


def test_a_readers_role_reports_and_cannot_write(kw, wing, reader, address_of) -> None:
    before = everything(wing.address)
    his = address_of(reader, PASSWORD)

    report = kw(f"{READS} --format json", KW_DB=his)

    assert (report.code, report.out) == (0, kw(f"{READS} --format json").out)
    told(kw(WRITES, KW_DB=his), "your role has not the right to do that")
    assert everything(wing.address) == before


def test_a_report_that_a_reader_writes_to_a_file_is_written_and_a_note_says_what_is_not_kept(
    kw, wing, reader, address_of, tmp_path
) -> None:
    said = kw(f"{READS} --output {tmp_path / 'page.txt'}", KW_DB=address_of(reader, PASSWORD))

    assert (said.code, "A1234BC" in (tmp_path / "page.txt").read_text()) == (0, True)
    assert "was written, and the audit does not say by whom" in said.err


def test_a_writers_role_records_imports_and_exports_and_cannot_switch_off_what_keeps_history(
    kw, wing, writer, address_of, tmp_path
) -> None:
    his = address_of(writer, PASSWORD)

    for line in (WRITES, "allocate A1234BC --to REED", f"export {tmp_path}/out", f"import {tmp_path}/out"):
        said = kw(line, KW_DB=his)
        assert (line, said.code) == (line, 0), said.err
    kw("prisoner add A1234BD --last-name Dale --first-name Ben --arrived yesterday --location B-1-001", KW_DB=his)
    assert kw("audit verify", KW_DB=his).code == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask_server("DROP TRIGGER audit_no_update ON audit", ServerAddress.read(his))


def test_what_a_writer_puts_before_the_tables_does_not_catch_what_is_kept(
    kw, wing, writer, address_of, database
) -> None:
    assert kw(WRITES).code == 0
    his = ServerAddress.read(address_of(writer, PASSWORD))
    kept = "SELECT count(*) FROM session_past"
    before = ask_server(kept, database)[0][0]

    ask_server(
        "CREATE TEMP TABLE session_past (LIKE public.session_past); CREATE TEMP TABLE audit (id int, hash text); "
        "UPDATE session SET minutes = 15 WHERE id = 1",
        his,
    )

    assert ask_server(kept, database)[0][0] == before + 1


FORBIDDEN = (
    "INSERT INTO session_past SELECT * FROM session_past",
    "UPDATE alembic_version SET version_num = '0099'",
    "UPDATE audit SET user_name = 'x'",
    "DELETE FROM session",
    "TRUNCATE session",
    "INSERT INTO audit_head VALUES (2, 0, '', '{}')",
    "UPDATE audit_head SET lines = 0",
    "UPDATE audit_head SET lines = lines + 1",
    "DROP TRIGGER session_keep ON session",
    "ALTER FUNCTION session_keep() SECURITY INVOKER",
    "SET session_replication_role = replica",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_writer_cannot_forge_the_past_lock_the_prison_out_or_set_the_audit_back(
    statement, kw, wing, writer, address_of, database
) -> None:
    before = everything(database)

    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.IntegrityError)):
        ask_server(statement, ServerAddress.read(address_of(writer, PASSWORD)))

    assert everything(database) == before
    assert kw("audit verify", KW_DB=address_of(writer, PASSWORD)).code == 0


OF_SCHEMA_4 = (
    "DROP TABLE row_mark, voice_answer, voice_answer_past, note_reading, note_reading_past; "
    "ALTER TABLE audit_head DROP COLUMN tallies; ALTER TABLE audit DROP COLUMN rows_digest; "
    "UPDATE alembic_version SET version_num = '0004'"
)


def test_after_a_step_to_a_newer_schema_readers_read_and_writers_write(
    kw, prison, reader, address_of, database
) -> None:
    ask_server(OF_SCHEMA_4, database)
    assert kw("briefing", KW_DB=address_of(reader, PASSWORD)).code == 7

    assert kw("init").code == 0

    for line in ("briefing", "audit verify", "doctor"):
        said = kw(line, KW_DB=address_of(reader, PASSWORD))
        assert (line, said.code) == (line, 0), said.err


def test_roles_of_before_lose_what_no_writer_needs(kw, prison, role, address_of, database) -> None:
    ask_server(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {role}", database)
    ask_server(f"GRANT USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}; {OF_SCHEMA_4}", database)

    assert kw("init").code == 0

    his = address_of(role, PASSWORD)
    assert kw("config set gap.days 9", KW_DB=his).code == 0
    assert kw("config set gap.days 8", KW_DB=his).code == 0
    assert kw("audit verify", KW_DB=his).code == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask_server("INSERT INTO setting_past SELECT * FROM setting_past", ServerAddress.read(his))


def test_a_function_that_does_something_else_under_its_name_is_found(kw, prison, database) -> None:
    ask_server(
        "CREATE OR REPLACE FUNCTION session_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; "
        "CREATE TRIGGER quiet BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION kw_refuse()",
        database,
    )

    said = kw("doctor")

    assert "missing or changed (session_keep)" in said.out


@pytest.mark.parametrize("way", ["PGPASSFILE", "PGPASSWORD", "PGSERVICE"])
def test_a_password_is_found_where_postgresqls_own_programs_find_it(
    way, kw, wing, reader, address_of, database, tmp_path, monkeypatch
) -> None:
    monkeypatch.delenv("PGPASSFILE", raising=False)
    address = address_of(reader)
    if way == "PGPASSFILE":
        file = tmp_path / "passwords"
        file.write_text(f"*:*:*:{reader}:{PASSWORD.replace(':', chr(92) + ':')}\n")
        file.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(file))
    elif way == "PGPASSWORD":
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
    else:
        host, _, port = database.shown.rpartition("@")[2].partition("/")[0].partition(":")
        parts = {"host": host, "port": port, "dbname": database.shown.rpartition("/")[2]}
        lines = [f"{name}={value}" for name, value in {**parts, "user": reader, "password": PASSWORD}.items() if value]
        file = tmp_path / "services"
        file.write_text("\n".join(["[fellgate]", *lines, ""]))
        monkeypatch.setenv("PGSERVICEFILE", str(file))
        monkeypatch.setenv("PGSERVICE", "fellgate")
        address = "postgresql://"

    said = kw(f"{READS} --format json", KW_DB=address)

    assert (said.code, said.out) == (0, kw(f"{READS} --format json", KW_DB=address_of(reader, PASSWORD)).out)


def test_a_server_stopped_in_the_middle_of_a_write_loses_nothing(kw, wing) -> None:
    """The session waits for its turn; then the server ends its connection, as it does when it is stopped."""
    before = everything(wing.address)
    with ThreadPoolExecutor() as pool, wing._change("2026-05-12"):
        writing = pool.submit(kw, WRITES)
        waiting = _who_waits(wing.address)
        ask_server(f"SELECT pg_terminate_backend({waiting})")
        said = writing.result(PATIENCE_SECONDS)

    told(said, "the server has stopped")
    assert "nothing was saved" in said.err
    assert everything(wing.address) == before
    assert kw(WRITES).code == 0


def test_a_write_that_the_server_breaks_off_is_told(kw, wing) -> None:
    with ThreadPoolExecutor() as pool, wing._change("2026-05-12"):
        writing = pool.submit(kw, WRITES)
        ask_server(f"SELECT pg_cancel_backend({_who_waits(wing.address)})")
        told(writing.result(PATIENCE_SECONDS), "has broken it off")


@pytest.mark.parametrize("line", [READS, WRITES, "audit verify", "doctor"])
def test_a_server_that_breaks_off_what_takes_long_is_told(line, kw, wing, database) -> None:
    ask_server(f"ALTER DATABASE {name_on_server(database)} SET statement_timeout = '1ms'")

    told(kw(line), "has broken it off")

    ask_server(f"ALTER DATABASE {name_on_server(database)} RESET statement_timeout")
    assert rows(database, "SELECT count(*) FROM session") == [(0,)]
    assert kw(WRITES).code == 0


def test_a_role_with_too_many_connections_is_told_to_wait(kw, wing, reader, address_of) -> None:
    ask_server(f"ALTER ROLE {reader} CONNECTION LIMIT 0")

    said = kw(READS, KW_DB=address_of(reader, PASSWORD))

    told(said, "too many connections")
    assert "in a moment" in said.err


def test_a_connection_that_ends_while_a_change_is_kept_leaves_it_open_whether_it_was(kw, wing) -> None:
    ask_server(
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; "
        "CREATE CONSTRAINT TRIGGER stops AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION stop()",
        wing.address,
    )

    said = kw(WRITES)

    told(said, "the server has stopped")
    assert "it may have been saved or not: kw audit list shows it" in said.err
    assert "log-session" not in kw("audit list --format csv").out


def test_a_server_stopped_while_it_reads_is_told(wing) -> None:
    stays_of = wing.store.queries.stays_of
    assert stays_of(1)
    ((reading,),) = ask_server(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", wing.address
    )
    ask_server(f"SELECT pg_terminate_backend({reading})")

    with pytest.raises(DatabaseError, match="the server has stopped"):
        stays_of(2)
    wing.store.close()


def test_of_two_who_allocate_the_same_prisoner_at_once_one_wins_and_the_other_is_told(kw, wing) -> None:
    """Both have seen him without a key worker; they save while neither knows of the other."""
    together = threading.Barrier(2)

    def both_agree():
        together.wait(PATIENCE_SECONDS)
        yield "y"

    with ThreadPoolExecutor() as pool:
        running = [pool.submit(kw, "allocate", answers=both_agree()) for _ in range(2)]
        won, lost = sorted((one.result(PATIENCE_SECONDS) for one in running), key=lambda said: said.code)

    assert (won.code, lost.code) == (0, 5)
    assert "A1234BC" in lost.err
    assert rows(wing.address, "SELECT count(*) FROM allocation WHERE ended_on IS NULL") == [(1,)]
    assert kw("audit verify").code == 0


def _who_waits(address) -> int:
    """Return the number of the connection that waits for its turn to write."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = ask_server(
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", address
        )
        if found:
            return int(found[0][0])
    raise AssertionError("nobody waits")
