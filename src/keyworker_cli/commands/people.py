"""Records: prisoners and key workers."""

import typer

app = typer.Typer()
