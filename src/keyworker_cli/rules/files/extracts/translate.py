"""A prison's own sheets, all of one import together, into rows of kw's own kinds."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from keyworker_cli.rules.files.extracts import concerns, contact, detail, layouts, prisoners
from keyworker_cli.rules.files.extracts.collected import Collected, begin
from keyworker_cli.rules.files.extracts.known import Answers, Known
from keyworker_cli.rules.files.extracts.prisoners import People
from keyworker_cli.rules.files.extracts.recognise import Recognised
from keyworker_cli.rules.files.extracts.same_list import lists_of_several_days, newest_of

_CONCERNS: Final[tuple[tuple[layouts.Layout, Callable[[Recognised, People, Collected], None]], ...]] = (
    (layouts.ALERTS, concerns.read_alerts),
    (layouts.INCENTIVES, concerns.read_levels),
    (layouts.UNIT_LIST, concerns.read_levels),
    (layouts.CSIP, concerns.read_csip),
    (layouts.INCIDENTS, concerns.read_incidents),
    (layouts.ADJUDICATIONS, concerns.read_adjudications),
    (layouts.OUT_AND_BACK, concerns.read_out_and_back),
)


def translate(sheets: Sequence[Recognised], known: Known, answers: Answers) -> Collected:
    """Return the rows that the sheets make, with what is wrong with them and what is left out.

    Who is here comes first, then who works here, then what each sheet says of them: so that the order of files, and
    last week's download beside this week's, makes no difference.
    """
    collected = Collected(known, answers)
    people: People = {}
    for sheet in sheets:
        begin(sheet, collected)
    prisoners.find_own_code(sheets, collected)
    sheets = _newest_first(sheets, collected)
    for sheet in _of(sheets, layouts.UNIT_LIST):
        prisoners.read_list(sheet, people, collected)
    for sheet in _of(sheets, layouts.ADMISSIONS):
        prisoners.read_admissions(sheet, people, collected)
    for sheet in _of(sheets, layouts.MOVEMENTS):
        prisoners.read_movements(sheet, people, collected)
    for sheet in _of(sheets, layouts.CASE_NOTES):
        contact.read_case_note_officers(sheet, collected)
        contact.find_earliest_notes(sheet, people, collected)
    prisoners.conclude_stays(people, collected)
    prisoners.find_missing(people, collected)
    for sheet in _of(sheets, layouts.CELL_MOVES):
        prisoners.read_cell_moves(sheet, people, collected)
    for sheet in _of(sheets, layouts.ALLOCATIONS):
        contact.read_allocations(sheet, people, collected)
    for sheet in _of(sheets, layouts.CASE_NOTES):
        contact.read_case_notes(sheet, people, collected)
    contact.conclude_lists(people, collected)
    for layout, read in _CONCERNS:
        for sheet in _of(sheets, layout):
            read(sheet, people, collected)
    for sheet in _of(sheets, layouts.DETAIL):
        detail.read_detail(sheet, collected)
    return collected


def _newest_first(sheets: Sequence[Recognised], collected: Collected) -> list[Recognised]:
    """Return the sheets; of several lists of the same prisoners the newest first, of the others who is on it too."""
    ordered = list(sheets)
    for several in lists_of_several_days(sheets, today=collected.known.today):
        newest = newest_of(several, today=collected.known.today, chosen=collected.answers.newest)
        if newest is None:
            collected.several_days.append(several)
            continue
        older = [prisoners.without_those_gone(sheet, newest, collected) for sheet in several if sheet is not newest]
        alike = {id(sheet) for sheet in several}
        ordered = [newest, *older, *(sheet for sheet in ordered if id(sheet) not in alike)]
    return ordered


def _of(sheets: Sequence[Recognised], layout: layouts.Layout) -> Iterable[Recognised]:
    return [sheet for sheet in sheets if sheet.layout is layout]
