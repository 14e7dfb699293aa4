"""Allocating: who is whose key worker."""

import typer

app = typer.Typer()
