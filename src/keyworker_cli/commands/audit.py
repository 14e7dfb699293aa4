"""`kw audit`: who wrote what, and whether the record of it is whole."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import INSIGHT, Facts, Figures, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.audit import (
    audit_list,
    check_report,
    read_head,
    refuse_looking_back,
    stop_if_unsound,
)
from keyworker_cli.rules.dates.periods import ask_bounds

app = family()
audit = family("Who wrote what, and whether the record of it is whole.")
app.add_typer(audit, name="audit", rich_help_panel=INSIGHT)

AnyPrisoner = Annotated[str | None, typer.Argument(metavar="[PRISONER]", help="Only this prisoner: number or name.")]
ByUser = Annotated[str | None, typer.Option("--by", metavar="USER", help="Only what this user wrote.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day, which is included.")]
Head = Annotated[
    str | None, typer.Option(metavar="HASH", help="A head written down elsewhere; its first 12 characters will do.")
]
FromHead = Annotated[bool, typer.Option("--from-head", help="Go through what came after that head, and all rows.")]


@audit.command("list")
@command
def listed(
    kw: Kw, view: Figures, prisoner: AnyPrisoner = None, by: ByUser = None, since: Since = None, until: Until = None
) -> None:
    """Who wrote what, and when, the latest first.

    Every write leaves a line: who, when, with which command, what, before and after. What was in the record goes into
    a file only with --with-reasons.

    Example: kw audit list --since -7d --limit 20

    Example: kw audit list A1001AA
    """
    person = kw.prisoner(prisoner) if prisoner else None
    first, last = ask_bounds(as_of=kw.as_of, since=since, until=until)
    most = None if view.sort else view.limit
    kw.show(audit_list(kw.store, kw.request(view), prisoner=person, user=by, since=first, until=last, most=most), view)


@audit.command("verify")
@command
def verify(kw: Kw, view: Facts, head: Head = None, from_head: FromHead = False) -> None:
    """Whether the audit is whole: no line changed, removed, swapped or added, and no row that no line counted.

    Each line's hash covers the line before and what all rows come to, those of the past too. The first line that does
    not fit is named, with exit code 7. It is evidence against people without the code, not proof against the file's
    owner: a head written down elsewhere (kw briefing prints it) guards against that.

    Example: kw audit verify

    Example: kw audit verify --format json
    """
    request, looked_for = kw.request(view), read_head(head, needed=from_head)
    refuse_looking_back(request)
    check = kw.store.check_audit(head=looked_for, from_head=from_head)
    kw.show(check_report(request, check, head=looked_for), view)
    stop_if_unsound(check, head=looked_for)
