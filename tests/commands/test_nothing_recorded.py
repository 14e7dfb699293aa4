"""Silence must not read as safety: where nothing has been recorded for longer than `gap.days`, that stands first."""

import json

import pytest

from factories import world

SAID = (
    "Nothing has been recorded since Fri 24 Oct 2025, 200 days (28 weeks) ago: "
    "what has happened since is not known here."
)
REPORTS = (
    *("overdue", "unallocated", "first-meetings", "not-met", "why A1234BC", "timeline A1234BC", "caseload SHAH"),
    *("budget", "stats", "compliance", "plan", "forecast", "concerns", "fewest", "briefing", "prisoner list"),
    *("notes check", "need list", "acct list", "acct reviews", "event list", "allocate --dry-run", "worker list"),
    *(
        "worker show SHAH",
        "affected A1234BC",
        "handover",
        "handover A1234BC",
        "voice sample",
        "rota show",
        "rota least",
        "fewest --never-serious",
        "notes sample",
        "voice show",
    ),
)


@pytest.fixture
@world
def long_ago(prison):
    """A prison in which the last record is of 24 October 2025."""
    prison.prisoner("A1234BC", arrived="2025-10-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2025-10-02")
    prison.session("A1234BC", "SHAH", "2025-10-24")
    return prison


@pytest.mark.parametrize("report", REPORTS)
def test_a_record_that_has_ended_is_said_first(report, kw, long_ago) -> None:
    page = kw(f"{report} --as-of 2026-05-12").out.splitlines()

    assert page[1] == SAID, page[:4]


@pytest.mark.parametrize("form", ["md", "html"])
def test_in_a_file_for_people_too(form, kw, long_ago, tmp_path) -> None:
    kw(f"overdue --as-of 2026-05-12 --output {tmp_path / f'page.{form}'}")

    assert SAID in (tmp_path / f"page.{form}").read_text("utf-8")


def test_a_script_is_told_beside_the_rows(kw, long_ago, tmp_path) -> None:
    (tmp_path / "prisons.toml").write_text(f'[prisons]\nFellgate = "{long_ago.address}"\n')

    for report in ("overdue", "why A1234BC", "briefing", f"group overdue --prisons {tmp_path / 'prisons.toml'}"):
        line = f"{report} --as-of 2026-05-12"
        assert any(SAID in said for said in json.loads(kw(f"{line} --format json").out)["warnings"]), report
        assert SAID in kw(f"{line} --format csv").err, report


def test_a_day_before_all_that_is_recorded_is_not_answered_as_if_nothing_had_been(kw, long_ago) -> None:
    page = kw("stats --as-of 2025-09-30").out.splitlines()

    assert page[1] == (
        "Nothing is recorded before Wed 1 Oct 2025: how things stood on Tue 30 Sep 2025 is not known here."
    )
    assert "Nothing is recorded" not in kw("stats --as-of 2025-10-01").out


@pytest.mark.parametrize(
    "record",
    [
        lambda prison: prison.session("A1234BC", "SHAH", "2026-05-05"),
        lambda prison: prison.prisoner("B2345CD", arrived="2026-05-05", name="Ben Birch"),
        lambda prison: prison.event("A1234BC", "DEBT", "2026-05-05"),
        lambda prison: prison.allocated("A1234BC", "SHAH", "2026-05-05"),
    ],
)
def test_any_record_of_the_last_gap_days_ends_the_silence(record, kw, long_ago) -> None:
    record(long_ago)

    assert "Nothing has been recorded" not in kw("overdue --as-of 2026-05-12").out
    assert "Nothing has been recorded since Tue 5 May 2026, 8 days" in kw("overdue --as-of 2026-05-13").out


def test_what_is_to_come_is_no_record_yet(kw, long_ago) -> None:
    long_ago.event("A1234BC", "COURT", "2026-05-20")
    long_ago.slot("SHAH", "2026-05-12", status="PUBLISHED")

    assert SAID in kw("overdue --as-of 2026-05-12").out


def test_without_any_record_nothing_is_said_to_have_ended(kw, prison) -> None:
    assert "Nothing has been recorded" not in kw("overdue").out


def checked(kw) -> dict[str, str]:
    rows = json.loads(kw("doctor --as-of 2026-05-12 --format json").out)["rows"]
    return {row["check"]: row["found"] for row in rows}


def test_a_check_of_nothing_says_so(kw, prison) -> None:
    found = checked(kw)
    assert found["officers"] == "nothing to check: no key worker is recorded"
    assert found["locations"] == "nothing to check: nobody is here"
    assert "No point can be judged." in kw("compliance").out

    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("SHAH")
    found = checked(kw)
    assert found["rota"] == "nothing to check: no key worker has a prisoner allocated"
    assert found["notes"] == "nothing to check: no session of the last 28 days is a day old"


def test_a_date_of_another_year_is_said_with_it(kw, long_ago) -> None:
    long_ago.slot("SHAH", "2026-05-12", "14:00", "16:15", status="PUBLISHED")
    long_ago.deallocated("A1234BC", "2025-10-25")

    assert "(saw him once, last Fri 24 Oct 2025)" in kw("event add A1234BC SELF_HARM --on 2026-05-12").out
    assert "Sat 25 Oct 2025" in kw("unallocated --as-of 2026-05-12").out
    assert "last arrival Wed 1 Oct 2025" in kw("briefing --as-of 2026-05-12").out


@pytest.mark.parametrize(
    "report",
    [
        "overdue",
        "unallocated",
        "not-met",
        "first-meetings",
        "concerns",
        "fewest",
        "fewest --never-serious",
        "acct list",
        "acct reviews",
        "need list",
        "event list",
        "forecast",
        "handover",
        "voice sample",
        "voice show",
    ],
)
def test_a_prison_without_prisoners_is_never_answered_as_if_all_were_well(kw, prison, report) -> None:
    assert "There are no prisoners here in kw. An empty list says nothing about" in " ".join(kw(report).out.split())


OF_SOME = ("overdue", "overdue --like-ors", "unallocated", "not-met", "first-meetings", "fewest --never-serious")


@pytest.mark.parametrize("report", [*OF_SOME, "handover", "briefing", "prisoner list"])
def test_who_is_asked_about_and_not_here_makes_no_prison_empty(kw, prison, report) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01", location="B-1-001")
    prison.officer("SHAH", name="Nadia Shah", wing="D")

    for scope, said in (("--wing D", "wing D"), ("--key-worker SHAH", "key worker Nadia Shah")):
        assert f"No prisoner of {said} is here" in " ".join(kw(f"{report} {scope}").out.split())
    prison.out_of_scope("A1234BC", "2026-05-02", "unit")
    assert ("Nobody here is in the scheme" in kw(report).out) is (report != "prisoner list")
    for report in ("worker list", "rota show"):
        assert "There are no key workers of wing B in kw" in kw(f"{report} --wing B").out
