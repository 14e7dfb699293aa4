"""Every heading and oddity of a prison's own files: what is read of it, and what is said (help: files).

One row of a table each: the file's lines with `|` between cells, what comes of them, and words that are said.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker_cli.rules.files.extracts import layouts
from keyworker_cli.rules.files.extracts.known import Answers, Known, KnownPrisoner
from keyworker_cli.rules.files.extracts.recognise import Table, recognise
from keyworker_cli.rules.files.extracts.tell import tell_left_out, tell_sheets
from keyworker_cli.rules.files.extracts.translate import translate
from keyworker_cli.rules.files.officers import KnownOfficer
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.settings import Settings

TODAY = date(2026, 5, 12)
ALDER = KnownPrisoner("A1234BC", "Alder", "Sam", (("2026-01-05", "9999-12-31"),), date(2026, 1, 5), "B-1-001")
BIRCH = KnownPrisoner("B2345CD", "Birch", "Ted", (("2026-02-01", "9999-12-31"),), date(2026, 2, 1), "C-1-001")
HERE = {prisoner.number: prisoner for prisoner in (ALDER, BIRCH)}
BRAMLEY = KnownOfficer("QTX12A", "Bramley", "Ruth")
ACTIVITIES = "Key work=SLOT; Wing B=NOTHING; Rest Day=NOTHING; Sick=ABSENT SICK; Bed Watch=REDEPLOYED STAFFING"

Facts = dict[str, list[dict[str, str]]]


def read(*lines: str, name: str = "x", answers: Answers | None = None, code: str = "FGX") -> tuple[Facts, str]:
    """Read the lines of one sheet; return the rows of kw's kinds that it makes, and all that is said."""
    table = Table(f"{name}.csv", [(at, line.split("|")) for at, line in enumerate(lines, start=1)], name, name)
    found = recognise(table)
    assert found is not None, "no sheet that is known"
    known = Known(TODAY, Settings(import_activities=ACTIVITIES, prison_code=code), HERE, (BRAMLEY,))
    collected = translate([found], known, answers or Answers(here_since=date(2026, 3, 1)))
    faults = [f"line {fault.line}, {fault.heading}: {fault.reason}" for fault in collected.faults]
    facts = {kind: [row.values for row in rows.values()] for kind, rows in collected.rows.items()}
    return facts, "\n".join([*tell_sheets([found]), *tell_left_out(collected), *faults])


def row(**values: str) -> dict[str, str]:
    """What a row of a kind says, `on` for a column of that name and so on."""
    return {name.rstrip("_"): value for name, value in values.items()}


A, B = "A1234BC", "B2345CD"
NOTES = (
    "Case Notes Staff Last Name|Case Notes Staff First Name|Staff User ID|NOMS Number|Last Name|First Name|"
    "Contact Date|Contact Time|Case Note Type / Sub Type|Case Note Text"
)
NOTE = f"BRAMLEY|RUTH|QTX12A|{A}|ALDER|SAM|06/05/2026|14:05|KA - KS|Talked."
ALPHA = "Booking No|NOMS Number|Last Name|First Name|Date of Birth|Location|In Out Status|Release Date"
ADMITTED = "Admission Time|Last Name|First Name|NOMS Number|Location|From|Reason"
GONE = "Time|Type|Reason|NOMS Number|Direction|From|To"
ALERTS = "NOMS Number|Housing Location|Alert Category|Alert Code|Alert Comment Text|Alert Effective Date|Expiry Date"
INVOLVED = "Prisoner number|Name|Incident number|Date of incident|Time|Incident type|Prisoner role"
MOVED = (
    "NOMS Number|Movement Assignment Date and Time|Movement Location From Description|Movement Location To Description"
)
CHARGED = "NOMS Number|Incident Reported Date|Charge Code|Hearing Finding|Sanction Code|Sanction Days"
HELD = "Prison Number|Staff ID|Date Allocated|Allocation Expired At|Deallocation Reason|Active Allocation"
DETAIL = "Officer|Date|Start|End|Activity"
SESSION = {"prison_number": A, "staff_id": "QTX12A", "held_on": "2026-05-06", "type": "KS", "outcome": "COMPLETED"}

