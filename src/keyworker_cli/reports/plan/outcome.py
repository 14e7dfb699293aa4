"""What became of the last plan that was kept: a part of the next morning's briefing (help: plan)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section
from keyworker_cli.reports.words import emphasised, person
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import PlannedSession
from keyworker_cli.rules.plan.kept_plan import Became, what_became
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

WORDS = {
    Became.SEEN: "seen",
    Became.REFUSED: "he refused",
    Became.DID_NOT_ATTEND: "he did not attend",
    Became.CANCELLED: "the session was cancelled",
    Became.LEFT: "no longer here: the place was cancelled",
    Became.WORKER_UNAVAILABLE: "the officer was not there",
    Became.SLOT_LOST: "the slot was dropped",
    Became.SLOT_GONE: "the slot is no longer on the rota",
    Became.UNCONFIRMED: "not confirmed: nobody has said whether the slot was worked",
    Became.UNUSED: "the slot was worked, no session with him is recorded",
}


def outcome_of_plan(store: "Store", request: ReportRequest, prisoners: Iterable[Contact]) -> Section | None:
    """Return who of the last plan before the day asked about was not seen, and why; `None` where none was kept.

    It looks back a week. `prisoners` are all present: narrowed to a wing or key worker, the plan's prisoners who are no
    longer here are in no figure.
    """
    planned = store.queries.planned_sessions(as_of=request.as_of, settings=request.settings)
    if request.wings or request.key_worker:
        covered = {prisoner.person_id for prisoner in prisoners if request.covers(prisoner)}
        planned = [one for one in planned if one.person_id in covered]
    if not planned:
        return None
    missed = [one for one in planned if what_became(one) is not Became.SEEN]
    seen = len(planned) - len(missed)
    on = planned[0].plan_on
    return Section(
        name="plan_outcome",
        title=f"What became of the plan for {say_date(on)}",
        columns=COLUMNS,
        rows=tuple(_row(one) for one in missed),
        summary={"date": on, "planned": len(planned), "seen": seen, "not_seen": len(missed)},
        lead=(f"Planned: {say_count(len(planned), 'prisoner')}. Seen: {seen}.",) if missed else (),
        empty="The one prisoner planned was seen."
        if len(planned) == 1
        else f"All {len(planned)} prisoners planned were seen.",
    )


def _row(one: PlannedSession) -> Row:
    return {
        "name": one.name,
        "prison_number": one.prison_number,
        "key_worker": person(one.staff_id, one.worker_name),
        "start": say_minute(one.start_minute),
        "end": say_minute(one.end_minute),
        "became": what_became(one).value,
        "reason": one.slot_reason,
    }


def _became(row: Row) -> str:
    words = WORDS[Became(str(row["became"]))]
    return f"{words}: {str(row['reason']).lower()}" if row["became"] == Became.SLOT_LOST and row["reason"] else words


COLUMNS = (
    Column("name", "Not seen", style=emphasised),
    Column("prison_number", "Number"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Planned with"),
    Column("start", "At"),
    Column("end"),
    Column("became", "Why", show=_became, wrap=True),
    Column("reason"),
)
