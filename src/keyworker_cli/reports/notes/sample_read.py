"""How much of a month's sample of notes a manager has read: said on other pages, which look at no note.

help: note-quality.
"""

from typing import TYPE_CHECKING

from keyworker_cli.reports.notes.asked_about import is_asked
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.notes.sample import SampleRead, pick_sample, sample_size

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


def sample_read(store: "Store", request: ReportRequest, month: Month) -> SampleRead:
    """Return how much of a month's sample somebody has read, of those asked about."""
    queries, until = store.queries, min(month.last_day, request.as_of)
    readings = queries.readings_between(month.first_day, month.last_day, as_of=request.as_of)
    if not readings and not request.wings:  # which notes were drawn decides nothing, only how many
        whose = request.key_worker and request.key_worker.key_worker_id
        written = queries.notes_written(month.first_day, until)
        return SampleRead(month, 0, sample_size(one for one in written if whose in (None, one.key_worker_id)))
    sessions = queries.notes_to_draw(month.first_day, until)
    here = {}
    if request.wings:
        here = {one.person_id: one for one in queries.contacts(as_of=request.as_of, settings=request.settings)}
    sample = [one for one in pick_sample(sessions, month) if is_asked(one, request, here.get(one.person_id), None)]
    read = {one.session_id for one in readings}
    return SampleRead(month, sum(one.session_id in read for one in sample), len(sample))
