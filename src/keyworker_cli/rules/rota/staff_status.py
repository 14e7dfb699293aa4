"""Whether a key worker is there to do key work, as people say and type it (help: rota)."""

from collections.abc import Iterable
from datetime import date

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import StatusSpell
from keyworker_cli.rules.typed import read_word

STATUS_WORDS = {
    StaffStatus.ACTIVE: "active",
    StaffStatus.UNAVAILABLE_ANNUAL_LEAVE: "on leave",
    StaffStatus.UNAVAILABLE_LONG_TERM_ABSENCE: "on long-term absence",
    StaffStatus.UNAVAILABLE_NO_PRISONER_CONTACT: "not to work with prisoners",
    StaffStatus.INACTIVE: "no longer a key worker",
}

SHORT_FORMS = {
    "active": StaffStatus.ACTIVE,
    "leave": StaffStatus.UNAVAILABLE_ANNUAL_LEAVE,
    "sick": StaffStatus.UNAVAILABLE_LONG_TERM_ABSENCE,
    "no-contact": StaffStatus.UNAVAILABLE_NO_PRISONER_CONTACT,
    "inactive": StaffStatus.INACTIVE,
}
"""What may be typed for each status beside its code."""

_UNAVAILABLE = "UNAVAILABLE_"


def say_status(status: str | None, return_on: date | None = None) -> str:
    """Say a status, and when he is back where that is known: `on leave, back Mon 25 May 2026`. None is active.

    Only from leave is he back by itself; from any other absence he is expected, and it goes on until he is.
    """
    said = STATUS_WORDS[StaffStatus(status or StaffStatus.ACTIVE)]
    return f"{said}, {back_word(status)} {say_date(return_on)}" if return_on else said


def back_word(status: str | None) -> str:
    """Say what a day of return is: `back` from leave, which ends by itself, `expected back` from anything else."""
    return "back" if status == StaffStatus.UNAVAILABLE_ANNUAL_LEAVE else "expected back"


def say_why_dropped(code: str) -> str:
    """Say why time on the rota was dropped: a reason, what became of the slot, or the status of who was not there."""
    return STATUS_WORDS[StaffStatus(code)] if code in {*StaffStatus} else code.lower()


def parse_status(text: str) -> StaffStatus:
    """Return the status a user means: its code, that without `UNAVAILABLE_`, or a short form; raises as `read_word`."""
    codes = {status.value: status for status in StaffStatus}
    shorter = {code.removeprefix(_UNAVAILABLE): status for code, status in codes.items()}
    named = [f"{short} ({STATUS_WORDS[status]})" for short, status in SHORT_FORMS.items()]
    return read_word(text, codes | shorter | SHORT_FORMS, "status", named=named)


def check_spell(status: StaffStatus, *, from_on: date, return_on: date | None) -> None:
    """Refuse an impossible spell: leave without a return, a return without an absence, or a return before it begins.

    Raises `UsageError` for what is missing or too much, `RefusedError` for a return not after the first day.
    """
    if return_on is None:
        if status is StaffStatus.UNAVAILABLE_ANNUAL_LEAVE:
            raise UsageError("leave needs the day they are back.", "add --return DATE, the first day back.")
        return
    if not status.startswith(_UNAVAILABLE):
        raise UsageError(
            f"there is no return date for one who is {STATUS_WORDS[status]}.",
            "leave --return out; it goes with leave, sick and no-contact.",
        )
    if return_on <= from_on:
        raise RefusedError(
            f"they cannot be back on {say_date(return_on)}: the status begins on {say_date(from_on)}.",
            "--return is the first day back, after --from.",
        )


def absence_began(spells: Iterable[StatusSpell], *, on: date) -> date | None:
    """Return the day on which an officer's absence began, the one they are in or the last before; `None` without any.

    `spells` are his, the latest first. Spells of which one takes up where the other ends, leave and then sickness, are
    one absence.
    """
    began: date | None = None
    for spell in spells:
        if spell.from_on > on:
            continue
        if spell.status == StaffStatus.ACTIVE:
            if began is not None:
                break
            continue
        if began is not None and (_end(spell) or began) < began:
            break
        began = spell.from_on
    return began


def _end(spell: StatusSpell) -> date | None:
    ends = (comes_back_on(spell.status, spell.return_on), spell.until_on)
    return min((day for day in ends if day is not None), default=None)


def comes_back_on(status: str | None, return_on: date | None) -> date | None:
    """Return the day on which an absence ends by itself: only annual leave does; of any other it is an intention."""
    return return_on if status == StaffStatus.UNAVAILABLE_ANNUAL_LEAVE else None


def status_on(spells: Iterable[StatusSpell], *, on: date) -> StatusSpell | None:
    """Return the spell of an officer's status that holds on a day: the latest begun, unless it has run out."""
    begun = [spell for spell in spells if spell.from_on <= on]
    latest = max(begun, key=lambda spell: spell.from_on, default=None)
    if latest is None or ((end := _end(latest)) is not None and end <= on):
        return None
    return latest
