"""What is known, as frozen facts: the only thing a rule ever sees. Nothing here knows where a fact came from.

A fact is a named tuple, so that 87,000 of them cost little. Dates are civil dates, Europe/London; moments are UTC.
Each is taken from here by its name, `from keyworker_cli.rules.facts import Contact`; its module is loaded when the
first of its facts is asked for, because to make them all costs more than most commands need of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from keyworker_cli.rules.facts.saying import full_name, moment_text, wing_of

if TYPE_CHECKING:
    from keyworker_cli.rules.facts.book import (
        AuditCheck,
        AuditHead,
        AuditLine,
        FirstAction,
        LastBackup,
        RecordingTime,
        Stamp,
    )
    from keyworker_cli.rules.facts.care import (
        AcctReview,
        EventRecord,
        NeedOfMan,
        NeedRaised,
        OpenNeed,
        ReviewDue,
        ReviewOfMan,
    )
    from keyworker_cli.rules.facts.found import Person, Worker
    from keyworker_cli.rules.facts.men import Contact
    from keyworker_cli.rules.facts.officers import (
        Acquaintance,
        FormerWorker,
        Held,
        MovedAway,
        OfCaseload,
        Officer,
        StatusSpell,
    )
    from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, OfficerSlot, RotaSince
    from keyworker_cli.rules.facts.sessions import (
        Amended,
        FirstSession,
        Noted,
        OfficerSession,
        SessionHeld,
        TopicsRaised,
    )
    from keyworker_cli.rules.facts.setting import SettingValue
    from keyworker_cli.rules.facts.signals import Acct, Event
    from keyworker_cli.rules.facts.slots import LastSlot, PlacePlanned, PlannedSession, Slot
    from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, Beginning, CellMove, StaySpan, TimeHeld
    from keyworker_cli.rules.facts.stays import (
        Away,
        LatestDeparture,
        Merge,
        Moved,
        NumberOfMan,
        OtherNumber,
        Stay,
        StayOfMan,
        StaysOverlap,
    )

_NAMES = {
    "book": "AuditCheck AuditHead AuditLine FirstAction LastBackup RecordingTime Stamp",
    "care": "AcctReview EventRecord NeedOfMan NeedRaised OpenNeed ReviewDue ReviewOfMan",
    "found": "Person Worker",
    "men": "Contact",
    "officers": "Acquaintance FormerWorker Held MovedAway OfCaseload Officer StatusSpell",
    "rota": "LatestSlot NextSlot OfficerSlot RotaSince",
    "sessions": "Amended FirstSession Noted OfficerSession SessionHeld TopicsRaised",
    "setting": "SettingValue",
    "signals": "Acct Event",
    "slots": "LastSlot PlacePlanned PlannedSession Slot",
    "spans": "AbsenceSpan AllocationSpan Beginning CellMove StaySpan TimeHeld",
    "stays": "Away LatestDeparture Merge Moved NumberOfMan OtherNumber Stay StayOfMan StaysOverlap",
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Return a fact's kind by its name, from the module that has it."""
    if name not in _MODULE_OF:
        raise AttributeError(f"there is no fact {name}")
    kind = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = kind
    return kind


__all__ = [
    "AbsenceSpan",
    "Acct",
    "AcctReview",
    "Acquaintance",
    "AllocationSpan",
    "Amended",
    "AuditCheck",
    "AuditHead",
    "AuditLine",
    "Away",
    "Beginning",
    "CellMove",
    "Contact",
    "Event",
    "EventRecord",
    "FirstAction",
    "FirstSession",
    "FormerWorker",
    "Held",
    "LastBackup",
    "LastSlot",
    "LatestDeparture",
    "LatestSlot",
    "Merge",
    "Moved",
    "MovedAway",
    "NeedOfMan",
    "NeedRaised",
    "NextSlot",
    "Noted",
    "NumberOfMan",
    "OfCaseload",
    "Officer",
    "OfficerSession",
    "OfficerSlot",
    "OpenNeed",
    "OtherNumber",
    "Person",
    "PlacePlanned",
    "PlannedSession",
    "RecordingTime",
    "ReviewDue",
    "ReviewOfMan",
    "RotaSince",
    "SessionHeld",
    "SettingValue",
    "Slot",
    "Stamp",
    "StatusSpell",
    "Stay",
    "StayOfMan",
    "StaySpan",
    "StaysOverlap",
    "TimeHeld",
    "TopicsRaised",
    "Worker",
    "full_name",
    "moment_text",
    "wing_of",
]
