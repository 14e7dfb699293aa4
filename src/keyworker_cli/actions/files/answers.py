"""What an import did, or would do, file by file."""

from typing import Final

from keyworker_cli.actions.files.load import FileLoaded, Loaded
from keyworker_cli.reports.outcome import Outcome, changed

SAVE_THIS: Final = "Save this?"


def taken_in(loaded: Loaded, *, saved: bool, asked: bool = False) -> Outcome:
    """Return how many rows of each file were new, changed or the same; of several sheets of one file the sum.

    What is only shown is `asked` about, unless kw has all of it.
    """
    files: dict[str, FileLoaded] = {}
    for file in loaded.files:
        was = files.get(file.name, FileLoaded(file.name, 0, 0, 0))
        files[file.name] = FileLoaded(file.name, was.new + file.new, was.changed + file.changed, was.same + file.same)
    is_news = any(file.new or file.changed for file in files.values())
    widest = max(map(len, files), default=0)
    says = f"{{key:<{widest}}}  {{new:>9,}} new  {{changed:>9,}} changed  {{same:>9,}} same"
    if is_news and not saved:
        says += ", {taken in}"
    done = tuple(
        changed("import", "file", file.name, says, new=file.new, changed=file.changed, same=file.same)
        for file in files.values()
    )
    answer: tuple[str, ...] = ()
    if not done:
        answer = ("Nothing to save: no row was taken.",)
    elif asked and not is_news:
        answer = ("Nothing new: kw has all of it.",)
    large_changes = (loaded.large_changes,) if asked and loaded.large_changes else ()
    question = SAVE_THIS if asked and is_news else ""
    return Outcome(done, answer, (*large_changes, *loaded.remarks), saved=saved and bool(done), question=question)


def not_agreed(large_changes: str) -> Outcome:
    """Return what files would do to so many that it has to be asked about; nothing was saved."""
    return Outcome(warnings=(f"{large_changes}: are these the right files?",), question=SAVE_THIS)
