"""`kw export`: what is written out and taken in again gives the same answers, to the byte."""

import json
import stat
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.csv_folder import PRISONERS, SESSIONS, CsvFolder
from databases import rows
from keyworker_cli.actions.files.export_folder import MARK
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.typed import seen

SAMPLE = Path(__file__).parents[2] / "sample_data"
AT = "--as-of 2026-05-12"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_export_taken_into_an_empty_database_gives_the_same_answers(kw, tmp_path):
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    kw(f"import {SAMPLE} --db {first}")

    kw(f"export {tmp_path / 'out'} --db {first}")
    said = kw(f"import {tmp_path / 'out'} --db {second}")

    assert said.code == 0
    for question in (f"overdue --format json {AT}", f"unallocated --format json {AT}", f"not-met --format json {AT}"):
        assert kw(f"{question} --db {second}").out == kw(f"{question} --db {first}").out


def test_an_export_of_what_was_exported_is_the_same_to_the_byte(kw, tmp_path):
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    kw(f"import {SAMPLE} --db {first}")
    kw(f"export {tmp_path / 'one'} --db {first}")
    kw(f"import {tmp_path / 'one'} --db {second}")

    kw(f"export {tmp_path / 'two'} --db {second}")

    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert set(contents(tmp_path / "one")) == {sheet.file for sheet in SHEETS} | {MARK}


def test_amendments_and_sessions_taken_out_travel_with_an_export(kw, tmp_path, database):
    folder = CsvFolder(tmp_path / "fellgate")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,", "A1234BC,SHAH,2026-05-08,09:30,45,")
    kw(f"import {folder.path}")
    taken_out = "A1234BC,SHAH,2026-05-04,09:30,20,,2026-05-05T09:00:00Z"
    amended, in_its_place = "A1234BC,SHAH,2026-05-01,09:30,30,,", "A1234BC,SHAH,2026-05-04,09:30,25,,"
    folder.csv("sessions", f"{SESSIONS},voided_at", amended, taken_out, in_its_place)
    kw(f"import {folder.path}")
    second = tmp_path / "second.db"

    kw(f"export {tmp_path / 'out'}")
    said = kw(f"import {tmp_path / 'out'} --db {second}")

    assert said.code == 0
    corrections = "SELECT field, old, new, why, recorded_by FROM session_amendment"
    assert rows(second, corrections) == rows(database, corrections) != []
    held = "SELECT held_on, minutes, voided_at FROM session ORDER BY held_on, minutes"
    assert rows(second, held) == rows(database, held)
    assert len(rows(second, held)) == 4


def test_names_and_dates_of_birth_travel_with_what_they_were_before(kw, tmp_path):
    heading = "prison_number,arrived_on,last_name,first_name,date_of_birth,left_on"
    stays = "A1234BC,2025-01-05,{0},{1},2025-02-05", "A1234BC,2026-01-05,{0},{1},"
    for day, *said in ((1, "Exampel,Sam", "1990-01-01"), (2, "Example,Sam", "1990-01-01"), (3, "Example,Sam", "")):
        (tmp_path / "prisoners.csv").write_text("\n".join((heading, *(stay.format(*said) for stay in stays))) + "\n")
        kw(["import", str(tmp_path / "prisoners.csv")], now=datetime(2026, 5, day, 9, tzinfo=UTC))
    kw(f"export {tmp_path / 'out'}")
    beside = str(tmp_path / "beside.db")
    assert kw(f"import {tmp_path / 'out'} --db {beside}").code == 0

    for moment in ("2026-05-01T10:00", "2026-05-02T10:00", "2026-05-03T10:00"):
        asked = f"prisoner list --known-at {moment} --format json"
        assert kw(f"{asked} --db {beside}").out == kw(asked).out
    assert '"Sam Exampel"' in kw(f"prisoner list --known-at 2026-05-01T10:00 --format json --db {beside}").out
    kw(f"export {tmp_path / 'again'} --db {beside}")
    assert (tmp_path / "again/prisoners.csv").read_bytes() == (tmp_path / "out/prisoners.csv").read_bytes()


