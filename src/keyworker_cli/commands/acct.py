"""ACCT: opened, reviewed, closed, and the key worker's part in it."""

from typing import Annotated

import typer

from keyworker_cli.actions.markers.acct import close_acct, open_acct, review_acct
from keyworker_cli.command_line.options import RECORDS, Plain, Prisoner, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.reports.markers.acct import REVIEW_DAYS, acct_list_report, acct_reviews_report
from keyworker_cli.rules.codes.records import Contribution
from keyworker_cli.rules.markers.acct import ReviewAsked, read_invited
from keyworker_cli.rules.typed import read_code

app = family()
acct = family("The care plan of a prisoner at risk, its reviews, and the key worker's part in them.")
app.add_typer(acct, name="acct", rich_help_panel=RECORDS)

OpenedOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was opened (today).")]
ClosedOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was closed (today).")]
ReviewDue = Annotated[
    str | None, typer.Option("--review-due", metavar="DATE", help="When its post-closure review is due.")
]
Due = Annotated[str | None, typer.Option("--due", metavar="DATE", help="When the review is due (else the next due).")]
HeldOn = Annotated[str | None, typer.Option("--held", metavar="DATE", help="The day it was held.")]
Invited = Annotated[str | None, typer.Option(metavar="YES|NO", help="Whether the key worker was invited.")]
Gave = Annotated[
    str | None, typer.Option(metavar="CONTRIBUTION", help="What the key worker gave: attended, wrote, none.")
]
Days = Annotated[int, typer.Option(metavar="N", min=0, max=3650, help="So many days before and after.")]


@acct.command("open")
@write
def acct_open(kw: Kw, prisoner: Prisoner, on: OpenedOn = None) -> None:
    """Open an ACCT.

    The prisoner is then one of those to be seen today.

    Example: kw acct open F1003KC --dry-run

    Example: kw acct open F1003KC --on yesterday --dry-run
    """
    kw.tell_outcome(open_acct(kw.store, kw.author, kw.prisoner(prisoner), on=kw.day(on)))


@acct.command("close")
@write
def acct_close(kw: Kw, prisoner: Prisoner, on: ClosedOn = None, review_due: ReviewDue = None) -> None:
    """Close an ACCT.

    The prisoner stays on the list as post-closure until that review is held.

    Example: kw acct close X1016YR --review-due +7d --dry-run

    Example: kw acct close X1016YR --on yesterday --dry-run
    """
    due_on = kw.day_or_none(review_due, ahead=True)
    kw.tell_outcome(close_acct(kw.store, kw.author, kw.prisoner(prisoner), on=kw.day(on), review_due_on=due_on))


@acct.command("review")
@write
def acct_review(
    kw: Kw,
    prisoner: Prisoner,
    due: Due = None,
    held: HeldOn = None,
    invited: Invited = None,
    contribution: Gave = None,
) -> None:
    """Record a review, due or held, and the key worker's part.

    Without --due the first review that is not held yet is meant. After the ACCT is closed it is the post-closure one.

    Example: kw acct review X1016YR --held today --invited yes --contribution attended --dry-run

    Example: kw acct review X1016YR --due +7d --dry-run
    """
    request = ReviewAsked(
        due_on=kw.day_or_none(due, ahead=True),
        held_on=kw.day_or_none(held),
        invited=read_invited(invited) if invited is not None else None,
        contribution=read_code(contribution, Contribution, "contribution") if contribution is not None else None,
    )
    kw.tell_outcome(review_acct(kw.store, kw.author, kw.prisoner(prisoner), request))


@acct.command("list")
@command
def acct_list(kw: Kw, view: Plain) -> None:
    """Who is on an ACCT, or to be reviewed after one.

    Example: kw acct list

    Example: kw acct list --wing B
    """
    kw.show(acct_list_report(kw.store, kw.request(view)), view)


@acct.command("reviews")
@command
def acct_reviews(kw: Kw, view: Plain, days: Days = REVIEW_DAYS) -> None:
    """Reviews due and held, and the key worker's part.

    Was the key worker invited, did they attend or write, are they on duty that day? They are with time on the rota,
    they are not when unavailable or absent, and without a slot it is not known. --format ics gives what is due as
    calendars.

    Example: kw acct reviews --days 7

    Example: kw acct reviews --days 14 --format csv
    """
    kw.show(acct_reviews_report(kw.store, kw.request(view), days=days), view)
