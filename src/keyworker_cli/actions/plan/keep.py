"""Keep a day's plan, so that the next day can say what became of it (help: plan)."""

from typing import TYPE_CHECKING

from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.plan.day_plan import Plan
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def keep_plan(store: "Store", author: "Author", plan: Plan) -> Outcome:
    """Save a plan; return what was done. One of the same day takes the place of an earlier."""
    with store.transaction(author) as change:
        change.keep_plan(
            plan.on,
            session_minutes=plan.session_minutes,
            places=[
                {
                    "person_id": one.candidate.prisoner.person_id,
                    "key_worker_id": one.place.slot.key_worker_id,
                    "start_minute": one.place.start_minute,
                    "end_minute": one.place.end_minute,
                    "relation": one.relation.value,
                }
                for one in plan.planned
            ],
        )
    planned = len(plan.planned)
    kept = changed(
        "keep",
        "plan",
        plan.on.isoformat(),
        "{Saved} the plan for {on}: {who}, {places}, short by {short}.",
        on=plan.on,
        planned=planned,
        who=say_count(planned, "prisoner"),
        places=say_count(len(plan.places), "place"),
        short=plan.short,
    )
    return Outcome((kept,), saved=author.saves)
