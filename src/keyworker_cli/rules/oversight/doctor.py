"""Whether what is recorded can be relied on: each check, its result, and the command that mends a fault.

What is missing in the records is looked for too: silence must not read as safety (help: figures).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.dates.say import say_date, say_moment
from keyworker_cli.rules.facts.audit import AuditCheck, LastBackup, SettledCases
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Officer
from keyworker_cli.rules.facts.rota import LatestSlot
from keyworker_cli.rules.facts.sessions import Noted
from keyworker_cli.rules.facts.stays import EarlyAllocation, OutOfPlace, StaysOverlap
from keyworker_cli.rules.rota.reach import say_rota_ends
from keyworker_cli.rules.rota.slots import latest_by_wing
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.places import in_order
from keyworker_cli.rules.stays.settling import Settled

BACKUP_DAYS: Final = 1  # dailies (help: backup)
NOTE_DAYS: Final = 1  # recorded within 24 h (help: note-quality, N2)
NOTES_LOOKED_AT_DAYS: Final = 28  # the last 4 weeks' sessions
NAMED_AT_MOST: Final = 5
FICTIONAL: Final = "HMP Fellgate"  # the name until a prison sets its own (help: fictional-prison)


SETTLED_WORDS: Final = {
    Settled.ENDED_WITH_STAY: ("allocation ended with the stay it outlived", "allocations ended with their stays"),
    Settled.ENDED_WITH_SCOPE: (
        "allocation ended with the scheme for a prisoner out of scope",
        "allocations ended with the scheme for prisoners out of scope",
    ),
    Settled.ONE_KEY_WORKER: (
        "key worker under a second number ended where the next began",
        "key workers under a second number ended where the next began",
    ),
    Settled.AWAY_WITH_STAY: ("time away ended with the stay", "times away ended with their stays"),
    Settled.AWAY_AGAIN: ("time away ended where the next began", "times away ended where the next began"),
    Settled.OWN_CODE: (
        "place written without the prison's own code",
        "places written without the prison's own code",
    ),
    Settled.SEGREGATED: (
        "spell in segregation taken from a move",
        "spells in segregation taken from moves",
    ),
    Settled.ONE_SESSION: (
        "session under two numbers counted once",
        "sessions under two numbers counted once",
    ),
    Settled.OPENED_AGAIN: (
        "end taken back, of a stay known later to go on",
        "ends taken back, of stays known later to go on",
    ),
}
"""Each kind of contradiction as it is counted: of one, of several."""
OUT_OF_PLACE: Final = {
    "move": ("move on a day of none of his stays: of no effect", "moves on days of no stay: of no effect"),
    "allocation": ("allocation from after he had left: of no effect", "allocations after they had left: of no effect"),
    "absence": ("time away from after he had left: of no effect", "times away after they had left: of no effect"),
    "acct": ("ACCT opened after he had left", "ACCTs opened after they had left"),
    "acct twice": ("ACCT opened while another was open: both stand", "ACCTs opened while another was open: both stand"),
}
"""What contradicts a prisoner's stays, or another ACCT, and is left as it is: of one, of several."""


class State(StrEnum):
    """How a thing is that was looked at."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Check(NamedTuple):
    """One check of the database: its result, what was found, and the command that mends it, if there is one."""

    check: str
    state: State
    found: str
    mend: str | None = None


def check_own_settings(found: str) -> Check:
    """Say which file of the user's own settings is read (help: config-file)."""
    return Check("own settings", State.OK, found)


def check_left_notes(folders: Sequence[str]) -> Iterator[Check]:
    """Name the folders of notes that an editor was open on when its kw was killed: whoever is you can read them."""
    if folders:
        found = f"the text of a note that --edit was stopped in, if no editor is open on it: {named_first(folders)}"
        yield Check("notes left", State.WARN, found, f'rm -r "{folders[0]}"')


def check_chain(check: AuditCheck) -> Check:
    """Say whether the audit is whole."""
    if check.what is None:
        lines = say_count(check.lines, "line")
        return Check("audit", State.OK, f"{lines}, head {check.hash[:12]}: each fits the one before")
    return Check("audit", State.BAD, f"does not verify: {check.what}", "kw audit verify")


def check_clock(check: AuditCheck, *, now: datetime) -> Check:
    """Say whether something was recorded on a later day than it is now: one of the two clocks was wrong."""
    latest = datetime.fromisoformat(check.latest) if check.latest else now
    if london_date(latest) <= london_date(now):
        return Check("clock", State.OK, "nothing was recorded on a later day than today")
    found = f"something was recorded on {say_moment(latest)}, and this machine's clock says {say_moment(now)}"
    return Check("clock", State.WARN, found, "set the machine's clock")


def check_backup(last: LastBackup | None, *, lines: int, now: datetime) -> Check:
    """Say when the last backup was made and how much was written since; `lines` are those of the audit now."""
    command = "kw backup FILE"
    if last is None:
        return Check("backup", State.WARN if lines else State.OK, "none was made of this database", command)
    days, since = days_between(london_date(last.at), london_date(now)), lines - last.line
    made = "restored from" if last.action == "restore" else "made:"
    found = f"{made} {last.file}, {say_moment(last.at)}; {say_count(since, 'line')} written since"
    if days > BACKUP_DAYS and since:
        return Check("backup", State.WARN, found, command)
    return Check("backup", State.OK, found)


def check_settings(settings: Settings) -> Check:
    """Say which settings work against each other, or against the policy (help: scheme)."""
    found = list(_odd(settings))
    if found:
        return Check("settings", State.WARN, "; ".join(said for said, _ in found), f"kw config set {found[0][1]}")
    return Check("settings", State.OK, "nothing out of the ordinary")


