"""The words of a report, which every renderer for people shares."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from keyworker_cli.render.page import cell_of, page_of, say
from keyworker_cli.reports.report import Column
from render.example_reports import briefing, overdue


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "no data"),
        (0, "0"),
        (0.0, "0.0"),
        (-3, "-3"),
        (29.53, "29.5"),
        (True, "yes"),
        (False, "no"),
        ("", ""),
        ([], "none"),
        (["BASIC", "SEG"], "BASIC, SEG"),
        ((date(2026, 3, 25), None), "Wed 25 Mar 2026, no data"),
        (date(2026, 3, 25), "Wed 25 Mar 2026"),
        (datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "Wed 1 Jul 2026 09:05"),
        (time(9, 5), "09:05"),
        ({"staff_id": "KW01", "name": "Shah, Nadia"}, "KW01, Shah, Nadia"),
    ],
)
def test_a_value_is_said_so(value: Any, words: str) -> None:
    assert say(value) == words


def test_missing_zero_and_empty_never_look_alike() -> None:
    assert len({say(None), say(0), say(0.0), say([]), say(False)}) == 5


def test_a_column_s_own_words_and_stress_come_first() -> None:
    column = Column("days", "Days", show=lambda row: f"{row['days']} d", style=lambda _row: "emphasis")
    cell = cell_of(column, {"days": 0})
    assert (cell.words, cell.style) == ("0 d", "emphasis")


def test_missing_data_is_toned_down() -> None:
    assert cell_of(Column("days", "Days"), {"days": None}).style == "quiet"
    assert cell_of(Column("days", "Days"), {"days": 0}).style == ""


def test_a_dotted_key_reaches_into_an_object_that_may_be_missing() -> None:
    column = Column("key_worker.name", "Key worker")
    assert cell_of(column, {"key_worker": {"name": "Shah, Nadia"}}).words == "Shah, Nadia"
    assert cell_of(column, {"key_worker": None}).words == "no data"


def test_one_answer_has_no_title_of_its_own_and_several_have() -> None:
    assert [part.title for part in page_of(overdue()).parts] == [""]
    assert [part.title for part in page_of(briefing()).parts] == ["See today", "No key worker"]


def test_a_report_on_what_was_known_says_when() -> None:
    known = overdue(known_at=datetime(2026, 5, 12, 7, 15, tzinfo=UTC))
    assert page_of(known).where_and_when == ("HMP Fellgate", "Wed 13 May 2026", "as known at Tue 12 May 2026 08:15")


def test_a_prison_without_a_name_is_called_by_its_code() -> None:
    assert page_of(overdue(prison={"code": "FGX", "name": ""})).where_and_when[0] == "FGX"


def test_rows_stand_together_under_their_heading() -> None:
    runs = page_of(overdue()).parts[0].runs
    assert [(run.heading, len(run.rows)) for run in runs] == [("", 2), ("Out: court, bedwatch, hospital, ROTL", 1)]


def test_what_a_limit_left_out_is_counted_with_the_command_that_lists_it() -> None:
    section = overdue().sections[0]._replace(more=0)
    assert page_of(overdue(sections=(section.limited(1),))).parts[0].more == "and 2 more: kw overdue"
    assert page_of(overdue(sections=(section._replace(more=2, more_hint=""),))).parts[0].more == "and 2 more"
    assert page_of(overdue(sections=(section,))).parts[0].more == ""
