"""What an import did, file by file."""

from keyworker_cli.actions.files.load import FileLoaded, Loaded
from keyworker_cli.reports.outcome import Outcome, changed


def taken_in(loaded: Loaded, *, saved: bool) -> Outcome:
    """Return how many rows of each file were new, changed or the same; of several sheets of one file the sum."""
    files: dict[str, FileLoaded] = {}
    for file in loaded.files:
        was = files.get(file.name, FileLoaded(file.name, 0, 0, 0))
        files[file.name] = FileLoaded(file.name, was.new + file.new, was.changed + file.changed, was.same + file.same)
    widest = max(map(len, files), default=0)
    says = f"{{key:<{widest}}}  {{new:>9,}} new  {{changed:>9,}} changed  {{same:>9,}} same"
    if not saved:
        says += ", {taken in}"
    done = tuple(
        changed("import", "file", file.name, says, new=file.new, changed=file.changed, same=file.same)
        for file in files.values()
    )
    answer = () if done else ("nothing to save: kw has all of it.",)
    return Outcome(done, answer, tuple(loaded.remarks), saved=saved and bool(done))
