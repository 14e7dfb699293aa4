"""The questions that kw asks its database, each answered with facts; `statements` declares them.

Do not edit: `python -m keyworker_cli.store.reads.compile` writes it.
"""

from datetime import date, datetime, timedelta

from keyworker_cli.rules.facts.audit import (
    AuditHead,
    AuditLine,
    AuditUser,
    FirstAction,
    FirstRecords,
    LastBackup,
    NewestRecords,
    NewestSession,
    RecordingTime,
    RecordStamp,
    SettingValue,
    SettledCases,
)
from keyworker_cli.rules.facts.care import (
    Acct,
    AcctReview,
    Event,
    EventRecord,
    KeyWorkersHad,
    LateReview,
    NeedOfPrisoner,
    NeedRaised,
    OpenNeed,
    ReviewDue,
    ReviewOfPrisoner,
)
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.mornings import ReviewSpan, SeenOn, StayHere
from keyworker_cli.rules.facts.officers import (
    Acquaintance,
    Allocation,
    FormerWorker,
    MovedAway,
    OfCaseload,
    Officer,
    PlannedAllocation,
    StatusSpell,
)
from keyworker_cli.rules.facts.people import Offered, Person, Worker
from keyworker_cli.rules.facts.rota import (
    LastSlot,
    LatestSlot,
    NextSlot,
    OfficerSlot,
    PlannedPlace,
    PlannedSession,
    RotaSince,
    Slot,
)
from keyworker_cli.rules.facts.sessions import (
    Amended,
    CountedSession,
    FirstSession,
    Noted,
    NoteDrawn,
    NoteRead,
    NotesWritten,
    OfficerSession,
    SessionHeld,
    SessionsCounted,
    TopicsRaised,
)
from keyworker_cli.rules.facts.spans import (
    AbsenceSpan,
    AllocationSpan,
    Beginning,
    CellMove,
    MoveLately,
    PlaceInStay,
    StaySpan,
    TimeHeld,
    WingSessions,
)
from keyworker_cli.rules.facts.stays import (
    Away,
    EarlyAllocation,
    LatestDeparture,
    Merge,
    Moved,
    NumberOfPrisoner,
    OtherNumber,
    OutOfPlace,
    PlaceLived,
    Stay,
    StayOfPrisoner,
    StaysOverlap,
    VoidStay,
)
from keyworker_cli.rules.facts.voice import AnswerGiven, OwnAnswer
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.reads.reader import Fact, Reader


