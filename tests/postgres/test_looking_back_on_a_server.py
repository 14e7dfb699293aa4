"""What could have been known at a moment is the same on a server as in a file (help: late-recording)."""

from commands.test_export_answers_alike import REPORTS
from databases import ask_server, named, rows
from keyworker_cli.fiction import write_prison
from postgres.roles import PASSWORD

THEN = "--known-at 2026-04-20T12:00:00Z --as-of 2026-04-20 --format json"


def test_every_report_of_what_was_known_is_the_same_as_from_a_file(kw, database, tmp_path) -> None:
    write_prison("demo", tmp_path / "prison")
    databases = [str(tmp_path / "kw.db"), named(database)]
    for one in databases:
        assert kw(["import", str(tmp_path / "prison"), "--db", one]).code == 0
        assert kw(f"amend-session F1003KC --minutes 25 --why 'typed 30 by mistake' --db {one}").code == 0

    for report in REPORTS:
        answers = [kw(f"{report} {THEN} --db {one}") for one in databases]
        assert (answers[0].code, answers[0].out) == (answers[1].code, answers[1].out), report
        assert answers[0].code == 0, report


def test_looking_back_leaves_the_record_as_it_is_and_others_may_write_after(kw, prison, database) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-10")
    before = rows(database, "SELECT id, changed_at FROM person")

    assert kw("overdue --known-at 2026-05-01T12:00:00Z").code == 0
    assert rows(database, "SELECT id, changed_at FROM person") == before
    assert kw("config set gap.days 9").code == 0


def test_a_role_that_may_not_make_temporary_tables_is_told_what_it_needs(kw, prison, reader, address_of, database):
    prison.prisoner("A1234BC", arrived="2026-05-10")
    ask_server("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC".format(database.shown.rpartition("/")[2]))

    there = f"--db {address_of(reader, PASSWORD)}"
    assert kw(f"overdue {there}").code == 0
    told = kw(f"overdue --known-at 2026-05-11T12:00:00Z {there}")
    assert told.code == 7
    what, hint = told.err.splitlines()
    assert what.endswith("to look back, your role needs the right to make temporary tables.")
    assert hint == "hint: ask whoever keeps the server: GRANT TEMPORARY ON DATABASE … TO …"
