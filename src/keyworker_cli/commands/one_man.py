"""One man: everything known of him, and why he is or is not on a list."""

import typer

app = typer.Typer()
