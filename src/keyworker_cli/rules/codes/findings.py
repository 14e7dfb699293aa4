"""The codes of what kw finds: they stand in reports, and nobody records them (help: gap, why-overdue, early-days)."""

from enum import StrEnum


class GapState(StrEnum):
    """How long a prisoner has gone unseen against the settings (help: gap)."""

    OK = "ok"
    DUE = "due"
    OVERDUE = "overdue"
    SERIOUS = "serious"


class Why(StrEnum):
    """Why a prisoner is overdue: one code a row, first that holds, in this order (help: why-overdue)."""

    AWAY = "AWAY"
    UNALLOCATED = "UNALLOCATED"
    WORKER_UNAVAILABLE = "WORKER_UNAVAILABLE"
    NO_ROTA = "NO_ROTA"
    NO_TIME = "NO_TIME"
    LOST = "LOST"
    UNCONFIRMED = "UNCONFIRMED"
    SHORT_TIME = "SHORT_TIME"
    REFUSED = "REFUSED"
    UNUSED = "UNUSED"


class MeetingState(StrEnum):
    """Whether a prisoner was met in his first few days (help: early-days)."""

    DUE = "due"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"


class Cause(StrEnum):
    """Why the time required was not used: one code for a key worker, a wing, the prison; ties in this order."""

    NO_ROTA = "NO_ROTA"
    NO_TIME = "NO_TIME"
    MET = "MET"
    SHORT_TIME = "SHORT_TIME"
    LOST = "LOST"
    UNCONFIRMED = "UNCONFIRMED"
    UNUSED = "UNUSED"
