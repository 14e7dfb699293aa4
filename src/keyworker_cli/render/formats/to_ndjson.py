"""The rows of a report as JSON objects, one on a line, under the names of the JSON, for jq and streams."""

from keyworker_cli.render.formats.to_json import row_objects
from keyworker_cli.reports.report import Report


def render(report: Report) -> str:
    """Return a line for each row; of several sections each row names its own first."""
    return "".join(f"{line}\n" for line in row_objects(report))
