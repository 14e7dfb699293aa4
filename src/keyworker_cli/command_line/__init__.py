"""The command line as Typer has it: the root, the global options, usage errors and completion."""
