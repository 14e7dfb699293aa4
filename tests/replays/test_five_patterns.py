"""Five patterns that a morning page once left out: each is named on it, and on which mornings.

The crowd is the standard invented prison: 600 prisoners, more of them on each list than the page has room for. The five
are invented too.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from factories import Prison
from keyworker_cli.cli import Environment, main
from keyworker_cli.fiction.sizes import SIZES

TODAY = date(2026, 5, 12)
HE = "A9001ZZ"
PARTS = {
    "To be seen today": "today",
    "The longest gaps": "longest",
    "Concerns not raised": "concerns",
    "No key worker": "unallocated",
    "Never met by their key worker": "not met",
    "Seldom seen, never serious": "never serious",
}
