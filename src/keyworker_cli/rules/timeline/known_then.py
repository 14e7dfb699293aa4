"""What of a record could be known at a moment: by when each part of it was written, and what it said then.

Where no recording moment is known, a thing counts as known from when it happened.

help: late-recording, review.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.dates.clock import time_at
from keyworker_cli.rules.dates.london import london_moment
from keyworker_cli.rules.facts.care import Acct, EventRecord
from keyworker_cli.rules.facts.mornings import SeenOn
from keyworker_cli.rules.facts.sessions import Amended, SessionHeld
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.on_lists import MEETING, as_it_was

VOIDED: Final = "voided_at"


@dataclass(frozen=True)
class Moment:
    """A minute of a day, counted from midnight, as the clock on the wing shows it."""

    on: date
    minute: int = MEETING

    @cached_property
    def at(self) -> datetime:
        """The same in UTC."""
        return london_moment(self.on, time_at(self.minute))


class Seen(NamedTuple):
    """A counted session as the record had it: from one moment until, and not on, another.

    `known_from` `None`: nobody knows when it was recorded. `known_until` `None`: it still says so.
    """

    held_on: date
    start_minute: int | None
    known_from: datetime | None
    known_until: datetime | None = None

    def is_known(self, moment: Moment) -> bool:
        """Return whether the record said so then; of one without a recording moment, whether its day was over."""
        if self.known_until is not None and self.known_until <= moment.at:
            return False
        return self.held_on < moment.on if self.known_from is None else self.known_from <= moment.at


@dataclass(frozen=True, slots=True)
class KnownAcct:
    """An ACCT, and when it and its last change were recorded, where that is known."""

    acct: Acct
    recorded_at: datetime | None = None
    changed_at: datetime | None = None

    def known(self, moment: Moment) -> Acct | None:
        """Return the ACCT as it was known then, `None` before it was; a closure of the day itself comes later."""
        if self.recorded_at is None:
            if self.acct.opened_on >= moment.on:
                return None
        elif self.recorded_at > moment.at:
            return None
        if self.changed_at is None:
            return as_it_was(self.acct, moment.on)
        if self.changed_at <= moment.at:
            return self.acct
        if self.acct.review_held_on is None:
            return self.acct._replace(closed_on=None)
        return self.acct._replace(review_held_on=None)


def seen_of_record(sessions: Iterable[SeenOn]) -> Iterator[Seen]:
    """Yield counted sessions as they stand, each from when it was recorded."""
    for one in sessions:
        yield Seen(one.held_on, one.start_minute, one.recorded_at if one.recorded_known else None)


def seen_as_recorded(
    sessions: Iterable[SessionHeld], amendments: Sequence[Amended], *, settings: Settings
) -> Iterator[Seen]:
    """Yield each session of a prisoner for as long as the record had it as a counted one, corrections taken back."""
    for session in sessions:
        for version, known_from, known_until in _versions(session, amendments):
            if is_counted(version, settings=settings):
                yield Seen(version.held_on, version.start_minute, known_from, known_until)


def _versions(
    session: SessionHeld, amendments: Sequence[Amended]
) -> Iterator[tuple[SessionHeld, datetime | None, datetime | None]]:
    """Yield what a session said, the latest first, with the moments between which it did."""
    recorded_at = session.recorded_at if session.recorded_known else None
    his = sorted((one for one in amendments if one.session_id == session.session_id), key=lambda one: one.amended_at)
    until: datetime | None = None
    while his:
        at = his[-1].amended_at
        together = [one for one in his if one.amended_at == at]
        his = his[: -len(together)]
        if not any(one.field == VOIDED for one in together):
            yield session, at, until
        session = session._replace(**{one.field: _stored(one) for one in together if one.field in READ_BACK})
        until = at
    yield session, recorded_at, until


READ_BACK: Final[dict[str, Callable[[str], Any]]] = {
    "minutes": int,
    "start_minute": int,
    "outcome": str,
    "type": str,
    "place": str,
}
"""The fields of a session that decide whether it counts, and how each is read from the text that is stored."""


def _stored(one: Amended) -> Any:
    return None if one.old in (None, "") else READ_BACK[one.field](one.old)


def events_known(events: Iterable[EventRecord], moment: Moment) -> Iterator[EventRecord]:
    """Yield the events that were recorded by a moment."""
    return (one for one in events if not one.recorded_known or one.recorded_at <= moment.at)
