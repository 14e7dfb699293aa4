"""How the codes that several screens show are said."""

from typing import Final

from keyworker_cli.rules.codes.records import (
    AbsenceReason,
    AllocationReason,
    ArrivalType,
    DepartureReason,
    EndReason,
)
from keyworker_cli.rules.codes.signals import Topic

ARRIVAL_WORDS: Final = {
    ArrivalType.RECEPTION: "reception",
    ArrivalType.TRANSFER_IN: "transfer in",
    ArrivalType.RECALL: "recall",
    ArrivalType.RETURN: "return",
}

LEFT: Final = {
    DepartureReason.RELEASE: "was released",
    DepartureReason.TRANSFER_OUT: "was transferred out",
    DepartureReason.DIED: "died",
    DepartureReason.ESCAPE: "escaped",
}

AWAY_WORDS: Final = {
    AbsenceReason.COURT: "at court",
    AbsenceReason.HOSPITAL: "in hospital",
    AbsenceReason.TEMPORARY_ABSENCE: "on temporary absence",
    AbsenceReason.UNLAWFULLY_AT_LARGE: "unlawfully at large",
}

ALLOCATED_AS: Final = {AllocationReason.AUTO: "recommended", AllocationReason.MANUAL: "chosen by hand"}

ENDED_AS: Final = {
    EndReason.MANUAL: "ended by hand",
    EndReason.OVERRIDE: "replaced by another key worker",
    EndReason.STAFF_STATUS_CHANGE: "key worker not available",
    EndReason.TRANSFER: "transferred",
    EndReason.MERGED: "prison numbers merged",
    EndReason.UNKNOWN: "reason not known",
}


def say_left(reason: str | None, otherwise: str = "no data") -> str:
    """Say in a word or two how a stay ended: `released`, `transferred out`; `otherwise` where that is not known."""
    return LEFT[DepartureReason(reason)].removeprefix("was ") if reason else otherwise


def say_ended(reason: str | None) -> str:
    """Say why an allocation ended: `replaced by another key worker`."""
    return ENDED_AS[EndReason(reason)] if reason in ENDED_AS else plain_words(reason or "reason not known")


def say_topic(topic: str) -> str:
    """Say a topic: `mental health`."""
    return "self-harm" if topic == Topic.SELF_HARM else plain_words(topic)


def plain_words(code: str) -> str:
    """Say a code that is its own words: `did not attend`."""
    return code.lower().replace("_", " ")
