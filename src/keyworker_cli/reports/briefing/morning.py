"""What the parts of the morning page share: the men it is about, their clocks, and who is seeing whom.

help: briefing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.contact.todays_work import TodaysWork, read_todays_work
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Style, Value
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


@dataclass(frozen=True)
class Morning:
    """Today's work, and what several parts of the page say of it."""

    today: TodaysWork

    @property
    def request(self) -> ReportRequest:
        """What is asked."""
        return self.today.request

    @property
    def men(self) -> tuple[Contact, ...]:
        """The men asked about, present and in scope."""
        return self.today.work.men

    @property
    def excluded(self) -> tuple[Contact, ...]:
        """The men asked about who are out of scope, and so in no total."""
        return self.today.work.excluded

    @property
    def everyone(self) -> tuple[Contact, ...]:
        """All men present, whoever is asked about."""
        return self.today.everyone

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of all the men asked about, the longest first."""
        return self.today.work.gaps

    @property
    def rota(self) -> tuple[Slot, ...]:
        """The slots of the next 14 days."""
        return self.today.slots


def this_morning(store: "Store", request: ReportRequest, *, from_minute: int = 0) -> Morning:
    """Return what the page is about; each question is asked of the store once."""
    return Morning(read_todays_work(store, request, from_minute=from_minute))


# --- who he is ---


def man_said(man: Contact) -> dict[str, Value]:
    """Return who a man is and where, as rows hold it."""
    return {
        "prison_number": man.prison_number,
        "name": man.name,
        "location": man.location,
        "wing": man.wing,
    }


def emphasised(_row: Row) -> Style:
    """Stress a cell in every row."""
    return "emphasis"


NAME: Final = Column("name", "Name", style=emphasised, width=38)
NUMBER: Final = Column("prison_number", "Number", width=15)
LOCATION: Final = Column("location", "Location", width=16)
DAYS: Final = Column("days", "Days", align="right", style=emphasised, width=9)
WING: Final = Column("wing")


def worker_name(field: str) -> Callable[[Row], str]:
    """Return what says the name of the key worker in a field of a row: "none" where there is none."""

    def name(row: Row) -> str:
        worker = row[field]
        return str(worker["name"]) if isinstance(worker, Mapping) else "none"

    return name
