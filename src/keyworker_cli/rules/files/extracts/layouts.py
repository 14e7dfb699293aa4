"""The sheets a prison has, each known by its headings: what each heading means, and which a sheet must have."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

Synonyms = Mapping[str, tuple[str, ...]]
"""What a column means, and the headings it goes by: their letters in small and their digits."""

NUMBER: Final = (
    "nomsno", "nomsnumber", "nomsnum", "nomsid", "noms", "nomisno", "nomisnumber", "nomisid", "nomis", "prisonno",
    "prisonnumber", "prisonernumber", "prisonerno", "prisonerid", "offendernumber", "offenderno", "offenderid",
    "offenderdisplayid", "offendernomsno",
)  # fmt: skip
LAST_NAME: Final = ("lastname", "surname", "familyname", "offenderlastname", "prisonerlastname", "prisonersurname")
FIRST_NAME: Final = (
    "firstname", "firstnames", "forename", "forenames", "givenname", "givennames", "offenderfirstname",
    "prisonerfirstname",
)  # fmt: skip
FULL_NAME: Final = ("name", "prisoner", "prisonername", "prisonersname", "offendername", "fullname", "nameofprisoner")
BORN: Final = ("dateofbirth", "dob", "birthdate", "born")
CELL: Final = (
    "location", "cell", "celllocation", "cellno", "cellnumber", "livingunit", "housinglocation", "currentlocation",
    "livingunitdescription", "room", "loc", "locationdescription", "internallocation",
)  # fmt: skip
ARRIVED: Final = (
    "arrived", "arrivedon", "arrivaldate", "dateofarrival", "datein", "datereceived", "receiveddate", "receptiondate",
    "dateofreception", "admissiondate", "dateofadmission", "arriveddate", "receivedon",
)  # fmt: skip
RECEPTION: Final = ("receptiondate", "dateofreception")
"""Of these a list of an offender management unit means the sentence's as often as this stay's."""
KEY_WORKER: Final = (
    "keyworker", "kw", "keyworkername", "nameofkeyworker", "keyworkerofficer", "allocatedkeyworker", "kwname",
    "kwofficer", "currentkeyworker", "allocatedkw",
)  # fmt: skip
LAST_SEEN: Final = (
    "lastkwsession", "lastseen", "lastkeywork", "datelastseen", "lastkeyworksession", "lastkeyworkersession",
    "lastsession", "lastkw", "lastks", "lastkwdate", "datelastkwsession", "dateoflastkwsession", "dateoflastsession",
    "lastkwcontact", "lastsessiondate", "lastkeyworkdate", "datelastkw", "lastseenbykw",
)  # fmt: skip
LEFT: Final = (
    "left", "lefton", "dateleft", "discharged", "discharge", "dischargedon", "datedischarged", "dischargedate",
    "dateofdischarge", "released", "releasedon", "datereleased", "transferred", "transferredon", "datetransferred",
    "dateout", "departed", "departedon", "departuredate", "dateofdeparture", "movedon", "gone",
)  # fmt: skip
STATUS: Final = ("status", "prisonerstatus", "currentstatus")
LEVEL: Final = ("ieplevel", "incentivelevel", "ieplevelcode", "iep", "incentiveslevel", "incentives", "incentive")
IN_OUT: Final = ("inoutstatus", "inout")
PRISON_ID: Final = ("prisonid", "agency", "agencylocationid")

_WHO: Final = "kw|ks|keywork(?:er)?s?"
FORMS: Final = (
    (
        "last_seen",
        re.compile(
            rf"(?:date|day|of|the|on)*last(?:{_WHO}|session|seen|contact|meeting|met|121|1to1|by|of|with|on|date|the|key|work)+"
        ),
    ),
    (
        "key_worker",
        re.compile(
            rf"(?:main|current|allocated|assigned|primary|own|first|1st|named?|of|the|prisoners?)*(?:{_WHO})(?:name|officer|staff|member|assigned|allocated|surname|id|1|and)*"
        ),
    ),
)
"""Headings of a unit's list that are put together as people please: `Main KW`, `Date of last KS`."""

