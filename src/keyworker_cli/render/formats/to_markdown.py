"""The report as GitHub-flavoured Markdown, for a message or a file: what people typed is shown, never obeyed."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from keyworker_cli.render.page import MARKING, Page, Part, Run, page_of
from keyworker_cli.reports.report import Report

# What Markdown, or GitHub beside it, takes for a mark: emphasis, code, links, tags, tables, entities, mathematics,
# mentions; :names: of pictures; the colon and the full stop that make an address a link.
_MARKS: Final = re.compile(r"[\\`*_{}\[\]<>#|~&!$@^]|:(?=[\w+-]+:)|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What makes a list, a rule or a heading of a paragraph that begins so.
_OPENING: Final = re.compile(r"^(?:(?=[-+=])|([0-9]+)(?=[.)](?:\s|$)))")


def render(report: Report) -> str:
    """Return the report as Markdown: headings, sentences, a table for each run of rows, the settings in force."""
    return "\n\n".join(_page(page_of(report))) + "\n"


def _inline(text: str) -> str:
    """Return the text so that Markdown shows every character of it and obeys none, within a line."""
    return _MARKS.sub(r"\\\g<0>", text).strip()


def _paragraph(text: str) -> str:
    """Return the text so that it is shown as a paragraph, whatever it begins with."""
    return _OPENING.sub(r"\1\\", _inline(text))


def _page(page: Page) -> Iterator[str]:
    yield f"**{MARKING}**"
    yield f"# {_inline(page.title)}"
    yield _paragraph(" · ".join(page.where_and_when))
    yield from (_paragraph(text) for text in page.lead)
    for part in page.parts:
        yield from _part(part)
    yield from (_paragraph(text) for text in page.foot)
    yield from (f"Note: {_inline(text)}" for text in page.warnings)
    if page.settings:
        yield f"settings: {' · '.join(_inline(text) for text in page.settings)}"
    yield f"**{MARKING}**"


def _part(part: Part) -> Iterator[str]:
    if part.title:
        yield f"## {_inline(part.title)}"
    yield from (_paragraph(text) for text in part.lead)
    if part.empty:
        yield _paragraph(part.empty)
    for run in part.runs if part.columns else ():
        if run.heading:
            yield f"### {_inline(run.heading)}"
        yield _table(part, run)
    if part.more:
        yield _paragraph(part.more)
    yield from (_paragraph(text) for text in part.foot)


def _table(part: Part, run: Run) -> str:
    rule = ["---:" if column.align == "right" else "---" for column in part.columns]
    rows = ([_inline(cell.words) for cell in row] for row in run.rows)
    return "\n".join(_line(cells) for cells in ([_inline(text) for text in part.headings], rule, *rows))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
