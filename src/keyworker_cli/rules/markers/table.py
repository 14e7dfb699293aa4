"""What raises a prisoner's priority: every marker in one table, with its tier, its end and its topics (help: concerns).

It gives an order of work, not an assessment of risk. `markers_in_force` reads the table for one prisoner and one day.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode, ProcessMarker, Topic

M, D, P, T = MarkerCode, DerivedMarker, ProcessMarker, Topic
HIGHEST_TIER, LOWEST_TIER = 1, 3


class Early(NamedTuple):
    """A higher tier while the marker's age is at most so many days."""

    days: int
    tier: int


class Repeated(NamedTuple):
    """A higher tier when there are so many of its kind within so many days."""

    times: int
    days: int
    tier: int


class MarkerKind(NamedTuple):
    """One row of the table: a marker's name, its tier, and how long it is in force.

    `tier` 1 is the highest; `None` is a warning. `days` is the age up to which it is in force, `None` until an end is
    recorded. An end stops a marker from that date on, or so many days after it (`after_end`); `after_seen` is how many
    days it goes on once the prisoner has been seen since. `before` is how many days ahead of its date it begins;
    `anniversary` how many days either side of each anniversary it is in force again, in tier 1. One that is
    `of_stay` is a matter of this stay only and is not carried into the next. `topics` are what to raise with him.
    """

    code: str
    name: str
    short: str
    tier: int | None
    days: int | None = None
    early: Early | None = None
    repeated: Repeated | None = None
    after_end: int = 0
    after_seen: int | None = None
    before: int = 0
    anniversary: int | None = None
    of_stay: bool = False
    topics: tuple[Topic, ...] = ()