SENTENCE: Final = {
    "releasedate": "a sentence's date: it never ends a stay",
    "conditionalreleasedate": "a sentence's date: it never ends a stay",
    "confirmedreleasedate": "a sentence's date: it never ends a stay",
    "sed": "a sentence's date",
    "sentencedate": "a sentence's date",
    "crd": "a sentence's date",
    "ard": "a sentence's date",
    "hdced": "a sentence's date",
    "bookingno": "kw does not need it",
    "bookingnumber": "kw does not need it",
}
"""Headings that are known and not read, and why."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet that is known by its headings.

    `needs` are the columns without which it is another sheet; where a tuple stands, any one of them will do. `weight`
    says which of two that fit is meant, and is more where one of the `marks` is there. `noun` is what one row of it is.
    `forms` are headings that are known by what they are put together of.
    """

    name: str
    says: str
    noun: str
    columns: Synonyms
    needs: tuple[str | tuple[str, ...], ...]
    weight: int = 1
    known_unread: Mapping[str, str] = field(default_factory=lambda: SENTENCE)
    forms: tuple[tuple[str, re.Pattern[str]], ...] = ()
    marks: frozenset[str] = frozenset()

    def column_for(self, heading: str) -> str | None:
        """Return what a heading, as it is compared, means in this sheet."""
        named = next((name for name, headings in self.columns.items() if heading in headings), None)
        return named or next((name for name, form in self.forms if form.fullmatch(heading)), None)

    def weighs(self, meanings: Iterable[str]) -> int:
        """Return how much each heading counts, where several layouts fit."""
        return 4 if self.marks & set(meanings) else self.weight


PRISONER: Final[Synonyms] = {"number": NUMBER, "last_name": LAST_NAME, "first_name": FIRST_NAME, "name": FULL_NAME}

UNIT_LIST: Final = Layout(
    "unit_list",
    "a unit's list of prisoners",
    "prisoner",
    {
        **PRISONER,
        "born": BORN,
        "location": CELL,
        "arrived": ARRIVED,
        "key_worker": KEY_WORKER,
        "last_seen": LAST_SEEN,
        "left": LEFT,
        "level": LEVEL,
        "in_out": IN_OUT,
        "prison": PRISON_ID,
        "status": STATUS,
        "booking": ("bookingno", "bookingnumber"),
        "wing": ("wing", "unit", "houseblock", "hb"),
    },
    ("number", ("last_name", "name", "location", "key_worker", "last_seen")),
    forms=FORMS,
    marks=frozenset({"key_worker", "last_seen"}),
)

CASE_NOTES: Final = Layout(
    "case_notes",
    "key worker case notes",
    "case note",
    {
        **PRISONER,
        "staff_last_name": ("casenotesstafflastname", "casenotestafflastname", "stafflastname", "staffsurname"),
        "staff_first_name": ("casenotesstafffirstname", "casenotestafffirstname", "stafffirstname", "staffforename"),
        "staff_name": ("casenotesstaffname", "staffname", "author", "authorname", "recordedby", "createdby"),
        "staff_id": ("staffuserid", "userid", "username", "staffid"),
        "held_on": ("contactdate", "dateofcontact", "occurrencedate", "occurreddate", "happened"),
        "at": ("contacttime", "timeofcontact", "occurrencetime"),
        "type": ("casenotetypesubtype", "casenotetype", "typesubtype", "notetype", "type"),
        "sub_type": ("casenotesubtype", "subtype", "notesubtype"),
        "note": ("casenotetext", "casenote", "notetext", "text"),
        "recorded_at": ("createddate", "creationdate", "datecreated", "createdat"),
    },
    ("number", "held_on", ("type", "sub_type"), ("staff_id", "staff_last_name", "staff_name")),
    weight=3,
)

ADMISSIONS: Final = Layout(
    "admissions",
    "admissions",
    "arrival",
    {
        **PRISONER,
        "at": ("admissiontime", "admissiondatetime", "admissiondateandtime", "timeofadmission"),
        "on": ("admissiondate", "dateofadmission", "date"),
        "location": CELL,
        "came_from": ("from", "admittedfrom"),
        "reason": ("reason", "admissionreason", "movementreason"),
        "born": BORN,
    },
    ("number", "at"),
    weight=3,
)

MOVEMENTS: Final = Layout(
    "movements",
    "discharges and receptions",
    "movement",
    {
        **PRISONER,
        "at": ("time", "datetime", "dateandtime", "movementtime", "movementdatetime"),
        "on": ("date", "movementdate", "dateofmovement"),
        "type": ("type", "movementtype"),
        "reason": ("reason", "movementreason"),
        "direction": ("direction", "inout"),
        "came_from": ("from",),
        "to": ("to",),
    },
    ("number", "direction", ("at", "on"), "reason", ("to", "came_from")),
    weight=3,
)

ALERTS: Final = Layout(
    "alerts",
    "alerts",
    "alert",
    {
        **PRISONER,
        "location": CELL,
        "category": ("alertcategory", "alerttype"),
        "code": ("alertcode",),
        "detail": ("alertcommenttext", "alertcomment", "alertcomments", "comment"),
        "from": ("alerteffectivedate", "effectivedate", "alertdate", "activefrom"),
        "until": ("expirydate", "alertexpirydate", "activeto"),
    },
    ("number", "code", "from"),
    weight=3,
)