Case = tuple[str, Sequence[str], Mapping[str, Sequence[Mapping[str, str]]], Sequence[str]]
EXTRACTS: Sequence[Case] = (
    (
        "a session of the official record, minutes not known",
        (NOTES, NOTE),
        {"sessions": [{**SESSION, "start": "14:05", "note": "Talked.", "source": "CASE_NOTES"}]},
        ("x.csv: key worker case notes, 1 case note",),
    ),
    ("an entry", (NOTES, NOTE.replace("KS", "KE")), {"sessions": [{"type": "KE"}]}, ()),
    (
        "type and sub type in columns of their own",
        (NOTES.replace(" / Sub Type", "|Case Note Sub Type"), NOTE.replace("KA - KS", "KA|KS")),
        {"sessions": [SESSION]},
        (),
    ),
    ("the same note twice", (NOTES, NOTE, NOTE), {"sessions": [SESSION]}, ("1 row said what another had said",)),
    (
        "a note of another type",
        (NOTES, NOTE.replace("KA - KS", "GEN - OSE")),
        {"sessions": []},
        ("1 row left out, of type GEN - OSE, neither KA - KS nor KA - KE (line 2)",),
    ),
    (
        "an allocation with two ends",
        (HELD, f"{A}|QTX12A|02/03/2026|04/05/2026|Released|No", f"{A}|QTX12A|02/03/2026|05/05/2026|Released|No"),
        {"allocations": [{"ended_on": "2026-05-04"}]},
        ("says otherwise than line 2 of x.csv, which is taken (line 3)",),
    ),
    (
        "a slot with two ends",
        (DETAIL, "QTX12A|06/05/2026|09:00|11:15|Key work", "QTX12A|06/05/2026|09:00|10:15|Key work"),
        {"rota": [{"end": "11:15"}]},
        ("says otherwise than line 2 of x.csv, which is taken (line 3)",),
    ),
    (
        "a roll: the sentence's date ends nothing",
        (ALPHA, f"X1|{A}|ALDER|SAM|02/01/1990|FGX-B-2-004|IN|01/05/2026"),
        {"prisoners": [{"prison_number": A, "arrived_on": "2026-01-05", "location": "B-2-004"}]},
        ("not read: Release Date (1 cell): a sentence's date: it never ends a stay",),
    ),
    ("out", (ALPHA, f"X1|{A}|ALDER|SAM||OUT|OUT|"), {"prisoners": []}, ("not here: In Out Status is OUT (line 2)",)),
    ("in transit", (ALPHA, f"X1|{A}|ALDER|SAM||X|TRN|"), {"prisoners": []}, ("not here: In Out Status is TRN",)),
    (
        "out or in transit, in more words",
        (ALPHA, f"X1|{A}|ALDER|SAM||X|INACTIVE TRN|", f"X2|{B}|BIRCH|TED||X|active out|"),
        {"prisoners": []},
        ("In Out Status is INACTIVE TRN (line 2)", "In Out Status is ACTIVE OUT (line 3)"),
    ),
    (
        "another prison",
        (
            ALPHA.replace("In Out Status", "prisonId"),
            f"X1|{A}|ALDER|SAM||B-1-001|FGX|",
            f"X2|{B}|BIRCH|TED||B-1-002|LEI|",
            "X3|C3456DE|CEDAR|BEN||B-1-003|FGX|",
        ),
        {"prisoners": [{"prison_number": A}, {"prison_number": "C3456DE"}]},
        ("1 row left out, not here: prisonId is LEI (line 3)",),
    ),
    (
        "a cell with and without the zeros that kw has before its numbers",
        (ALPHA, f"X1|{A}|ALDER|SAM||FGX-B-1-1|IN|", f"X1|{A}|ALDER|SAM||B-01-0001|IN|"),
        {"prisoners": [{"location": "B-1-001"}]},
        (),
    ),
    (
        "an arrival",
        (ADMITTED, "04/05/2026 16:20|CEDAR|BEN|C3456DE|FGX-RECP|Court|Recall from licence"),
        {"prisoners": [{"prison_number": "C3456DE", "arrived_on": "2026-05-04", "arrival_type": "RECALL"}]},
        (),
    ),
    (
        "an arrival whose day stands in the title",
        ("Admissions on 04/05/2026", ADMITTED, "16:20|CEDAR|BEN|C3456DE|FGX-RECP|Court|Remand"),
        {"prisoners": [{"arrived_on": "2026-05-04", "location": "RECP"}]},
        (),
    ),
    (
        "an arrival whose day stands nowhere",
        ("Admissions 01/05/2026 to 04/05/2026", ADMITTED, "16:20|CEDAR|BEN|C3456DE|FGX-RECP|Court|Remand"),
        {"prisoners": []},
        ("line 3, Admission Time: 16:20 is a time without a day, and no one day stands above the headings",),
    ),
    (
        "a release",
        (GONE, f"08/05/2026 09:30|REL|Conditional release|{A}|OUT|FGX|Outside"),
        {"prisoners": [{"left_on": "2026-05-08", "departure_reason": "RELEASE"}]},
        (),
    ),
    (
        "court is no departure",
        (GONE, f"08/05/2026 09:30|CRT|Court appearance|{A}|OUT|FGX|Crown Court"),
        {"prisoners": []},
        ("court, hospital or temporary: read from their own reports",),
    ),
    (
        "a journey is one by its type, whatever its reason",
        (GONE, f"08/05/2026 09:30|CRT|Production|{A}|OUT|FGX|OUT", f"08/05/2026 10:00|TAP|Funeral|{B}|OUT|FGX|OUT"),
        {"prisoners": []},
        ("court, hospital or temporary: read from their own reports (lines 2, 3)",),
    ),
    (
        "who left or came for good by way of a court or a hospital",
        (
            GONE,
            f"08/05/2026 09:30|REL|Released at court|{A}|OUT|FGX|OUT",
            f"08/05/2026 09:30|TRN|Transfer via hospital|{B}|OUT|FGX|XYX",
            "08/05/2026 16:00|ADM|Transfer in via court|C3456DE|IN|XYX|FGX",
        ),
        {
            "prisoners": [
                {"left_on": "2026-05-08", "departure_reason": "RELEASE"},
                {"left_on": "2026-05-08", "departure_reason": "TRANSFER_OUT"},
                {"arrived_on": "2026-05-08", "arrival_type": "TRANSFER_IN"},
            ]
        },
        (),
    ),
    (
        "a death and an escape",
        (GONE, f"08/05/2026 09:30|REL|Died|{A}|OUT|FGX|OUT", f"08/05/2026 10:30|REL|Escape|{B}|OUT|FGX|OUT"),
        {"prisoners": [{"left_on": "2026-05-08", "departure_reason": "DIED"}, {"departure_reason": "ESCAPE"}]},
        (),
    ),
    ("ACCT", (ALERTS, f"{A}||H|HA|x|08/05/2026|"), {"acct": [{"opened_on": "2026-05-08"}]}, ()),
    (
        "ACCT closed",
        (ALERTS, f"{A}||H|HA|x|01/04/2026|", f"{A}||H|HA1|x|10/04/2026|"),
        {"acct": [{"opened_on": "2026-04-01", "closed_on": "2026-04-10"}]},
        (),
    ),
    (
        "an alert that has expired, and last week's download of it from before",
        (
            ALERTS,
            f"{A}||H|HA||01/04/2026|",
            f"{A}||H|HA||01/04/2026|10/04/2026",
            f"{B}||R|RNO121||02/04/2026|09/04/2026",
        ),
        {
            "acct": [{"opened_on": "2026-04-01", "closed_on": "2026-04-10"}],
            "events": [{"on": "2026-04-02", "until": "2026-04-09"}],
        },
        (),
    ),
    ("not alone", (ALERTS, f"{A}||R|RNO121||05/05/2026|"), {"events": [{"code": "NO_ONE_TO_ONE"}]}, ()),
    (
        "an alert of no known code, once with its number",
        (ALERTS, f"{A}||X|XA||05/05/2026|", f"{B}||X|XA||05/05/2026|"),
        {"events": []},
        ("2 rows left out, alert XA: not in import.alerts (lines 2, 3)",),
    ),
    ("Basic", ("Cell|Last Name|NOMS Number|IEP Level", f"B-1|ALDER|{A}|Basic"), {"events": [{"code": "BASIC"}]}, ()),
    (
        "the same prisoner on two levels",
        ("NOMS Number|IEP Level", f"{A}|Basic", f"{A}|Standard"),
        {"events": [{"code": "BASIC"}]},
        ("line 3, IEP Level: 'Standard' here, 'Basic' on line 2, of the same prisoner: leave one of them out",),
    ),
    (
        "CSIP",
        ("NOMS Number|Cont. Factor(s)|Date Referred", f"{A}|Debt|20/04/2026"),
        {"events": [{"code": "CSIP", "on": "2026-04-20", "detail": "Debt"}]},
        (),
    ),
    (
        "self-harm",
        (INVOLVED, f"{A}|ALDER|777|09/05/2026|22:10|Self harm|Active involvement"),
        {"events": [{"code": "SELF_HARM", "on": "2026-05-09", "time": "22:10"}]},
        (),
    ),
    (
        "violence by him, and against another",
        (INVOLVED, f"{A}|A|1|09/05/2026||Assault on staff|Assailant", f"{B}|B|2|09/05/2026||Assault|Victim"),
        {"events": [{"code": "VIOLENCE_TO_STAFF"}, {"code": "ASSAULTED"}]},
        (),
    ),
    (
        "a witness",
        (INVOLVED, f"{A}|A|1|09/05/2026||Assault on staff|Witness"),
        {"events": []},
        ("incident of type 'Assault on staff', as 'Witness'",),
    ),
    (
        "nights in hospital, and a day at court",
        (
            "Hospital movements",
            "Direction|Date/Time|NOMS Number",
            f"OUT|07/05/2026 03:00|{A}",
            f"IN|09/05/2026 12:00|{A}",
            f"OUT|10/05/2026 09:00|{B}",
            f"IN|10/05/2026 15:00|{B}",
        ),
        {"absences": [{"prison_number": A, "reason": "HOSPITAL", "from": "2026-05-07", "to": "2026-05-09"}]},
        (),
    ),
    (
        "a night away from prisoners at court",
        (
            "Prisoners at court",
            "Direction|Date/Time|NOMS Number",
            f"OUT|07/05/2026 08:10|{A}",
            f"IN|08/05/2026 19:00|{A}",
        ),
        {"absences": [{"reason": "COURT", "from": "2026-05-07", "to": "2026-05-08"}]},
        (),
    ),
    (
        "neither hospital nor court",
        ("Direction|Date/Time|NOMS Number", f"OUT|07/05/2026 03:00|{A}"),
        {"absences": []},
        ("neither the sheet nor the row says whether it is hospital or court",),
    ),
    (
        "a move to segregation",
        (MOVED, f"{A}|06/05/2026 18:00|FGX-B-1-001|FGX-SEG-1-003"),
        {"moves": [{"moved_on": "2026-05-06", "location": "SEG-1-003"}]},
        (),
    ),
    (
        "cellular confinement",
        (CHARGED, f"{A}|07/05/2026|51:1|PROVED|CC|7"),
        {"events": [{"code": "ADJUDICATION"}, {"code": "CELLULAR_CONFINEMENT", "until": "2026-05-14"}]},
        (),
    ),
    ("dismissed", (CHARGED, f"{A}|07/05/2026|51:1|DISMISSED||"), {"events": []}, ("finding DISMISSED",)),
    (
        "two charges of a day, and the longer confinement",
        (CHARGED, f"{A}|07/05/2026|51:1|PROVED|CC|3", f"{A}|07/05/2026|51:5|PROVED|CC|7"),
        {"events": [{"code": "ADJUDICATION", "detail": "51:1"}, {"until": "2026-05-14"}]},
        (
            "another ADJUDICATION of the same prisoner and day is taken (line 3)",
            "another CELLULAR_CONFINEMENT of the same prisoner and day is taken (line 2)",
        ),
    ),
    (
        "two incidents of a day without their times, and one twice",
        (INVOLVED, *(f"{A}|A|{n}|09/05/2026||Self harm|Active involvement" for n in (1, 2, 1))),
        {"events": [{"code": "SELF_HARM", "source": "incident 1"}]},
        (
            "1 row left out, another SELF_HARM of the same prisoner and day is taken (line 3)",
            "1 row said what another had said: taken once",
        ),
    ),
    (
        "a finding by its code",
        (CHARGED, f"{A}|07/05/2026|51:1|NOT_PROVED|CC|7", f"{B}|07/05/2026|51:1|NOT_PROCEED||"),
        {"events": []},
        ("finding NOT_PROVED", "finding NOT_PROCEED"),
    ),
    (
        "an allocation with its end and its reason",
        (HELD, f"{A}|QTX12A|02/03/2026|10/04/2026|STAFF_STATUS_CHANGE|false"),
        {"allocations": [{"ended_on": "2026-04-10", "end_reason": "STAFF_STATUS_CHANGE"}]},
        (),
    ),
    (
        "an allocation that last week's download has as active",
        (HELD, f"{A}|QTX12A|02/03/2026|||true", f"{A}|QTX12A|02/03/2026|||false"),
        {"allocations": [{"allocated_on": "2026-03-02", "ended_on": "2026-03-02", "end_reason": "UNKNOWN"}]},
        ("1 ended on a day that is not known",),
    ),
    (
        "an allocation of which it is not clear whether it is active",
        (HELD, f"{A}|QTX12A|02/03/2026|||perhaps"),
        {},
        ("line 2, Active Allocation: 'perhaps' is neither true nor false",),
    ),
    (
        "an ended allocation whose end is not known",
        (HELD, f"{A}|QTX12A|02/03/2026|||false"),
        {"allocations": [{"allocated_on": "2026-03-02", "ended_on": "2026-03-02", "end_reason": "UNKNOWN"}]},
        ("1 ended on a day that is not known",),
    ),
    (
        "a date with its time and zone",
        (HELD, f"{A}|QTX12A|2026-03-02T09:30:00.123+00:00|||true"),
        {"allocations": [{"allocated_on": "2026-03-02"}]},
        (),
    ),
    (
        "the detail",
        (
            DETAIL,
            "Bramley R|11/05/2026|09:00|11:15|Key work",
            "Bramley R|11/05/2026|0.5833333333333334|0.6770833333333334|Key work",
            "Bramley R|11/05/2026|14:00|17:00|Sick",
            "Bramley R|12/05/2026|07:30|17:00|Wing B",
            "Bramley R|12/05/2026|07:30|17:00|Training",
        ),
        {
            "rota": [
                {"start": "09:00", "end": "11:15"},
                {"start": "14:00", "end": "16:15", "status": "ABSENT", "reason": "SICK"},
            ]
        },
        ("'Training': what it means is not said (import.activities) (line 6)",),
    ),
    (
        "key work lost to a bed watch and to nothing else",
        (
            DETAIL,
            "Bramley R|11/05/2026|09:00|11:15|Key work",
            "Bramley R|12/05/2026|09:00|11:15|Key work",
            "Bramley R|11/05/2026|07:30|17:00|Rest Day",
            "Bramley R|12/05/2026|07:30|17:00|BED WATCH ",
            "Bramley R|11/05/2026|07:30|17:00|Detached Duty",
        ),
        {"rota": [{"date": "2026-05-11"}, {"date": "2026-05-12", "status": "REDEPLOYED", "reason": "STAFFING"}]},
        ("'Detached Duty': what it means is not said (import.activities) (line 6)",),
    ),
)

