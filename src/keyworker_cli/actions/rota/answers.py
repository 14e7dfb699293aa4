"""What was done to the rota, in sentences: what was published, worked or lost, and what a loss costs in men."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker_cli.actions.files.load import Loaded
from keyworker_cli.rules.codes.records import LossReason, SlotStatus
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import SlotTime, say_became, say_hours, say_slot
from keyworker_cli.rules.rota.staff_status import say_status


@dataclass(frozen=True)
class Published:
    """What was put on an officer's rota, what was there already, and on which of the new days he is not there."""

    officer: str
    new: tuple[SlotTime, ...]
    same: int
    unavailable: tuple[Slot, ...]

    def said(self) -> list[str]:
        """Say what was published."""
        if not self.new:
            already = "this slot is" if self.same == 1 else f"all {self.same} slots are"
            return [f"{self.officer}: {already} on the rota already; nothing changed."]
        minutes = sum(slot.minutes for slot in self.new)
        if len(self.new) == 1:
            what = f"{say_slot(self.new[0])} published, {minutes} minutes"
        else:
            first, last = say_date(self.new[0].slot_on), say_date(self.new[-1].slot_on)
            what = f"{len(self.new)} slots published, {first} to {last}, {minutes:,} minutes"
        known = f"; {self.same} more {'was' if self.same == 1 else 'were'} on the rota already" if self.same else ""
        return [f"{self.officer}: {what}{known}."]

    def warnings(self) -> list[str]:
        """Say which of these slots fall on days when he is not there: they count for nobody."""
        return _not_there(self.officer, self.unavailable)


@dataclass(frozen=True)
class PublishedFile:
    """A file of slots that was put on the rota, and what is to be said beside it."""

    loaded: Loaded

    def said(self) -> list[str]:
        """Say how many slots of the file were new."""
        return [f"{file.name}: {file.new} new, {file.changed} changed, {file.same} same." for file in self.loaded.files]

    def warnings(self) -> list[str]:
        """Say what was left out or taken otherwise than it was written."""
        return self.loaded.remarks


@dataclass(frozen=True)
class Worked:
    """Slots confirmed as worked, each as it stood before."""

    slots: tuple[Slot, ...]

    @property
    def correction(self) -> str | None:
        """What this would correct: a slot that is recorded as lost."""
        lost = (slot for slot in self.slots if slot.status not in (SlotStatus.PUBLISHED, SlotStatus.WORKED))
        return next((_correction(slot, "worked") for slot in lost), None)

    def said(self) -> list[str]:
        """Say what was confirmed."""
        return [f"{slot.name}: {_worked(slot)}." for slot in self.slots]

    def warnings(self) -> list[str]:
        """Say which were worked on days when the officer is recorded as not there: they count as lost."""
        return [line for slot in self.slots if slot.unavailable for line in _not_there(slot.name, [slot])]


@dataclass(frozen=True)
class Lost:
    """A slot that was lost, as it stood before, and the men it was time for: the longest unseen first."""

    slot: Slot
    status: SlotStatus
    reason: LossReason
    places: int
    men: tuple[Gap, ...]
    to_come: bool

    @property
    def correction(self) -> str | None:
        """What this would correct: a slot that is recorded as worked, or as lost otherwise."""
        settled = self.slot.status != SlotStatus.PUBLISHED and not self._is_same
        return _correction(self.slot, self._became) if settled else None

    @property
    def _became(self) -> str:
        return f"{self.status.lower()}: {self.reason.lower()}"

    @property
    def _is_same(self) -> bool:
        return (self.slot.status, self.slot.reason) == (self.status, self.reason)

    def said(self) -> list[str]:
        """Say what the loss costs, in men, and who they would be."""
        slot, became = self.slot, self._became
        if self._is_same:
            return [f"{slot.name}: {say_slot(slot)} is recorded as {became} already; nothing changed."]
        head = f"{slot.name}, {slot.minutes} minutes: {_men(self.places)} not seen ({say_slot(slot)}, {became})."
        if not self.places:
            return [head]
        if not self.men:
            return [head, "He has no men of his own on that day."]
        return [head, "Longest unseen of his men:", *(f"  {_unseen(gap)}" for gap in self.men)]

    def warnings(self) -> list[str]:
        """Say from when a slot to come counts as lost."""
        return [f"note: until {say_date(self.slot.slot_on)} it still counts as published."] if self.to_come else []


Done = Published | PublishedFile | Worked | Lost
"""What each of these changes says of itself: `said` for the answer, `warnings` for beside it."""


def say_unconfirmed(slots: Sequence[Slot], *, on: date) -> list[str]:
    """Say which slots of a day wait to be confirmed."""
    if not slots:
        return [f"{say_date(on)}: no slot waits to be confirmed."]
    minutes, officers = sum(slot.minutes for slot in slots), len({slot.key_worker_id for slot in slots})
    what = f"{_count(len(slots), 'slot')} of {_count(officers, 'officer')}"
    head = f"{say_date(on)}: {what} not confirmed, {minutes:,} minutes."
    return [head, *(f"  {slot.name}, {say_hours(slot)}" for slot in slots)]


def _worked(slot: Slot) -> str:
    if slot.status == SlotStatus.WORKED:
        return f"{say_slot(slot)} is recorded as worked already; nothing changed"
    before = f" (it was recorded as {say_became(slot)})" if slot.status != SlotStatus.PUBLISHED else ""
    return f"{say_slot(slot)} worked, {slot.minutes} minutes{before}"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _correction(slot: Slot, became: str) -> str:
    return f"{slot.name}: {say_slot(slot)} is recorded as {say_became(slot)}; this corrects it to {became}."


def _men(count: int) -> str:
    return f"{count} {'man' if count == 1 else 'men'}"


def _unseen(gap: Gap) -> str:
    man = gap.contact
    seen = f"not seen for {say_days(gap.days)}" if man.last_session_on else f"never seen, here {say_days(gap.days)}"
    return f"{man.prison_number} {man.name}, {man.location or 'no location'}: {seen}"


def _not_there(officer: str, slots: Sequence[Slot]) -> list[str]:
    if not slots:
        return []
    days = ", ".join(f"{say_date(slot.slot_on)} {say_hours(slot)}" for slot in slots)
    status = say_status(slots[0].unavailable)
    return [f"note: {officer} is {status} then, so this counts as no time worked: {days}"]