INCENTIVES: Final = Layout(
    "incentives",
    "incentive levels",
    "prisoner",
    {
        **PRISONER,
        "location": CELL,
        "level": LEVEL,
        "since": ("iepdate", "leveldate", "dateoflastreview", "lastreviewdate", "ieplevelreviewdate"),
    },
    ("number", "level"),
    weight=3,
)

CSIP: Final = Layout(
    "csip",
    "CSIP: current prisoners",
    "prisoner",
    {
        **PRISONER,
        "location": CELL,
        "factors": ("contfactors", "contfactor", "contributoryfactors", "contributingfactors"),
        "from": ("datereferred", "referraldate", "referreddate"),
    },
    ("number", "from", "factors"),
    weight=3,
)

INCIDENTS: Final = Layout(
    "incidents",
    "prisoner involvement in incidents",
    "involvement",
    {
        **PRISONER,
        "incident": ("incidentnumber", "incidentno", "incidentid"),
        "on": ("dateofincident", "incidentdate"),
        "at": ("time", "timeofincident", "incidenttime"),
        "type": ("incidenttype", "typeofincident"),
        "role": ("prisonerrole", "role", "participationrole"),
    },
    ("number", "on", "type"),
    weight=3,
)

OUT_AND_BACK: Final = Layout(
    "out_and_back",
    "hospital movements, or prisoners at court",
    "movement",
    {
        **PRISONER,
        "direction": ("direction", "inout"),
        "at": ("datetime", "dateandtime", "movementdatetime", "movementdateandtime", "date"),
        "time": ("time", "movementtime"),
        "reason": ("reason", "movementreason", "movementreasondescription"),
        "to": ("to", "destination", "court", "hospital"),
    },
    ("number", "direction", "at"),
    weight=2,
)

CELL_MOVES: Final = Layout(
    "cell_moves",
    "internal cell moves",
    "move",
    {
        **PRISONER,
        "at": ("movementassignmentdateandtime", "movementassignmentdatetime", "assignmentdateandtime"),
        "was_in": ("movementlocationfromdescription", "locationfromdescription", "fromlocation"),
        "location": ("movementlocationtodescription", "locationtodescription", "tolocation"),
    },
    ("number", "at", "location"),
    weight=3,
)

ADJUDICATIONS: Final = Layout(
    "adjudications",
    "adjudications",
    "charge",
    {
        **PRISONER,
        "on": ("incidentreporteddate", "reporteddate", "incidentdate"),
        "charge": ("chargecode", "offencecode", "charge"),
        "heard_on": ("hearingdate", "dateofhearing", "hearingdatetime"),
        "finding": ("hearingfinding", "finding", "findingcode", "outcome"),
        "sanction": ("sanctioncode", "sanction", "sanctiontype", "punishment"),
        "from": ("sanctionstartdate", "sanctioneffectivedate", "effectivedate", "startdate"),
        "days": ("sanctiondays", "sanctionday", "days"),
    },
    ("number", "on", ("charge", "finding", "sanction")),
    weight=3,
)

ALLOCATIONS: Final = Layout(
    "allocations_extract",
    "allocations",
    "allocation",
    {
        **PRISONER,
        "staff_id": ("staffid", "staffuserid"),
        "from": ("dateallocated", "allocateddate", "allocatedat", "allocationdate"),
        "until": ("allocationexpiredat", "expiredat", "deallocateddate", "allocationexpirydate"),
        "end_reason": ("deallocationreason", "deallocatedreason"),
        "active": ("activeallocation", "active", "isactive"),
        "type": ("allocationtype",),
    },
    ("number", "staff_id", "from", "active"),
    weight=4,
)

DETAIL: Final = Layout(
    "detail",
    "the detail",
    "row",
    {
        "officer": ("officer", "officername", "staffname", "staff", "staffid", "staffmember", "employee", *FULL_NAME),
        "on": ("date", "day", "shiftdate", "rotadate"),
        "start": ("start", "starttime", "from", "timefrom"),
        "end": ("end", "endtime", "finish", "finishtime", "to", "timeto"),
        "activity": ("activity", "duty", "task", "post", "shiftactivity", "detail"),
    },
    ("officer", "on", "start", "end", "activity"),
    weight=3,
)

LAYOUTS: Final = (
    CASE_NOTES,
    ALLOCATIONS,
    ADMISSIONS,
    MOVEMENTS,
    ALERTS,
    INCENTIVES,
    CSIP,
    INCIDENTS,
    CELL_MOVES,
    ADJUDICATIONS,
    OUT_AND_BACK,
    DETAIL,
    UNIT_LIST,
)
"""Every sheet that is known, the more particular ones first."""


def is_basic(level: str) -> bool:
    """Say whether an incentive level is Basic, by its name or its code."""
    return "basic" in level.casefold() or level.upper() in ("BAS", "B")
