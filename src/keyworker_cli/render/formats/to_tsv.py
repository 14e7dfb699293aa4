"""The rows of a report as lines of cells with tabs between, for cut, awk and sort: nothing is quoted."""

from keyworker_cli.render.formats.to_csv import lines_of
from keyworker_cli.reports.report import Report


def render(report: Report) -> str:
    """Return header and rows as those of CSV; a tab or an end of line within a cell becomes a space."""
    return "".join("\t".join(" ".join(cell.split()) for cell in cells) + "\n" for cells in lines_of(report))
