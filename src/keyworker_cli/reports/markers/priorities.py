"""What raises the priority of the prisoners a report is about, asked of the store once, and in short words.

help: see-today.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.codes.signals import Confidence
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.priority import Priority, find_priorities
from keyworker_cli.rules.markers.table import KINDS

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

NAMED_AT_MOST: Final = 4
"""How many markers a row of a list names; the rest are counted."""


def priorities_of(store: "Store", request: ReportRequest, prisoners: Iterable[Contact]) -> dict[int, Priority]:
    """Return the priority of each of these prisoners, present on the day asked about, by his key."""
    known = store.queries.known(as_of=request.as_of, settings=request.settings)
    return find_priorities(prisoners, known, as_of=request.as_of, settings=request.settings)


def say_markers(priority: Priority) -> str:
    """Return his markers in short words, the highest tier first, each once: `segregation, debt (suspected), +2`."""
    said = list(dict.fromkeys(_short(marker) for marker in priority.markers))
    more = [f"+{len(said) - NAMED_AT_MOST}"] if len(said) > NAMED_AT_MOST else []
    return ", ".join([*said[:NAMED_AT_MOST], *more])


def _short(marker: Marker) -> str:
    short = KINDS[marker.code].short
    return f"{short} (suspected)" if marker.confidence == Confidence.SUSPECTED else short