def check_rota(slots: Iterable[LatestSlot], officers: Iterable[Officer], *, as_of: date) -> Check:
    """Name the wings without a current rota, of those whose officers have prisoners."""
    wings = sorted({officer.wing or "" for officer in officers if officer.allocated}, key=in_order)
    if not wings:
        return Check("rota", State.OK, "nothing to check: no key worker has a prisoner allocated")
    ends = [*say_rota_ends(latest_by_wing(slots), [wing or None for wing in wings], before=as_of)]
    if not ends:
        return Check("rota", State.OK, "recorded for every wing whose officers have prisoners")
    return Check("rota", State.WARN, "; ".join(ends), "kw rota publish --file rota.csv")


def check_notes_written(sessions: Iterable[Noted], *, as_of: date) -> Check:
    """Say which of the sessions given, those of the last 28 days, have no note although a day has gone by."""
    a_day_old = [one for one in sessions if days_between(one.held_on, as_of) > NOTE_DAYS]
    if not a_day_old:
        return Check("notes", State.OK, "nothing to check: no session of the last 28 days is a day old")
    due = [one for one in a_day_old if not one.note]
    if not due:
        return Check("notes", State.OK, "every session of the last 28 days that is a day old has one")
    oldest = min(due, key=lambda one: (one.held_on, one.prison_number))
    counted = say_count(len(due), "session")
    found = f"{counted} of the last 28 days without, the first of {say_date(oldest.held_on)}"
    return Check("notes", State.WARN, found, f"kw note {oldest.prison_number} --on {oldest.held_on}")


def first_noted_day(as_of: date) -> date:
    """Return the first day whose sessions are checked for notes."""
    return as_of - timedelta(days=NOTES_LOOKED_AT_DAYS - 1)


def check_officers(officers: Iterable[Officer]) -> Check:
    """Say which key workers have no wing: they are on no wing's list and in no wing's figures."""
    known = list(officers)
    without = [officer.staff_id for officer in known if officer.wing is None]
    if not without:
        said = "every key worker has a wing" if known else "nothing to check: no key worker is recorded"
        return Check("officers", State.OK, said)
    return Check("officers", State.WARN, f"without a wing: {named_first(without)}", "kw import key_workers.csv")


def check_stays(overlaps: Iterable[StaysOverlap]) -> Check:
    """Name the prisoners whose stays overlap: their days would be counted twice."""
    found = [
        f"{one.prison_number} arrived on {say_date(one.again_on)}, "
        f"before the stay from {say_date(one.arrived_on)} ended"
        for one in overlaps
    ]
    if not found:
        return Check("stays", State.OK, "no two stays of one prisoner overlap")
    return Check("stays", State.BAD, "; ".join(_first_of(found)), "kw import prisoners.csv")


def check_settled(
    cases: Iterable[SettledCases], early: Sequence[EarlyAllocation], left: Iterable[OutOfPlace]
) -> Iterator[Check]:
    """Say what was settled because records contradicted each other: each kind with its count and one to look at."""
    found = False
    for case in cases:
        one, many = SETTLED_WORDS[Settled(case.action)]
        number = case.key.partition(" ")[0]
        yield Check("settled", State.WARN, say_count(case.number, one, many), f"kw timeline {number}")
        found = True
    if early:
        one, many = "allocation counts from the arrival it was recorded before", "allocations count from the arrival"
        yield Check("settled", State.WARN, say_count(len(early), one, many), f"kw timeline {early[0].prison_number}")
        found = True
    for out in left:
        one, many = OUT_OF_PLACE[out.kind]
        yield Check("settled", State.WARN, say_count(out.number, one, many), f"kw timeline {out.prison_number}")
        found = True
    if not found:
        yield Check("settled", State.OK, "no records contradicted each other")


def check_locations(prisoners: Iterable[Contact]) -> Check:
    """Say which prisoners here have no place: they are on no wing's list."""
    here = list(prisoners)
    without = [prisoner.prison_number for prisoner in here if prisoner.location is None]
    if not without:
        return Check(
            "locations", State.OK, "every prisoner here has one" if here else "nothing to check: nobody is here"
        )
    return Check(
        "locations", State.WARN, f"without one: {named_first(without)}", f"kw prisoner move {without[0]} LOCATION"
    )


def _odd(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each contradiction, and the setting that ends it."""
    usual = Settings()
    if settings.prison_name == FICTIONAL:
        yield "prison.name is that of the invented prison", 'prison.name "HMP ..."'
    if settings.target_minutes_per_week < usual.target_minutes_per_week:
        said = f"target.minutes_per_week {settings.target_minutes_per_week} is less than the policy's 45"
        yield said, f"target.minutes_per_week {usual.target_minutes_per_week}"
    if settings.session_min_minutes > settings.target_minutes_per_week:
        said = f"session.min_minutes {settings.session_min_minutes} is more than a week's target: few sessions count"
        yield said, f"session.min_minutes {usual.session_min_minutes}"
    if settings.gap_days > usual.gap_days * settings.session_frequency_weeks:
        said = f"gap.days {settings.gap_days} is longer than the time between two sessions"
        yield said, f"gap.days {usual.gap_days * settings.session_frequency_weeks}"
    if settings.gap_serious_days <= settings.gap_days:
        said = f"gap.serious_days {settings.gap_serious_days} is no more than gap.days: nobody is overdue only"
        yield said, f"gap.serious_days {max(usual.gap_serious_days, settings.gap_days + 1)}"


def named_first(names: Sequence[str]) -> str:
    """Name the first of several, and say how many more there are."""
    return ", ".join(_first_of(names))


def _first_of(found: Sequence[str]) -> list[str]:
    more = len(found) - NAMED_AT_MOST
    return [*found[:NAMED_AT_MOST], *([f"and {more:,} more"] if more > 0 else [])]
