"""`kw affected`: who else to see after a death or serious self-harm, and the staff who knew him (help: affected)."""

import json

import pytest

from factories import world

HE = "A1234BC"


@pytest.fixture
@world
def wing(prison):
    """Mr Dow of B-2-014, Officer Shah's, and others nearer to him or further away; asked on 12 May."""
    prison.prisoner(HE, arrived="2026-01-05", name="Ian Dow", location="B-2-014")
    prison.prisoner("A1111BC", arrived="2026-01-05", name="Cell Mate", location="B-2-014")
    prison.prisoner("A2222BC", arrived="2026-01-05", name="Land Ing", location="B-2-020")
    prison.prisoner("A3333BC", arrived="2026-01-05", name="Wing Man", location="B-1-001")
    prison.prisoner("A4444BC", arrived="2026-01-05", name="Other Wing", location="C-1-001")
    prison.prisoner("A5555BC", arrived="2026-01-05", name="Shah's Too", location="C-1-002")
    prison.officer("SHAH")
    prison.officer("PRICE")
    prison.allocated(HE, "PRICE", "2026-01-06")
    prison.allocated(HE, "SHAH", "2026-03-02")
    prison.allocated("A5555BC", "SHAH", "2026-01-06")
    return prison


def page(kw, line=""):
    said = kw(f"affected {HE} --format json {line}")
    return json.loads(said.out) if said.code == 0 else said


def rows(page, name="prisoners"):
    return next(section["rows"] for section in page["sections"] if section["name"] == name)


def ties(page):
    return {row["prison_number"]: (row["tie"], row["together_days"]) for row in rows(page)}


def test_each_is_listed_once_under_his_nearest_tie(kw, wing) -> None:
    said = page(kw)

    assert ties(said) == {
        "A1111BC": ("CELL", 28),
        "A2222BC": ("LANDING", 28),
        "A5555BC": ("KEY_WORKER", 0),
        "A3333BC": ("WING", 28),
    }
    assert list(ties(said)) == ["A1111BC", "A2222BC", "A5555BC", "A3333BC"], "the nearest first"
    summary = said["summary"]
    assert (summary["prisoners"], summary["same_cell"], summary["key_worker"]["staff_id"]) == (4, 1, "SHAH")


def test_a_cell_shared_and_left_28_days_ago_no_longer_counts(kw, wing) -> None:
    kw("prisoner move A1111BC C-1-009 --on 2026-04-15")
    assert "A1111BC" not in ties(page(kw)), "together until 14 April; the 28 days begin on the 15th"

    assert ties(page(kw, "--on 2026-05-11"))["A1111BC"] == ("CELL", 1)


def test_together_in_segregation_is_as_near_as_a_landing(kw, wing) -> None:
    kw(f"prisoner move {HE} SEG --on 2026-05-04")
    kw("prisoner move A4444BC SEG --on 2026-05-10")

    assert ties(page(kw))["A4444BC"] == ("LANDING", 3)


def test_an_open_acct_comes_first_within_a_tie_and_stays_out_of_a_file(kw, wing, tmp_path) -> None:
    wing.prisoner("A0000BC", arrived="2026-01-05", name="No Acct", location="B-1-002")
    wing.acct("A3333BC", "2026-05-01")
    wing.acct("A0000BC", "2026-04-01", closed="2026-04-20")

    found = [(row["prison_number"], row["acct_opened_on"]) for row in rows(page(kw)) if row["tie"] == "WING"]

    assert found == [("A3333BC", "2026-05-01"), ("A0000BC", None)]
    file = tmp_path / "who.md"
    kw(["affected", HE, "--output", str(file)])
    assert "open since" not in file.read_text()
    kw(["affected", HE, "--with-reasons", "--output", str(file)])
    assert "open since Fri 1 May 2026" in file.read_text()


def test_ten_are_named_and_the_others_counted_unless_all_are_asked_for(kw, wing) -> None:
    for number in range(12):
        wing.prisoner(f"B{number:04}BC", arrived="2026-01-05", name=f"Near {number}", location=f"B-2-1{number:02}")
    wing.acct("A3333BC", "2026-05-01")

    ten, everybody = kw(f"affected {HE}").out, kw(f"affected {HE} --all").out

    assert "and 6 more: landing 5, key worker 1 (--all names them)" in ten
    assert ten.index("Cell Mate") < ten.index("To be seen first of all others") < ten.index("Wing Man")
    assert ten.index("Wing Man") < ten.index("Same landing, or")
    assert "Shah's Too" not in ten
    assert "Shah's Too" in everybody
    assert " more:" not in everybody
    assert len(rows(page(kw))) == 16


