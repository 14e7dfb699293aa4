"""A status as people type it and as they read it."""

from datetime import date

import pytest

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.rota.staff_status import SHORT_FORMS, STATUS_WORDS, parse_status, say_status


@pytest.mark.parametrize("status", StaffStatus)
def test_every_status_may_be_typed_by_its_code_in_any_case_and_has_words(status):
    for typed in (status.value, status.value.lower(), status.value.replace("_", "-"), f" {status.value} "):
        assert parse_status(typed) is status
    assert STATUS_WORDS[status] == say_status(status.value)


def test_every_status_has_one_short_form():
    assert sorted(SHORT_FORMS.values()) == sorted(StaffStatus)


def test_one_of_whom_nothing_is_recorded_is_active():
    assert say_status(None) == "active"


def test_the_day_he_is_back_is_said_with_the_status():
    assert say_status("UNAVAILABLE_ANNUAL_LEAVE", date(2026, 5, 25)) == "on leave, back Mon 25 May 2026"
    sick = say_status("UNAVAILABLE_LONG_TERM_ABSENCE", date(2026, 5, 8))
    assert sick == "on long-term absence, expected back Fri 8 May 2026", "it goes on until that is recorded"


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("long", "UNAVAILABLE_LONG_TERM_ABSENCE"),
        ("annual", "UNAVAILABLE_ANNUAL_LEAVE"),
        ("no", "UNAVAILABLE_NO_PRISONER_CONTACT"),
        ("sic", "UNAVAILABLE_LONG_TERM_ABSENCE"),
        ("act", "ACTIVE"),
    ],
)
def test_the_beginning_of_a_status_is_enough_where_it_can_be_no_other(typed, status):
    assert parse_status(typed) == status


@pytest.mark.parametrize("typed", ["", "holiday", "UNAVAILABLE", "unavailable-"])
def test_what_is_no_status_is_refused_with_the_short_forms(typed):
    with pytest.raises(UsageError) as refused:
        parse_status(typed)

    assert all(short in refused.value.hint for short in SHORT_FORMS)
