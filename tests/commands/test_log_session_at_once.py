"""`kw log-session` by many at once: none is lost, none fails, each leaves its line in the audit."""

import io
import multiprocessing
from datetime import UTC, datetime

from databases import named, rows
from keyworker_cli.cli import Environment, main

NOW = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
PROCESSES, SESSIONS, MINUTES = 20, 50, 20


def record_a_day(database, login, man):
    """Record one officer's sessions one after the other; return what any that failed said."""
    failed = []
    for at in range(SESSIONS):
        hours, minutes = divmod(at * MINUTES, 60)
        start = f"{hours:02}:{minutes:02}"
        line = ["log-session", man, "--minutes", f"{MINUTES}", "--on", "yesterday", "--start", start]
        err = io.StringIO()
        there = Environment(NOW, io.StringIO(), err, {"KW_DB": database, "KW_USER": login})
        if main([*line, "--note", f"Session {at}."], there):
            failed.append(err.getvalue())
    return failed


def test_twenty_at_once_record_fifty_sessions_each_and_none_is_lost(prison):
    officers = [(f"login{number}", f"A{number:04}BC") for number in range(PROCESSES)]
    for number, (login, man) in enumerate(officers):
        prison.man(man, arrived="2026-01-05", name=f"Man{number} Example")
        prison.officer(f"OFFICER{number}", login=login)
    prison.store.close()

    # A server that has kw loaded forks the twenty, so that they write at once and do not load one after the other.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["keyworker_cli.cli", "keyworker_cli.store.changes.change"])
    with context.Pool(PROCESSES) as pool:
        failed = pool.starmap(record_a_day, [(named(prison.address), *officer) for officer in officers], chunksize=1)

    assert [words for one in failed for words in one] == []
    held = [prison.store.queries.sessions_of(person) for person in prison.people.values()]
    assert [len(sessions) for sessions in held] == [SESSIONS] * PROCESSES
    assert {len({session.note for session in sessions}) for sessions in held} == {SESSIONS}
    (lines,) = rows(prison.address, "SELECT count(*), count(DISTINCT hash) FROM audit WHERE table_name = 'session'")
    assert lines == (PROCESSES * SESSIONS, PROCESSES * SESSIONS)
