"""`kw import --roll`: it says who came, moved and left, and asks before it ends anybody's stay (help: movements)."""

import json

import pytest

from commands.prison_sheets import PrisonSheets
from databases import rows
from factories import world

COLUMNS = "prison_number,arrived_on,last_name,first_name,location,left_on,departure_reason"
SAM, ALI, BEN, COL = (
    "A0001AA,2026-01-05,Example,Sam,B-1-001,,",
    "A0002AA,2026-02-02,Other,Ali,B-1-002,,",
    "A0003AA,2026-03-02,Third,Ben,B-1-003,,",
    "A0004AA,2026-05-11,New,Col,C-1-001,,",
)


@pytest.fixture
def roll(tmp_path):
    """Write a roll of these rows; return how it is imported."""

    def write(*rows):
        path = tmp_path / "prisoners.csv"
        path.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
        return f"import --roll {path}"

    return write


@pytest.fixture
@world
def three_prisoners(prison):
    """Sam and Ali, Officer Shah's, and Ben, who has nobody."""
    prison.officer("SHAH")
    prison.prisoner("A0001AA", name="Sam Example", arrived="2026-01-05", location="B-1-001")
    prison.prisoner("A0002AA", name="Ali Other", arrived="2026-02-02", location="B-1-002")
    prison.prisoner("A0003AA", name="Ben Third", arrived="2026-03-02", location="B-1-003")
    for number in ("A0001AA", "A0002AA"):
        prison.allocated(number, "SHAH", "2026-03-03")
    prison.session("A0002AA", "SHAH", "2026-05-04")
    return prison


def here(kw, options=""):
    rows = json.loads(kw(f"prisoner list --format json {options}").out)["rows"]
    return {row["prison_number"]: row["location"] for row in rows}


def held(prison, number):
    (one,) = prison.store.queries.allocations_of(prison.people[number])
    prison.store.close()
    return one.ended_on and str(one.ended_on), one.end_reason


def test_it_says_who_came_moved_and_is_missing_and_saves_it_all_when_that_is_confirmed(kw, three_prisoners, roll):
    line = roll(SAM.replace("B-1-001", "C-2-020"), BEN, COL)

    told = kw(line, answers=["y"])

    assert told.code == 0
    arrived, moved, missing = told.out.index("Arrived"), told.out.index("Moved"), told.out.index("Not on this roll")
    assert arrived < told.out.index("A0004AA") < moved < told.out.index("A0001AA") < missing
    assert missing < told.out.index("A0002AA")
    assert (
        "1 prisoner here in kw and not on the roll. Saved, his stay ends on Tue 12 May 2026; how is not known."
        in told.out
    )
    assert "Save 1 arrival, 1 move and the end of the stay of 1 prisoner not on this roll? [y/N]" in told.err
    assert "Saved: 1 arrival, 1 move and the end of the stay of 1 prisoner not on this roll." in told.out
    assert here(kw) == {"A0001AA": "C-2-020", "A0003AA": "B-1-003", "A0004AA": "C-1-001"}
    assert held(three_prisoners, "A0002AA") == ("2026-05-12", "NO_LONGER_IN_PRISON")
    assert held(three_prisoners, "A0001AA") == (None, None), "a move keeps the key worker"
    assert here(kw, "--as-of 2026-05-11")["A0002AA"] == "B-1-002"


@pytest.mark.parametrize("answers", [["n"], None])
def test_without_a_yes_nothing_at_all_is_saved(kw, three_prisoners, roll, answers):
    before = here(kw)

    told = kw(roll(SAM.replace("B-1-001", "C-2-020"), COL), answers=answers)

    assert told.code == 0
    assert "Not on this roll" in told.out
    assert "nothing saved" in told.err
    assert ("add --yes" in told.err) == (answers is None)
    assert here(kw) == before


def test_with_yes_nobody_is_asked(kw, three_prisoners, roll):
    assert "Saved: the end of the stays of 2 prisoners not on this roll." in kw(roll(SAM) + " --yes").out
    assert list(here(kw)) == ["A0001AA"]


