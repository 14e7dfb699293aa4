"""A prisoner's own average: looks passable over his stay, so his last 28 days stand beside it."""

import json

import pytest

from keyworker_cli.fiction import write_prison


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The sample data as files."""
    folder = tmp_path_factory.mktemp("fellgate")
    write_prison("demo", folder)
    return folder


def average(kw, who: str) -> list[tuple]:
    answer = json.loads(kw(f"why {who} --format json").out)
    (section,) = (one for one in answer["sections"] if one["name"] == "average")
    names = ("days", "required_minutes", "delivered_minutes", "minutes_per_week", "percent")
    return [tuple(row[name] for name in names) for row in section["rows"]]


def test_mr_a_averages_29_5_minutes_a_week_and_had_none_in_his_last_28_days(kw, files) -> None:
    kw(f"import {files}")
    for as_of in ("2026-05-12", "2026-05-14"):
        assert average(kw, f"A1001AA --as-of {as_of}") == [(128, 823, 540, 29.5, 66), (28, 180, 0, 0.0, 0)]
    sentence = (
        "His own average: 29.5 minutes a week over 128 days (540 of 823 required, 66 %); "
        "in the last 28 days 0 minutes a week over 28 days (0 of 180 required, 0 %)."
    )
    assert sentence in kw("timeline A1001AA --as-of 2026-05-14").out


def test_mr_b_had_40_of_1286_minutes_3_per_cent(kw, files) -> None:
    kw(f"import {files}")
    assert average(kw, "'Mr B' --as-of 2026-05-12")[0] == (200, 1286, 40, 1.4, 3)
    summary = json.loads(kw("timeline 'Mr B' --as-of 2026-05-12 --format json").out)["summary"]
    assert (summary["required_minutes"], summary["delivered_minutes"], summary["percent"]) == (1286, 40, 3)


def test_nights_away_and_days_out_of_scope_are_not_required(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.away("A1234BC", "2026-04-10", back="2026-04-12")
    prison.out_of_scope("A1234BC", "2026-04-22", "kept apart")

    assert average(kw, "A1234BC --as-of 2026-05-12")[0] == (19, 122, 0, 0.0, 0)


def test_a_session_of_unknown_length_is_in_no_sum_and_is_said(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-05-05")
    prison.session("A1234BC", "SHAH", "2026-05-08", minutes=None)

    assert average(kw, "A1234BC --as-of 2026-05-12")[0] == (12, 77, 45, 26.2, 58)
    assert "(45 of 77 required, 58 %; 1 of unknown length left out)" in kw("timeline A1234BC").out
