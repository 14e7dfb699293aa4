"""`kw init` and `kw config`: a database is made, and its settings are shown and changed for everyone."""

import json

import pytest

from databases import rows


def test_a_database_is_made_once_and_then_left_as_it_is(kw, database):
    made, again = kw("init"), kw("init")

    assert (made.code, again.code) == (0, 0)
    assert made.out == f"made {database}\n"
    assert "is there already" in again.out


def test_a_folder_is_no_place_for_a_database(kw, tmp_path):
    said = kw(f"init --db {tmp_path}")

    assert (said.code, "is a folder" in said.err) == (7, True)


def test_every_setting_is_listed_with_its_default_and_what_is_allowed(kw):
    kw("init")

    answer = json.loads(kw("config list --format json").out)

    by_key = {row["key"]: row for row in answer["rows"]}
    assert by_key["gap.days"] == {
        "key": "gap.days",
        "value": 7,
        "default": 7,
        "allowed": "a whole number from 1 to 365",
    }
    assert answer["summary"] == {"settings": 21, "changed": 0}


def test_a_changed_setting_holds_for_the_next_command_and_is_in_the_audit(kw, database):
    kw("init")

    said = kw("config set gap.days 10")

    assert said.out == "gap.days is 10; it was 7\n"
    assert json.loads(kw("overdue --format json").out)["settings"]["gap.days"] == 10
    assert rows(database, "SELECT action, table_name, key FROM audit") == [("add", "setting", "gap.days")]


def test_setting_what_is_set_already_changes_nothing(kw, database):
    kw("init")

    said = kw("config set gap.days 7")

    assert "is 7 already" in said.out
    assert rows(database, "SELECT * FROM setting") == []


def test_a_dry_run_says_what_would_change_and_changes_nothing(kw, database):
    kw("init")

    said = kw("config set gap.days 10 --dry-run")

    assert "nothing saved" in said.err
    assert rows(database, "SELECT * FROM setting") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("config set gap.dayz 7", "did you mean gap.days? The settings are: prison.code"),
        ("config set gap.days soon", "gap.days takes a whole number from 1 to 365"),
        ("config set allocate.wing never", "allocate.wing takes prefer, require, ignore"),
    ],
)
def test_an_unknown_key_or_a_bad_value_is_answered_with_what_is_allowed(kw, line, said):
    kw("init")

    answer = kw(line)

    assert (answer.code, said in answer.err) == (2, True)