TABLE: tuple[MarkerKind, ...] = (
    MarkerKind(D.ACCT, "ACCT open", "ACCT", 1, topics=(T.SELF_HARM,)),
    MarkerKind(D.ACCT_PC, "ACCT post-closure", "ACCT post-closure", 2, topics=(T.SELF_HARM,)),
    MarkerKind(M.SELF_HARM, "self-harm in custody", "self-harm", 1, days=28, topics=(T.SELF_HARM,)),
    MarkerKind(M.SELF_HARM_HISTORY, "history of self-harm", "self-harm history", 3, topics=(T.SELF_HARM,)),
    MarkerKind(
        *(M.SEG, "in segregation", "segregation", 2),
        early=Early(3, 1),
        after_end=3,
        of_stay=True,
        topics=(T.REGIME, T.MENTAL_HEALTH),
    ),
    MarkerKind(
        *(M.CELLULAR_CONFINEMENT, "cellular confinement", "confinement", 1),
        after_end=3,
        of_stay=True,
        topics=(T.REGIME, T.MENTAL_HEALTH),
    ),
    MarkerKind(
        D.SEG_REPEAT, "in segregation twice or more in 90 days", "segregation again", 2, days=90, topics=(T.BEHAVIOUR,)
    ),
    MarkerKind(M.BASIC, "on Basic", "Basic", 2, of_stay=True, topics=(T.REGIME, T.BEHAVIOUR)),
    MarkerKind(
        *(M.ADJUDICATION, "adjudication", "adjudication", 3),
        days=28,
        repeated=Repeated(3, 90, 2),
        topics=(T.BEHAVIOUR,),
    ),
    MarkerKind(
        M.VIOLENCE_TO_PRISONER, "violence to a prisoner", "violence", 2, days=28, topics=(T.BEHAVIOUR, T.SAFETY)
    ),
    MarkerKind(M.VIOLENCE_TO_STAFF, "violence to staff", "violence to staff", 2, days=28, topics=(T.BEHAVIOUR,)),
    MarkerKind(M.ASSAULTED, "assaulted", "assaulted", 2, days=28, topics=(T.SAFETY,)),
    MarkerKind(
        M.ANTISOCIAL, "antisocial or suddenly changed behaviour", "antisocial", 2, days=28, topics=(T.BEHAVIOUR,)
    ),
    MarkerKind(
        *(M.CSIP, "challenge, support and intervention plan open", "CSIP", 2),
        of_stay=True,
        topics=(T.SAFETY, T.BEHAVIOUR),
    ),
    MarkerKind(M.SUBSTANCE, "substance misuse", "substances", 3, days=90, early=Early(28, 2), topics=(T.SUBSTANCE,)),
    MarkerKind(
        *(M.UNDER_INFLUENCE, "found under the influence", "under influence", 2),
        days=28,
        repeated=Repeated(3, 28, 1),
        topics=(T.SUBSTANCE,),
    ),
    MarkerKind(
        *(M.SUBSTANCE_REFERRAL, "referred to the recovery worker, or a care plan", "substance referral", 3),
        days=90,
        topics=(T.SUBSTANCE,),
    ),
    MarkerKind(
        M.DEPRESSION, "depression known to staff", "depression", 3, early=Early(28, 2), topics=(T.MENTAL_HEALTH,)
    ),
    MarkerKind(M.ANXIETY, "anxiety known to staff", "anxiety", 3, early=Early(28, 2), topics=(T.MENTAL_HEALTH,)),
    MarkerKind(M.DEBT, "in debt", "debt", 2, days=28, topics=(T.DEBT,)),
    MarkerKind(M.BULLIED, "being bullied", "bullied", 2, days=28, topics=(T.SAFETY,)),
    MarkerKind(
        *(M.SELF_ISOLATING, "isolating himself", "self-isolating", 1),
        of_stay=True,
        topics=(T.SAFETY, T.MENTAL_HEALTH),
    ),
    MarkerKind(M.FOOD_REFUSAL, "refusing food", "food refusal", 1, of_stay=True, topics=(T.HEALTH,)),
    MarkerKind(
        *(M.BEREAVEMENT, "bereavement", "bereavement", 2),
        days=90,
        early=Early(7, 1),
        anniversary=3,
        topics=(T.BEREAVEMENT,),
    ),
    MarkerKind(
        *(M.RELATIONSHIP, "relationship broken down, or contact stopped", "relationship", 1),
        after_seen=14,
        topics=(T.RELATIONSHIP,),
    ),
    MarkerKind(M.NO_CONTACT, "no visits or calls for 28 days", "no contact", 2, of_stay=True, topics=(T.FAMILY,)),
    MarkerKind(M.EDUCATION, "fallen behind, or lost work or study", "education", 3, days=28, topics=(T.EDUCATION,)),
    MarkerKind(M.FURTHER_CHARGES, "further charges", "further charges", 2, topics=(T.LEGAL,)),
    MarkerKind(
        *(M.LONG_SENTENCE, "long sentence, facing or just given", "long sentence", 2),
        days=28,
        early=Early(7, 1),
        topics=(T.SENTENCE,),
    ),
    MarkerKind(
        D.EARLY_DAYS, "first 28 days here", "early days", 3, days=28, early=Early(14, 2), topics=(T.FAMILY, T.REGIME)
    ),
    MarkerKind(D.TRANSFER, "transferred in", "transfer", 2, days=14, topics=(T.FAMILY,)),
    MarkerKind(D.RECALL, "recalled", "recall", 2, days=14, topics=(T.LEGAL,)),
    MarkerKind(D.RETURNED, "returned", "returned", 2, days=14, topics=(T.PLANS,)),
    MarkerKind(M.FIRST_CUSTODY, "first time in custody", "first custody", 2, days=28, topics=(T.FAMILY, T.REGIME)),
    MarkerKind(M.COURT, "court within 3 days", "court", 3, days=3, before=3, topics=(T.LEGAL,)),
    MarkerKind(D.YOUNG_ADULT, "young adult", "young adult", 3),
    MarkerKind(
        *(M.SETBACK, "bad news of his sentence or status", "setback", 2),
        days=28,
        early=Early(7, 1),
        topics=(T.SENTENCE,),
    ),
    MarkerKind(M.IPP, "serving an indeterminate sentence (IPP)", "IPP", 3, topics=(T.SENTENCE,)),
    MarkerKind(D.ACCT_REPEAT, "three ACCTs or more in 26 weeks", "ACCT again", 2, after_end=28, topics=(T.SELF_HARM,)),
    MarkerKind(
        *(D.SEG_ON_ACCT, "in segregation with an ACCT open", "segregation on ACCT", 1),
        topics=(T.SELF_HARM, T.MENTAL_HEALTH),
    ),
    MarkerKind(D.REVIEW_LATE, "ACCT review not held when due", "review late", 2),
    MarkerKind(D.MOVED_REPEAT, "moved three times or more in 28 days", "moved often", 3, days=28, topics=(T.SAFETY,)),
    MarkerKind(D.BIRTHDAY, "birthday", "birthday", 3, topics=(T.FAMILY,)),
    MarkerKind(M.LOCAL, "on a local priority list", "local list", 3, of_stay=True),
    MarkerKind(M.NO_ONE_TO_ONE, "no one-to-one with this prisoner (RNO121)", "no one-to-one", None),
)
"""Every marker but those of process, in the order of the page (help: concerns)."""

