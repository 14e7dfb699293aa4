"""`kw stats`: what was delivered in a period, and who was not in it."""

import csv
import io
import json

import pytest

from factories import Prison, world

TWENTY = [f"A{number:04}AA" for number in range(1, 21)]


def answer(said):
    assert said.code == 0, said.err
    return json.loads(said.out)


def summary(said):
    return answer(said)["summary"]


def rows(said):
    return {row["name"] or row["wing"]: row for row in answer(said)["rows"]}


def pick(row, *names):
    return tuple(row[name] for name in names)


@pytest.fixture
@world
def twenty(prison: Prison) -> Prison:
    """Twenty prisoners since January, all allocated on day 1; two lose their key worker half way through 28 days.

    Of the first five, each is seen weekly in those 28 days, 15 Apr to 12 May; nobody else is.
    """
    prison.officer("SHAH", name="Nadia Shah", wing="B")
    prison.officer("REED", name="Tom Reed", wing="C")
    for place, number in enumerate(TWENTY):
        wing, officer = ("B", "SHAH") if place < 10 else ("C", "REED")
        prison.prisoner(number, arrived="2026-01-05", location=f"{wing}-1-{place + 1:03}")
        prison.allocated(number, officer, "2026-01-06", until="2026-04-29" if place in (8, 9) else None)
    for number in TWENTY[:5]:
        for day in ("2026-04-16", "2026-04-23", "2026-04-30", "2026-05-07"):
            prison.session(number, "SHAH", day, 45)
    return prison


# --- twenty prisoners ---


def test_two_allocations_that_end_half_way_are_half_missing(kw, twenty):
    found = summary(kw("stats --format json"))

    assert pick(found, "days", "prisoners_average", "eligible_average") == (28, 20.0, 20.0)
    assert found["allocated_rate"] == 95.0  # 18 prisoners whole, 2 half


def test_sessions_stand_against_those_expected_of_all_prisoners(kw, twenty):
    found = summary(kw("stats --format json"))

    assert pick(found, "sessions", "expected_sessions", "delivery_rate") == (20, 80.0, 25.0)
    assert found["minutes_per_prisoner_week"] == 11.2  # 900 minutes, 80 weeks of prisoners: 11.25
    assert pick(found, "prisoners_seen", "prisoners_not_seen") == (5, 15)


def test_fifteen_prisoners_who_wait_are_said_beside_the_mean_of_five(kw, twenty):
    found = summary(kw("stats --format json"))

    names = ("days_to_first_session", "days_to_first_session_n", "days_to_first_session_not_yet")
    assert pick(found, *names) == (101.0, 5, 15)
    assert "101; n 5, not yet 15" in kw("stats").out


def test_a_wing_with_none_reads_0_per_cent_never_blank(kw, twenty):
    found = rows(kw("stats --format json"))

    assert pick(found["C"], "sessions", "delivery_rate", "prisoners_not_seen") == (0, 0.0, 10)
    assert "0 of 40" in kw("stats --wing C").out
    assert "0.00 %" in kw("stats --wing C").out


def test_wings_and_key_workers_come_in_order_of_name_not_of_delivery(kw, twenty):
    twenty.officer("ADAMS", name="Zoe Adams", wing="C")
    for number in TWENTY[10:12]:
        twenty.allocated(number, "ADAMS", "2026-05-01")
    found = answer(kw("stats --format json"))["rows"]

    assert [row["wing"] for row in found if row["by"] == "wing"] == ["B", "C"]
    assert [row["name"] for row in found if row["by"] == "key worker"] == ["Nadia Shah", "Zoe Adams", "Tom Reed", None]


def test_the_prisoners_without_a_key_worker_have_a_row_of_their_own(kw, twenty):
    found = answer(kw("stats --format json"))["rows"][-1]

    assert pick(found, "staff_id", "eligible_average", "allocated_rate", "delivery_rate") == (None, 1.0, 0.0, 0.0)
    assert "no key worker" in kw("stats").out


