"""A database that is useless to a thief: made encrypted, encrypted as it stands, and put in clear again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store

WITHOUT_IT: Final = "without it nobody can read the database or a backup of it, so keep a copy of it somewhere safe"
REMAINS: Final = (
    "the file in clear is removed, but the disk may hold what stood in its blocks until they are written over"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was done, in a sentence, and what is to be said beside it."""

    sentence: str
    remarks: tuple[str, ...] = ()


def make_encrypted(store: "Store") -> Said:
    """Make an encrypted database where there is none yet. Raises what `store.create_encrypted` raises."""
    kept = store.create_encrypted()
    if kept is None:
        more = "" if store.key_is_kept_in() else "; it is not encrypted: kw config encrypt"
        return Said(f"{store.path} is there already; it was left as it is{more}")
    return Said(f"made {store.path}, encrypted", (_where(kept),))


def encrypt(store: "Store", author: "Author", *, keep: bool = True) -> Said:
    """Encrypt the database as it stands; one that is encrypted is left as it is. Raises what `store.encrypt` raises."""
    kept = store.key_is_kept_in()
    if kept is not None:
        return Said(f"{store.path} is encrypted already, its key kept in {kept}")
    if not keep:
        return Said(f"{store.path} is not encrypted, and would be")
    remarks = [_where(store.encrypt(author)), REMAINS]
    beside = "".join(f", {name}" for name in store.copies_in_clear())
    remarks.append(f"copies made before are not encrypted: every backup{beside}. Make a new one: kw backup FILE")
    return Said(f"{store.path} is encrypted", tuple(remarks))


def decrypt(store: "Store", author: "Author", *, keep: bool = True) -> Said:
    """Put the database in clear; one that is so is left as it is. Raises what `store.decrypt` raises."""
    kept = store.key_is_kept_in()
    if kept is None:
        return Said(f"{store.path} is not encrypted")
    if not keep:
        return Said(f"{store.path} is encrypted, and would be in clear")
    store.decrypt(author)
    left = f"its key stays in {kept}, for the backups that are encrypted with it"
    return Said(f"{store.path} is in clear: whoever has the file can read it", (left,))


def _where(kept: str) -> str:
    return f"its key is kept in {kept}: {WITHOUT_IT}"
