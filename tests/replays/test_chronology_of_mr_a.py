"""Mr A's chronology on the day after his death, whole: what an investigator is given.

The file in `golden/` is read by people before it is changed; after a change that is meant, `python
tests/replays/test_chronology_of_mr_a.py` writes it anew.
"""

import io
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keyworker_cli.cli import Environment, main

TESTS = Path(__file__).parent.parent
GOLDEN = TESTS / "replays" / "golden" / "chronology-of-mr-a.txt"
THE_DAY_AFTER = datetime(2026, 5, 14, 8, tzinfo=UTC)


def chronology(folder: Path) -> str:
    """Mr A's chronology, from the sample data, as it is shown on a terminal of 80 columns."""
    database = {"KW_DB": str(folder / "kw.db"), "KW_USER": "governor", "KW_WIDTH": "80"}
    out = io.StringIO()
    for line in (["import", str(TESTS.parent / "sample_data")], ["timeline", "A1001AA"]):
        out = io.StringIO()
        main(line, Environment(THE_DAY_AFTER, out, io.StringIO(), database, io.StringIO()))
    return out.getvalue()


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> str:
    return chronology(tmp_path_factory.mktemp("mr_a"))


def test_his_chronology_reads_as_it_was_last_approved(shown) -> None:
    assert shown == GOLDEN.read_text("utf-8")


def test_it_says_what_the_source_says(shown) -> None:
    said = " ".join(shown.split())

    assert said.count("Session with Officer P") == 12
    assert "On the overdue list on 42 mornings, Thu 2 Apr 2026 to Wed 13 May 2026." in said
    assert "On the list to see today on 41 mornings, Fri 3 Apr to Wed 13 May" in said
    assert "No key work for 49 days (7 weeks)" in said
    assert max(map(len, shown.splitlines())) <= 80


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(chronology(Path(folder)), "utf-8", newline="\n")
    sys.exit(0)
