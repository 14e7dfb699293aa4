"""What the parts of the morning page share: whom it is about, and how a report's own part stands on the page.

Each part is a section of the report that owns it, with that report's rows; the page says which of its columns stand on
it, how wide, and how many of its rows.

help: briefing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from keyworker_cli.reports.contact.fewest import LOOK_BACK
from keyworker_cli.reports.contact.todays_work import (
    SEEN_BY,
    TodaysWork,
    by_whom_column,
    read_todays_work,
    seen_by,
)
from keyworker_cli.reports.markers.concerns import concerns_of, first_began
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.sessions import CountedSession
from keyworker_cli.rules.markers.unraised import Concern

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


class Morning(NamedTuple):
    """Today's work, and what several parts of the page say of it.

    `concerns` are what is to be raised with each prisoner asked about, `sessions` the counted ones of everybody here,
    of a year, or since the first of those concerns began where that is longer ago; both by prisoner.
    """

    today: TodaysWork
    concerns: Mapping[int, Sequence[Concern]]
    sessions: Mapping[int, Sequence[CountedSession]]

    @property
    def request(self) -> ReportRequest:
        """What is asked."""
        return self.today.request

    @property
    def prisoners(self) -> tuple[Contact, ...]:
        """The prisoners asked about, present and in scope."""
        return self.today.work.prisoners

    @property
    def excluded(self) -> tuple[Contact, ...]:
        """The prisoners asked about who are out of scope, and so in no total."""
        return self.today.work.excluded

    @property
    def everyone(self) -> tuple[Contact, ...]:
        """All prisoners present, whoever is asked about."""
        return self.today.everyone

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of all the prisoners asked about, the longest first."""
        return self.today.work.gaps

    @property
    def rota(self) -> tuple[Slot, ...]:
        """The slots of the next 14 days."""
        return self.today.slots


def this_morning(store: "Store", request: ReportRequest) -> Morning:
    """Return what the page is about; each question is asked of the store once."""
    today, as_of = read_todays_work(store, request), request.as_of
    concerns = concerns_of(today.work.prisoners, today.known, today.priorities, as_of=as_of)
    since = min(as_of - LOOK_BACK, first_began(concerns) or as_of)
    sessions = store.queries.counted_sessions_here(since, as_of=as_of, settings=request.settings)
    return Morning(today, concerns, by_prisoner(sessions))


# --- a report's part on the page ---


class Shown(NamedTuple):
    """A column of a report's part that stands on the page; `width` 0 keeps it off the paper, `show` says it shorter."""

    key: str
    title: str
    width: float = 0
    show: Callable[[Row], str] | None = None
    priority: int = 0


NAME: Final = Shown("name", "Name", 38)
NUMBER: Final = Shown("prison_number", "Number", 15)
LOCATION: Final = Shown("location", "Location", 16)
BY_WHOM: Final = Shown("", "")
"""Its heading says whether the plan is all proposed."""


def place(section: Section, *shown: Shown) -> Section:
    """Return a report's part with these columns on the page, in this order; scripts still get all of them."""
    own = {column.key: column for column in section.columns}
    keys = {one.key for one in shown}
    on_page = [_placed(own[one.key], one) for one in shown]
    others = [column._replace(title="") for column in section.columns if column.key and column.key not in keys]
    return section._replace(columns=(*on_page, *others))


def _placed(column: Column, shown: Shown) -> Column:
    return column._replace(
        title=shown.title or column.title, width=shown.width, priority=shown.priority, show=shown.show or column.show
    )


def with_seen_by(section: Section, today: TodaysWork, prisoners: Iterable[Contact]) -> Section:
    """Return the part with who sees each of them today; `prisoners` are those of its rows."""
    rows = tuple({**row, **seen_by(today, prisoner)} for row, prisoner in zip(section.rows, prisoners, strict=True))
    there = {column.key for column in section.columns}
    added = tuple(column for column in (*SEEN_BY, by_whom_column(today)) if column.key not in there)
    return section._replace(rows=rows, columns=(*section.columns, *added))