def test_the_same_roll_again_changes_nothing(kw, three_prisoners, roll):
    line = roll(SAM, COL)
    kw(line + " --yes")

    told = kw(line + " --yes")

    assert "prisoners.csv, 2 prisoners: nothing to save." in told.out
    assert "Saved" not in told.out


def test_a_prisoner_whom_the_roll_says_has_left_is_no_longer_his_key_workers(kw, three_prisoners, roll):
    told = kw(roll(SAM + "\n" + BEN, ALI.replace(",,", ",2026-05-10,RELEASE")) + " --yes")

    assert "Saved: 1 departure." in told.out
    assert held(three_prisoners, "A0002AA") == ("2026-05-10", "RELEASED")
    assert "released" in told.out


def test_a_prisoner_away_overnight_is_not_taken_for_gone(kw, three_prisoners, roll):
    three_prisoners.away("A0002AA", "2026-05-08")

    told = kw(roll(SAM, BEN) + " --yes")

    assert "Out overnight, and not on this roll: left as they are" in told.out
    assert "in hospital" in told.out
    assert "nothing to save" in told.out
    assert "A0002AA" in here(kw)


def test_a_prisoner_on_the_roll_whom_kw_has_gone_is_pointed_out_and_left_alone(kw, three_prisoners, roll):
    three_prisoners.left("A0002AA", "2026-05-08", "TRANSFER_OUT")

    told = kw(roll(SAM, ALI, BEN) + " --yes")

    assert "On this roll, and not here in kw: nothing is done about them" in told.out
    assert "transferred out" in told.out
    assert "kw prisoner return NUMBER" in told.out
    assert "A0002AA" not in here(kw)


def test_a_prisoner_whom_the_roll_has_in_segregation_is_to_be_seen_there_today(kw, three_prisoners, roll):
    kw(roll(SAM, ALI.replace("B-1-002", "SEG"), BEN) + " --yes")

    row = next(
        row for row in json.loads(kw("overdue --days 1 --format json").out)["rows"] if row["prison_number"] == "A0002AA"
    )
    assert (row["location"], row["wing"], row["markers"], row["see_today"]) == ("SEG", "B", ["SEG"], True)

    kw(roll(SAM, ALI, BEN) + " --yes --as-of 2026-05-13")
    (event,) = json.loads(kw("event list A0002AA --format json --as-of 2026-05-13").out)["rows"]
    assert event["until"] == "2026-05-13"


def test_a_prisoner_back_in_the_cell_he_came_to_is_found_there(kw, three_prisoners, roll):
    kw("prisoner move A0001AA C-3-030 --on 2026-05-08")

    told = kw(roll(SAM, ALI, BEN) + " --yes")

    assert "Saved: 1 move." in told.out
    assert here(kw)["A0001AA"] == "B-1-001"


def test_a_roll_that_would_save_something_else_than_was_shown_is_refused(kw, three_prisoners, roll):
    """Somebody records a release while the question stands on the screen."""

    def meanwhile():
        assert kw("prisoner leave A0002AA --reason RELEASE").code == 0
        yield "y"

    told = kw(roll(SAM, BEN), answers=meanwhile())

    assert told.code == 5
    assert "the record has changed since this was shown; nothing was saved." in told.err
    assert held(three_prisoners, "A0002AA") == ("2026-05-12", "RELEASED")


def test_a_prisoner_seen_after_the_day_of_the_roll_cannot_have_left_by_it(kw, three_prisoners, roll):
    three_prisoners.session("A0002AA", "SHAH", "2026-05-11")

    told = kw(roll(SAM, BEN) + " --yes --as-of 2026-05-09")

    assert told.code == 5
    assert "Officer Shah has a session with Ali Other on Mon 11 May 2026" in told.err
    assert "A0002AA" in here(kw)


def test_a_bad_row_is_named_and_nothing_is_shown_or_saved(kw, three_prisoners, roll):
    told = kw(roll(SAM, "A0009ZZ,soon,X,Y,,,") + " --yes")

    assert told.code == 6
    assert "prisoners.csv line 3, arrived_on" in told.err
    assert told.out == ""
    assert len(here(kw)) == 3


