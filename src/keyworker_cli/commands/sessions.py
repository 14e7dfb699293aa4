"""Sessions: what was held, refused or missed, and the note of it."""

import typer

app = typer.Typer()
