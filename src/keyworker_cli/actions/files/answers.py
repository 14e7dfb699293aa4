"""What an import did, file by file."""

from keyworker_cli.actions.files.load import FileLoaded, Loaded
from keyworker_cli.reports.outcome import Changed, Outcome, changed


def taken_in(loaded: Loaded, *, saved: bool) -> Outcome:
    """Return how many rows of each file were new, changed or the same."""
    return Outcome(tuple(map(_taken_in, loaded.files)), warnings=tuple(loaded.remarks), saved=saved)


def _taken_in(file: FileLoaded) -> Changed:
    says = "{key} {taken in}: {new} new, {changed} changed, {same} same."
    return changed("import", "file", file.name, says, new=file.new, changed=file.changed, same=file.same)
