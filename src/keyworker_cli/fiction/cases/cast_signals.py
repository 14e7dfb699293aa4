"""What else is known of the prisoners of the small prison: events, ACCTs and their reviews, absences, needs.

help: concerns.
"""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from keyworker_cli.fiction.cases import two_men
from keyworker_cli.fiction.cases.cast import NIGHTS_AWAY
from keyworker_cli.fiction.cases.two_men import MR_A
from keyworker_cli.fiction.moments import AS_OF, DAY, moment
from keyworker_cli.fiction.notes import KEY_WORKER, PRISONER, Note
from keyworker_cli.fiction.records import MANAGER_LOGIN, SAFETY_LOGIN, Event, Session
from keyworker_cli.fiction.sheets import Sheets

_TORDOFF, _IBBOTSON, _WHITHAM, _CARSWELL, _MIRZA = "F1003KC", "H1004LD", "L1006NF", "N1008QH", "P1009RJ"
_BALOGUN, _KERSHAW, _LUMLEY, HALLIWELL, FARRELL = "R1011TL", "T1013VN", "V1014WP", "W1015XQ", "X1016YR"
_PILLING, _ASPINALL, _HESKETH, THACKRAY, _ZAMAN, _REDFERN = (
    *("Z1018AT", "R1019BA", "J1022DW", "D1023EX", "E1024FY", "C1025GZ"),
)

SEGREGATED_ON: Final = date(2026, 5, 10)
ACCT_OPENED_ON: Final = date(2026, 5, 8)
ACCT_REVIEW_DUE_ON: Final = date(2026, 5, 14)
"""A Thursday: his key worker, Officer Bramley, has a slot that afternoon."""

_WING, _RECEPTION, _SECURITY = "Wing staff", "Reception screening", "Security"


def events() -> list[Event]:
    """Return all events of the small prison."""
    others = [
        Event(_TORDOFF, "BASIC", date(2026, 4, 30), 15 * 60, "third warning in a month", "Incentives review"),
        Event(_IBBOTSON, "ADJUDICATION", date(2026, 4, 24), 14 * 60, "refused to lock up: proved", "Adjudication"),
        Event(_WHITHAM, "ASSAULTED", date(2026, 4, 22), 16 * 60 + 40, "punched in the queue for the phone", _WING),
        Event(_CARSWELL, "UNDER_INFLUENCE", date(2026, 5, 3), 19 * 60 + 5, "unsteady on association", _WING),
        Event(_MIRZA, "ANTISOCIAL", date(2026, 4, 29), 12 * 60, "short with staff, not like him", _WING),
        Event(_KERSHAW, "DEBT", date(2026, 5, 9), 11 * 60, "gives his canteen away", _SECURITY, confidence="SUSPECTED"),
        Event(_LUMLEY, "BULLIED", date(2026, 5, 6), 10 * 60, "moved seats at meals", _WING, confidence="SUSPECTED"),
        Event(HALLIWELL, "DEPRESSION", date(2026, 2, 23), 17 * 60, "known to his GP", "Healthcare"),
        Event(FARRELL, "SELF_HARM", ACCT_OPENED_ON, 20 * 60 + 30, "cut his forearm, seen by the nurse", _WING),
        Event(_PILLING, "EDUCATION", date(2026, 5, 5), 15 * 60, "lost his place in the workshop", "Education"),
        Event(_ASPINALL, "NO_CONTACT", date(2026, 5, 2), 9 * 60, "no visits or calls for four weeks", "Visits"),
        Event(_HESKETH, "ADJUDICATION", date(2026, 4, 28), 14 * 60, "unlawful article: dismissed", "Adjudication"),
        Event(THACKRAY, "SEG", SEGREGATED_ON, 18 * 60 + 20, "after a fight on the landing", _WING),
        Event(_ZAMAN, "FIRST_CUSTODY", date(2026, 5, 3), 19 * 60, "never in prison before", _RECEPTION),
        Event(_REDFERN, "NO_ONE_TO_ONE", AS_OF - DAY, 16 * 60, "RNO121: threats to lone staff", _SECURITY),
    ]
    found = [*two_men.mr_a_events(), *two_men.mr_b_events(), *others]
    return sorted(found, key=lambda event: (event.on, event.minute, event.prison_number))