def test_text_is_written_verbatim_and_readable_by_its_owner_only(kw, prison, tmp_path):
    prison.prisoner("A1234BC", arrived="2026-01-05", name="[bold] =Adams")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-05-01", note='=1+1, "quoted"\r\nsecond line')

    said = kw(f"export {tmp_path / 'out'}")

    written = (tmp_path / "out" / "sessions.csv").read_bytes().decode()
    assert said.code == 0
    assert '"=1+1, ""quoted""\r\nsecond line"' in written
    assert stat.S_IMODE((tmp_path / "out" / "sessions.csv").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_a_folder_with_other_files_in_it_is_refused_and_left_as_it_is(kw, prison, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("Dear governor")

    said = kw(f"export {tmp_path / 'out'}")

    assert (said.code, "letter.txt" in said.err) == (5, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.txt"]


def test_an_export_takes_the_place_of_an_earlier_one_and_leaves_a_line_in_the_audit(kw, prison, tmp_path, database):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    kw(f"export {tmp_path / 'out'}")

    said = kw(f"export {tmp_path / 'out'} --user deputy")

    assert said.code == 0
    lines = rows(database, "SELECT user_name, action, key FROM audit ORDER BY id DESC LIMIT 1")
    assert lines == [("deputy", "export", str(tmp_path / "out"))]


def test_a_prisoner_made_of_two_numbers_travels_as_one(kw, tmp_path):
    folder = CsvFolder(tmp_path / "fellgate")
    left, here = "A1234BC,2025-01-05,Adams,Alan,B-1-001,2025-06-01", "C3456DE,2026-01-05,Adams,Alan,B-2-014,"
    folder.csv("prisoners", f"{PRISONERS},left_on", left, here)
    allocated = "prison_number,staff_id,allocated_on"
    folder.csv("allocations", allocated, "A1234BC,SHAH,2025-01-06", "C3456DE,OKAFOR,2026-01-06")
    folder.csv(
        "moves",
        "prison_number,moved_on,location",
        *[f"{prisoner},2026-03-01,B-3-001" for prisoner in ("A1234BC", "C3456DE")],
    )
    kw(f"import {folder.path}")
    merged = kw('prisoner merge C3456DE A1234BC --why "one prisoner, two numbers"')
    second = tmp_path / "second.db"

    kw(f"export {tmp_path / 'out'}")
    said = kw(f"import {tmp_path / 'out'} --db {second}")

    assert (merged.code, said.code) == (0, 0), merged.err + said.err
    assert kw(f"overdue --format json --db {second}").out == kw("overdue --format json").out
    assert kw(f"why A1234BC --db {second}").code == 0


def test_a_file_in_the_place_of_the_folder_is_refused(kw, prison, tmp_path):
    (tmp_path / "out.txt").write_text("a file")

    assert kw(f"export {tmp_path / 'out.txt'}").code == 5


# --- nothing of the user's is written over ---


@pytest.fixture
def sources(prison, tmp_path):
    """The prison's own files, in the folder they are imported from."""
    folder = CsvFolder(tmp_path / "fellgate")
    folder.csv("prisoners", PRISONERS, "A1234BC,2026-01-05,Adams,Alan,B-1-001")
    return folder.path


@pytest.mark.parametrize("options", ["", "--prisoner A1234BC", "--dry-run"])
def test_export_typed_for_import_leaves_the_files_of_the_prison_as_they_are(options, kw, prison, sources, database):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    before = contents(sources)

    said = kw(f"export {sources} {options}")

    assert said.code == 5
    assert ".csv, which kw export did not write" in said.err
    assert "--overwrite" in said.err
    assert contents(sources) == before
    assert rows(database, "SELECT count(*) FROM audit WHERE action = 'export'") == [(0,)]


def test_overwrite_writes_over_what_has_the_names_of_its_files_and_leaves_the_rest(kw, prison, sources):
    (sources / "letter.txt").write_text("Dear governor")

    said = kw(f"export {sources} --overwrite")

    assert said.code == 0
    assert (sources / "letter.txt").read_text() == "Dear governor"
    assert {*contents(sources)} == {sheet.file for sheet in SHEETS} | {MARK, "letter.txt"}


def test_an_export_that_has_been_worked_on_is_the_user_s_own(kw, prison, tmp_path):
    out = tmp_path / "out"
    kw(f"export {out}")
    with (out / "sessions.csv").open("a") as file:
        file.write("A1234BC,SHAH,2026-05-01\n")
    before = contents(out)

    said = kw(f"export {out}")

    assert (said.code, contents(out)) == (5, before)
    assert "sessions.csv has been changed since kw export wrote it" in said.err


def test_what_is_held_about_one_prisoner_stands_alone_where_all_was_exported_before(kw, prison, tmp_path):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    kw(f"export {tmp_path / 'out'}")

    said = kw(f"export {tmp_path / 'out'} --prisoner A1234BC")

    assert said.code == 0
    assert not (tmp_path / "out" / "key_workers.csv").exists()


def test_the_mark_is_what_sha256sum_checks(kw, prison, tmp_path):
    kw(f"export {tmp_path / 'out'}")

    lines = (tmp_path / "out" / MARK).read_text().splitlines()

    digests = {name: sha256(content).hexdigest() for name, content in contents(tmp_path / "out").items()}
    assert lines == [f"{digests[sheet.file]}  {sheet.file}" for sheet in SHEETS]


def test_a_workbook_is_written_over_only_when_told_to(kw, prison, tmp_path):
    book = tmp_path / "all.xlsx"
    book.write_text("mine")

    refused, saved = kw(f"export {book}"), kw(f"export {book} --overwrite")

    assert (refused.code, saved.code) == (5, 0)
    assert book.read_bytes().startswith(b"PK")


def test_a_dash_is_no_folder(kw, prison, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    said = kw("export -")

    assert (said.code, Path("-").exists()) == (2, False)


@pytest.mark.parametrize("place", ["out", "out.xlsx"])
def test_an_export_that_fails_leaves_no_line_and_no_folder(place, kw, prison, tmp_path, database):
    (tmp_path / "file").write_text("")
    prison.prisoner("A1234BC", arrived="2026-01-05")

    said = kw(f"export {tmp_path / 'file' / place}")

    assert said.code != 0
    assert rows(database, "SELECT count(*) FROM audit WHERE action = 'export'") == [(0,)]


# --- any prison at all ---

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
days = st.integers(0, 120).map(lambda later: f"2026-{1 + later // 28:02}-{1 + later % 28:02}")


@st.composite
def prisons(draw: st.DrawFn) -> dict[str, list[dict[str, object]]]:
    """A small prison: prisoners, officers, sessions of any sort, moves, needs, as the cells of its files."""
    prisoners = [f"A{number:04}BC" for number in range(draw(st.integers(1, 4)))]
    officers = [f"S{number}" for number in range(draw(st.integers(1, 3)))]
    prisoner, officer = st.sampled_from(prisoners), st.sampled_from(officers)
    sessions = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "prison_number": prisoner,
                    "staff_id": officer,
                    "held_on": days,
                    "minutes": st.integers(1, 480),
                    "note": st.just("") | text,
                    "prisoner_said": st.just("") | text,
                    "topics": st.sampled_from(["", "FAMILY", "DEBT;WORK"]),
                    "recorded_at": st.sampled_from(["", "2026-05-10T09:00:00Z", "10/05/2026 17:30"]),
                }
            ),
            max_size=6,
            unique_by=lambda row: (row["prison_number"], row["staff_id"], row["held_on"]),
        )
    )
    named = {"last_name": text.filter(seen), "first_name": text.filter(seen)}
    return {
        "prisoners": [
            {"prison_number": m, "arrived_on": "2026-01-01", "location": draw(st.sampled_from(["", "B-1-001", "SEG"]))}
            | draw(st.fixed_dictionaries(named))
            for m in prisoners
        ],
        "key_workers": [
            {"staff_id": o, "capacity": draw(st.sampled_from(["", 0, 7]))} | draw(st.fixed_dictionaries(named))
            for o in officers
        ],
        "sessions": sessions,
        "needs": draw(
            st.lists(
                st.fixed_dictionaries({"prison_number": prisoner, "raised_on": days, "text": text.filter(str.strip)}),
                max_size=3,
                unique_by=lambda row: (row["prison_number"], row["raised_on"], row["text"]),
            )
        ),
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=prisons())
def test_any_prison_comes_back_from_its_export_as_it_was(kw, world):
    with TemporaryDirectory() as place:
        given_files, first, second = (Path(place) / name for name in ("in", "one", "two"))
        given_files.mkdir()
        for name, lines in world.items():
            _write(given_files / f"{name}.csv", lines)
        databases = [Path(place) / "a.db", Path(place) / "b.db"]

        taken = kw(["import", str(given_files), "--db", str(databases[0])])
        kw(["export", str(first), "--db", str(databases[0])])
        again = kw(["import", str(first), "--db", str(databases[1])])
        kw(["export", str(second), "--db", str(databases[1])])

        assert (taken.code, again.code) == (0, 0), taken.err + again.err
        assert contents(first) == contents(second)
        answers = [json.loads(kw(["overdue", "--format", "json", "--db", str(each)]).out) for each in databases]
        assert answers[0] == answers[1]


def _write(path: Path, lines: list[dict[str, object]]) -> None:
    columns = list(lines[0]) if lines else []
    if columns:
        quoted = [",".join('"' + str(line[column]).replace('"', '""') + '"' for column in columns) for line in lines]
        path.write_bytes("\n".join([",".join(columns), *quoted, ""]).encode())
