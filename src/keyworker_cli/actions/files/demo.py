"""The demo prison in a database of its own, never in the user's."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from keyworker_cli.actions.files.load import load
from keyworker_cli.actions.files.reading.input_files import find_files
from keyworker_cli.errors import DatabaseError, KwError, NotFoundError, RefusedError
from keyworker_cli.whole_file import put_in_place

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store

MARK: Final = "demo"
"""The action in the first line of the audit of every demo: no other database begins so."""


def sample_data() -> Path:
    """Return the folder of the demo prison's files: in the installed package, else beside the source."""
    packaged = Path(str(files("keyworker_cli") / "sample_data"))
    beside = Path(__file__).parents[4] / "sample_data"
    found = next((folder for folder in (packaged, beside) if (folder / "expected.json").is_file()), None)
    if found is None:
        raise KwError("the sample data of kw is not installed.", "install kw again from its wheel or its source.")
    return found


def demo_date() -> date:
    """Return the day on which the demo prison stands."""
    answers = json.loads((sample_data() / "expected.json").read_text(encoding="utf-8"))
    return date.fromisoformat(answers["as_of"])


def made_at() -> datetime:
    """Return the moment as of which the demo is made: after the last of its records, and the same at every making."""
    return datetime.combine(demo_date() + timedelta(days=2), time(), UTC)


def check_place(store: "Store") -> None:
    """Raise `RefusedError` for a file that no `kw demo` has made: it would be written over."""
    if not store.path.exists():
        return
    try:
        first = store.queries.first_action()
    except DatabaseError:
        first = []
    store.close()
    if not first or first[0].action != MARK:
        raise RefusedError(
            f"{store.path} is there, and is not a demo.", "name a file that is not there yet: kw demo --db FILE"
        )


def build_demo(store: "Store", *, author: "Author") -> None:
    """Make the demo prison in the store's file, in place of an earlier demo there.

    Raises `RefusedError` for a file that is not a demo, `NotFoundError` where its folder is missing.
    """
    check_place(store)
    if not store.path.parent.is_dir():
        raise NotFoundError(f"there is no folder {store.path.parent}.", "make the folder first, or leave out --db.")
    author = replace(author, at=made_at())
    with TemporaryDirectory(dir=store.path.parent, prefix=".kw-demo-") as folder:
        fresh = type(store)(Path(folder) / store.path.name)
        fresh.create()
        with fresh.transaction(author) as change:
            change.note_in_audit(MARK, "database", "sample_data", after={"fictional": True})
        sheets = find_files([sample_data()], kind=None).files
        load(fresh, sheets, author=author)
        put_in_place(fresh.path, store.path)
