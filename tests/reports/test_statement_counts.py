"""No report asks one question a man: the number of SQL statements is the same for five men and for fifty."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from factories import Prison
from keyworker_cli.actions.allocate import propose
from keyworker_cli.reports.acct import acct_list_report, acct_reviews_report
from keyworker_cli.reports.asked import Asked
from keyworker_cli.reports.budget import budget_report
from keyworker_cli.reports.caseload import caseload_report, caseloads_report
from keyworker_cli.reports.early_days import early_days_report
from keyworker_cli.reports.events import event_list
from keyworker_cli.reports.finding import find_prisoner, find_worker
from keyworker_cli.reports.gaps import gap_report
from keyworker_cli.reports.key_workers import worker_list, worker_sheet
from keyworker_cli.reports.needs import need_list_report
from keyworker_cli.reports.not_met import not_met_report
from keyworker_cli.reports.one_man import why_report
from keyworker_cli.reports.prisoners import prisoner_list
from keyworker_cli.reports.rota import rota_report
from keyworker_cli.reports.unallocated import unallocated_report
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.time_budget import By
from keyworker_cli.rules.window import ask_weeks
from keyworker_cli.store.store import Store

TODAY = date(2026, 5, 12)
FEW, MANY = 5, 50
OFFICERS = ("SHAH", "REED", "GONE")

Question = Callable[[Store, Asked], Any]
REPORTS: dict[str, Question] = {
    "overdue": gap_report,
    "unallocated": unallocated_report,
    "first-meetings": lambda store, asked: early_days_report(store, asked, include_met=True),
    "not-met": not_met_report,
    "budget": lambda store, asked: budget_report(store, asked, ask_weeks(as_of=TODAY)),
    "budget by wing": lambda store, asked: budget_report(store, asked, ask_weeks(as_of=TODAY), by=By.WING),
    "budget ahead": lambda store, asked: budget_report(store, asked, ask_weeks(as_of=TODAY, ahead=True)),
    "caseload": lambda store, asked: caseload_report(store, asked, find_worker(store.queries, "SHAH")),
    "caseloads of a wing": caseloads_report,
    "why": lambda store, asked: why_report(store, asked, find_prisoner(store.queries, "A0001BC")),
    "allocate": lambda store, asked: propose(store, asked, today=TODAY),
    "allocate --from": lambda store, asked: propose(store, asked, today=TODAY, from_worker="GONE"),
    "allocate --return": lambda store, asked: propose(store, asked, today=TODAY, return_to="REED"),
    "rota show": rota_report,
    "prisoner list": lambda store, asked: prisoner_list(store, asked, everyone=True),
    "worker list": worker_list,
    "worker show": lambda store, asked: worker_sheet(store, asked, find_worker(store.queries, "GONE")),
    "event list": lambda store, asked: event_list(store, asked, everything=True),
    "acct list": acct_list_report,
    "acct reviews": acct_reviews_report,
    "need list": need_list_report,
}


def fill(prison: Prison, men: int) -> Store:
    """Men of every kind: seen, unseen, never met, unallocated, without cover, away, with markers, reviews and needs."""
    for staff_id in OFFICERS:
        prison.officer(staff_id)
        for week in range(6):
            prison.slot(staff_id, TODAY + timedelta(days=7 * (week - 4)), status="PUBLISHED" if week > 3 else "WORKED")
    prison.status("REED", "UNAVAILABLE_ANNUAL_LEAVE", "2026-04-01", back="2026-04-15")
    prison.status("GONE", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-01")
    arrived = date(2026, 3, 2)
    with prison._change(arrived) as change:
        for place in range(men):
            number = f"A{place + 1:04}BC"
            man = change.add_person(
                prison_number=number, last_name=f"Man{place:02}", first_name="John", date_of_birth=date(2004, 1, 1)
            )
            came = arrived + timedelta(days=(0, 14, 60)[place % 3])
            change.open_stay(man, arrived_on=came, arrival_type="RECEPTION", location="B-2-014")
            officer = prison.workers[OFFICERS[place % 3]]
            holding = {"person_id": man, "key_worker_id": officer, "allocation_reason": "AUTO"}
            if place % 3 == 1:
                change._add("allocation", number, **holding, allocated_on=came, **moved_away())
                holding["key_worker_id"] = prison.workers["SHAH"]
            if place % 5 != 4:
                change._add("allocation", number, **holding, allocated_on=came + timedelta(days=1))
            if place % 2:
                seen = {"held_on": came + timedelta(days=2), "minutes": 45, "topics": "DEBT"}
                change._add("session", number, person_id=man, key_worker_id=officer, **seen)
            change._add("event", number, person_id=man, code="DEBT", event_on=came)
            change._add("acct", number, person_id=man, opened_on=came)
            change._add("acct_review", number, person_id=man, due_on=TODAY + timedelta(days=2))
            change._add("need", number, person_id=man, raised_on=came, text="Ring his solicitor")
            if place % 4 == 3:
                change._add("absence", number, person_id=man, reason="HOSPITAL", from_on=came)
    return prison.store


def moved_away() -> dict[str, Any]:
    """What ended an allocation when the key worker was not there."""
    return {"ended_on": date(2026, 4, 2), "end_reason": "STAFF_STATUS_CHANGE"}


def statements(store: Store, question: Question) -> list[str]:
    """The statements that a question asked of the open file."""
    asked: list[str] = []
    assert store.queries is not None
    assert store._reading is not None
    store._reading.set_trace_callback(asked.append)
    question(store, Asked(TODAY, Settings()))
    store.close()
    return asked


@pytest.fixture(scope="module")
def prisons(tmp_path_factory) -> tuple[Store, Store]:
    """One prison of five men and one of fifty, with the same officers."""
    folder = tmp_path_factory.mktemp("prisons")
    return fill(Prison(folder / "few.db"), FEW), fill(Prison(folder / "many.db"), MANY)


@pytest.mark.parametrize("name", REPORTS)
def test_ten_times_the_men_are_asked_for_in_as_many_statements(prisons, name) -> None:
    few, many = (statements(store, REPORTS[name]) for store in prisons)

    assert few
    assert len(many) == len(few)
