"""How the codes that several screens show are said."""

from typing import Final

from keyworker_cli.rules.codes.records import AbsenceReason, ArrivalType, DepartureReason

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
