"""`kw group`: one report of several prisons, each asked in its own database (help: group)."""

import csv
import io
import json

import pytest

from databases import named
from factories import Prison


@pytest.fixture
def two_prisons(prison, database, tmp_path):
    """Two prisons with a prisoner each, and a third whose database is not there."""
    prison.prisoner("A1111BC", arrived="2026-01-05", name="Sam Alder")
    other = Prison(tmp_path / "other.db")
    other.prisoner("B2222CD", arrived="2026-05-01", name="Ned Birch")
    other.setting("gap.days", "10")
    other.store.close()
    prison.store.close()
    file = tmp_path / "prisons.toml"
    lines = ["[prisons]", f'Ashgate = "{named(database)}"', 'Birchgate = "other.db"', 'Nowhere = "none.db"']
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_each_row_has_its_prison_and_the_one_that_cannot_be_read_is_named(kw, two_prisons) -> None:
    said = kw(f"group overdue --prisons {two_prisons} --format json")
    answer = json.loads(said.out)

    assert said.code == 7
    assert [(row["prison"], row["prison_number"], row["state"]) for row in answer["rows"]] == [
        ("Ashgate", "A1111BC", "serious"),
        ("Birchgate", "B2222CD", "overdue"),
    ]
    assert answer["summary"]["not_read"] == ["Nowhere"]
    assert answer["summary"]["of_each"]["Birchgate"]["listed"] == 1
    assert "note: Nowhere was not read: there is no database at" in said.err


@pytest.mark.parametrize("report", ["overdue", "compliance", "stats", "budget"])
def test_every_row_of_a_prison_is_that_of_its_own_report(kw, two_prisons, tmp_path, report) -> None:
    own = f"{report} --by wing" if report == "budget" else report
    alone = json.loads(kw(f"{own} --db {tmp_path / 'other.db'} --format json").out)

    grouped = json.loads(kw(f"group {report} --prisons {two_prisons} --format json").out)

    assert [row for row in grouped["rows"] if row["prison"] == "Birchgate"] == [
        {"prison": "Birchgate", **row} for row in alone["rows"]
    ]


def test_the_csv_has_the_prison_in_each_row(kw, two_prisons) -> None:
    said = kw(f"group overdue --prisons {two_prisons} --format csv")

    assert {row["prison"] for row in csv.DictReader(io.StringIO(said.out))} == {"Ashgate", "Birchgate"}


def test_nothing_is_written_anywhere(kw, two_prisons, tmp_path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.glob("*.db")}

    kw(f"group stats --prisons {two_prisons}")

    assert {path: path.read_bytes() for path in tmp_path.glob("*.db")} == before


def test_who_wrote_it_to_a_file_is_kept_in_ones_own_audit_alone(kw, two_prisons, tmp_path) -> None:
    other = (tmp_path / "other.db").read_bytes()

    kw(f"group stats --prisons {two_prisons} --output {tmp_path / 'all.csv'}")

    assert (tmp_path / "other.db").read_bytes() == other
    assert "group stats" in kw("audit list --limit 1 --format csv").out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("prisons = 3", "names no prisons"),
        ("[prisons]", "names no prisons"),
        ("[prisons", "is not TOML"),
        (f"prisons = {'[' * 5000}", "is not TOML: one thing stands in another too often"),
    ],
)
def test_a_file_that_names_no_prison_is_bad_input(kw, tmp_path, content, words) -> None:
    file = tmp_path / "prisons.toml"
    file.write_text(content, encoding="utf-8")

    said = kw(f"group overdue --prisons {file}")

    assert said.code == 6
    assert words in said.err
