"""`kw help`: a command's help, or the page that says in plain words how something is counted."""

from typing import Annotated

import typer

from keyworker_cli.command_line.help_text import HYPHEN, UNBROKEN, write_list
from keyworker_cli.command_line.index import read_index, subcommands
from keyworker_cli.command_line.options import DATA, family
from keyworker_cli.command_line.parser import Context
from keyworker_cli.command_line.topics import read_page
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.rules.typed import say_near

app = family()

Words = Annotated[list[str] | None, typer.Argument(metavar="[COMMAND|TOPIC]...", help="A command or a topic.")]


@app.command("help", rich_help_panel=DATA)
def show_help(context: typer.Context, words: Words = None) -> None:
    """What a command takes, or what a word means here: gap, counted-session, see-today.

    Without a name it lists the commands and the topics. A name that is both shows the command, then the topic.

    Example: kw help gap

    Example: kw help log-session
    """
    kw: Kw = context.obj
    root = context.find_root()
    if words:
        kw.tell(_about(root, words))
    else:
        kw.tell(root.get_help(), "", _listed(root, read_index()["topics"]))


def _about(root: Context, words: list[str]) -> str:
    """Return what the words name: a command's help, a topic's page, or both. `UsageError` with the nearest."""
    name, topics = " ".join(words), read_index()["topics"]
    parts = [_help_of(root, words), read_page(name) if name in topics else ""]
    if not any(parts):
        names = ([*read_index()["commands"], *topics], subcommands())
        near = next((said for some in names[:: -1 if len(words) > 1 else 1] if (said := say_near(name, some))), "")
        raise UsageError(f"there is no command or topic {name}.", near or "kw help lists the commands and the topics.")
    return "\n\n".join(part.rstrip("\n") for part in parts if part)


def _help_of(root: Context, words: list[str]) -> str:
    """Return what `kw WORDS --help` says; empty where there is no such command."""
    context: Context = root
    for word in words:
        below = getattr(context.command, "commands", {})
        if word not in below:
            return ""
        context = Context(below[word], info_name=word, parent=context)
    return context.get_help()


def _listed(root: Context, topics: dict[str, str]) -> str:
    """Return the topics as the root lists its commands."""
    formatter = root.make_formatter()
    with formatter.section("Topics (kw help TOPIC)"):
        write_list(formatter, topics.items())
    return formatter.getvalue().replace(UNBROKEN, HYPHEN).rstrip("\n")
