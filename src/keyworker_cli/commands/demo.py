"""Invented prisons, to try kw on: one to look at, and any size as files."""

import shlex
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

import typer

from keyworker_cli.actions.files.demo import build_demo, demo_date
from keyworker_cli.commands.data import DATA, Folder, tell_counts
from keyworker_cli.commands.options import command, family
from keyworker_cli.context import Kw
from keyworker_cli.fiction import AS_OF, write_prison
from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.view import View

app = family()
TRY_NEXT = (
    "overdue --wing B",
    "why A1001AA",
    "allocate --dry-run",
    "log-session F1003KC --by PQ01 --minutes 45",
)
"""What to try on the demo prison: who is overdue on a wing, one man, who should have whom, and a session."""

Size = Annotated[str, typer.Argument(metavar="SIZE", help="demo, standard, large or national.", show_default=False)]
Seed = Annotated[int, typer.Option(metavar="N", help="Another number gives another prison.")]
Years = Annotated[int, typer.Option(metavar="N", min=1, max=50, help="How much history, demo apart.")]


@app.command(rich_help_panel=DATA)
@command
def demo(kw: Kw) -> None:
    """An invented prison to try kw on, in a database of its own.

    It stands on a day of its own and never touches your database: KW_DB and KW_AS_OF do not count here. Made in a
    temporary folder, or in the file that --db names.

    Example: kw demo
    """
    place = kw.db if kw.db_given else Path(mkdtemp(prefix="kw-demo-")) / "demo.db"
    there = kw.elsewhere(place, as_of=demo_date())
    build_demo(there.store, author=there.author)
    there.show(gap_report(there.store, there.request(View()), days=7), View())
    kw.tell("", "Everyone here is invented. Try next:")
    for line in TRY_NEXT:
        kw.tell(f"  kw {line} --db {shlex.quote(str(place))} --as-of {there.as_of}")


@app.command(rich_help_panel=DATA)
@command
def generate(kw: Kw, size: Size, folder: Folder, seed: Seed = 2018, years: Years = 1) -> None:
    """Write the files of an invented prison, to try kw at any size.

    The sizes are demo (24 men), standard (600), large (1,200) and national (87,000). The same seed gives the same files
    on every machine. They stand on Tue 12 May 2026, so read them with --as-of 2026-05-12.

    Example: kw generate demo fellgate
    """
    rows: Any = write_prison(size, folder, seed=seed, years=years)["rows"]
    tell_counts(kw, {f"{name}.csv": count for name, count in rows.items()})
    kw.say(f"written to {folder}; take them in with: kw import {shlex.quote(str(folder))} --as-of {AS_OF}")
