"""The codes of concerns, of topics to raise, and of how key work stands (help: concerns)."""

from enum import StrEnum


class MarkerCode(StrEnum):
    """The concerns that may be recorded; derived ones are never typed (help: concerns)."""

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
    SETBACK = "SETBACK"
    IPP = "IPP"
    LOCAL = "LOCAL"
    NO_ONE_TO_ONE = "NO_ONE_TO_ONE"


class DerivedMarker(StrEnum):
    """The concerns that follow from other records; never typed (help: concerns)."""

    ACCT = "ACCT"
    ACCT_PC = "ACCT_PC"
    SEG_REPEAT = "SEG_REPEAT"
    EARLY_DAYS = "EARLY_DAYS"
    TRANSFER = "TRANSFER"
    RECALL = "RECALL"
    RETURNED = "RETURNED"
    YOUNG_ADULT = "YOUNG_ADULT"
    ACCT_REPEAT = "ACCT_REPEAT"
    SEG_ON_ACCT = "SEG_ON_ACCT"
    REVIEW_LATE = "REVIEW_LATE"
    MOVED_REPEAT = "MOVED_REPEAT"
    BIRTHDAY = "BIRTHDAY"


class ProcessMarker(StrEnum):
    """How key work itself stands with a prisoner; it never adds to a tier (help: concerns)."""

    NEVER_SEEN = "NEVER_SEEN"
    NOT_MET = "NOT_MET"
    NO_KEY_WORKER = "NO_KEY_WORKER"
    WORKER_NO_TIME = "WORKER_NO_TIME"
    WORKER_CHANGED = "WORKER_CHANGED"
    WORKER_CHANGES_3 = "WORKER_CHANGES_3"
    REFUSED_3 = "REFUSED_3"


class Confidence(StrEnum):
    """How sure staff are of an event."""

    SUSPECTED = "SUSPECTED"
    CONFIRMED = "CONFIRMED"


class Topic(StrEnum):
    """The topics discussed in a session (help: concerns)."""

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
