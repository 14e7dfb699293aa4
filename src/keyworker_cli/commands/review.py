"""`kw review`: after a death, one file for the review."""

from keyworker_cli.command_line.options import RECORDS, Figures, Prisoner, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.timeline.review import review_report

app = family()


@app.command("review", rich_help_panel=RECORDS)
@command
def review(kw: Kw, view: Figures, prisoner: Prisoner) -> None:
    """After a death: one file for the review.

    How long he had been without key work when he died, and the concerns no session had raised; each morning he stood on
    a list, as it was known then, with his place, whether the page named him, whether he was planned and seen; his key
    workers and the time they were given, week by week; the chronology; and apart from all of it what was recorded after
    his death. A file leaves out why he mattered unless --with-reasons is given.

    Example: kw review B1002BB

    Example: kw review B1002BB --with-reasons --output review.html
    """
    kw.show(review_report(kw.store, kw.request(view), kw.prisoner(prisoner)), view)