def test_the_period_before_stands_beside_each_figure(kw, twenty):
    twenty.session(TWENTY[0], "SHAH", "2026-04-14", 30)
    found = answer(kw("stats --compare --format json"))

    before = found["summary"]["before"]
    assert pick(before, "from", "to", "days", "sessions") == ("2026-03-18", "2026-04-14", 28, 1)
    assert rows(kw("stats --compare --format json"))["B"]["before"]["sessions"] == 1
    assert "20 of 40 (1 of 40)" in kw("stats --compare").out


def test_the_csv_has_the_period_before_in_columns_of_its_own(kw, twenty):
    table = list(csv.DictReader(io.StringIO(kw("stats --compare --format csv").out)))

    assert (table[0]["sessions"], table[0]["before_sessions"]) == ("20", "0")
    assert table[0]["before_delivery_rate"] == "0.0"


def test_eight_weeks_are_drawn_and_told_in_numbers(kw, twenty):
    said = kw("stats")

    line = next(line for line in said.out.splitlines() if line.startswith("Delivery rate of the last 8"))
    assert "▁▁▁▁▃▃▃▃" in line
    assert "W15 0 %, W16 25 %, W17 25 %, W18 25 %, W19 25 %." in line


# --- periods ---


def test_one_day_is_a_seventh_of_a_week(kw, twenty):
    found = summary(kw("stats --since 7/5/2026 --until 7/5/2026 --format json"))

    assert pick(found, "days", "expected_sessions", "sessions", "prisoners_seen") == (1, 2.9, 5, 5)


def test_a_month_before_anyone_was_seen_reads_zero(kw, twenty):
    found = summary(kw("stats --since 1/2/2026 --until 28/2/2026 --format json"))

    assert pick(found, "days", "sessions", "delivery_rate") == (28, 0, 0.0)
    assert pick(found, "days_to_first_session", "days_to_first_session_not_yet") == (None, 20)


def test_across_a_year_end_only_the_days_here_count(kw, twenty):
    found = summary(kw("stats --since 29/12/2025 --until 11/1/2026 --format json"))

    assert pick(found, "days", "prisoners_average", "expected_sessions") == (14, 10.0, 20.0)  # from 5 Jan
    assert pick(found, "days_to_allocation", "days_to_allocation_n") == (1.0, 20)


def test_expected_sessions_follow_the_frequency_that_is_set(kw, twenty):
    twenty.setting("session.frequency_weeks", "2")
    found = answer(kw("stats --format json"))

    assert pick(found["summary"], "expected_sessions", "delivery_rate") == (40.0, 50.0)
    assert found["settings"]["session.frequency_weeks"] == 2


def test_as_of_an_earlier_day_later_sessions_are_not_known(kw, twenty):
    assert summary(kw("stats --as-of 29/4/2026 --format json"))["sessions"] == 10


def test_a_period_that_is_not_over_is_refused(kw, twenty):
    said = kw("stats --until 1/6/2026")

    assert said.code == 2
    assert "after the day asked about" in said.err


# --- nothing there ---


def test_an_empty_prison_has_no_rates_rather_than_zero(kw, prison):
    said = kw("stats --compare --format json")

    found = answer(said)
    assert found["rows"] == []
    assert pick(found["summary"], "sessions", "delivery_rate", "days_to_allocation") == (0, None, None)
    assert "there is nothing to count" in kw("stats").out
    assert "n/a" in kw("stats").out


def test_prisoners_and_no_session_is_zero_and_said_to_be_what_the_record_says(kw, prison):
    prison.prisoner(arrived="2026-05-01")
    said = kw("stats --format json")

    assert pick(summary(said), "sessions", "delivery_rate") == (0, 0.0)
    assert "none was held, or none was typed in" in said.err


