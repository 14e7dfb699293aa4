"""What prisoners answered when they were asked."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, select

from keyworker_cli.rules.facts.voice import AnswerGiven, OwnAnswer
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    aliases,
    held_on_the_day,
    person_id,
    since,
    stands,
    table,
    until,
)
from keyworker_cli.store.reads.statements.parts.counted import counted, recorded_in_time
from keyworker_cli.store.schema.tables import TABLES


@read(AnswerGiven)
def answers_of() -> Select[Any]:
    """Return what a prisoner answered, day by day, what was taken back too."""
    c = table("voice_answer").c
    return (
        select(
            c.id.label("answer_id"),
            *(c.asked_on, c.asked_by, c.wing, c.key_worker_said, c.key_worker_id, c.last_talk_said, c.last_talk_on),
            *(c.spoke_freely, c.voided_at, c.recorded_at, c.recorded_by, c.recorded_known),
        )
        .where(c.person_id == person_id)
        .order_by(c.asked_on)
    )


@read(OwnAnswer)
def own_answers() -> Select[Any]:
    """Return what prisoners answered between the two days, both included, beside what the record says."""
    answer, person, stay = aliases("voice_answer", "person", "stay", names=("answer", "person", "stay"))
    held = TABLES["allocation"].alias("held")
    c = answer.c
    return (
        select(
            *(c.person_id, person.c.prison_number, person.c.first_name, person.c.last_name),
            *(c.asked_on, c.asked_by, c.wing, c.key_worker_said, c.key_worker_id, c.last_talk_said, c.last_talk_on),
            *(c.spoke_freely, held.c.key_worker_id.label("holder_id")),
            _last_counted_by(answer, stay).label("last_session_on"),
            stay.c.records_from,
        )
        .select_from(answer)
        .join(person, person.c.id == c.person_id)
        .outerjoin(held, and_(held_on_the_day(held, c.person_id, c.asked_on), recorded_in_time(held)))
        .outerjoin(stay, stay.c.id == _stay_of(answer))
        .where(c.asked_on >= since, c.asked_on <= until, c.voided_at.is_(None), recorded_in_time(answer))
        .order_by(c.asked_on, person.c.prison_number)
    )


def _stay_of(answer: FromClause) -> Any:
    """The stay that the day of an answer lies in: the latest begun by then."""
    begun = TABLES["stay"].alias("begun")
    return (
        select(begun.c.id)
        .where(begun.c.person_id == answer.c.person_id, begun.c.arrived_on <= answer.c.asked_on, stands(begun))
        .order_by(begun.c.arrived_on.desc())
        .limit(ONE)
        .correlate(answer)
        .scalar_subquery()
    )


def _last_counted_by(answer: FromClause, stay: FromClause) -> Any:
    """The day of the last counted session of that stay up to the day of the answer."""
    session = TABLES["session"].alias("seen")
    return (
        select(func.max(session.c.held_on))
        .where(
            session.c.person_id == answer.c.person_id,
            session.c.held_on >= stay.c.arrived_on,
            session.c.held_on <= answer.c.asked_on,
            counted(session),
        )
        .correlate(answer, stay)
        .scalar_subquery()
    )