LIST = "NOMS No|Surname|Forename(s)|Cell|Key worker|Last KW session"
SAM = f"{A}|ALDER|Sam|B-1-001|Bramley, Ruth|05/05/2026"
ONE = {"prisoners": [{"prison_number": A}]}
TWICE = "a second column of the same"
OWN_LISTS: Sequence[Case] = (
    ("title rows and a blank one", ("HMP Fellgate|", "as at 12 May", "|", LIST, SAM), ONE, ()),
    ("the headings again", (LIST, SAM, LIST), ONE, ("left out: 1 row, the headings again (line 3)",)),
    ("a total", (LIST, SAM, "Total|3"), ONE, ("left out: 1 row, a total (line 3)",)),
    ("a row without a number", (LIST, SAM, "|VACANT"), ONE, ("left out: 1 row, no prison number (line 3)",)),
    ("an apostrophe and spaces that are none", (LIST, SAM.replace(A, f"'{A}\u00a0\u200b ")), ONE, ()),
    ("a number in small letters", (LIST, SAM.replace(A, "a1234bc")), ONE, ()),
    (
        "a number that is none",
        (LIST, SAM.replace(A, "A12345")),
        {"prisoners": []},
        ("line 2, NOMS No: 'A12345' is not a prison number (a letter, 4 digits, 2 letters)",),
    ),
    ("a day with midnight", (LIST, SAM.replace("05/05/2026", "2026-05-05T00:00:00")), {"sessions": [{}]}, ()),
    ("a day with dots", (LIST, SAM.replace("05/05/2026", "5.5.2026")), {"sessions": [{"held_on": "2026-05-05"}]}, ()),
    ("two digits of a year", (LIST, SAM.replace("2026", "26")), {"sessions": []}, ("Last KW session: 05/05/26",)),
    ("a day to come", (LIST, SAM.replace("05/05", "05/06")), {"sessions": []}, ("2026-06-05 is in the future",)),
    ("a word for no day", (LIST, SAM.replace("05/05/2026", "n/k")), {"sessions": []}, ()),
    ("nobody", (LIST, SAM.replace("Bramley, Ruth", "TBC")), {"allocations": []}, ()),
    ("an initial", (LIST, SAM.replace("Bramley, Ruth", "R Bramley")), {"allocations": [{"staff_id": "QTX12A"}]}, ()),
    ("a title", (LIST, SAM.replace("Bramley, Ruth", "Mrs Bramley")), {"allocations": [{"staff_id": "QTX12A"}]}, ()),
    ("a staff id", (LIST, SAM.replace("Bramley, Ruth", "qtx12a")), {"allocations": [{"staff_id": "QTX12A"}]}, ()),
    (
        "nearly a name",
        (LIST, SAM.replace("Bramley", "Bramly")),
        {"allocations": []},
        ("line 2, Key worker: 'Bramly, Ruth': no key worker of that name; did you mean QTX12A Ruth Bramley?",),
    ),
    (
        "an error of the spreadsheet in a text file",
        (LIST, SAM.replace("Bramley, Ruth", "#N/A")),
        {"allocations": []},
        ("line 2, Key worker: #N/A is an error of the spreadsheet",),
    ),
    ("a column not known", (f"{LIST}|Remarks", f"{SAM}|tall"), ONE, ("not read: Remarks (1 cell): not known",)),
    (
        "a heading nearly known",
        (f"{LIST}|Dat of birth", f"{SAM}|1990-01-02"),
        ONE,
        ("not read: Dat of birth (1 cell): not known; did you mean dateofbirth?",),
    ),
    (
        "a column without a heading",
        (LIST, f"{SAM}|see me"),
        ONE,
        ("not read: column 7, without a heading (1 cell): not known",),
    ),
    (
        TWICE,
        (f"{LIST}|KW", f"{SAM}|Okafor"),
        {"allocations": [{"staff_id": "QTX12A"}]},
        ("not read: KW (1 cell): a second column of the same",),
    ),
    (
        "a wing beside a cell of its own",
        ("NOMS No|Name|Wing|Cell", f"{A}|A|B wing|1-001"),
        {"prisoners": [{"location": "B-1-001"}]},
        (),
    ),
    (
        "the prison's own code",
        (LIST, SAM.replace("B-1-001", "FGX-B-1-001")),
        {"prisoners": [{"location": "B-1-001"}]},
        (),
    ),
    (
        "years of two digits, one fault for all of a column",
        (LIST, SAM.replace("05/05/2026", "3-May-26"), SAM.replace("05/05/2026", "4.5.26")),
        {"sessions": []},
        ("line 2, Last KW session: 3-May-26: a year", "line 3, Last KW session: 3-May-26: a year", "save it"),
    ),
    (
        "the number that a spreadsheet has for a day",
        (LIST, SAM.replace("05/05/2026", "46145")),
        {"sessions": [{"held_on": "2026-05-03"}]},
        ("46145 is Sun 3 May 2026",),
    ),
    (
        "a time by pm",
        (NOTES, NOTE.replace("14:05", "2:05 pm")),
        {"sessions": [{**SESSION, "start": "14:05"}]},
        (),
    ),
    (
        "the same prisoner again",
        (LIST, SAM, SAM.replace("Bramley, Ruth", "R Bramley").replace("B-1-001", "FGX-B-1-001"), SAM),
        {"prisoners": [{"location": "B-1-001"}]},
        ("1 row said what another had said: taken once",),
    ),
    (
        "the same prisoner in two cells, with two key workers",
        (LIST, SAM, SAM.replace("B-1-001", "B-9-009").replace("Bramley, Ruth", "Jo Hale")),
        {},
        (
            "line 3, Cell: 'B-9-009' here, 'B-1-001' on line 2, of the same prisoner: leave one of them out",
            "line 3, Key worker: 'Jo Hale' here, 'Bramley, Ruth' on line 2",
        ),
    ),
    (
        "a vacant cell",
        (LIST, SAM, "Vacant|||B-1-002"),
        {"prisoners": [{"location": "B-1-001"}]},
        ("1 row, nobody in it (line 3)",),
    ),
    (
        "more columns than anyone reads",
        ("|".join([LIST, *(f"Week {n}" for n in range(60))]), "|".join([SAM, *("x" for _ in range(60))])),
        {"prisoners": [{"location": "B-1-001"}]},
        ("not read: Week 0 (1 cell): not known", "not read: 40 more columns from Week 20 to Week 59 (40 cells)"),
    ),
    (
        "who has left",
        (f"{LIST}|Date left", f"{SAM}|08/05/2026"),
        {"prisoners": []},
        ("Date left is filled in: not here",),
    ),
)


