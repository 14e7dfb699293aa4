"""Many who write at once, beside reports, backups and exports: nobody is refused, nothing is lost, all read one state.

`KW_TEST_MANY=30x50` has thirty processes with fifty writes each and five readers; the ordinary suite has fewer.
"""

import os
import signal
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from databases import named, rows
from faults.whole import check_audit

WRITERS, EACH = map(int, os.environ.get("KW_TEST_MANY", "6x6").split("x"))
READERS = 5 if WRITERS >= 30 else 2
READING = ("overdue --format json", "briefing", "audit verify", "prisoner list", "why A1000BC")
FIRST_DAY = date(2026, 1, 1)


def writes_of(writer: int) -> list[str]:
    """Return the lines that one of them types: of each kind of record, each other than anybody else's."""
    prisoner, officer = number(writer), f"OF{writer:02}"
    kinds = (
        "log-session {prisoner} --minutes 20 --by {officer} --on {day} --need 'Ring home {n}'",
        "event add {prisoner} DEBT --on {day}",
        "need add {prisoner} 'Speak to {n}; Officer Shah; fri'",
        "prisoner move {prisoner} B-2-{n:03} --on {day}",
        "worker capacity {officer} {n}",
        "note {prisoner} --on {before} --note 'He spoke of day {n}.'",
    )
    return [
        kinds[n % len(kinds)].format(
            prisoner=prisoner,
            officer=officer,
            n=n + 1,
            day=FIRST_DAY + timedelta(days=n),
            before=FIRST_DAY + timedelta(days=n - n % len(kinds)),
        )
        for n in range(EACH)
    ]


def number(writer: int) -> str:
    return f"A1{writer:03}BC"


def test_writers_beside_readers_backups_and_exports(prison, database, loaded, tmp_path) -> None:
    for writer in range(WRITERS):
        prison.prisoner(number(writer), arrived="2025-12-01", location="B-1-001")
        prison.officer(f"OF{writer:02}")
    prison.store.close()
    lines_before = rows(database, "SELECT lines FROM audit_head")[0][0]
    aside = ["export {folder}/files", "overdue --format csv"]
    if isinstance(database, Path):
        aside = ["backup {folder}/kw.backup", *aside]
    aside_lines = [line.format(folder=tmp_path) for line in aside] * max(1, EACH // 10)

    beside = [loaded.start(*(READING * 400), database=named(database)) for _ in range(READERS)]
    copying = loaded.start(*aside_lines, database=named(database))
    writing = [loaded.start(*writes_of(writer), database=named(database)) for writer in range(WRITERS)]
    written = [running.wait() for running in writing]
    copied = copying.wait()
    for running in beside:
        running.send(signal.SIGTERM)
    read = [running.wait() for running in beside]

    for ended in (*written, copied, *read):
        assert set(how_lines_ended(ended.out)) <= {"0"}, ended
    assert [len(how_lines_ended(ended.out).keys()) for ended in written] == [1] * WRITERS
    kinds = Counter(line.split()[0] for writer in range(WRITERS) for line in writes_of(writer))
    sessions = rows(database, "SELECT count(*) FROM session")[0][0]
    assert sessions == kinds["log-session"]
    assert rows(database, "SELECT count(*) FROM session WHERE note IS NOT NULL")[0][0] == kinds["note"]
    assert rows(database, "SELECT count(*) FROM need")[0][0] == kinds["log-session"] + kinds["need"]
    assert rows(database, "SELECT lines FROM audit_head")[0][0] > lines_before + WRITERS * EACH
    check_audit(database)


def how_lines_ended(out: str) -> Counter[str]:
    """Count the exit codes of the lines that a process typed."""
    ends = (line.partition(": ")[0].split() for line in out.splitlines() if line.startswith("ended with "))
    return Counter(words[2] for words in ends)
