"""`kw log-session` by many at once: none is lost, none fails, each leaves its line in the audit."""

import multiprocessing

from commands.many_sessions import SESSIONS, record_a_day
from databases import named, rows

PROCESSES = 20


def test_twenty_at_once_record_fifteen_sessions_each_and_none_is_lost(prison):
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