class Questions:
    """Every read, on one consistent state of the database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def _ask(self, question: str, fact: type[Fact], **values: object) -> list[Fact]:
        return self._reader.ask(question, fact, values)

    def person_by_number(self, number: str) -> list[Person]:
        """Return the prisoner with this prison number, main or alias: none or one."""
        return self._ask("person_by_number", Person, number=number)

    def names(self) -> list[Offered]:
        """Return everyone's prison number and the name that they are looked for by."""
        return self._ask("names", Offered)

    def people(self) -> list[Person]:
        """Return everyone, by name."""
        return self._ask("people", Person)

    def places_lived_in(self) -> list[PlaceLived]:
        """Return the places where prisoners are, and those where the prisoners were who have left."""
        return self._ask("places_lived_in", PlaceLived)

    def numbers_here(self) -> list[Offered]:
        """Return the prison numbers of the prisoners whose stay is open, with their names: what TAB offers."""
        return self._ask("numbers_here", Offered)

    def stays_of(self, person_id: int) -> list[Stay]:
        """Return a prisoner's stays, the latest first."""
        return self._ask("stays_of", Stay, person_id=person_id)

    def void_stays_of(self, person_id: int) -> list[VoidStay]:
        """Return a prisoner's stays that never were, the latest first."""
        return self._ask("void_stays_of", VoidStay, person_id=person_id)

    def absences_of(self, person_id: int) -> list[Away]:
        """Return a prisoner's nights away, the earliest first, and which were not recorded after a death."""
        return self._ask("absences_of", Away, person_id=person_id)

    def moves_of(self, person_id: int) -> list[Moved]:
        """Return a prisoner's moves in this prison, the latest first."""
        return self._ask("moves_of", Moved, person_id=person_id)

    def other_numbers_of(self, person_id: int) -> list[OtherNumber]:
        """Return a prisoner's further prison numbers."""
        return self._ask("other_numbers_of", OtherNumber, person_id=person_id)

    def merges_of(self, person_id: int) -> list[Merge]:
        """Return the numbers that were joined to a prisoner's record and still are, the latest first."""
        return self._ask("merges_of", Merge, person_id=person_id)

    def further_numbers(self) -> list[NumberOfPrisoner]:
        """Return the prison numbers that are not a prisoner's main one."""
        return self._ask("further_numbers", NumberOfPrisoner)

    def overlapping_stays(self) -> list[StaysOverlap]:
        """Return the stays of one prisoner that overlap, by prison number."""
        return self._ask("overlapping_stays", StaysOverlap)

    def early_allocations(self, *, as_of: date) -> list[EarlyAllocation]:
        """Return whose key worker was recorded as from before he arrived, of the prisoners here."""
        return self._ask("early_allocations", EarlyAllocation, as_of=as_of)

    def out_of_place(self) -> list[OutOfPlace]:
        """Return what lies outside every stay of its prisoner, and ACCTs opened while another was open, by kind."""
        return self._ask("out_of_place", OutOfPlace)

    def latest_departure(self, *, as_of: date) -> list[LatestDeparture]:
        """Return the latest day up to that one on which anybody left: none or one."""
        return self._ask("latest_departure", LatestDeparture, as_of=as_of)

    def newest_session(self, *, as_of: date) -> list[NewestSession]:
        """Return the latest day up to that one of which there is a session or entry."""
        return self._ask("newest_session", NewestSession, as_of=as_of)

    def newest_records(self, *, as_of: date) -> list[NewestRecords]:
        """Return the latest day up to that one of each kind of record, of the prisoners here and the officers' work."""
        return self._ask("newest_records", NewestRecords, as_of=as_of)

    def first_records(self) -> list[FirstRecords]:
        """Return the first day of which there is an arrival, a session and a slot."""
        return self._ask("first_records", FirstRecords)

    def contacts(self, *, as_of: date, settings: Settings) -> list[Contact]:
        """Return every prisoner present at the end of that day, with what his four clocks need (help: gap)."""
        return self._ask(
            "contacts",
            Contact,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def contact_of_stay(self, stay_id: int, *, as_of: date, settings: Settings) -> list[Contact]:
        """Return what the four clocks of one stay need, as of a day that may be the day he left: none or one."""
        return self._ask(
            "contact_of_stay",
            Contact,
            stay_id=stay_id,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def marking_events(self, *, as_of: date, settings: Settings) -> list[Event]:
        """Return every event that may raise a priority here, and some that are over (help: concerns)."""
        return self._ask(
            "marking_events",
            Event,
            since=as_of - timedelta(days=90),
            until=as_of + timedelta(days=3),
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def event_records(self, since: date, *, as_of: date, settings: Settings) -> list[EventRecord]:
        """Return the same events as they are recorded; with `since`, all from that day on and all that may stand."""
        return self._ask(
            "event_records",
            EventRecord,
            since=since,
            until=as_of + timedelta(days=3),
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def marking_accts(self, *, as_of: date) -> list[Acct]:
        """Return the ACCTs of the prisoners here that are open, or closed and not yet reviewed."""
        return self._ask("marking_accts", Acct, as_of=as_of)

    def accts_here(self, *, as_of: date) -> list[Acct]:
        """Return all the ACCTs of the prisoners here."""
        return self._ask("accts_here", Acct, as_of=as_of)

    def moves_lately(self, *, as_of: date) -> list[MoveLately]:
        """Return the moves of late of the prisoners here, in this stay, the earliest first."""
        return self._ask("moves_lately", MoveLately, since=as_of - timedelta(days=56), as_of=as_of)

    def places_here(self, until: date, *, as_of: date) -> list[PlaceInStay]:
        """Return where the prisoners here have been in this stay, up to another day, in order of time."""
        return self._ask("places_here", PlaceInStay, until=until, as_of=as_of)

    def late_reviews(self, *, as_of: date) -> list[LateReview]:
        """Return the ACCT reviews of this stay of the prisoners here that were due before that day and are not held."""
        return self._ask("late_reviews", LateReview, as_of=as_of)

    def key_workers_had(self, *, as_of: date) -> list[KeyWorkersHad]:
        """Return how many key workers the prisoners here have had in the last 26 weeks of this stay, where several."""
        return self._ask("key_workers_had", KeyWorkersHad, since=as_of - timedelta(days=182), as_of=as_of)

    def events_of(self, person_id: int, *, as_of: date, settings: Settings) -> list[EventRecord]:
        """Return all of a prisoner's events, the latest first; whether he was seen since one is said as of a day."""
        return self._ask(
            "events_of",
            EventRecord,
            person_id=person_id,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def accts_of(self, person_id: int) -> list[Acct]:
        """Return all of a prisoner's ACCTs, the earliest first."""
        return self._ask("accts_of", Acct, person_id=person_id)

    def accts_in_time_of(self, person_id: int) -> list[Acct]:
        """Return a prisoner's ACCTs, the earliest first, without those recorded after the day of his death."""
        return self._ask("accts_in_time_of", Acct, person_id=person_id)

    def needs_of(self, person_id: int) -> list[NeedRaised]:
        """Return a prisoner's actions, open and closed, the earliest raised first."""
        return self._ask("needs_of", NeedRaised, person_id=person_id)

    def needs_in_time_of(self, person_id: int) -> list[NeedRaised]:
        """Return the same without those recorded after the day of his death."""
        return self._ask("needs_in_time_of", NeedRaised, person_id=person_id)

    def needs_here(self, *, as_of: date) -> list[NeedOfPrisoner]:
        """Return the actions still open on that day for the prisoners here, the earliest raised first."""
        return self._ask("needs_here", NeedOfPrisoner, as_of=as_of)

    def acct_reviews_of(self, person_id: int) -> list[AcctReview]:
        """Return the reviews of a prisoner's ACCTs, the earliest due first."""
        return self._ask("acct_reviews_of", AcctReview, person_id=person_id)

    def acct_reviews(self, since: date, until: date, *, as_of: date) -> list[ReviewOfPrisoner]:
        """Return the ACCT reviews due between the two days or held since the first, and all outstanding before it."""
        return self._ask("acct_reviews", ReviewOfPrisoner, since=since, until=until, as_of=as_of)

    def allocations_of(self, person_id: int) -> list[Allocation]:
        """Return a prisoner's allocations, the latest first."""
        return self._ask("allocations_of", Allocation, person_id=person_id)

    def sessions_of(self, person_id: int) -> list[SessionHeld]:
        """Return a prisoner's sessions and entries that stand, the latest first."""
        return self._ask("sessions_of", SessionHeld, person_id=person_id)

    def voided_sessions_of(self, person_id: int) -> list[SessionHeld]:
        """Return a prisoner's sessions and entries that were taken out, the latest first."""
        return self._ask("voided_sessions_of", SessionHeld, person_id=person_id)

    def amendments_of(self, person_id: int) -> list[Amended]:
        """Return what was corrected in a prisoner's sessions, the earliest first; those taken out are among them."""
        return self._ask("amendments_of", Amended, person_id=person_id)

    def counted_sessions_here(self, since: date, *, as_of: date, settings: Settings) -> list[CountedSession]:
        """Return the counted sessions since a day, of this stay, of the prisoners here."""
        return self._ask(
            "counted_sessions_here",
            CountedSession,
            since=since,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def sessions_counted(self, since: date, until: date, *, as_of: date, settings: Settings) -> list[SessionsCounted]:
        """Return how many counted sessions the prisoners here had in this stay between two days, both included."""
        return self._ask(
            "sessions_counted",
            SessionsCounted,
            since=since,
            until=until,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def first_sessions(self, *, arrived_since: date, as_of: date, settings: Settings) -> list[FirstSession]:
        """Return the first counted session of each who arrived on that day or after it (help: early-days)."""
        return self._ask(
            "first_sessions",
            FirstSession,
            arrived_since=arrived_since,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def acquaintances(self, until: date, *, as_of: date, settings: Settings) -> list[Acquaintance]:
        """Return which officers have held a counted session with each prisoner here in this stay, and when last."""
        return self._ask(
            "acquaintances",
            Acquaintance,
            until=until,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def notes_between(self, since: date, until: date) -> list[Noted]:
        """Return the completed key worker sessions between the two days, both included, with their notes."""
        return self._ask("notes_between", Noted, since=since, until=until)

    def notes_before_of_prisoners(self, since: date, until: date) -> list[Noted]:
        """Return the notes before a day of the prisoners seen from it on: of each the last ten."""
        return self._ask("notes_before_of_prisoners", Noted, since=since, until=until)

    def notes_before_of_officers(self, since: date) -> list[Noted]:
        """Return the notes before a day of every key worker: of each the last ten."""
        return self._ask("notes_before_of_officers", Noted, since=since)

    def stays_of_prisoners_seen(self, since: date, until: date) -> list[StayOfPrisoner]:
        """Return the stays of the prisoners seen between the two days, both included, the earliest first."""
        return self._ask("stays_of_prisoners_seen", StayOfPrisoner, since=since, until=until)

    def events_of_prisoners_seen(self, since: date, until: date, *, settings: Settings) -> list[Event]:
        """Return the events of those prisoners up to the second day."""
        return self._ask(
            "events_of_prisoners_seen",
            Event,
            since=since,
            until=until,
            as_of=until,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def accts_of_prisoners_seen(self, since: date, until: date) -> list[Acct]:
        """Return the ACCTs of those prisoners."""
        return self._ask("accts_of_prisoners_seen", Acct, since=since, until=until)

    def topics_of_prisoners_seen(self, since: date, until: date) -> list[TopicsRaised]:
        """Return what was spoken of with those prisoners, from the arrival before the first day to the second."""
        return self._ask("topics_of_prisoners_seen", TopicsRaised, since=since, until=until)

    def needs_of_prisoners_seen(self, since: date, until: date) -> list[NeedOfPrisoner]:
        """Return what was to be done for those prisoners between the two days, the earliest raised first."""
        return self._ask("needs_of_prisoners_seen", NeedOfPrisoner, since=since, until=until)

    def officers(self, *, as_of: date) -> list[Officer]:
        """Return every key worker as of that day, by name."""
        return self._ask("officers", Officer, until=as_of + timedelta(days=14), as_of=as_of)

    def former_workers(self, *, as_of: date) -> list[FormerWorker]:
        """Return the former key workers of the prisoners here without one, the most recent first."""
        return self._ask("former_workers", FormerWorker, as_of=as_of)

    def former_workers_of_caseload(self, key_worker_id: int, *, as_of: date) -> list[FormerWorker]:
        """Return the former key workers of the prisoners an officer has, the most recent first."""
        return self._ask("former_workers_of_caseload", FormerWorker, key_worker_id=key_worker_id, as_of=as_of)

    def moved_from(self, key_worker_id: int, since: date, *, as_of: date) -> list[MovedAway]:
        """Return the prisoners given another key worker because this one was not there, the last moved first."""
        return self._ask("moved_from", MovedAway, key_worker_id=key_worker_id, since=since, as_of=as_of)

    def worker_by_staff_id(self, staff_id: str) -> list[Worker]:
        """Return the key worker with this staff id in any case: none or one."""
        return self._ask("worker_by_staff_id", Worker, staff_id=staff_id)

    def worker_by_login(self, login: str) -> list[Worker]:
        """Return the key worker who logs in under this name: none or one."""
        return self._ask("worker_by_login", Worker, login=login)

    def workers(self) -> list[Worker]:
        """Return every key worker, by name."""
        return self._ask("workers", Worker)

    def planned_allocations(self, *, as_of: date) -> list[PlannedAllocation]:
        """Return the allocations that are to begin after that day, of the prisoners here, the earliest first."""
        return self._ask("planned_allocations", PlannedAllocation, as_of=as_of)

    def staff_ids(self) -> list[Offered]:
        """Return the staff ids of all key workers, with their names: what TAB offers."""
        return self._ask("staff_ids", Offered)

    def officer_sessions(self, key_worker_id: int, on: date) -> list[OfficerSession]:
        """Return the sessions that an officer held on a day."""
        return self._ask("officer_sessions", OfficerSession, key_worker_id=key_worker_id, on=on)

    def last_slot(self, key_worker_id: int, *, as_of: date) -> list[LastSlot]:
        """Return an officer's latest slot up to that day, worked or not: none or one."""
        return self._ask("last_slot", LastSlot, key_worker_id=key_worker_id, as_of=as_of)

    def statuses_of(self, key_worker_id: int) -> list[StatusSpell]:
        """Return an officer's status spells, the latest first."""
        return self._ask("statuses_of", StatusSpell, key_worker_id=key_worker_id)

    def allocations_of_caseload(self, key_worker_id: int, *, as_of: date, settings: Settings) -> list[OfCaseload]:
        """Return an officer's allocations that hold, of the prisoners here, with what they have done in each."""
        return self._ask(
            "allocations_of_caseload",
            OfCaseload,
            key_worker_id=key_worker_id,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def reviews_of_caseload(self, key_worker_id: int, *, as_of: date) -> list[ReviewDue]:
        """Return the ACCT reviews of an officer's prisoners still to be held, from that day on, the nearest first."""
        return self._ask("reviews_of_caseload", ReviewDue, key_worker_id=key_worker_id, as_of=as_of)

    def needs_of_caseload(self, key_worker_id: int, *, as_of: date) -> list[OpenNeed]:
        """Return the open actions of an officer's prisoners, the soonest due first."""
        return self._ask("needs_of_caseload", OpenNeed, key_worker_id=key_worker_id, as_of=as_of)

    def events_of_caseload(self, key_worker_id: int, *, as_of: date, settings: Settings) -> list[Event]:
        """Return the events of an officer's prisoners up to that day, however old."""
        return self._ask(
            "events_of_caseload",
            Event,
            key_worker_id=key_worker_id,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def accts_of_caseload(self, key_worker_id: int, *, as_of: date) -> list[Acct]:
        """Return the ACCTs of an officer's prisoners, of their present stay or open in it."""
        return self._ask("accts_of_caseload", Acct, key_worker_id=key_worker_id, as_of=as_of)

    def topics_of_caseload(self, key_worker_id: int, *, as_of: date) -> list[TopicsRaised]:
        """Return what was raised with an officer's prisoners, by anyone, up to that day, and what they declined."""
        return self._ask("topics_of_caseload", TopicsRaised, key_worker_id=key_worker_id, as_of=as_of)

    def slots_between(self, since: date, until: date) -> list[Slot]:
        """Return every officer's slots from one day to another, both included, by officer and time."""
        return self._ask("slots_between", Slot, since=since, until=until)

    def slots_of(self, key_worker_id: int, since: date, until: date) -> list[Slot]:
        """Return an officer's slots from one day to another, both included, in order of time."""
        return self._ask("slots_of", Slot, key_worker_id=key_worker_id, since=since, until=until)

    def latest_slots(self, *, as_of: date) -> list[LatestSlot]:
        """Return, for each wing, the latest day up to `as_of` with any rota recorded."""
        return self._ask("latest_slots", LatestSlot, as_of=as_of)

    def officers_latest_slots(self, *, as_of: date) -> list[OfficerSlot]:
        """Return, for each officer who ever had any, the latest day up to `as_of` with time on the rota."""
        return self._ask("officers_latest_slots", OfficerSlot, as_of=as_of)

    def next_slots(self, *, as_of: date) -> list[NextSlot]:
        """Return each officer's next slot, that day included, when they are there."""
        return self._ask("next_slots", NextSlot, as_of=as_of)

    def rota_since(self, *, as_of: date, settings: Settings) -> list[RotaSince]:
        """Return, for each prisoner with a key worker who has reached `gap.days`, that officer's slots since then."""
        return self._ask(
            "rota_since",
            RotaSince,
            since=as_of - timedelta(days=settings.gap_days),
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def planned_sessions(self, *, as_of: date, settings: Settings) -> list[PlannedSession]:
        """Return the places of the last plan kept for a day of the week before `as_of`, and what became of each."""
        return self._ask(
            "planned_sessions",
            PlannedSession,
            since=as_of - timedelta(days=7),
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def planned_places_on(self, on: date) -> list[PlannedPlace]:
        """Return the officer and prisoner of each place in the last plan kept for a day."""
        return self._ask("planned_places_on", PlannedPlace, on=on)

    def planned_places_of(self, person_id: int, since: date, until: date) -> list[PlannedPlace]:
        """Return a prisoner's places in the plans kept for the days between the two: of each day the last plan."""
        return self._ask("planned_places_of", PlannedPlace, person_id=person_id, since=since, until=until)

    def stay_spans(self, since: date, until: date, *, as_of: date) -> list[StaySpan]:
        """Return every stay with a day between the two, both included, that had begun on `as_of`."""
        return self._ask("stay_spans", StaySpan, since=since, until=until, as_of=as_of)

    def beginnings(self, since: date, until: date, *, as_of: date, settings: Settings) -> list[Beginning]:
        """Return the same stays, with when each prisoner first had a key worker and was first seen in it."""
        return self._ask(
            "beginnings",
            Beginning,
            since=since,
            until=until,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def moves_to_cells(self, since: date, until: date, *, as_of: date) -> list[CellMove]:
        """Return the moves to other cells in those stays, from arrival to the last day, in order of time."""
        return self._ask("moves_to_cells", CellMove, since=since, until=until, as_of=as_of)

    def absence_spans(self, since: date, until: date, *, as_of: date) -> list[AbsenceSpan]:
        """Return the nights away, between the same days, of the prisoners of those stays."""
        return self._ask("absence_spans", AbsenceSpan, since=since, until=until, as_of=as_of)

    def allocation_spans(self, since: date, until: date, *, as_of: date) -> list[AllocationSpan]:
        """Return the allocations, between the same days, of the prisoners of those stays."""
        return self._ask("allocation_spans", AllocationSpan, since=since, until=until, as_of=as_of)

    def time_held(self, since: date, until: date) -> list[TimeHeld]:
        """Return the completed sessions and entries from one day to another, both included, with their key workers."""
        return self._ask("time_held", TimeHeld, since=since, until=until)

    def sessions_of_wings(self, since: date, until: date, *, settings: Settings) -> list[WingSessions]:
        """Return how many counted sessions the officers of each wing held on each day, both ends included."""
        return self._ask(
            "sessions_of_wings",
            WingSessions,
            since=since,
            until=until,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def stays_between(self, since: date, until: date, *, as_of: date) -> list[StayHere]:
        """Return every stay with a day between the two, both included, with whose it is, by prison number."""
        return self._ask("stays_between", StayHere, since=since, until=until, as_of=as_of)

    def sessions_seen_between(self, since: date, until: date, *, as_of: date, settings: Settings) -> list[SeenOn]:
        """Return the counted sessions of those stays up to the last day, the earliest first."""
        return self._ask(
            "sessions_seen_between",
            SeenOn,
            since=since,
            until=until,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def events_between(self, since: date, until: date, *, as_of: date, settings: Settings) -> list[EventRecord]:
        """Return the events of those prisoners up to the last day, however old."""
        return self._ask(
            "events_between",
            EventRecord,
            since=since,
            until=until,
            as_of=as_of,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def accts_between(self, since: date, until: date, *, as_of: date) -> list[Acct]:
        """Return the ACCTs of those prisoners that were opened by the last day."""
        return self._ask("accts_between", Acct, since=since, until=until, as_of=as_of)

    def reviews_between(self, since: date, until: date, *, as_of: date) -> list[ReviewSpan]:
        """Return the ACCT reviews of those stays that were due by the last day."""
        return self._ask("reviews_between", ReviewSpan, since=since, until=until, as_of=as_of)

    def moves_between(self, since: date, until: date, *, as_of: date) -> list[CellMove]:
        """Return the moves in those stays up to the last day, to any place, in order of time."""
        return self._ask("moves_between", CellMove, since=since, until=until, as_of=as_of)

    def answers_of(self, person_id: int) -> list[AnswerGiven]:
        """Return what a prisoner answered, day by day, what was taken back too."""
        return self._ask("answers_of", AnswerGiven, person_id=person_id)

    def own_answers(self, since: date, until: date, *, settings: Settings) -> list[OwnAnswer]:
        """Return what prisoners answered between the two days, both included, beside what the record says."""
        return self._ask(
            "own_answers",
            OwnAnswer,
            since=since,
            until=until,
            door_places=settings.door_places,
            session_min_minutes=settings.session_min_minutes,
        )

    def readings_between(self, since: date, until: date, *, as_of: date) -> list[NoteRead]:
        """Return who read the notes of sessions held between the two days, up to a day, and what they found."""
        return self._ask("readings_between", NoteRead, since=since, until=until, as_of=as_of)

    def readings_of(self, person_id: int) -> list[NoteRead]:
        """Return who read the notes of a prisoner's sessions, and what they found, what was taken back too."""
        return self._ask("readings_of", NoteRead, person_id=person_id)

    def notes_to_draw(self, since: date, until: date) -> list[NoteDrawn]:
        """Return the sessions with a note between the two days, of which a sample is drawn, without its words."""
        return self._ask("notes_to_draw", NoteDrawn, since=since, until=until)

    def notes_written(self, since: date, until: date) -> list[NotesWritten]:
        """Return how many sessions with a note each officer held between the two days."""
        return self._ask("notes_written", NotesWritten, since=since, until=until)

    def first_action(self) -> list[FirstAction]:
        """Return what the first line of the audit says: none or one."""
        return self._ask("first_action", FirstAction)

    def audit_users(self) -> list[AuditUser]:
        """Return everyone who has written anything, by name."""
        return self._ask("audit_users", AuditUser)

    def audit_lines(
        self,
        *,
        person_id: int | None = None,
        after: int,
        earliest: datetime,
        latest: datetime,
        user: str | None = None,
    ) -> list[AuditLine]:
        """Return the lines of the audit between two moments, the latest first: of one prisoner, by one user, or all."""
        return self._ask(
            "audit_lines",
            AuditLine,
            person_id=person_id,
            after=after,
            earliest=earliest,
            latest=latest,
            user=user,
        )

    def audit_head(self) -> list[AuditHead]:
        """Return where the audit ends: one head, however few lines there are."""
        return self._ask("audit_head", AuditHead)

    def last_backup(self) -> list[LastBackup]:
        """Return the last backup that was made, or restored: none or one."""
        return self._ask("last_backup", LastBackup)

    def settled_cases(self) -> list[SettledCases]:
        """Return what was settled because records contradicted each other, by kind."""
        return self._ask("settled_cases", SettledCases)

    def settings_changed(self) -> list[SettingValue]:
        """Return the settings that this prison has set."""
        return self._ask("settings_changed", SettingValue)

    def stamps_of(self, person_id: int) -> list[RecordStamp]:
        """Return who recorded a prisoner's stays, nights away, ACCTs, reviews, needs and sessions, and when."""
        return self._ask("stamps_of", RecordStamp, person_id=person_id)

    def recording_times(self, since: date, until: date) -> list[RecordingTime]:
        """Return when the sessions from one day to another, both included, were recorded, held or not."""
        return self._ask("recording_times", RecordingTime, since=since, until=until)