def test_of_those_on_his_landing_whoever_moved_with_him_comes_first(kw, wing) -> None:
    wing.prisoner("A9999BC", arrived="2026-01-05", name="Moved Too", location="B-2-021")
    for number, cell in ((HE, "B-3-001"), ("A9999BC", "B-3-002")):
        kw(f"prisoner move {number} {cell} --on 2026-05-04")

    landing = [(row["name"], row["places_together"]) for row in rows(page(kw)) if row["tie"] == "LANDING"]

    assert landing == [("Moved Too", 2), ("Land Ing", 1)]
    assert "28 days to Tue 12 May; moved with him" in " ".join(kw(f"affected {HE}", KW_WIDTH="200").out.split())


def test_the_staff_who_knew_him_his_key_worker_first(kw, wing) -> None:
    wing.officer("REED")
    wing.officer("NEVER")
    wing.session(HE, "PRICE", "2026-02-02")
    wing.session(HE, "REED", "2026-05-08")
    wing.session(HE, "PRICE", "2026-02-10")

    found = [
        (row["officer"]["staff_id"], row["key_worker_from"], row["key_worker_until"], row["entries"], row["last_on"])
        for row in rows(page(kw), "staff")
    ]

    assert found == [
        ("SHAH", "2026-03-02", None, 0, None),
        ("REED", None, None, 1, "2026-05-08"),
        ("PRICE", "2026-01-06", "2026-03-02", 2, "2026-02-10"),
    ]


def test_a_death_recorded_offers_it_and_the_day_of_death_is_its_day(kw, wing) -> None:
    told = kw(f"prisoner leave {HE} --reason DIED --on 2026-05-10")
    assert f"Who else to see, and the staff who knew him: kw affected {HE}" in told.out

    said = page(kw)

    assert said["summary"]["on"] == "2026-05-10"
    assert said["summary"]["key_worker"]["staff_id"] == "SHAH"
    assert ties(said)["A1111BC"] == ("CELL", 28)
    assert [row["officer"]["staff_id"] for row in rows(said, "staff")] == ["SHAH", "PRICE"]


@pytest.mark.parametrize(("on", "day"), [("", ""), (" --on 2026-05-10", " --on 2026-05-10")])
def test_self_harm_recorded_offers_it_in_case_it_was_serious(kw, wing, on, day) -> None:
    said = kw(f"event add {HE} SELF_HARM{on}").out

    assert said.splitlines()[-1].endswith(
        f"If it was serious, who else to see, and the staff who knew him: kw affected {HE}{day}"
    )
    assert page(kw, day)["summary"]["prisoners"] == 4
    assert "affected" not in kw(f"event add {HE} SELF_HARM --on 2026-05-09 --dry-run").out
    assert "affected" not in kw(f"event add {HE} DEBT").out


def test_a_death_not_saved_offers_nothing(kw, wing) -> None:
    assert "kw affected" not in kw(f"prisoner leave {HE} --reason DIED --dry-run").out


def test_it_is_narrowed_to_a_wing(kw, wing) -> None:
    assert set(ties(page(kw, "--wing C"))) == {"A5555BC"}


@pytest.mark.parametrize("on", ["2026-01-04", "2026-05-13"])
def test_a_day_on_which_he_was_not_here_is_refused(kw, wing, on) -> None:
    said = kw(f"affected {HE} --on {on}")

    assert said.code in (2, 5)
    assert not said.out


def test_one_prisoner_alone_says_so(kw, prison) -> None:
    prison.prisoner(HE, arrived="2026-05-01")

    said = kw(f"affected {HE}", KW_WIDTH="80").out

    assert "Nobody here was near him in the 28 days by the moves, or has the key worker he had." in " ".join(
        said.split()
    )
    assert "No key worker is recorded with him in this stay." in said


def test_of_his_key_workers_others_it_says_how_near_they_lived_too(kw, wing) -> None:
    wing.allocated("A3333BC", "SHAH", "2026-03-03")

    said = page(kw)

    assert ties(said)["A3333BC"] == ("KEY_WORKER", 28)
    assert "wing, 28 days to Tue 12 May" in " ".join(kw(f"affected {HE}", KW_WIDTH="200").out.split())