@pytest.mark.parametrize(
    ("lines", "facts", "words"),
    [case[1:] for case in (*EXTRACTS, *OWN_LISTS)],
    ids=[c[0] for c in (*EXTRACTS, *OWN_LISTS)],
)
def test_it_is_read_and_said_so(lines, facts, words):
    made, said = read(*lines)

    for kind, expected in facts.items():
        rows = made.get(kind, [])
        assert len(rows) == len(expected), (kind, rows, said)
        assert [one | values for one, values in zip(rows, expected, strict=True)] == rows
    for word in words:
        assert word in said


NAMES = "AL-HASSAN, Omar|Al-Hassan|Omar;O'NEILL, Tom|O'Neill|Tom;O’Neill, Tom|O’Neill|Tom;Šašić, Ivo|Šašić|Ivo"


@pytest.mark.parametrize("case", [*NAMES.split(";"), "Sam MÜLLER|Müller|Sam", "MCDONALD Ian|McDonald|Ian"])
def test_names_in_one_cell_are_parted_and_keep_their_letters(case):
    cell, last, first = case.split("|")

    made, _ = read("NOMS No|Name|Cell", f"C3456DE|{cell}|B-1-001")

    assert [(one["last_name"], one["first_name"]) for one in made["prisoners"]] == [(last, first)]