def test_a_roll_is_one_file_of_prisoners(kw, three_prisoners, roll, tmp_path):
    line = roll(SAM)
    (tmp_path / "rota.csv").write_text("staff_id,date,start,end\n", encoding="utf-8")

    told = kw(f"{line} {tmp_path / 'prisoners.csv'}")
    assert told.code == 2
    assert "a roll is one file" in told.err
    assert kw(f"import --roll {tmp_path}").code == 2
    assert kw(f"import --roll {tmp_path / 'none.csv'}").code == 4


def test_a_dry_run_shows_it_and_saves_nothing(kw, three_prisoners, roll):
    told = kw(roll(SAM) + " --dry-run")

    assert "Not on this roll" in told.out
    assert told.err.endswith("nothing saved: --dry-run\n")
    assert len(here(kw)) == 3


def test_the_first_roll_fills_an_empty_prison(kw, roll):
    told = kw(roll(SAM, ALI) + " --yes")

    assert "Saved: 2 arrivals." in told.out
    assert len(here(kw)) == 2


def test_a_death_on_the_roll_ends_his_allocation_and_locks_his_record(kw, three_prisoners, roll):
    kw(roll(SAM, BEN, ALI.replace(",,", ",2026-05-10,DIED")) + " --yes")

    assert held(three_prisoners, "A0002AA") == ("2026-05-10", "DIED")
    assert "his record is locked" in kw("prisoner move A0002AA SEG").err
    assert "A0002AA" not in kw("overdue --days 1").out


ALPHA = "Booking No,NOMS Number,Last Name,First Name,Date of Birth,Location,In Out Status,Release Date"


@pytest.fixture
def alpha(tmp_path):
    """Write an alpha list of these rows, as it is downloaded; return how it is imported."""

    def write(*rows):
        return f"import --roll '{PrisonSheets(tmp_path / 'roll').csv('Alpha List', ALPHA, *rows)}'"

    return write


def test_the_official_alpha_list_is_a_roll_and_needs_no_day_of_arrival_of_those_who_are_known(
    kw, three_prisoners, alpha
):
    sam = "X1,A0001AA,EXAMPLE,SAM,02/01/1990,FGX-C-2-020,IN,01/05/2026"
    ali = "X2,A0002AA,OTHER,ALI,02/01/1990,FGX-B-1-002,OUT,"

    told = kw(alpha(sam, ali), answers=["y"])

    assert "Save 1 move and the end of the stay of 1 prisoner not on this roll?" in told.err
    assert "On this roll as out or in transit: left as they are" in told.out
    assert here(kw) == {"A0001AA": "C-2-020", "A0002AA": "B-1-002"}
    assert held(three_prisoners, "A0001AA") == (None, None), "the date of a sentence ends nothing"


@pytest.mark.parametrize(
    ("answer", "stay"), [("01/05/2026", ("2026-05-01", "2026-05-12")), ("", ("2026-05-12", "2026-05-12"))]
)
def test_of_a_prisoner_new_on_an_alpha_list_the_day_of_arrival_is_asked(
    kw, three_prisoners, alpha, database, answer, stay
):
    others = [f"X,A000{n}AA,{name},,B-1-00{n},IN," for n, name in ((1, "EXAMPLE,SAM"), (2, "OTHER,ALI"))]

    told = kw(
        alpha(*others, "X,A0003AA,THIRD,BEN,,B-1-003,IN,", "X,A0004AA,NEW,COL,,C-1-001,IN,"), answers=[answer, "y"]
    )

    assert "1 prisoner has no day of arrival" in told.err
    assert "Saved: 1 arrival." in told.out
    begun = "SELECT s.arrived_on, s.records_from FROM stay s JOIN person p ON p.id = s.person_id"
    assert rows(database, f"{begun} WHERE p.prison_number = 'A0004AA'") == [stay]


def test_a_list_of_something_else_is_no_roll(kw, three_prisoners, tmp_path):
    path = PrisonSheets(tmp_path / "x").csv(
        "csip", "NOMS Number,Cont. Factor(s),Date Referred", "A0001AA,Debt,20/04/2026"
    )

    told = kw(f"import --roll {path} --yes")

    assert (told.code, len(here(kw))) == (2, 3)
