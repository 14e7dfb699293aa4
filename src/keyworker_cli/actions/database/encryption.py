"""Encrypting a database: a new one, one as it stands, with another key; and putting one in clear."""

from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.database.made import Made

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store

WITHOUT_IT: Final = "without it nobody can read the database or a backup of it, so keep a copy of it somewhere safe"
REMAINS: Final = (
    "the file in clear is removed, but the disk may hold what stood in its blocks until they are written over"
)


def make(store: "Store", *, encrypted: bool, dry_run: bool) -> Outcome:
    """Make a database where there is none yet, one with a key of its own where it is to be `encrypted`.

    Raises what `store.create` and `store.create_encrypted` raise.
    """
    says = "{made} {key}" + (", encrypted" if encrypted else "")
    made = changed("make", "database", store.name, says, encrypted=encrypted)
    if dry_run and not store.exists():
        return Outcome((made,))
    kept = store.create_encrypted() if encrypted and not dry_run else None
    if kept is not None:
        return Outcome((made,), warnings=(_where(kept),), saved=True)
    done = Made.THERE if encrypted or dry_run else store.create()
    if done is Made.UPDATED:
        made = changed("update", "database", store.name, "{key} {is} up to date: its schema was an older one")
    if done:
        return Outcome((made,), saved=True)
    in_clear = encrypted and not store.key_is_kept_in()
    more = "; it is not encrypted: kw config encrypt" if in_clear else ""
    return Outcome(answer=(f"{store.name} is there already; it was left as it is{more}",))


def encrypt(store: "Store", author: "Author") -> Outcome:
    """Encrypt the database as it stands; one that is encrypted is left as it is. Raises what `store.encrypt` raises."""
    kept = store.key_is_kept_in()
    if kept is not None:
        return Outcome(answer=(f"{store.path} is encrypted already, its key kept in {kept}",))
    done = changed("encrypt", "database", str(store.path), "{key} {is} encrypted")
    if author.dry_run:
        return Outcome((done,))
    remarks = [_where(store.encrypt(author)), REMAINS]
    beside = "".join(f", {name}" for name in store.copies_in_clear())
    remarks.append(f"copies made before are not encrypted: every backup{beside}. Make a new one: kw backup FILE")
    return Outcome((done,), warnings=tuple(remarks), saved=True)


def rekey(store: "Store", author: "Author") -> Outcome:
    """Encrypt the database anew with a new key; one in clear is left as it is. Raises what `store.rekey` raises."""
    kept = store.key_is_kept_in()
    if kept is None:
        return Outcome(answer=(f"{store.path} is not encrypted: kw config encrypt",))
    done = changed("rekey", "database", str(store.path), "{key} {is} encrypted with a new key")
    if author.dry_run:
        return Outcome((done,))
    new, under_the_old = store.rekey(author)
    beside = "".join(f", {name}" for name in under_the_old)
    remarks = (
        _where(new),
        f"copies made before are encrypted with the old key: every backup{beside}. It stays in {kept}, so that they "
        "can be read. Make a new one: kw backup FILE",
    )
    return Outcome((done,), warnings=remarks, saved=True)


def decrypt(store: "Store", author: "Author") -> Outcome:
    """Put the database in clear; one that is so is left as it is. Raises what `store.decrypt` raises."""
    kept = store.key_is_kept_in()
    if kept is None:
        return Outcome(answer=(f"{store.path} is not encrypted",))
    done = changed("decrypt", "database", str(store.path), "{key} {is} in clear: whoever has the file can read it")
    if author.dry_run:
        return Outcome((done,))
    store.decrypt(author)
    left = f"its key stays in {kept}, for the backups that are encrypted with it"
    return Outcome((done,), warnings=(left,), saved=True)


def _where(kept: str) -> str:
    return f"its key is kept in {kept}: {WITHOUT_IT}"
