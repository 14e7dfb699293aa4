"""Who wrote what, and how a line changed, removed, swapped or added behind `kw`'s back is found and named."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from databases import Address, rows, tamper
from factories import world
from keyworker_cli.store.changes.audit import FIRST_HASH, Line, line_hash


@world
def nine_lines(prison) -> None:
    """A prison with nine lines in its audit, the last two of a session on 7 January and its note."""
    prison.prisoner("A1234BC", arrived="2026-01-05")  # lines 1 to 3
    prison.officer("SHAH")
    prison.prisoner("A1234BD", arrived="2026-01-05", name="Ben Dale")  # lines 5 to 7
    session_id = prison.session("A1234BC", "SHAH", "2026-01-07", note=None)
    with prison._change("2026-01-08") as change:
        change.add_note(session_id, "A1234BC", "He spoke of his daughter.")


@pytest.fixture
def written(prison, database) -> Address:
    """Where a prison is that has nine lines in its audit."""
    nine_lines(prison)
    return database


def summary(said) -> dict:
    return json.loads(said.out)["summary"]


def test_every_write_leaves_a_line_with_who_when_what_before_and_after(kw, written) -> None:
    rows = json.loads(kw("audit list --format json").out)["rows"]

    assert [row["id"] for row in rows] == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    newest = rows[0]
    assert list(newest) == ["id", "at", "user", "command", "action", "table", "key", "before", "after", "hash"]
    assert newest["at"] == "2026-01-08T16:00:00+00:00"
    assert [newest[key] for key in ("user", "command", "action", "table", "key")] == [
        "tester",
        "kw test",
        "change",
        "session",
        "A1234BC",
    ]
    assert json.loads(newest["before"])["note"] is None
    assert json.loads(newest["after"])["note"] == "He spoke of his daughter."


def test_the_lines_of_one_prisoner_by_one_user_and_of_some_days(kw, written) -> None:
    kw("config set gap.days 9")

    def lines(options: str) -> list[int]:
        return [row["id"] for row in json.loads(kw(f"audit list {options} --format json").out)["rows"]]

    assert lines("A1234BC") == [9, 8, 3, 2, 1]
    assert lines("Dale") == [7, 6, 5]
    assert lines("--by governor") == [10]
    assert lines("--since 2026-01-07 --until 2026-01-07") == [8]
    assert lines("--until 2025-01-01") == [4]
    assert lines("--by governor --until 2025-01-01") == []
    assert lines("--known-at 2026-01-07") == [8, 7, 6, 5, 4, 3, 2, 1]


def test_only_the_lines_that_are_shown_are_read_and_the_others_counted(kw, written) -> None:
    def found(options: str) -> tuple[list[int], int]:
        said = json.loads(kw(f"audit list {options} --format json").out)
        return [row["id"] for row in said["rows"]], said["summary"]["lines"]

    assert found("--limit 2") == ([9, 8], 9)
    assert found("--limit 0") == ([], 9)
    assert found("--limit 50")[1] == 9
    assert found("--limit 2 --sort id") == ([1, 2], 9)
    assert found("--limit 2 A1234BC") == ([9, 8], 5)
    assert "7 more" in kw("audit list --limit 2").out
    assert kw("audit list --limit 0 --fail").code == 3


def test_a_line_of_another_prisoner_whose_number_only_begins_alike_is_not_his(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("A1234BCD")

    rows = json.loads(kw("audit list A1234BC --format json").out)["rows"]

    assert {row["key"].split()[0] for row in rows} == {"A1234BC"}


def test_a_long_note_is_shortened_on_the_screen_and_left_out_of_a_file(kw, prison, written, tmp_path) -> None:
    prison.session("A1234BC", "SHAH", "2026-01-14", note="He said much that day. " * 40)

    assert max(map(len, kw("audit list").out.splitlines()[:12])) < 200
    kw(f"audit list --output {tmp_path}/a.csv")
    assert "daughter" not in (tmp_path / "a.csv").read_text("utf-8")
    kw(f"audit list --with-reasons --output {tmp_path}/b.csv")
    assert "daughter" in (tmp_path / "b.csv").read_text("utf-8")


def test_an_audit_that_nobody_touched_is_whole(kw, written) -> None:
    said = kw("audit verify --format json")

    assert said.code == 0
    assert (summary(said)["lines"], summary(said)["first_bad"]) == (9, None)
    assert len(summary(said)["head"]) == 64
    assert "It is whole" in kw("audit verify").out
    assert "not proof against the owner of the file" in kw("audit verify").out


def test_the_audit_of_an_empty_prison_is_whole(kw, prison) -> None:
    assert summary(kw("audit verify --format json")) == {
        "lines": 0,
        "head": FIRST_HASH,
        "first_bad": None,
        "sound": True,
        "head_on_line": None,
    }


COPY = (
    "at, user_name, command, action, table_name, key, before_image, after_image, hash, rows_digest "
    "FROM audit WHERE id = 9"
)

TAMPERED = {
    "a word of a line changed": (["UPDATE audit SET user_name = 'nobody' WHERE id = 6"], 6),
    "the first line changed": (["UPDATE audit SET at = '2025-01-01T00:00:00.000000Z' WHERE id = 1"], 1),
    "a line changed with its hash": (["UPDATE audit SET hash = replace(hash, '0', '1') WHERE id = 6"], 6),
    "a before taken out": (["UPDATE audit SET before_image = NULL WHERE id = 9"], 9),
    "a line removed": (["DELETE FROM audit WHERE id = 4"], 4),
    "the first line removed": (["DELETE FROM audit WHERE id = 1"], 1),
    "a line removed and the others moved up": (
        ["DELETE FROM audit WHERE id = 4", "UPDATE audit SET id = id - 1 WHERE id > 4"],
        4,
    ),
    "the newest line removed": (["DELETE FROM audit WHERE id = 9"], 9),
    "the newest lines removed": (["DELETE FROM audit WHERE id > 5"], 6),
    "two lines swapped": (
        ["UPDATE audit SET id = -id WHERE id IN (2, 3)", "UPDATE audit SET id = 5 + id WHERE id < 0"],
        2,
    ),
    "a line added": ([f"INSERT INTO audit SELECT 10, {COPY}"], 10),
    "a line added before the first": ([f"INSERT INTO audit SELECT 0, {COPY}"], 0),
    "the head removed": (["DELETE FROM audit_head"], 9),
    "the head written anew": (["UPDATE audit_head SET hash = replace(hash, '0', '1')"], 9),
}


@pytest.mark.parametrize(("statements", "line"), TAMPERED.values(), ids=TAMPERED.keys())
def test_a_line_changed_removed_swapped_or_added_is_named(statements, line, kw, written) -> None:
    tamper(written, *statements)

    said = kw("audit verify --format json")

    assert said.code == 7
    assert summary(said)["first_bad"] == line
    assert f"line {line} " in said.err
    assert set(json.loads(said.err)) == {"error", "hint", "details", "exit"}


RECORDS = {
    "minutes rewritten": ("UPDATE session SET minutes = 15", "in session, minutes is not what line 8 recorded"),
    "a note rewritten": ("UPDATE session SET note = 'All well.'", "in session, note is not what line 9 recorded"),
    "rewritten under another moment": (
        "UPDATE session SET minutes = 15, changed_at = '2026-01-09T00:00:00.000000Z'",
        "what line 9 recorded in session was changed since, without a line",
    ),
    "a session taken away": ("DELETE FROM session", "what line 9 recorded in session is gone"),
    "a prisoner renamed": (
        "UPDATE person SET last_name = 'Other' WHERE id = 2",
        "in person, last_name is not what line 5 recorded",
    ),
}


@pytest.mark.parametrize(("statement", "what"), RECORDS.values(), ids=RECORDS.keys())
def test_a_record_that_does_not_stand_as_its_last_line_left_it_is_named(statement, what, kw, written) -> None:
    tamper(written, statement)

    said = kw("audit verify")

    assert said.code == 7
    assert what in said.err


def test_what_a_file_changed_since_is_no_fault(kw, written, tmp_path) -> None:
    file = tmp_path / "prisoners.csv"
    file.write_text("prison_number,arrived_on,last_name,first_name\nA1234BD,2026-01-05,Dale,Benjamin\n", "utf-8")

    assert kw(f"import {file}").code == 0
    assert kw("audit verify").code == 0

    tamper(written, "UPDATE person SET first_name = 'Bo', changed_at = '2026-06-01T00:00:00.000000Z' WHERE id = 2")
    assert "what line 5 recorded in person was changed since" in kw("audit verify").err


def test_a_head_that_was_written_down_is_found_again_and_a_cut_off_audit_does_not_have_it(kw, written) -> None:
    before = summary(kw("audit verify --format json"))["head"]
    tallies = rows(written, "SELECT tallies FROM audit_head")[0][0]
    kw("config set gap.days 9")
    head = summary(kw("audit verify --format json"))["head"]

    said = kw(f"audit verify --head {before[:12].upper()}")
    assert said.code == 0
    assert f"{before[:12]} is the head after line 9" in said.out

    previous = "SELECT hash FROM audit WHERE id = 9"
    wound_back = f"UPDATE audit_head SET lines = 9, hash = ({previous}), tallies = '{tallies}'"
    tamper(written, "DELETE FROM audit WHERE id > 9", wound_back, "DELETE FROM setting")
    assert kw("audit verify").code == 0, "cut off with all it recorded: only a head from elsewhere shows it"

    cut = kw(f"audit verify --head {head}")
    assert cut.code == 7
    assert f"no line has the head {head[:12]}" in cut.err


@pytest.mark.parametrize("head", ["abc", "not-a-hash-at-all", "0" * 65])
def test_what_is_no_head_is_refused_with_what_one_looks_like(head, kw, prison) -> None:
    said = kw(f"audit verify --head {head}")

    assert said.code == 2
    assert "64 characters" in said.err


def test_the_audit_is_verified_as_it_stands_not_as_it_was_known(kw, written) -> None:
    said = kw("audit verify --known-at yesterday")

    assert said.code == 2
    assert "leave --known-at out" in said.err


def test_no_part_of_a_line_can_be_taken_for_the_next() -> None:
    moment = datetime(2026, 5, 12, tzinfo=UTC)
    one = Line(moment, "a", 'b", "c', "d", "e", "f", None, None)
    other = Line(moment, 'a", "b', "c", "d", "e", "f", None, None)
    said_null = one._replace(before="null")

    assert len({line_hash(FIRST_HASH, line) for line in (one, other, said_null)}) == 3


def test_who_wrote_a_report_to_a_file_and_its_digest_are_kept(kw, written, tmp_path) -> None:
    page = tmp_path / "page.html"

    kw(f"overdue --as-of 2026-05-12 --known-at '2026-05-12 08:15' --output {page}")

    newest = json.loads(kw("audit list --format json").out)["rows"][0]
    assert [newest[key] for key in ("user", "action", "key")] == ["governor", "write report", "overdue"]
    assert json.loads(newest["after"]) == {
        "as_of": "2026-05-12",
        "digest": sha256(page.read_bytes()).hexdigest(),
        "file": "page.html",
        "known_at": "2026-05-12T07:15:00.000000Z",
        "with_reasons": False,
    }
    assert kw("audit verify").code == 0


def test_a_report_that_could_not_be_written_leaves_no_line(kw, written, tmp_path) -> None:
    said = kw(f"overdue --output {tmp_path}/no/such/folder/page.html")

    assert said.code != 0
    assert len(json.loads(kw("audit list --format json").out)["rows"]) == 9
