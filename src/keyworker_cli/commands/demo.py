"""`kw demo`: an invented prison to try kw on, in a database of its own."""

import shlex
from pathlib import Path
from tempfile import mkdtemp

from keyworker_cli.actions.files.demo import build_demo, demo_date
from keyworker_cli.command_line.options import DATA, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.view import View

app = family()

TRY_NEXT = (
    "overdue --wing B",
    "why A1001AA",
    "allocate --dry-run",
    "log-session F1003KC --by PQ01 --minutes 45",
)
"""What to try on the demo prison: who is overdue on a wing, one prisoner, who should have whom, and a session."""


@app.command(rich_help_panel=DATA)
@command
def demo(kw: Kw) -> None:
    """An invented prison to try kw on, in a database of its own.

    It stands on a day of its own and never touches your database: KW_DB and KW_AS_OF do not count here. Made in a
    temporary folder, or in the file that --db names.

    Example: kw demo

    Example: kw demo --db demo.db
    """
    place = kw.db if kw.db_given else Path(mkdtemp(prefix="kw-demo-")) / "demo.db"
    there = kw.elsewhere(place, as_of=demo_date())
    build_demo(there.store, author=there.author)
    there.show(gap_report(there.store, there.request(View()), days=7), View())
    kw.tell("", "Everyone here is invented. Try next:")
    for line in TRY_NEXT:
        kw.tell(f"  kw {line} --db {shlex.quote(str(place))} --as-of {there.as_of}")
