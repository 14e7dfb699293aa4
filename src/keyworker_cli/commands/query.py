"""`kw query`: a question of one's own."""

from typing import Annotated

import typer

from keyworker_cli.actions.files.reading.text_file import piped_text
from keyworker_cli.command_line.options import DATA, PlainFigures, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.query import query_report, views_report

app = family()

Question = Annotated[
    str | None, typer.Argument(metavar="[SQL]", help="One SELECT over the views; - reads it from stdin.")
]


@app.command("query", rich_help_panel=DATA)
@command
def query(kw: Kw, view: PlainFigures, question: Question = None) -> None:
    """Ask a question of your own in SQL, read only; bare, the views there are and their columns.

    The views say what kw's own lists say: v_gap has the days of kw overdue. They hold no notes, and nothing can be
    changed through them. --as-of and --known-at are those of any report.

    Example: kw query "SELECT wing, count(*) AS prisoners, max(days) AS longest FROM v_gap GROUP BY wing"

    Example: kw query "SELECT * FROM v_gap WHERE state = 'serious'" --output serious.csv
    """
    sql = piped_text(kw.stdin) if question == "-" else question
    report = views_report(kw.store, kw.request(view)) if sql is None else query_report(kw.store, kw.request(view), sql)
    kw.show(report, view)
