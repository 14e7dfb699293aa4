"""The options of a session that several commands take, each spelled once."""

from typing import Annotated

import typer

Became = Annotated[str | None, typer.Option(metavar="OUTCOME", help="COMPLETED, REFUSED, DID_NOT_ATTEND or CANCELLED.")]
Refused = Annotated[bool, typer.Option("--refused", help="The prisoner refused: --outcome REFUSED.")]
Place = Annotated[str | None, typer.Option(metavar="TEXT", help="Where it was held.")]
Declined = Annotated[str | None, typer.Option(metavar="A,B", help="Topics raised that the prisoner declined.")]
Note = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT|@FILE|-",
        help="The note: - reads what is piped in, @FILE a file; others may see TEXT in ps and your shell's history.",
    ),
]
Edit = Annotated[bool, typer.Option("--edit", help="Write the note in your editor (VISUAL, EDITOR).")]
Words = Annotated[str | None, typer.Option("--said", metavar="TEXT", help="The prisoner's own words.")]
NextOn = Annotated[str | None, typer.Option("--next", metavar="DATE", help="The day of the next session.")]
HeldOn = Annotated[str | None, typer.Option(metavar="DATE", help="The day of the session (else the latest).")]
HeldBy = Annotated[str | None, typer.Option(metavar="KEY_WORKER", help="Who held it, where a day has several.")]
