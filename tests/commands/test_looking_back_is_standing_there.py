"""`--known-at` answers as the database of that moment did: whatever is recorded later changes nothing of it.

A prison is asked at a moment, then everything about it is ended, corrected, taken back, moved and merged; each report
is then asked to look back to that moment. help: late-recording.
"""

import json
import shutil
from datetime import UTC, date, datetime

import pytest

from commands.test_export_answers_alike import REPORTS
from factories import world

pytestmark = pytest.mark.sqlite_file  # the database of that moment is a copy of the file

BEFORE, THEN, SINCE = (datetime(2026, 5, on, at, 30, tzinfo=UTC) for on, at in ((11, 17), (12, 9), (14, 17)))
OTHERS = (
    *(
        "briefing",
        "concerns",
        "fewest",
        "budget --next",
        "budget --week this",
        "rota least",
        "handover",
        "notes sample",
    ),
    *("affected A1234BC", "handover A1234BC", "why B2345CD", "timeline B2345CD", "timeline D4567EF", "why D4567EF"),
    *("worker show SHAH", "voice show", "voice sample", "notes sample", "event list --all", "acct reviews --days 60"),
)
THERE = {"PQ01": "SHAH", "A1001AA": "A1234BC"}
LATER = (
    "prisoner move A1234BC SEG --on 2026-05-10",
    "prisoner leave B2345CD --reason RELEASE --on 2026-05-09",
    "prisoner leave C3456DE --undo --why 'the wrong prisoner'",
    "prisoner away D4567EF --back --on 2026-05-11",
    "prisoner merge A1234BC F6789GH --why fingerprints",
    "prisoner add G7890HJ --last-name New --first-name Tom --arrived 2026-05-05 --location B-1-001",
    "prisoner add J8901KL --undo --why 'he never came'",
    "allocate E5678FG --to REED",
    "deallocate D4567EF",
    "prisoner exclude E5678FG --reason unit --from 2026-05-08",
    "worker status SHAH leave --from 2026-05-11 --return +9d",
    "worker status REED inactive --from 2026-05-11",
    "worker capacity REED 1",
    "worker add NEWMAN --last-name Newman --first-name Alex",
    "rota lose SHAH --on 2026-05-11 --reason STAFFING --yes",
    "rota worked REED --on 2026-05-12",
    "rota publish REED --on 2026-05-14 --from 14:00 --to 16:15",
    "event add A1234BC SELF_HARM --on 2026-05-09",
    "event end D4567EF DEBT --on 2026-05-10",
    "acct open B2345CD --on 2026-05-08",
    "acct review D4567EF --held 2026-05-10 --invited yes --contribution wrote",
    "acct close D4567EF --on 2026-05-11",
    "need done D4567EF --on 2026-05-09",
    "need add A1234BC 'phone PIN; Officer Shah; fri' --on 2026-05-09",
    "log-session D4567EF --minutes 45 --by REED --on 2026-05-05 --topics DEBT --note 'He spoke of what he owes.'",
    "log-session A1234BC --refused --by REED --on 2026-05-08",
    "amend-session A1234BC --on 2026-05-04 --minutes 5 --topics SAFETY --why mistyped",
    "amend-session E5678FG --void --why 'another prisoner'",
    "voice record A1234BC --key-worker none --last-talk never --freely yes --by chaplain --on 2026-05-11",
    "plan --save",
    "config set gap.days 10",
    "caseload SHAH --acknowledge",
)


@pytest.fixture
@world
def wing(prison):
    """A wing with something of every kind that can be changed later."""
    for staff_id in ("SHAH", "REED"):
        prison.officer(staff_id)
    for number, name, arrived in (
        ("A1234BC", "Sam Example", "2026-01-05"),
        ("B2345CD", "Ben Ash", "2026-01-12"),
        ("C3456DE", "Cy Birch", "2026-02-02"),
        ("D4567EF", "Dan Low", "2026-02-02"),
        ("E5678FG", "Ed Dale", "2026-03-02"),
        ("J8901KL", "Jo Elm", "2026-05-07"),
    ):
        prison.prisoner(number, name=name, arrived=arrived)
    prison.prisoner("F6789GH", name="Sam Example", arrived="2025-10-01")
    prison.left("F6789GH", "2025-12-01")
    for number, staff_id in (("A1234BC", "SHAH"), ("B2345CD", "SHAH"), ("C3456DE", "REED"), ("D4567EF", "REED")):
        prison.allocated(number, staff_id, "2026-03-03")
    prison.left("C3456DE", "2026-05-06")
    prison.away("D4567EF", "2026-05-09")
    prison.event("D4567EF", "DEBT", "2026-05-02")
    prison.acct("D4567EF", "2026-04-20")
    prison.review("D4567EF", "2026-05-10")
    prison.need("D4567EF", "2026-05-04", "see the chaplain")
    for number, staff_id, on in (
        ("A1234BC", "SHAH", "04-27"),
        ("A1234BC", "SHAH", "05-04"),
        ("E5678FG", "REED", "05-01"),
    ):
        prison.session(number, staff_id, f"2026-{on}", note="Spoke of home.", topics="FAMILY")
    prison.slot("SHAH", "2026-05-11", "14:00", "16:15", published_on=date(2026, 5, 4))
    return prison


def test_it_answers_as_the_database_of_that_moment_did(kw, wing, tmp_path) -> None:
    for officer, day in (("SHAH", "12"), ("REED", "12"), ("SHAH", "15")):
        kw(f"rota publish {officer} --on 2026-05-{day} --from 14:00 --to 16:15", now=BEFORE)
    wing.store.close()
    copy = shutil.copy(wing.address, tmp_path / "then.db")
    for line in LATER:
        assert kw(line, now=SINCE).code == 0, line

    for report in (*REPORTS, *OTHERS):
        for word, other in THERE.items():
            report = report.replace(word, other)
        line = f"{report} --as-of 2026-05-12 --format json"
        then = json.loads(kw(f"{line} --db {copy}", now=THEN).out)
        back = json.loads(kw(f"{line} --known-at '12 May 2026 10:30'", now=SINCE).out)
        assert _told(back) == _told(then), line


def _told(report):
    """What is answered; of when it is known, and of where the audit stands now, each says its own."""
    of_now = ("audit_lines", "audit_head")
    summary = {name: value for name, value in report["summary"].items() if name not in of_now}
    return {**report, "summary": summary, "known_at": None}
