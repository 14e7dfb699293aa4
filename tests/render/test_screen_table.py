"""The table in a terminal, at the widths people have."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from example_reports import briefing, everywhere, one_cell, overdue

from keyworker_cli.render import write
from keyworker_cli.render.table import render
from keyworker_cli.reports.report import Report

STYLED = re.compile(r"\x1b\[[0-9;]*m")
AT_80 = """\
Not seen for 7 days or more · HMP Fellgate · Wed 13 May 2026

2 men have not been seen for 7 days or more.

Number   Name            Key worker   Last session              Days
────────────────────────────────────────────────────────────────────
"""


def screen(report: Report, width: int) -> str:
    return render(report, width=width, colour=False, terminal=False)


def test_at_120_columns_the_table_reads_so() -> None:
    assert screen(briefing(), 120) == ""


def test_at_80_columns_the_table_reads_so() -> None:
    assert screen(briefing(), 80) == ""
