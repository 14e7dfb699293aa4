"""`kw export --prisoner`: everything held about one prisoner, and nothing about anyone else."""

import csv
from pathlib import Path

import pytest

from factories import world


@pytest.fixture
@world
def two_men(prison):
    prison.officer("SHAH", name="Officer Shah")
    for number, name in (("A1234BC", "Mr A"), ("B2345CD", "Mr B")):
        prison.prisoner(number, name=name, arrived="2026-01-05")
        prison.allocated(number, "SHAH", "2026-01-06")
        prison.session(number, "SHAH", "2026-01-07", note=f"Spoke with {name} of his daughter.")
        prison.event(number, "DEBT", "2026-02-01")
    return prison


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_file_has_his_rows_and_nobody_elses(kw, two_men, tmp_path):
    folder = tmp_path / "mr-a"

    said = kw(f"export {folder} --prisoner A1234BC")

    assert said.code == 0
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        assert "B2345CD" not in text
        assert "Mr B" not in text
    for name in ("prisoners", "allocations", "sessions", "events"):
        assert {row["prison_number"] for row in rows(folder / f"{name}.csv")} == {"A1234BC"}
    assert rows(folder / "sessions.csv")[0]["note"] == "Spoke with Mr A of his daughter."


def test_the_lines_of_the_audit_about_him_are_among_it(kw, two_men, tmp_path):
    folder = tmp_path / "mr-a"

    kw(f"export {folder} --prisoner A1234BC")

    lines = rows(folder / "audit.csv")
    assert {line["table"] for line in lines} >= {"person", "stay", "allocation", "session"}
    assert all(line["key"].startswith("A1234BC") for line in lines)


def test_it_is_readable_by_its_owner_only(kw, two_men, tmp_path):
    folder = tmp_path / "mr-a"

    kw(f"export {folder} --prisoner A1234BC")

    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_a_prisoner_who_is_not_there_is_named_and_nothing_is_written(kw, two_men, tmp_path):
    said = kw(f"export {tmp_path / 'nobody'} --prisoner Z9999ZZ")

    assert said.code == 4
    assert not (tmp_path / "nobody").exists()
