"""One report of several prisons: the same rows, each with its prison (help: group)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised
from keyworker_cli.rules.say import say_count

PRISON: Final = Column("prison", "Prison", style=emphasised)


def group_report(reports: Mapping[str, Report], unread: Mapping[str, str], *, which: str, as_of: date) -> Report:
    """Return the reports of several prisons as one, in the order in which the prisons are named.

    `unread` says of each prison that could not be read why: it is named, and the others go on.
    """
    known = list(reports.values())
    sections = known[0].answer if known else ()
    return Report(
        report=f"group {which}",
        title=f"{known[0].title if known else which}, of {say_count(len(reports), 'prison')}",
        as_of=as_of,
        known_at=known[0].known_at if known else None,
        sections=tuple(_together(section, at, reports) for at, section in enumerate(sections)),
        several=len(sections) > 1,
        summary={
            "prisons": len(reports),
            "not_read": list(unread),
            "of_each": {name: dict(_summary(report)) for name, report in reports.items()},
        },
        lead=tuple(_leads(reports)),
        silence=tuple(f"{name}: {said}" for name, report in reports.items() for said in report.silence),
        warnings=tuple(f"{name} was not read: {why}" for name, why in unread.items())
        + tuple(f"{name}: {warning}" for name, report in reports.items() for warning in report.warnings),
        topic="group",
    )


def _together(section: Section, at: int, reports: Mapping[str, Report]) -> Section:
    rows = [
        {"prison": name, **row}
        for name, report in reports.items()
        for row in (report.answer[at].rows if at < len(report.answer) else ())
    ]
    return section._replace(
        columns=(PRISON, *section.columns), rows=tuple(rows), lead=(), foot=(), group=_by_prison(section.group)
    )


def _by_prison(within: Callable[[Row], str] | None) -> Callable[[Row], str]:
    def heading(row: Row) -> str:
        inner = within(row) if within else ""
        return f"{row['prison']}: {inner}" if inner else str(row["prison"])

    return heading


def _leads(reports: Mapping[str, Report]) -> Iterator[str]:
    for name, report in reports.items():
        sentences: Sequence[str] = report.lead or next((part.lead or (part.empty,) for part in report.answer), ())
        yield from (f"{name}: {sentence}" for sentence in sentences[:1])


def _summary(report: Report) -> Mapping[str, object]:
    return report.summary or {part.name: dict(part.summary) for part in report.answer}
