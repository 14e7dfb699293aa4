"""The codes of the records, spelled once: what stands in columns, options and files (help: codes)."""

from enum import StrEnum


class ArrivalType(StrEnum):
    """How a prisoner came (help: files)."""

    RECEPTION = "RECEPTION"
    TRANSFER_IN = "TRANSFER_IN"
    RECALL = "RECALL"
    RETURN = "RETURN"


class DepartureReason(StrEnum):
    """How a stay ended (help: files)."""

    RELEASE = "RELEASE"
    TRANSFER_OUT = "TRANSFER_OUT"
    DIED = "DIED"
    ESCAPE = "ESCAPE"


class StaffStatus(StrEnum):
    """Whether a key worker is there to do key work; anything but ACTIVE leaves their prisoners with no cover."""

    ACTIVE = "ACTIVE"
    UNAVAILABLE_ANNUAL_LEAVE = "UNAVAILABLE_ANNUAL_LEAVE"
    UNAVAILABLE_LONG_TERM_ABSENCE = "UNAVAILABLE_LONG_TERM_ABSENCE"
    UNAVAILABLE_NO_PRISONER_CONTACT = "UNAVAILABLE_NO_PRISONER_CONTACT"
    INACTIVE = "INACTIVE"


class AllocationReason(StrEnum):
    """How a key worker was chosen: recommended by `kw` and confirmed, or named by a person."""

    AUTO = "AUTO"
    MANUAL = "MANUAL"


class EndReason(StrEnum):
    """Why an allocation ended; the last six so that extracts from HMPPS's own service load."""

    MANUAL = "MANUAL"
    OVERRIDE = "OVERRIDE"
    RELEASED = "RELEASED"
    TRANSFER = "TRANSFER"
    DIED = "DIED"
    STAFF_STATUS_CHANGE = "STAFF_STATUS_CHANGE"
    MERGED = "MERGED"
    CHANGE_IN_COMPLEXITY_OF_NEED = "CHANGE_IN_COMPLEXITY_OF_NEED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    MISSING = "MISSING"
    DUPLICATE = "DUPLICATE"
    UNKNOWN = "UNKNOWN"
    NO_LONGER_IN_PRISON = "NO_LONGER_IN_PRISON"
    PRISON_USES_KEY_WORK = "PRISON_USES_KEY_WORK"
    MIGRATION = "MIGRATION"


class SessionType(StrEnum):
    """KS is a key worker session, with the prisoner alone; KE an entry: other key work contact."""

    KS = "KS"
    KE = "KE"


class Outcome(StrEnum):
    """What became of a session that was offered."""

    COMPLETED = "COMPLETED"
    REFUSED = "REFUSED"
    DID_NOT_ATTEND = "DID_NOT_ATTEND"
    CANCELLED = "CANCELLED"


class Mode(StrEnum):
    """How a session was held; all three count (help: counted-session)."""

    IN_PERSON = "IN_PERSON"
    TELEPHONE = "TELEPHONE"
    VIDEO = "VIDEO"


class SessionSource(StrEnum):
    """What a session that nobody typed was taken from: a date in a unit's list, or the official case notes."""

    UNIT_LIST = "UNIT_LIST"
    CASE_NOTES = "CASE_NOTES"


class Relation(StrEnum):
    """How well the officer who would see a prisoner knows him, the best first (help: plan)."""

    OWN = "own"
    KNOWN = "known"
    WING = "wing"
    NONE = "none"


class KeyWorkerSaid(StrEnum):
    """What a prisoner answered when asked who his key worker is (help: voice)."""

    NAMED = "NAMED"
    OTHER = "OTHER"
    NONE = "NONE"
    NOT_KNOWN = "NOT_KNOWN"


class LastTalkSaid(StrEnum):
    """What a prisoner answered when asked when the two last talked (help: voice)."""

    ON_A_DAY = "ON_A_DAY"
    NEVER = "NEVER"
    NOT_KNOWN = "NOT_KNOWN"


class SlotStatus(StrEnum):
    """What became of time on the rota."""

    PUBLISHED = "PUBLISHED"
    WORKED = "WORKED"
    REDEPLOYED = "REDEPLOYED"
    CANCELLED = "CANCELLED"
    ABSENT = "ABSENT"


class LossReason(StrEnum):
    """Why time on the rota was lost."""

    STAFFING = "STAFFING"
    ESCORT = "ESCORT"
    INCIDENT = "INCIDENT"
    TRAINING = "TRAINING"
    LEAVE = "LEAVE"
    SICK = "SICK"
    OTHER = "OTHER"


class AbsenceReason(StrEnum):
    """Why a prisoner is away overnight though his stay goes on (help: movements)."""

    COURT = "COURT"
    HOSPITAL = "HOSPITAL"
    TEMPORARY_ABSENCE = "TEMPORARY_ABSENCE"
    UNLAWFULLY_AT_LARGE = "UNLAWFULLY_AT_LARGE"


class Contribution(StrEnum):
    """What a key worker gave to an ACCT review."""

    ATTENDED = "ATTENDED"
    WROTE = "WROTE"
    NONE = "NONE"


class NeedOutcome(StrEnum):
    """What became of a need."""

    DONE = "DONE"
    ONGOING = "ONGOING"
    DROPPED = "DROPPED"
