"""What raises a priority, the concerns not raised and thin contact, against a slow reading of the definitions.

One prison of 60 prisoners at random in the ordinary suite; `KW_TEST_WORLDS=50` makes so many.
"""

import json
import os
from collections.abc import Callable
from typing import Any, Final

import pytest

from signals.slow_twin import Prisoner
from signals.worlds import TODAY, make_world, write

pytestmark = pytest.mark.sqlite_file  # the worlds are many; what they show is in the statements, which are the same

WORLDS: Final = int(os.environ.get("KW_TEST_WORLDS", "1"))


@pytest.mark.parametrize("seed", range(WORLDS))
def test_each_prisoner_is_told_of_as_the_definitions_say(kw: Callable[..., Any], tmp_path, seed: int) -> None:
    files = make_world(seed, 60)
    write(files, tmp_path / "files")
    said = kw(["import", str(tmp_path / "files"), "--yes", "--as-of", f"{TODAY}"])
    assert said.code == 0, said.err
    numbers = sorted({row["prison_number"] for row in files["prisoners"]})
    prisoners = {number: Prisoner(files, number, TODAY) for number in numbers}

    def rows(line: str) -> list[dict[str, Any]]:
        return json.loads(kw(f"{line} --as-of {TODAY} --format json --limit 9999").out)["rows"]

    listed = {row["prison_number"]: row for row in rows("overdue --days 1")}
    for number, row in listed.items():
        his = prisoners[number]
        codes = {one.code for one in his.marks(TODAY)} | his.process()
        assert {*row["markers"]} == codes, (number, {*row["markers"]} ^ codes)
        assert (row["tier"], row["see_today"]) == his.priority(gap_days=1), number
    assert len(listed) > 40

    unraised: dict[str, set[Any]] = {number: set() for number in numbers}
    for row in rows("concerns"):
        what = row["code"], row["tier"], row["days"], row["ended_on"], row["sessions_since"]
        unraised[row["prison_number"]].add(what)
    for number, his in prisoners.items():
        expected = {(*one[:3], one[3] and one[3].isoformat(), one[4]) for one in his.unraised()}
        assert unraised[number] == expected, (number, unraised[number] ^ expected)

    thin = {number: found for number, his in prisoners.items() if (found := his.thin_contact())}
    order = sorted(thin, key=lambda number: (thin[number][0] / thin[number][1], thin[number][2], number))
    found = rows("fewest")
    assert [row["prison_number"] for row in found] == order
    assert [(row["sessions"], row["weeks"]) for row in found] == [
        (thin[number][0], round(thin[number][1] / 7, 1)) for number in order
    ]
