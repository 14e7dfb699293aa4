"""The word lists that come with `kw`: plain files in `words`, one a topic, read when a note is checked."""

from functools import cache
from importlib.resources import files

from keyworker_cli.rules.notes.word_lists import WordLists, word_lists

FOLDER = files("keyworker_cli.reports.notes").joinpath("words")
ENDING = ".txt"


@cache
def load_word_lists() -> WordLists:
    """Return the lists, read from the files that are installed with the program."""
    return word_lists(
        {
            entry.name.removesuffix(ENDING): entry.read_text(encoding="utf-8")
            for entry in FOLDER.iterdir()
            if entry.name.endswith(ENDING)
        }
    )
