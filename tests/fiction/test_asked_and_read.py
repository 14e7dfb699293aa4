"""What prisoners were asked and which notes were read comes out of kw as it was put in (help: voice, note-quality)."""

import json
from pathlib import Path

from fiction.prison_files import PrisonFiles


def test_kw_counts_the_answers_and_readings_that_were_written(kw, demo: PrisonFiles, tmp_path: Path) -> None:
    assert kw(["import", str(demo.directory), "--yes", "--as-of", "2026-05-12"]).code == 0

    def summary(line: str) -> dict[str, object]:
        return json.loads(kw(f"{line} --as-of 2026-05-12 --format json").out)

    asked = demo.expected["voice"]
    found = summary("voice show")
    prison = found["rows"][0]
    assert [found["summary"][key] for key in ("from", "to", "asked", "declined")] == [
        asked[key] for key in ("from", "to", "asked", "declined")
    ]
    for figure in ("key_worker", "last_talk", "freely"):
        assert [prison[figure]["n"], prison[figure]["of"]] == asked[figure]
    for month in demo.expected["notes_read"]:
        sample = summary(f"notes sample --month {month['month']}")["summary"]
        assert (sample["sampled"], sample["read"]) == (month["sampled"], month["read"])
        assert 0 < sample["read"] < sample["sampled"]


def test_nothing_else_in_the_prison_differs_by_it(standard: PrisonFiles) -> None:
    rows = standard.expected["rows"]

    assert (rows["sessions"], rows["events"], rows["needs"]) == (29_812, 5_280, 1_306)
    assert rows["voice"] == standard.expected["voice"]["asked"]
    assert rows["note_readings"] == sum(month["read"] for month in standard.expected["notes_read"])