NUMBERS = "NOMS No|NOMS Number|NOMIS No|NOMIS Number|Prison No.|Prison Number|Prisoner number"
KEY_WORKERS = "Key worker|KW|Keyworker|Main KW|Key Worker Name|Allocated key worker|Current KW|KW Officer|Named KW"
LAST = (
    "Last KW session|Last seen|Last key work|Date last seen|Last KS date|Date of last KS|Last session|Last seen by KW"
)
ARRIVED = "Reception date|Date in|Arrived"
OTHERS = "Next KW session|Back-up KW|Key worker session|Last review|Second key worker|KW comments|Seen"


@pytest.mark.parametrize(
    ("meaning", "headings"),
    [
        ("number", NUMBERS),
        ("key_worker", KEY_WORKERS),
        ("last_seen", LAST),
        ("arrived", ARRIVED),
        ("born", "DOB|D.O.B.|Date of birth"),
        ("location", "Cell|Cell location|Location"),
        ("last_name", "Surname|Last name"),
        ("first_name", "Forename(s)|First name"),
        (None, OTHERS),
    ],
)
def test_a_heading_of_a_list_by_all_its_names(meaning, headings):
    for heading in headings.split("|"):
        assert (heading, layouts.UNIT_LIST.column_for(plain(heading))) == (heading, meaning)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_columns_in_any_order_by_any_known_name_under_titles_give_the_same_facts(data):
    """Of every extract and list; what stands above the headings stays there, since it may say where they were."""
    lines = data.draw(st.sampled_from([case[1] for case in (*EXTRACTS, *OWN_LISTS) if case[0] != TWICE]))
    found = recognise(Table("x", [(at, line.split("|")) for at, line in enumerate(lines, start=1)], "x", "x"))
    assert found is not None
    at, headings = found.heading_row
    names = list(map(found.layout.column_for, map(plain, headings)))
    named = [
        data.draw(st.sampled_from(found.layout.columns[name])) if found.taken.get(name or "") == heading else heading
        for name, heading in zip(names, headings, strict=True)
    ]
    dress = data.draw(st.sampled_from([str, str.upper, " {} ".format, "{}:".format]))
    named = [dress(heading) if heading else heading for heading in named]
    order = data.draw(st.permutations(range(len(headings))))
    titles = data.draw(st.lists(st.sampled_from(["HMP Fellgate (FICTIONAL)", "", "for the wing office"]), max_size=5))

    def shuffled(cells: Sequence[str]) -> str:
        wide = [*cells, *[""] * (len(headings) - len(cells))]
        return "|".join([*(wide[column] for column in order), *wide[len(headings) :]])

    body = [
        shuffled(named if tuple(cells) == headings else cells) for cells in (line.split("|") for line in lines[at:])
    ]

    assert read(*titles, *lines[:at], *body)[0] == read(*lines)[0]
