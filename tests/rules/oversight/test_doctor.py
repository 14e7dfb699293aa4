"""What is said of a file's place, its room and who else may reach it: states that a test cannot put a disk into."""

import pytest

from keyworker_cli.rules.oversight.doctor import State, check_settings
from keyworker_cli.rules.oversight.doctor_database import FileFacts, check_file
from keyworker_cli.rules.settings import Settings

MB = 1024 * 1024
FILE = FileFacts(
    path="/home/officer/kw/kw.db",
    folder="/home/officer/kw",
    schema=2,
    unlinked=(),
    without=(),
    interfering=(),
    foreign=(),
    changed=(),
    mode=0o600,
    folder_mode=0o700,
    size=56 * MB,
    free=9000 * MB,
    share=None,
    key=None,
    key_beside=False,
    left=(),
)


def state(check: str, **changed: object) -> tuple[State, str]:
    """How one thing is, of a file that is sound but for what is changed."""
    found = {one.check: one for one in check_file(FILE._replace(**changed))}
    return found[check].state, found[check].found


def test_a_sound_file_is_in_order_in_every_respect() -> None:
    assert {one.state for one in check_file(FILE)} == {State.OK}


def test_a_network_share_is_bad_and_the_way_out_is_named() -> None:
    how, words = state("place", share="nfs4")

    assert how == State.BAD
    assert "network share (nfs4)" in words
    assert "PostgreSQL" in words


@pytest.mark.parametrize(
    ("free", "how"), [(113, State.OK), (111, State.WARN), (56, State.WARN), (55, State.BAD), (0, State.BAD)]
)
def test_room_for_two_copies_is_wanted_and_for_one_is_needed(free, how) -> None:
    assert state("disk", free=free * MB)[0] == how


def test_a_small_database_wants_a_hundred_megabytes_all_the_same() -> None:
    assert state("disk", size=MB, free=99 * MB) == (State.WARN, "99.0 MB free; the database has 1.0 MB")


def test_a_system_without_such_permissions_is_not_judged_by_them() -> None:
    assert state("permissions", mode=None, folder_mode=None)[0] == State.OK


def test_many_missing_guards_are_counted_and_the_first_named() -> None:
    guards = tuple(f"guard_{n}" for n in range(7))

    how, words = state("history", without=guards)

    assert how == State.BAD
    assert "7 of its triggers are missing or changed" in words
    assert words.endswith("(guard_0, guard_1, guard_2, guard_3, guard_4, and 2 more)")


def test_every_setting_that_is_odd_is_named_and_the_first_one_mended() -> None:
    odd = Settings()._replace(prison_name="HMP Otherwell", target_minutes_per_week=10, gap_days=30)

    check = check_settings(odd)

    assert check.found.count(";") == 3
    assert check.mend == "kw config set target.minutes_per_week 45"


def test_a_gap_of_two_weeks_is_in_order_where_sessions_are_fortnightly() -> None:
    settings = Settings()._replace(prison_name="HMP Otherwell", gap_days=14, session_frequency_weeks=2)

    assert check_settings(settings).state == State.OK
