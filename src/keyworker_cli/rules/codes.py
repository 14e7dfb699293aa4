"""The codes of key work, spelled once: what stands in columns, options and files (DOMAIN 2)."""

from enum import StrEnum


class ArrivalType(StrEnum):
    """How a man came (INTERFACE 4)."""

    RECEPTION = "RECEPTION"
    TRANSFER_IN = "TRANSFER_IN"
    RECALL = "RECALL"
    RETURN = "RETURN"


class DepartureReason(StrEnum):
    """How a stay ended (INTERFACE 4)."""

    RELEASE = "RELEASE"
    TRANSFER_OUT = "TRANSFER_OUT"
    DIED = "DIED"


class StaffStatus(StrEnum):
    """Whether a key worker is there to do key work; anything but ACTIVE leaves his prisoners without cover."""

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
    """KS is a key worker session, with the man alone; KE an entry: other key work contact."""

    KS = "KS"
    KE = "KE"


class Outcome(StrEnum):
    """What became of a session that was offered."""

    COMPLETED = "COMPLETED"
    REFUSED = "REFUSED"
    DID_NOT_ATTEND = "DID_NOT_ATTEND"
    CANCELLED = "CANCELLED"


class Mode(StrEnum):
    """How a session was held (DOMAIN 3.2: all three count)."""

    IN_PERSON = "IN_PERSON"
    TELEPHONE = "TELEPHONE"
    VIDEO = "VIDEO"


class Relation(StrEnum):
    """How well the officer who would see a man knows him, the best first (INTERFACE 6)."""

    OWN = "own"
    KNOWN = "known"
    WING = "wing"
    NONE = "none"


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


class Topic(StrEnum):
    """What a session spoke of (DOMAIN 5)."""

    FAMILY = "FAMILY"
    RELATIONSHIP = "RELATIONSHIP"
    BEREAVEMENT = "BEREAVEMENT"
    DEBT = "DEBT"
    SAFETY = "SAFETY"
    SUBSTANCE = "SUBSTANCE"
    MENTAL_HEALTH = "MENTAL_HEALTH"
    SELF_HARM = "SELF_HARM"
    BEHAVIOUR = "BEHAVIOUR"
    REGIME = "REGIME"
    LEGAL = "LEGAL"
    SENTENCE = "SENTENCE"
    EDUCATION = "EDUCATION"
    WORK = "WORK"
    HEALTH = "HEALTH"
    FAITH = "FAITH"
    RELEASE = "RELEASE"
    PLANS = "PLANS"


class AbsenceReason(StrEnum):
    """Why a man is away overnight though his stay goes on (DOMAIN 3.9)."""

    COURT = "COURT"
    HOSPITAL = "HOSPITAL"
    TEMPORARY_ABSENCE = "TEMPORARY_ABSENCE"


class Confidence(StrEnum):
    """How sure staff are of an event."""

    SUSPECTED = "SUSPECTED"
    CONFIRMED = "CONFIRMED"


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


class MarkerCode(StrEnum):
    """What raises a prisoner's priority, as it may be recorded (DOMAIN 5); derived and ACCT ones are never typed."""

    SELF_HARM = "SELF_HARM"
    SELF_HARM_HISTORY = "SELF_HARM_HISTORY"
    SEG = "SEG"
    CELLULAR_CONFINEMENT = "CELLULAR_CONFINEMENT"
    BASIC = "BASIC"
    ADJUDICATION = "ADJUDICATION"
    VIOLENCE_TO_PRISONER = "VIOLENCE_TO_PRISONER"
    VIOLENCE_TO_STAFF = "VIOLENCE_TO_STAFF"
    ASSAULTED = "ASSAULTED"
    ANTISOCIAL = "ANTISOCIAL"
    CSIP = "CSIP"
    SUBSTANCE = "SUBSTANCE"
    UNDER_INFLUENCE = "UNDER_INFLUENCE"
    SUBSTANCE_REFERRAL = "SUBSTANCE_REFERRAL"
    DEPRESSION = "DEPRESSION"
    ANXIETY = "ANXIETY"
    DEBT = "DEBT"
    BULLIED = "BULLIED"
    SELF_ISOLATING = "SELF_ISOLATING"
    FOOD_REFUSAL = "FOOD_REFUSAL"
    BEREAVEMENT = "BEREAVEMENT"
    RELATIONSHIP = "RELATIONSHIP"
    NO_CONTACT = "NO_CONTACT"
    EDUCATION = "EDUCATION"
    FURTHER_CHARGES = "FURTHER_CHARGES"
    LONG_SENTENCE = "LONG_SENTENCE"
    FIRST_CUSTODY = "FIRST_CUSTODY"
    COURT = "COURT"
    LOCAL = "LOCAL"
    NO_ONE_TO_ONE = "NO_ONE_TO_ONE"


class DerivedMarker(StrEnum):
    """What raises a prisoner's priority and follows from other records; never typed (DOMAIN 5)."""

    ACCT = "ACCT"
    ACCT_PC = "ACCT_PC"
    SEG_REPEAT = "SEG_REPEAT"
    EARLY_DAYS = "EARLY_DAYS"
    TRANSFER = "TRANSFER"
    RECALL = "RECALL"
    RETURNED = "RETURNED"
    YOUNG_ADULT = "YOUNG_ADULT"


class ProcessMarker(StrEnum):
    """How key work itself stands with a man; it never adds to a tier (DOMAIN 5)."""

    NEVER_SEEN = "NEVER_SEEN"
    NOT_MET = "NOT_MET"
    NO_KEY_WORKER = "NO_KEY_WORKER"
    WORKER_NO_TIME = "WORKER_NO_TIME"
    WORKER_CHANGED = "WORKER_CHANGED"
    REFUSED_3 = "REFUSED_3"


class GapState(StrEnum):
    """How long a man has gone unseen against the settings (DOMAIN 3.4)."""

    OK = "ok"
    DUE = "due"
    OVERDUE = "overdue"
    SERIOUS = "serious"


class MeetingState(StrEnum):
    """Whether a man was met in his first few days (DOMAIN 3.7)."""

    DUE = "due"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"


class Why(StrEnum):
    """Why a man is overdue: one code a row, first that holds, in this order (DOMAIN 3.6)."""

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


class Cause(StrEnum):
    """Why the time required was not used: one code for a key worker, a wing, the prison; ties in this order (3.5)."""

    NO_ROTA = "NO_ROTA"
    NO_TIME = "NO_TIME"
    MET = "MET"
    SHORT_TIME = "SHORT_TIME"
    LOST = "LOST"
    UNCONFIRMED = "UNCONFIRMED"
    UNUSED = "UNUSED"
