"""The points that a prison is held to, in the order and the words of the PPO's page on the key worker scheme."""

from dataclasses import dataclass
from enum import StrEnum

from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings


class Source(StrEnum):
    """Whose point it is."""

    POLICY = "policy"
    PPO = "PPO"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its code, the figure, its unit and source, its words, and the command that lists the rest.

    `about` may name settings, as `{settings.gap_days}`, and `{gap}`, those days in words.
    """

    code: str
    about: str
    unit: str
    source: Source
    quote: str
    command: str

    def words(self, settings: Settings) -> str:
        """Say what is counted, under the settings in force."""
        return self.about.format(settings=settings, gap=say_count(settings.gap_days, "day"))


ALLOCATED = Point(
    "allocated",
    "Prisoners with a key worker",
    "prisoners",
    Source.POLICY,
    "All prisoners in the male closed estate must be allocated a key worker",
    "kw unallocated",
)
COVERED = Point(
    "covered",
    "Prisoners whose key worker is there, of those who have one",
    "prisoners",
    Source.POLICY,
    "whose responsibility is to engage, motivate, and support them",
    "kw unallocated",
)
TIME_GIVEN = Point(
    "time_given",
    "Minutes published on the rota, of those required, last 4 weeks",
    "minutes",
    Source.POLICY,
    "time is made available … an average of 45 minutes per prisoner per week",
    "kw budget --by wing",
)
TIME_WORKED = Point(
    "time_worked",
    "Minutes of the rota worked, of those required, last 4 weeks",
    "minutes",
    Source.POLICY,
    "time is made available … an average of 45 minutes per prisoner per week",
    "kw budget --by wing",
)
TIME_SPENT = Point(
    "time_spent",
    "Minutes spent, of those required, last 4 weeks",
    "minutes",
    Source.POLICY,
    "to spend an average of 45 minutes per prisoner per week",
    "kw budget",
)
TIME_EACH = Point(
    "time_each",
    "Key workers given time enough for their prisoners, last 4 weeks",
    "key workers",
    Source.PPO,
    "key workers are allocated sufficient time per prisoner",
    "kw budget",
)
INDIVIDUAL = Point(
    "individual_time",
    "Prisoners seen, or arrived, less than {gap} ago; without those away",
    "prisoners",
    Source.PPO,
    "to include individual time with each prisoner",
    "kw overdue",
)
FIRST_DAYS = Point(
    "first_days",
    "Arrivals of 28 days met by day {settings.first_meeting_days}, by anyone",
    "arrivals",
    Source.PPO,
    "to meet … within their first few days of arrival",
    "kw first-meetings --all",
)
OWN_FIRST_DAYS = Point(
    "own_first_days",
    "Of those still here, met by day {settings.first_meeting_days} by their own key worker",
    "arrivals",
    Source.PPO,
    "key workers to meet their assigned prisoners",
    "kw first-meetings --all",
)
EVER_SEEN = Point(
    "ever_seen",
    "Prisoners past their first few days who were ever seen",
    "prisoners",
    Source.PPO,
    "an effective key worker scheme which provides meaningful support",
    "kw first-meetings",
)
OWN_MET = Point(
    "own_met",
    "Prisoners met by the key worker they have",
    "prisoners",
    Source.PPO,
    "His key worker at the time of his death had never seen him",
    "kw not-met",
)
NOTES_WRITTEN = Point(
    "notes_written",
    "Sessions of 28 days with a note",
    "sessions",
    Source.PPO,
    "case notes that record key worker interactions",
    "kw notes check --since -27d",
)
NOTES_IN_TIME = Point(
    "notes_in_time",
    "Sessions of 28 days noted within 24 hours",
    "sessions",
    Source.PPO,
    "case notes that record key worker interactions",
    "kw notes check --since -27d",
)
NOTES_GOOD = Point(
    "notes_good",
    "Notes of 28 days that meet every check",
    "notes",
    Source.PPO,
    "high quality case notes",
    "kw notes check --since -27d",
)
NOTES_READ = Point(
    "notes_read",
    "Notes of last month's sample that a manager has read",
    "notes",
    Source.PPO,
    "high quality case notes",
    "kw notes sample --unread",
)
NEEDS_UPDATED = Point(
    "needs_updated",
    "Sessions of 28 days that updated what was open for the prisoner",
    "sessions",
    Source.PPO,
    "meaningful communication and identifying prisoners' needs",
    "kw notes check --since -27d",
)
NEEDS_IN_TIME = Point(
    "needs_in_time",
    "Actions still open and not overdue",
    "actions",
    Source.PPO,
    "identifying prisoners' needs",
    "kw need list",
)
ACCT_INVITED = Point(
    "acct_invited",
    "ACCT reviews held in 28 days: key worker invited",
    "reviews",
    Source.PPO,
    "involving key workers in ACCT reviews",
    "kw acct reviews --days 28",
)
ACCT_INVOLVED = Point(
    "acct_involved",
    "ACCT reviews held in 28 days: key worker attended or wrote",
    "reviews",
    Source.PPO,
    "involving key workers in ACCT reviews",
    "kw acct reviews --days 28",
)
