"""One officer's sessions of a day, recorded one after the other by a process of its own."""

import io
from datetime import UTC, datetime

from keyworker_cli.cli import Environment, main

NOW = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
SESSIONS, MINUTES = 15, 20


def record_a_day(database, login, man):
    """Record one officer's sessions one after the other; return what any that failed said."""
    failed = []
    for at in range(SESSIONS):
        hours, minutes = divmod(at * MINUTES, 60)
        start = f"{hours:02}:{minutes:02}"
        line = ["log-session", man, "--minutes", f"{MINUTES}", "--on", "yesterday", "--start", start]
        err = io.StringIO()
        env = Environment(NOW, io.StringIO(), err, {"KW_DB": database, "KW_USER": login})
        if main([*line, "--note", f"Session {at}."], env):
            failed.append(err.getvalue())
    return failed