def write_accts(sheets: Sheets) -> None:
    """Write the two ACCTs: one open, with a review due this week, and one closed, in its post-closure period."""
    add_acct(sheets, _BALOGUN, date(2026, 3, 27), date(2026, 4, 24), date(2026, 5, 15))
    for on, invited, contribution in (
        (date(2026, 3, 28), "yes", "ATTENDED"),
        (date(2026, 4, 10), "no", "NONE"),
        (date(2026, 4, 24), "yes", "WROTE"),
    ):
        add_review(sheets, _BALOGUN, on, on, invited, contribution, planned_on=on)
    add_acct(sheets, FARRELL, ACCT_OPENED_ON)
    first = ACCT_OPENED_ON + DAY
    add_review(sheets, FARRELL, first, first, "yes", "WROTE", planned_on=ACCT_OPENED_ON)
    add_review(sheets, FARRELL, ACCT_REVIEW_DUE_ON, None, "yes", "", planned_on=first)


def add_acct(
    sheets: Sheets,
    prison_number: str,
    opened_on: date,
    closed_on: date | None = None,
    review_due: date | None = None,
    review_held: date | None = None,
) -> None:
    """Write an ACCT, with its post-closure review once it is closed."""
    sheets.add(
        "acct",
        prison_number=prison_number,
        opened_on=opened_on,
        closed_on=closed_on,
        post_closure_review_due=review_due,
        post_closure_review_held=review_held,
        recorded_at=moment(opened_on, 21 * 60),
        recorded_by=SAFETY_LOGIN,
    )


def add_review(
    sheets: Sheets,
    prison_number: str,
    due_on: date,
    held_on: date | None,
    invited: str,
    contribution: str,
    *,
    planned_on: date,
) -> None:
    """Write an ACCT review due, and whether it was held and what the key worker gave to it."""
    sheets.add(
        "acct_reviews",
        prison_number=prison_number,
        due_on=due_on,
        held_on=held_on,
        key_worker_invited=invited,
        key_worker_contribution=contribution,
        recorded_at=moment(held_on or planned_on, 21 * 60),
        recorded_by=SAFETY_LOGIN,
    )


def write_absences(sheets: Sheets) -> None:
    """Write the nights away."""
    for prison_number, reason, from_on, to_on in NIGHTS_AWAY:
        add_absence(sheets, prison_number, reason, from_on, to_on)


def add_absence(sheets: Sheets, prison_number: str, reason: str, from_on: date, to_on: date | None) -> None:
    """Write nights away: from the first night to the day he is back (none yet while he is out)."""
    sheets.add(
        "absences",
        prison_number=prison_number,
        reason=reason,
        from_=from_on,
        to=to_on,
        recorded_at=moment(from_on, 18 * 60),
        recorded_by=MANAGER_LOGIN,
    )


def write_needs(sheets: Sheets, raised: Iterable[tuple[Session, Note]], rng: random.Random) -> None:
    """Write what is to be done: Mr A's two that nobody closed, and those put down in sessions, most of them done."""
    last_seen_on = two_men.A_LAST_SEEN_ON
    _add_need(sheets, MR_A, last_seen_on, "Ask the recovery worker for a date", KEY_WORKER, date(2026, 3, 30))
    _add_need(sheets, MR_A, last_seen_on, "Keep his diary of cravings", PRISONER, date(2026, 4, 1))
    for session, note in raised:
        add_need_of(sheets, session.prison_number, session.on, note, rng)


def add_need_of(sheets: Sheets, prison_number: str, raised_on: date, note: Note, rng: random.Random) -> None:
    """Write the need that a note put down: done by its date, still going on, dropped, or nothing said yet."""
    due_on = note.due_on or raised_on
    chance = rng.random()
    closed_on = due_on - timedelta(days=int(rng.random() * 3))
    outcome = "DONE" if chance < 0.65 else "DROPPED" if chance < 0.72 else "ONGOING" if chance < 0.85 else ""
    closed = closed_on if outcome in ("DONE", "DROPPED") else None
    if closed and closed > AS_OF:
        closed, outcome = None, ""
    _add_need(sheets, prison_number, raised_on, note.need, note.owner, due_on, closed, outcome)


def _add_need(
    sheets: Sheets,
    prison_number: str,
    raised_on: date,
    text: str,
    owner: str,
    due_on: date,
    closed_on: date | None = None,
    outcome: str = "",
) -> None:
    sheets.add(
        "needs",
        prison_number=prison_number,
        raised_on=raised_on,
        text=text,
        owner=owner,
        due_on=due_on,
        closed_on=closed_on,
        outcome=outcome,
        recorded_at=moment(raised_on, 19 * 60 + 30),
        recorded_by=MANAGER_LOGIN,
    )
