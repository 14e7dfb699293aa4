"""Changing a setting, for everyone who shares the database (help: settings)."""

from typing import TYPE_CHECKING

from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.settings import check_setting

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def change_setting(store: "Store", author: "Author", *, key: str, text: str) -> Outcome:
    """Set a setting and return what was done; one that is so already is left as it is.

    Raises `UsageError` for an unknown key, or a value that is not allowed.
    """
    value = check_setting(key, text)
    with store.transaction(author) as change:
        before = change.settings.get(key)
        if before == value:
            return Outcome(answer=(f"{key} is {value} already",))
        change.set_setting(key, str(value))
    done = changed("set", "setting", key, "{key} {is} {value}; it {was} {before}", value=value, before=before)
    return Outcome((done,), saved=author.saves)
