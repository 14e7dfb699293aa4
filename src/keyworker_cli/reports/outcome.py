"""What a write has done, or in a dry run would do: as data, and from the same data in words.

Each sentence is written once, its verbs in braces: `{name} {moved} to {location}`. What was saved is said as it stands;
what was not, in the conditional. `WOULD` is the one place where the tense is decided.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

from keyworker_cli.reports.report import Value
from keyworker_cli.rules.dates.say import say_date

WOULD: Final = {
    "acknowledged": "would be acknowledged",
    "are": "would be",
    "arrived": "would be recorded as arrived",
    "counts": "would count",
    "dropped": "would be dropped",
    "amended": "would be amended",
    "backed up": "would be backed up",
    "closed": "would be closed",
    "opened": "would be opened",
    "died": "would be recorded as having died",
    "ended": "would end",
    "escaped": "would be recorded as escaped",
    "gone back": "would go back",
    "has": "would have",
    "has ended": "would end",
    "is": "would be",
    "joined": "would be joined",
    "keeps": "would keep",
    "left": "would be recorded as having left",
    "note added": "note would be added",
    "made": "would make",
    "moved": "would be recorded as moved",
    "published": "would be published",
    "recorded": "would be recorded",
    "saved": "would save",
    "taken out": "would be taken out",
    "taken in": "would be taken in",
    "taken back": "would be taken back",
    "was": "is",
    "was released": "would be recorded as released",
    "was transferred out": "would be recorded as transferred out",
    "worked": "would be recorded as worked",
    "written": "would be written",
}
"""Each verb of a sentence about a write as it is said when it is done, and as it is said when it would be."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was done: what, to which kind of record, whose, and the facts it is said with.

    `key` is a prison number, a staff id, the name of a setting or of a file. In `says` a name in braces is one of the
    fields, `key`, or a verb of `WOULD`.
    """

    action: str
    kind: str
    key: str
    says: str
    fields: Mapping[str, Value]

    def said(self, *, saved: bool) -> str:
        """Say it: as done when it was saved, else as what would be done.

        >>> changed("move", "movement", "A1234BC", "{key} {moved} to {location}.", location="SEG").said(saved=False)
        'A1234BC would be recorded as moved to SEG.'
        """
        words = {name: _words(value) for name, value in self.fields.items()}
        return self.says.format_map(_Words({"key": self.key, **words}, saved=saved))


def changed(action: str, kind: str, key: str, says: str, /, **fields: Value) -> Changed:
    """Return one thing that was done."""
    return Changed(action, kind, key, says, fields)


class TakenBack(Protocol):
    """A record that may have been taken back, and then counts as if it had not been made."""

    @property
    def voided_at(self) -> datetime | None:
        """When it was taken back; `None` while it stands."""


def recorded(before: TakenBack | None, kind: str, key: str, says: str, /, **fields: Value) -> Changed:
    """Return that something was recorded, or amended where a record of it stood `before`; `says` follows that verb."""
    action, verb = ("correct", "Amended") if before is not None and before.voided_at is None else ("record", "Recorded")
    return changed(action, kind, key, f"{{{verb}}}{says}", **fields)


def says_the_same(before: TakenBack | None, values: Mapping[str, object]) -> bool:
    """Return whether a record says already what is to be recorded, so that nothing is to be written."""
    return before is not None and all(getattr(before, name) == value for name, value in values.items())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write has done: each change, what now stands, what to mind, and whether it was saved.

    Without changes there was nothing to do, and nothing was saved; `answer` says why. With a `question` nothing is
    saved until somebody has said yes to it. `in_short` is said in place of changes that a report beside it lists.
    `paste` follows the answer and is to be copied: no line of it is broken for a screen.
    """

    changes: tuple[Changed, ...] = ()
    answer: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    saved: bool = False
    question: str = ""
    in_short: str = ""
    paste: tuple[str, ...] = ()

    def said(self) -> Iterator[str]:
        """Say what was done or would be, and what stands then."""
        if self.in_short:
            yield in_tense(self.in_short, saved=self.saved)
        for change in () if self.in_short else self.changes:
            yield from change.said(saved=self.saved).splitlines()
        yield from self.answer

    def as_fields(self, command: str) -> dict[str, Any]:
        """Return it as scripts read it."""
        return {
            "command": command,
            "saved": self.saved,
            "changes": [
                {
                    "action": change.action,
                    "kind": change.kind,
                    "key": change.key,
                    "fields": change.fields,
                    "text": change.said(saved=self.saved),
                }
                for change in self.changes
            ],
            "answer": [*self.answer, *self.paste],
            "warnings": list(self.warnings),
        }


def in_tense(says: str, *, saved: bool) -> str:
    """Return a sentence without fields, its verbs in braces, as done or as what would be done."""
    return says.format_map(_Words({}, saved=saved))


class _Words(dict[str, str | int | float]):
    """What the names in a sentence stand for: its fields, else a verb in the tense of the whole."""

    def __init__(self, fields: Mapping[str, str | int | float], *, saved: bool) -> None:
        super().__init__(fields)
        self.saved = saved

    def __missing__(self, verb: str) -> str:
        would = WOULD[verb.lower()]
        if self.saved:
            return verb
        return would.capitalize() if verb[0].isupper() else would


def _words(value: Value) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return say_date(value) if isinstance(value, date) else f"{value}"
