"""What every format looks like, whole: the files in `golden/` are read by people before they are changed.

After a change that is meant, `python tests/render/test_golden_outputs.py` writes them anew; read the difference.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from keyworker_cli.render.formats import to_csv as as_csv
from keyworker_cli.render.formats import to_html as html
from keyworker_cli.render.formats import to_json as as_json
from keyworker_cli.render.formats import to_markdown as markdown
from keyworker_cli.render.formats import to_terminal as table
from keyworker_cli.render.formats import to_text as plain
from keyworker_cli.reports.report import Report
from render.example_reports import briefing, overdue

GOLDEN: Final = Path(__file__).parent / "golden"


def at(width: int) -> Callable[[Report], str]:
    return lambda report: table.render(report, width=width, colour=False, terminal=False)


OUTPUTS: Final[dict[str, Callable[[], str]]] = {
    "briefing-80-columns.txt": lambda: at(80)(briefing()),
    "briefing-100-columns.txt": lambda: at(100)(briefing()),
    "briefing-120-columns.txt": lambda: at(120)(briefing()),
    "briefing-piped.txt": lambda: plain.render(briefing()),
    "briefing.json": lambda: as_json.render(briefing()),
    "briefing.csv": lambda: as_csv.render(briefing()),
    "briefing.md": lambda: markdown.render(briefing()),
    "briefing.html": lambda: html.render(briefing()),
    "overdue.json": lambda: as_json.render(overdue()),
    "overdue.csv": lambda: as_csv.render(overdue()),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_report_looks_as_it_was_last_approved(name: str) -> None:
    assert OUTPUTS[name]() == (GOLDEN / name).read_text("utf-8")


if __name__ == "__main__":
    for name, output in OUTPUTS.items():
        (GOLDEN / name).write_text(output(), "utf-8", newline="\n")
