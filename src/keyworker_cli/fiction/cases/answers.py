"""The answers that must come out of the files, worked out from how each case was built, not by running `kw`.

A gap is the days from the last session of 15 minutes or more that was held, or else from arrival, to Tue 12 May 2026.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from keyworker_cli.fiction.cases import cast, cast_rota, cast_signals, two_men
from keyworker_cli.fiction.cases.cast import PRISONERS, Prisoner
from keyworker_cli.fiction.moments import AS_OF, SLOT_MINUTES

_LIMIT: Final = 7
_SERIOUS: Final = 28
_COUNTED: Final = 15
_WEEKLY: Final = 45

Answer = dict[str, object]


def state_of(days: int) -> str:
    """Return the state of a gap under the settings a new database has (help: gap)."""
    if days < _LIMIT:
        return "ok"
    if days == _LIMIT:
        return "due"
    return "overdue" if days <= _SERIOUS else "serious"


def gap_answer(prison_number: str, last_seen_on: date | None, arrived_on: date) -> Answer:
    """Return the contact gap of a prisoner on Tue 12 May 2026, and what it runs from (help: gap)."""
    days = (AS_OF - (last_seen_on or arrived_on)).days
    return {
        "prison_number": prison_number,
        "days": days,
        "state": state_of(days),
        "clock_from": str(last_seen_on or arrived_on),
        "never_seen": last_seen_on is None,
    }


def small_prison_answers() -> list[Answer]:
    """Return the known answers of the small prison, which stands in every size."""
    shown = [
        {"plant": prisoner.why, **_gap_of(prisoner), **_MORE.get(prisoner.why, {})}
        for prisoner in PRISONERS
        if _is_plant(prisoner)
    ]
    return [_mr_a(), _mr_b(), *shown, _officer_p(), _on_leave()]


def demo_overdue() -> Answer:
    """Return the summary of `kw overdue --days 7` in the demo: the prisoners present, in scope and not away."""
    gaps = [
        _gap_of(prisoner)
        for prisoner in PRISONERS
        if prisoner.present(AS_OF) and prisoner.why not in ("away_in_hospital", "out_of_scope")
    ]
    listed = [gap for gap in gaps if gap["state"] != "ok"]
    states = [gap["state"] for gap in listed]
    return {
        "listed": len(listed),
        **{state: states.count(state) for state in ("due", "overdue", "serious")},
        "never_seen": sum(bool(gap["never_seen"]) for gap in listed),
        "longest_gap_days": (AS_OF - two_men.A_LAST_SEEN_ON).days,
        "away": 1,
    }


def people() -> Mapping[str, str]:
    """Return who is who: the two prisoners and the officers of their cases."""
    return {
        "Mr A": two_men.MR_A,
        "Mr B": two_men.MR_B,
        "Officer P": cast.P,
        "KW1": cast.KW1,
        "KW2": cast.KW2,
        "KW3": cast.KW3,
    }


def _is_plant(prisoner: Prisoner) -> bool:
    return bool(prisoner.why) and prisoner.prison_number not in (two_men.MR_A, two_men.MR_B)


def _gap_of(prisoner: Prisoner) -> Answer:
    counted = [
        seen.on for seen in prisoner.seen if seen.outcome == "COMPLETED" and (seen.minutes or _COUNTED) >= _COUNTED
    ]
    last = two_men.A_LAST_SEEN_ON if prisoner.prison_number == two_men.MR_A else max(counted, default=None)
    return gap_answer(prisoner.prison_number, last, prisoner.arrived_on)


_MORE: Final[Mapping[str, Answer]] = {
    "three_refusals": {"refusals_since": 3, "why": "REFUSED"},
    "recorded_10_days_late": {"held_on": "2026-05-01", "recorded_on": "2026-05-11", "why": "UNALLOCATED"},
    "short_contact_not_counted": {"short_contact_on": "2026-05-07", "short_contact_minutes": 10},
    "away_in_hospital": {"away": "HOSPITAL", "away_from": str(cast.HOSPITAL_FROM)},
    "out_of_scope": {"out_of_scope_from": "2026-04-20", "listed": False},
    "in_segregation": {"location": "SEG", "segregated_on": str(cast_signals.SEGREGATED_ON), "why": "SHORT_TIME"},
    "on_acct": {
        "opened_on": str(cast_signals.ACCT_OPENED_ON),
        "next_review_on": str(cast_signals.ACCT_REVIEW_DUE_ON),
        "key_worker_on_duty": True,
    },
    "same_surname": {"last_name": "Doyle"},
    "exactly_28_days": {"why": "WORKER_UNAVAILABLE"},
    "exactly_29_days": {"why": "NO_TIME"},
}


def _mr_a() -> Answer:
    days_held = (AS_OF - two_men.A_ARRIVED_ON).days + 1
    minutes = two_men.A_SESSIONS * two_men.A_SESSION_MINUTES
    return {
        "plant": "mr_a",
        **gap_answer(two_men.MR_A, two_men.A_LAST_SEEN_ON, two_men.A_ARRIVED_ON),
        "why": "NO_TIME",
        "sessions": two_men.A_SESSIONS,
        "delivered_minutes": minutes,
        "eligible_days": days_held,
        "minutes_per_week": round(minutes * 7 / days_held, 1),
        "days_at_death": (two_men.A_DIED_ON - two_men.A_LAST_SEEN_ON).days,
        "first_due_on": "2026-04-01",
        "first_overdue_on": "2026-04-02",
        "first_serious_on": "2026-04-23",
        "dates_overdue_or_serious": (AS_OF - date(2026, 4, 1)).days,
    }


def _mr_b() -> Answer:
    days_here = (two_men.B_DIED_ON - two_men.B_ARRIVED_ON).days
    prisoners, weeks = 5, 8
    return {
        "plant": "mr_b",
        "prison_number": two_men.MR_B,
        "days_at_death": (two_men.B_DIED_ON - two_men.B_SEEN_ON).days,
        "days_when_partner_called": (two_men.B_PARTNER_CALLED_ON - two_men.B_SEEN_ON).days,
        "current_key_worker_days": (two_men.B_DIED_ON - two_men.KW3_FROM).days,
        "eligible_days": days_here,
        "required_minutes": round(days_here * _WEEKLY / 7, 1),
        "delivered_minutes": two_men.B_SESSION_MINUTES,
        "why": "LOST",
        "key_worker": {
            "staff_id": cast.KW3,
            "weeks": ["2026-W04", "2026-W11"],
            "required_minutes": prisoners * weeks * _WEEKLY,
            "allocated_minutes": len(cast_rota.KW3_SLOTS) * SLOT_MINUTES,
            "worked_minutes": 0,
            "cause": "SHORT_TIME",
        },
    }


def _officer_p() -> Answer:
    prisoners, weeks = 6, 6
    return {
        "plant": "officer_without_time",
        "staff_id": cast.P,
        "last_slot_on": str(cast.P_LAST_SLOT_ON),
        "weeks": ["2026-W14", "2026-W19"],
        "men": prisoners,
        "required_minutes_per_week": prisoners * _WEEKLY,
        "required_minutes": prisoners * weeks * _WEEKLY,
        "allocated_minutes": 0,
        "cause": "NO_TIME",
    }


def _on_leave() -> Answer:
    away = cast.KW2_AWAY
    return {
        "plant": "officer_on_leave",
        "staff_id": away.staff_id,
        "from": str(away.from_on),
        "return_on": str(away.return_on),
        "men_without_cover": sum(prisoner.key_worker(AS_OF) == away.staff_id for prisoner in PRISONERS),
    }