def test_an_officer_who_held_sessions_and_has_no_prisoners_has_no_rate(kw, twenty):
    twenty.officer("COVER", name="Ann Cover", wing="B")
    twenty.session(TWENTY[10], "COVER", "2026-05-08", 45)
    row = rows(kw("stats --format json"))["Ann Cover"]

    assert pick(row, "sessions", "expected_sessions", "delivery_rate") == (1, 0.0, None)


# --- prisoners counted once ---


def test_a_prisoner_who_changed_wings_is_counted_once_on_the_last(kw, twenty):
    assert kw("prisoner move A0001AA C-2-001 --on 2026-05-10").code == 0
    found = rows(kw("stats --format json"))

    assert pick(found["B"], "prisoners_seen", "prisoners_not_seen") == (4, 5)
    assert pick(found["C"], "prisoners_seen", "prisoners_not_seen") == (1, 10)


def test_before_he_moved_he_stands_on_the_wing_he_was_on(kw, twenty):
    assert kw("prisoner move A0001AA C-2-001 --on 2026-05-10").code == 0
    found = rows(kw("stats --until 9/5/2026 --format json"))

    assert pick(found["B"], "prisoners_seen", "prisoners_not_seen") == (5, 5)


def test_a_prisoner_who_left_and_came_back_is_one_prisoner_with_two_waits(kw, prison):
    prison.prisoner(arrived="2026-04-16")
    prison.left("A1234BC", "2026-04-20", "TRANSFER_OUT")
    prison.prisoner(arrived="2026-05-01", arrival_type="RETURN")
    prison.officer()
    prison.session("A1234BC", "SHAH", "2026-05-05")
    found = summary(kw("stats --format json"))

    assert pick(found, "prisoners_seen", "prisoners_not_seen") == (1, 0)
    names = ("days_to_first_session", "days_to_first_session_n", "days_to_first_session_not_yet")
    assert pick(found, *names) == (4.0, 1, 1)  # he left his first stay unseen: that is not mended by the second


def test_two_numbers_of_one_prisoner_are_one_prisoner(kw, twenty):
    before = summary(kw("stats --format json"))
    twenty.prisoner("A9999AA", arrived="2025-06-02")
    twenty.left("A9999AA", "2025-07-01")
    assert kw("prisoner merge A0001AA A9999AA --why fingerprints").code == 0

    assert summary(kw("stats --format json")) == before


def test_a_prisoner_out_of_scope_is_in_no_rate_and_named(kw, twenty):
    twenty.out_of_scope("A0001AA", "2026-01-10", "resettlement unit")
    said = kw("stats --format json")

    found = summary(said)
    assert pick(found, "prisoners_average", "eligible_average", "sessions") == (20.0, 19.0, 16)
    assert "A0001AA" in said.err


def test_nights_away_are_not_expected_of_anybody(kw, twenty):
    twenty.away("A0020AA", "2026-04-15")

    assert pick(summary(kw("stats --format json")), "prisoners_average", "eligible_average") == (20.0, 19.0)


def test_one_key_workers_figures_are_those_of_his_prisoners_and_his_sessions(kw, twenty):
    found = summary(kw("stats --key-worker REED --format json"))

    assert pick(found, "eligible_average", "sessions", "prisoners_not_seen") == (10.0, 0, 10)


def test_what_was_typed_later_is_not_in_the_figures_as_they_were_known(kw, twenty):
    known = summary(kw("stats --known-at 2026-05-01 --format json"))

    assert (known["sessions"], known["prisoners_not_seen"]) == (15, 15)


@pytest.mark.parametrize("ending", ["html", "xlsx", "md", "csv", "json"])
def test_it_can_be_written_in_every_form(kw, twenty, tmp_path, ending):
    assert kw(["stats", "--compare", "--output", str(tmp_path / f"stats.{ending}")]).code == 0
    assert (tmp_path / f"stats.{ending}").stat().st_size > 0


def test_it_lists_nobody_so_fail_takes_no_notice(kw, twenty):
    assert kw("stats --fail").code == 0
