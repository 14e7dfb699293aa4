"""What prisoners answered when they were asked, and what the record says beside it."""

from datetime import date, datetime
from typing import NamedTuple

from keyworker_cli.rules.facts.names import full_name


class AnswerGiven(NamedTuple):
    """What a prisoner answered on a day, as it is stored; one that is void was taken back (help: voice)."""

    answer_id: int
    asked_on: date
    asked_by: str
    wing: str | None
    key_worker_said: str | None
    key_worker_id: int | None
    last_talk_said: str | None
    last_talk_on: date | None
    spoke_freely: bool | None
    voided_at: datetime | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool


class OwnAnswer(NamedTuple):
    """What a prisoner answered, beside what the record says of that day.

    `holder_id` is the key worker he then had by the record, `last_session_on` his last counted session of that stay, by
    anyone, and `records_from` the day from which kw's records of him begin, where he was here before.
    """

    person_id: int
    prison_number: str
    first_name: str
    last_name: str
    asked_on: date
    asked_by: str
    wing: str | None
    key_worker_said: str | None
    key_worker_id: int | None
    last_talk_said: str | None
    last_talk_on: date | None
    spoke_freely: bool | None
    holder_id: int | None
    last_session_on: date | None
    records_from: date | None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)
