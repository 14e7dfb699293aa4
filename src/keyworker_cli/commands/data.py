"""Data: the database itself, files in and out, settings, and an invented prison to try."""

import typer

app = typer.Typer()
