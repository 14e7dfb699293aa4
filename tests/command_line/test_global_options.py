"""The options that stand before or after any command, and whose value a word is."""

import pytest

from keyworker_cli.command_line.global_options import split_global_options
from keyworker_cli.errors import UsageError


def test_they_stand_before_or_after_the_command_and_what_stands_after_wins():
    given, rest = split_global_options(["--db", "a.db", "overdue", "--db=b.db", "--days", "7"])

    assert (given, rest) == ({"--db": "b.db"}, ["overdue", "--days", "7"])


@pytest.mark.parametrize("value", ["--user", "--debug", "--db=x", "--"])
def test_the_value_of_an_option_is_left_to_it_whatever_it_looks_like(value):
    given, rest = split_global_options(["log-session", "smith", "--said", value, "--user", "nora"])

    assert (given, rest) == ({"--user": "nora"}, ["log-session", "smith", "--said", value])


def test_a_switch_of_the_command_takes_nothing():
    given, rest = split_global_options(["overdue", "--fail", "--debug", "--wing", "B"])

    assert (given, rest) == ({"--debug": "yes"}, ["overdue", "--fail", "--wing", "B"])


def test_what_stands_after_two_dashes_is_left_alone():
    given, rest = split_global_options(["need", "add", "smith", "--", "--db"])

    assert (given, rest) == ({}, ["need", "add", "smith", "--", "--db"])


def test_one_without_its_value_says_what_it_takes():
    with pytest.raises(UsageError, match="--db needs a value"):
        split_global_options(["overdue", "--db"])
