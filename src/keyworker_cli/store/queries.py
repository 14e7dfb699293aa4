"""The questions that `kw` asks its database, each named as what it asks, each answered with facts.

The statement of the same name in `statements` says how it is found; `reading` says through what.
"""

from datetime import date, timedelta
from typing import Any

from keyworker_cli.rules import facts
from keyworker_cli.rules.markers import LOOK_AHEAD_DAYS as MARKED_AHEAD_DAYS
from keyworker_cli.rules.markers import LOOK_BACK_DAYS
from keyworker_cli.rules.settings import Settings, settings_from
from keyworker_cli.store.reading import Fact, Reader

LOOK_AHEAD_DAYS = 14  # DOMAIN 4: "no rota time in the next 14 days"


class Queries:
    """Every read, on one consistent state of the database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def _ask(self, question: str, fact: type[Fact], **values: Any) -> list[Fact]:
        return self._reader.ask(question, fact, values)

    def first_action(self) -> list[facts.FirstAction]:
        """Return what the first line of the audit says: none or one."""
        return self._ask("first_action", facts.FirstAction)

    def settings(self) -> Settings:
        """Return the settings in force."""
        return settings_from(dict(self._ask("settings", facts.SettingValue)))

    def contacts(self, *, as_of: date, settings: Settings) -> list[facts.Contact]:
        """Return every man present at the end of that day, with what his four clocks need (DOMAIN 3.3)."""
        return self._ask("contacts", facts.Contact, as_of=as_of, min_minutes=settings.session_min_minutes)

    def contact_of_stay(self, stay_id: int, *, as_of: date, settings: Settings) -> list[facts.Contact]:
        """Return what the four clocks of one stay need, as of a day that may be the day he left: none or one."""
        values = {"stay_id": stay_id, "as_of": as_of, "min_minutes": settings.session_min_minutes}
        return self._ask("contact_of_stay", facts.Contact, **values)

    def rota_since(self, *, as_of: date, settings: Settings) -> list[facts.RotaSince]:
        """Return, for each man with a key worker, that officer's slots since the man was last seen (DOMAIN 3.6)."""
        return self._ask("rota_since", facts.RotaSince, as_of=as_of, min_minutes=settings.session_min_minutes)

    def latest_slots(self, *, as_of: date) -> list[facts.LatestSlot]:
        """Return, for each wing, the latest day up to `as_of` with any rota recorded."""
        return self._ask("latest_slots", facts.LatestSlot, as_of=as_of)

    def officers_latest_slots(self, *, as_of: date) -> list[facts.OfficerSlot]:
        """Return, for each officer who ever had any, his latest day up to `as_of` with time on the rota."""
        return self._ask("officers_latest_slots", facts.OfficerSlot, as_of=as_of)

    def marking_events(self, *, as_of: date, settings: Settings) -> list[facts.Event]:
        """Return every event that may raise the priority of a man here, and some that are over (DOMAIN 5)."""
        values = {"since": as_of - timedelta(days=LOOK_BACK_DAYS), "until": as_of + timedelta(days=MARKED_AHEAD_DAYS)}
        min_minutes = settings.session_min_minutes
        return self._ask("marking_events", facts.Event, as_of=as_of, min_minutes=min_minutes, **values)

    def marking_accts(self, *, as_of: date) -> list[facts.Acct]:
        """Return the ACCTs of the men here that are open, or closed and not yet reviewed."""
        return self._ask("marking_accts", facts.Acct, as_of=as_of)

    def events_of(self, person_id: int, *, as_of: date, settings: Settings) -> list[facts.Event]:
        """Return all of a man's events, the earliest first; when he was seen since one is said as of a day."""
        values = {"person_id": person_id, "as_of": as_of, "min_minutes": settings.session_min_minutes}
        return self._ask("events_of", facts.Event, **values)

    def accts_of(self, person_id: int) -> list[facts.Acct]:
        """Return all of a man's ACCTs, the earliest first."""
        return self._ask("accts_of", facts.Acct, person_id=person_id)

    def next_slots(self, *, as_of: date) -> list[facts.NextSlot]:
        """Return each officer's next slot, that day included, when he is there."""
        return self._ask("next_slots", facts.NextSlot, as_of=as_of)

    def last_slot(self, key_worker_id: int, *, as_of: date) -> list[facts.LastSlot]:
        """Return an officer's latest slot up to that day, whatever became of it: none or one."""
        return self._ask("last_slot", facts.LastSlot, key_worker_id=key_worker_id, as_of=as_of)

    def officers(self, *, as_of: date) -> list[facts.Officer]:
        """Return every key worker as of that day, by name."""
        until = as_of + timedelta(days=LOOK_AHEAD_DAYS)
        return self._ask("officers", facts.Officer, as_of=as_of, until=until)

    def former_workers(self, *, as_of: date) -> list[facts.FormerWorker]:
        """Return the former key workers of the men here without one, the most recent first."""
        return self._ask("former_workers", facts.FormerWorker, as_of=as_of)

    def former_workers_of_caseload(self, key_worker_id: int, *, as_of: date) -> list[facts.FormerWorker]:
        """Return the former key workers of the men an officer has, the most recent first."""
        return self._ask("former_workers_of_caseload", facts.FormerWorker, key_worker_id=key_worker_id, as_of=as_of)

    def person_by_number(self, number: str) -> list[facts.Person]:
        """Return the man with this prison number, main or alias: none or one."""
        return self._ask("person_by_number", facts.Person, words=number)

    def people_by_name(self, words: str) -> list[facts.Person]:
        """Return the men of whose name these words begin a word."""
        return self._ask("people_by_name", facts.Person, words=_searched(words))

    def people(self) -> list[facts.Person]:
        """Return everyone, by name."""
        return self._ask("all_names", facts.Person)

    def worker_by_staff_id(self, staff_id: str) -> list[facts.Worker]:
        """Return the key worker with this staff id, whatever its case: none or one."""
        return self._ask("worker_by_staff_id", facts.Worker, words=staff_id)

    def worker_by_login(self, login: str) -> list[facts.Worker]:
        """Return the key worker who logs in under this name: none or one."""
        return self._ask("worker_by_login", facts.Worker, words=login)

    def workers_by_name(self, words: str) -> list[facts.Worker]:
        """Return the key workers of whose name these words begin a word."""
        return self._ask("workers_by_name", facts.Worker, words=_searched(words))

    def workers(self) -> list[facts.Worker]:
        """Return every key worker, by name."""
        return self._ask("all_workers", facts.Worker)

    def statuses_of(self, key_worker_id: int) -> list[facts.StatusSpell]:
        """Return an officer's status spells, the latest first."""
        return self._ask("statuses_of", facts.StatusSpell, key_worker_id=key_worker_id)

    def stays_of(self, person_id: int) -> list[facts.Stay]:
        """Return a man's stays, the latest first."""
        return self._ask("stays_of", facts.Stay, person_id=person_id)

    def allocations_of(self, person_id: int) -> list[facts.Held]:
        """Return a man's allocations, the latest first."""
        return self._ask("allocations_of", facts.Held, person_id=person_id)

    def sessions_of(self, person_id: int) -> list[facts.SessionHeld]:
        """Return a man's sessions and entries that stand, the latest first."""
        return self._ask("sessions_of", facts.SessionHeld, person_id=person_id)

    def absences_of(self, person_id: int) -> list[facts.Away]:
        """Return a man's nights away, the earliest first."""
        return self._ask("absences_of", facts.Away, person_id=person_id)

    def officer_sessions(self, key_worker_id: int, *, on: date) -> list[facts.OfficerSession]:
        """Return the sessions that an officer held on a day."""
        return self._ask("officer_sessions", facts.OfficerSession, key_worker_id=key_worker_id, as_of=on)

    def slots_between(self, since: date, until: date) -> list[facts.Slot]:
        """Return every officer's slots from one day to another, both included, by officer and time."""
        return self._ask("slots_between", facts.Slot, since=since, until=until)

    def slots_of(self, key_worker_id: int, *, since: date, until: date) -> list[facts.Slot]:
        """Return an officer's slots from one day to another, both included, in order of time."""
        return self._ask("slots_of", facts.Slot, key_worker_id=key_worker_id, since=since, until=until)

    def first_sessions(self, *, arrived_since: date, as_of: date, settings: Settings) -> list[facts.FirstSession]:
        """Return the first counted session of each man here who arrived on that day or after it (DOMAIN 3.7)."""
        return self._ask(
            "first_sessions",
            facts.FirstSession,
            since=arrived_since,
            as_of=as_of,
            min_minutes=settings.session_min_minutes,
        )

    def needs_of(self, person_id: int) -> list[facts.NeedRaised]:
        """Return what is, or was, to be done for a man, the earliest raised first."""
        return self._ask("needs_of", facts.NeedRaised, person_id=person_id)

    def stay_spans(self, since: date, until: date, *, as_of: date) -> list[facts.StaySpan]:
        """Return every stay with a day between the two, both included, that had begun on `as_of` (DOMAIN 3.5)."""
        return self._ask("stay_spans", facts.StaySpan, since=since, until=until, as_of=as_of)

    def absence_spans(self, since: date, until: date, *, as_of: date) -> list[facts.AbsenceSpan]:
        """Return the nights away, between the same days, of the men of those stays."""
        return self._ask("absence_spans", facts.AbsenceSpan, since=since, until=until, as_of=as_of)

    def allocation_spans(self, since: date, until: date, *, as_of: date) -> list[facts.AllocationSpan]:
        """Return the allocations, between the same days, of the men of those stays."""
        return self._ask("allocation_spans", facts.AllocationSpan, since=since, until=until, as_of=as_of)

    def time_held(self, since: date, until: date) -> list[facts.TimeHeld]:
        """Return the completed sessions and entries between the two days, both included, by whoever held them."""
        return self._ask("time_held", facts.TimeHeld, since=since, until=until)


def search_name(first_name: str, last_name: str) -> str:
    """Return a name as it is searched: casefolded, each word after a space, so that any word's beginning finds it."""
    return f" {first_name} {last_name} {first_name}".casefold().replace("-", " ")


def _searched(words: str) -> str:
    folded = " ".join(words.casefold().replace("-", " ").split())
    return folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
