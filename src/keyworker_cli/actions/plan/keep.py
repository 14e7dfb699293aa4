"""Keep a day's plan, so that the next day can say what became of it (help: plan)."""

from typing import TYPE_CHECKING

from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.plan.day_plan import Plan
from keyworker_cli.rules.say import count_men

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def keep_plan(store: "Store", author: "Author", plan: Plan, *, keep: bool) -> str:
    """Save a plan and say so. One of the same day takes the place of an earlier. `keep` false: a trial."""
    with store.transaction(author, keep=keep) as change:
        change.keep_plan(
            plan.on,
            session_minutes=plan.session_minutes,
            places=[
                {
                    "person_id": one.candidate.man.person_id,
                    "key_worker_id": one.place.slot.key_worker_id,
                    "start_minute": one.place.start_minute,
                    "end_minute": one.place.end_minute,
                    "relation": one.relation.value,
                }
                for one in plan.planned
            ],
        )
    men = count_men(len(plan.planned))
    said = f"the plan for {say_date(plan.on)}: {men}, {len(plan.places)} places, short by {plan.short}"
    return f"saved {said}" if keep else f"dry run, nothing saved: {said}"
