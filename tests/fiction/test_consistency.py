"""Nothing in the files contradicts anything else in them: what `kw import` would refuse is not there."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time
from itertools import pairwise

from fiction.prison_files import AS_OF, DAY, LONDON, PrisonFiles, Row, day, ends_at, is_there, minute

MR_A = "A1001AA"


def grouped(rows: Iterable[Row], *columns: str) -> list[list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return list(found.values())


def test_every_number_is_a_prison_number_of_a_prisoner_who_is_known(prison_files: PrisonFiles) -> None:
    known = set(prison_files.stays_of)
    assert all(re.fullmatch(r"[A-Z]\d{4}[A-Z]{2}", number) for number in known)
    for kind in ("moves", "allocations", "events", "absences", "acct", "acct_reviews", "needs"):
        assert {row["prison_number"] for row in prison_files.rows(kind)} <= known, kind
    assert {row["prison_number"] for row in prison_files.sessions} <= known


def test_a_mans_stays_follow_each_other(prison_files: PrisonFiles) -> None:
    for stays in prison_files.stays_of.values():
        ordered = sorted(stays, key=lambda stay: stay["arrived_on"])
        assert all(not stay["left_on"] or stay["arrived_on"] <= stay["left_on"] for stay in ordered)
        assert all(first["left_on"] and first["left_on"] < then["arrived_on"] for first, then in pairwise(ordered))
        assert all(bool(stay["left_on"]) == bool(stay["departure_reason"]) for stay in ordered)


def test_a_mans_allocations_never_overlap_and_end_with_his_stay(prison_files: PrisonFiles) -> None:
    for number, held in prison_files.allocations_of.items():
        ordered = sorted(held, key=lambda row: row["allocated_on"])
        assert all(first["ended_on"] and first["ended_on"] <= then["allocated_on"] for first, then in pairwise(ordered))
        for row in ordered:
            stay = prison_files.stay_on(number, day(row["allocated_on"]))
            assert not stay["left_on"] or (row["ended_on"] and row["ended_on"] <= stay["left_on"])
            assert bool(row["ended_on"]) == bool(row["end_reason"])


def test_no_officer_holds_more_prisoners_than_his_capacity(prison_files: PrisonFiles) -> None:
    held: dict[str, int] = defaultdict(int)
    for row in prison_files.allocations:
        held[row["staff_id"]] += not row["ended_on"] or day(row["ended_on"]) > AS_OF
    for staff_id, officer in prison_files.officers.items():
        assert held[staff_id] <= int(officer["capacity"])


def test_sessions_are_held_in_a_stay_and_not_while_a_prisoner_is_away(prison_files: PrisonFiles) -> None:
    for row in prison_files.sessions:
        held_on = day(row["held_on"])
        stays = prison_files.stays_of[row["prison_number"]]
        assert any(is_there(stay, held_on) or stay["left_on"] == row["held_on"] for stay in stays), row
        for absence in prison_files.absences_of[row["prison_number"]]:
            assert not (day(absence["from"]) < held_on and (not absence["to"] or held_on < day(absence["to"]))), row


def test_no_officer_is_in_two_sessions_at_once_nor_at_work_on_leave(prison_files: PrisonFiles) -> None:
    for held in grouped(prison_files.sessions, "staff_id", "held_on"):
        spans = sorted((minute(row["start"]), minute(row["start"]) + int(row["minutes"])) for row in held)
        assert all(first[1] <= then[0] for first, then in pairwise(spans)), held
    for spell in prison_files.rows("statuses"):
        for row in (*prison_files.sessions, *prison_files.rota):
            on = row.get("held_on") or row["date"]
            assert row["staff_id"] != spell["staff_id"] or not spell["from"] <= on < spell["return_on"], (spell, row)


def test_slots_are_long_enough_and_never_overlap(prison_files: PrisonFiles) -> None:
    for slots in grouped(prison_files.rota, "staff_id", "date"):
        spans = sorted((minute(row["start"]), minute(row["end"])) for row in slots)
        assert all(end - start >= 15 for start, end in spans)
        assert all(first[1] <= then[0] for first, then in pairwise(spans))
    for row in prison_files.rota:
        assert bool(row["reason"]) == (row["status"] in ("REDEPLOYED", "CANCELLED", "ABSENT"))
        assert row["status"] == "PUBLISHED" or day(row["date"]) <= AS_OF


def test_minutes_are_nought_unless_a_session_was_completed(prison_files: PrisonFiles) -> None:
    for row in prison_files.sessions:
        minutes = int(row["minutes"])
        assert (minutes > 0) == (row["outcome"] == "COMPLETED")
        assert minutes <= 480


def test_nothing_is_recorded_before_it_happened(prison_files: PrisonFiles) -> None:
    for row in prison_files.sessions:
        assert datetime.fromisoformat(row["recorded_at"]) >= ends_at(row), row
    for row in prison_files.events:
        happened = datetime.combine(day(row["on"]), time.fromisoformat(row["time"]), LONDON)
        assert datetime.fromisoformat(row["recorded_at"]) > happened.astimezone(UTC)
    for row in prison_files.allocations:
        assert row["recorded_at"][:10] >= row["allocated_on"]
        assert row["allocated_at"][:10] == row["allocated_on"]
    for row in prison_files.rota:
        assert not row["recorded_at"] or row["recorded_at"][:10] >= row["published_on"]


def test_only_mr_as_last_day_lies_after_the_day_the_prison_stands_at(prison_files: PrisonFiles) -> None:
    today = str(AS_OF)
    happened = {
        "prisoners": ("arrived_on", "left_on"),
        "moves": ("moved_on",),
        "allocations": ("allocated_on", "ended_on", "acknowledged_on"),
        "sessions": ("held_on", "recorded_at"),
        "events": ("on", "until", "recorded_at"),
        "absences": ("from", "to"),
        "acct": ("opened_on", "closed_on", "post_closure_review_held"),
        "acct_reviews": ("held_on",),
        "needs": ("raised_on", "closed_on"),
    }
    later = {
        (row["prison_number"], row[column][:10])
        for kind, columns in happened.items()
        for row in prison_files.rows(kind)
        for column in columns
        if row[column][:10] > today
    }
    assert later == {(MR_A, "2026-05-13")}


def test_the_rota_is_out_to_the_end_of_next_week_and_was_published_by_today(prison_files: PrisonFiles) -> None:
    assert AS_OF + 10 * DAY <= max(day(row["date"]) for row in prison_files.rota) <= AS_OF + 12 * DAY
    assert max(row["published_on"] for row in prison_files.rota) <= str(AS_OF)


def test_accts_have_their_reviews_within_them_and_events_fall_in_a_stay(prison_files: PrisonFiles) -> None:
    for acct in prison_files.rows("acct"):
        assert not acct["closed_on"] or acct["opened_on"] < acct["closed_on"]
    for accts in grouped(prison_files.rows("acct"), "prison_number"):
        ordered = sorted(accts, key=lambda acct: acct["opened_on"])
        assert all(first["closed_on"] and first["closed_on"] < then["opened_on"] for first, then in pairwise(ordered))
    for row in prison_files.events:
        on = day(row["on"])
        stays = prison_files.stays_of[row["prison_number"]]
        assert any(is_there(stay, on) or stay["left_on"] == row["on"] for stay in stays), row
        assert not row["until"] or row["until"] >= row["on"]