KINDS: Mapping[str, MarkerKind] = {kind.code: kind for kind in TABLE}

PROCESS: Mapping[str, str] = {
    P.NEVER_SEEN: "no key work yet",
    P.NOT_MET: "not met by his key worker",
    P.NO_KEY_WORKER: "no key worker",
    P.WORKER_NO_TIME: "no key work detailed",
    P.WORKER_CHANGED: "new key worker",
    P.WORKER_CHANGES_3: "three key workers or more in 26 weeks",
    P.REFUSED_3: "refused three times running",
}
"""How key work itself stands with him, in words. These never add to a tier."""

FAMILIES: Mapping[str, frozenset[str]] = {
    "arrival": frozenset({D.EARLY_DAYS, D.TRANSFER, D.RECALL, D.RETURNED}),
    "segregation": frozenset({M.SEG, D.SEG_REPEAT, D.SEG_ON_ACCT, M.CELLULAR_CONFINEMENT}),
    "discipline": frozenset({M.BASIC, M.ADJUDICATION}),
    "self-harm": frozenset({D.ACCT, D.ACCT_PC, D.ACCT_REPEAT, D.REVIEW_LATE, M.SELF_HARM, M.SELF_HARM_HISTORY}),
    "substances": frozenset({M.SUBSTANCE, M.UNDER_INFLUENCE, M.SUBSTANCE_REFERRAL}),
}
"""Markers of one family count once; every other code is its own."""

_FAMILY_OF = {code: family for family, codes in FAMILIES.items() for code in codes}

ARRIVED_AS: Mapping[str, str] = {"TRANSFER_IN": D.TRANSFER, "RECALL": D.RECALL, "RETURN": D.RETURNED}
"""The marker that each arrival type gives; a reception gives none."""

LOOK_BACK_DAYS = max(
    *(kind.days for kind in TABLE if kind.days is not None),
    *(kind.repeated.days for kind in TABLE if kind.repeated is not None),
)
"""No event older than this is in force by its age alone."""

STANDING: tuple[str, ...] = tuple(
    kind.code for kind in TABLE if kind.code in M.__members__ and (kind.days is None or kind.anniversary is not None)
)
"""The codes of events that may be in force whatever their age."""

UNTIL_SEEN: tuple[str, ...] = tuple(kind.code for kind in TABLE if kind.after_seen is not None)
"""The codes of events whose end depends on when he was seen next."""

LOOK_AHEAD_DAYS = max(kind.before for kind in TABLE)
"""How many days ahead of its date an event may be in force."""


def marking_since(as_of: date) -> date:
    """Return the first day of which an event may be in force by its age alone."""
    return as_of - timedelta(days=LOOK_BACK_DAYS)


def family_of(code: str) -> str:
    """Return the family a code belongs to: one of `FAMILIES`, else the code itself."""
    return _FAMILY_OF.get(code, code)


def name_of(code: str) -> str:
    """Return the name of a marker of any kind."""
    return PROCESS[code] if code in PROCESS else KINDS[code].name
