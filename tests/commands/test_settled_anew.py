"""What was settled with one stay is settled anew when another is known to be the same prisoner's (help: movements).

A stay that begins on the day another ends has what began that day, whichever was recorded first, and under whichever
of the two numbers: what is answered is the same. A merge that is taken back leaves each number what it had.
"""

import json

import pytest

from factories import world

KEEP, OTHER, AT_ONCE = "A0001AA", "B0001BB", "C0001CC"
FIRST = "2026-04-01,Alder,Sam,B-1-001,2026-04-20,TRANSFER_OUT"
SECOND = "2026-04-20,Alder,Sam,B-1-009,,"
HEADINGS = {
    "prisoners": "prison_number,arrived_on,last_name,first_name,location,left_on,departure_reason",
    "allocations": "prison_number,staff_id,allocated_on,ended_on,end_reason",
    "absences": "prison_number,reason,from,to",
    "moves": "prison_number,moved_on,location",
    "sessions": "prison_number,staff_id,held_on,type,outcome,minutes,source",
}
OF_THE_DAY = {
    "a key worker": {"allocations": ["KW1,2026-04-20,,"]},
    "a key worker until a day to come": {"allocations": ["KW1,2026-04-20,2026-05-20,MANUAL"]},
    "a key worker until a day gone by": {"allocations": ["KW1,2026-04-20,2026-04-28,MANUAL"]},
    "a key worker and the next": {"allocations": ["KW1,2026-04-20,2026-05-01,OVERRIDE", "KW2,2026-05-01,,"]},
    "a night away": {"absences": ["HOSPITAL,2026-04-20,"]},
    "nights away until a day to come": {"absences": ["HOSPITAL,2026-04-20,2026-05-20"]},
    "nights away until a day gone by": {"absences": ["COURT,2026-04-20,2026-04-28"]},
    "nights away and others": {"absences": ["COURT,2026-04-20,", "HOSPITAL,2026-05-02,"]},
    "segregation": {"moves": ["2026-04-20,SEG"]},
    "segregation until a day gone by": {"moves": ["2026-04-20,SEG", "2026-04-28,B-1-002"]},
}
"""What is recorded of the day on which one stay ends and another begins, each behind a prison number."""


@pytest.fixture
@world
def two_officers(prison):
    """Two officers of wing B."""
    prison.officer("KW1", name="Ann Ashdown", capacity=6)
    prison.officer("KW2", name="Bo Birch", capacity=6)
    return prison


@pytest.fixture
def load(kw, tmp_path):
    """Import rows, each under a number: `load(KEEP, prisoners=[...])`; under none where each says its own."""

    def load(number, **files):
        for name, rows in files.items():
            lines = [HEADINGS[name], *(f"{number},{row}" if number else row for row in rows)]
            (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
        said = kw(["import", "--yes", *(str(tmp_path / f"{name}.csv") for name in files)])
        assert said.code == 0, said.err

    return load


@pytest.fixture
def export(kw, tmp_path):
    """Every file that `kw export` writes, by name."""

    def write(name):
        assert kw(f"export {tmp_path / name}").code == 0
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    return write


def merge(kw, first=KEEP, second=OTHER, words=""):
    told = kw(f"prisoner merge {words} {first} {second} --why fingerprints")
    assert told.code == 0, told.err


def stands(kw, number=KEEP):
    """How he stands, who has had him, where he was and what raises his priority, whatever his number is."""
    report = json.loads(kw(f"why {number} --format json").out)
    told = [(part["name"], part["summary"], [*map(_said, part["rows"])]) for part in report["sections"]]
    return {name: value for name, value in report["summary"].items() if name not in NUMBERS}, [
        part for part in told if part[0] in SAID
    ]


def _said(row):
    """A row of a page, but for whoever kw was run by when an end was settled."""
    return {name: value for name, value in row.items() if name != "ended_by"}


SAID = ("clocks", "average", "markers", "key_workers", "earlier_stays")
NUMBERS = ("prison_number", "also_known_by")
LATER, MERGED, INTO_THE_LATER = "DEF"
"""How the later stay of a prisoner came to be known: the first letter of his numbers."""


@pytest.fixture
def out_and_back(load):
    """Of each case four prisoners: one known at once, and those of whom the later stay comes in a second import."""
    first: dict[str, list[str]] = {"prisoners": []}
    for n, of_the_day in enumerate(OF_THE_DAY.values()):
        for letter in (AT_ONCE[0], LATER, MERGED, INTO_THE_LATER):
            for name, rows in {"prisoners": [FIRST], **of_the_day}.items():
                first.setdefault(name, []).extend(f"{letter}{n:04}AA,{row}" for row in rows)
    cases = [f"{n:04}AA" for n in range(len(OF_THE_DAY))]
    first["prisoners"] += [f"{AT_ONCE[0]}{case},{SECOND}" for case in cases]
    load("", **first)
    load("", prisoners=[f"{LATER}{case},{SECOND}" for case in cases])
    load("", prisoners=[f"{letter}{case[:4]}BB,{SECOND}" for letter in (MERGED, INTO_THE_LATER) for case in cases])
    return cases


def merge_all(kw, cases, words=""):
    for case in cases:
        merge(kw, f"{MERGED}{case}", f"{MERGED}{case[:4]}BB", words)
        merge(kw, f"{INTO_THE_LATER}{case[:4]}BB", f"{INTO_THE_LATER}{case}", words)


def test_what_began_on_the_day_of_out_and_back_is_of_the_later_stay_until_a_merge_is_taken_back(
    kw, two_officers, out_and_back, export
):
    before = export("before")

    merge_all(kw, out_and_back)

    for case, what in zip(out_and_back, OF_THE_DAY, strict=True):
        right = stands(kw, f"{AT_ONCE[0]}{case}")
        wrong = [way for way in (LATER, MERGED, INTO_THE_LATER) if stands(kw, f"{way}{case}") != right]
        assert not wrong, what
    merge_all(kw, out_and_back, "--undo")
    assert export("after") == before


def test_a_return_on_the_day_he_left_names_the_key_worker_allocated_that_day(kw, two_officers, load):
    load(KEEP, prisoners=[FIRST], allocations=["KW1,2026-04-20,,"])

    told = kw(f"prisoner return {KEEP} --on 2026-04-20")

    assert "Ann Ashdown is his key worker again." in told.out
    assert "A key worker" not in told.out


@pytest.mark.parametrize("first", ["an import", "a departure"])
def test_nights_away_that_a_later_file_ends_on_the_day_he_left_stay_so_when_that_is_taken_back(
    kw, two_officers, load, export, first
):
    here = FIRST.replace("2026-04-20,TRANSFER_OUT", ",")
    load(AT_ONCE, prisoners=[here], absences=["COURT,2026-04-18,2026-04-20"])
    load(KEEP, prisoners=[FIRST if first == "an import" else here], absences=["COURT,2026-04-18,"])
    if first == "a departure":
        assert kw(f"prisoner leave {KEEP} --reason TRANSFER_OUT --on 2026-04-20").code == 0
    load(KEEP, absences=["COURT,2026-04-18,2026-04-20"])

    assert b"COURT,2026-04-18,2026-04-20" in export("nights")["absences.csv"].split(b"A0001AA")[1]
    assert kw(f"prisoner leave {KEEP} --undo --why 'of somebody else'").code == 0

    assert stands(kw) == stands(kw, AT_ONCE)


def test_nights_away_round_others_are_so_again_where_the_stay_did_not_end_among_them(kw, two_officers, load):
    away = {"absences": ["COURT,2026-04-12,2026-04-21", "HOSPITAL,2026-04-18,2026-04-19"]}
    load(KEEP, prisoners=[FIRST], **away)
    load(AT_ONCE, prisoners=[FIRST.replace("2026-04-20,TRANSFER_OUT", ",")], **away)

    assert kw(f"prisoner leave {KEEP} --undo --why 'of somebody else'").code == 0

    assert stands(kw) == stands(kw, AT_ONCE)


@pytest.mark.parametrize("until", ["", "2026-05-20"])
def test_what_ended_with_a_stay_ends_later_where_a_file_says_that_the_stay_did(kw, two_officers, load, until):
    ends = {"allocations": [f"KW1,2026-04-02,{until},{until and 'MANUAL'}"], "absences": [f"COURT,2026-04-10,{until}"]}
    ends["moves"] = ["2026-04-05,SEG"]
    later = FIRST.replace("2026-04-20", "2026-05-06")
    load(AT_ONCE, prisoners=[later], **ends)
    load(KEEP, prisoners=[FIRST], **ends)

    load(KEEP, prisoners=[later])

    assert stands(kw) == stands(kw, AT_ONCE)


@pytest.mark.parametrize("numbers", [(KEEP, OTHER), (OTHER, KEEP)], ids=["kept", "merged"])
def test_what_ended_under_one_number_and_began_that_day_under_the_other_goes_on(
    kw, two_officers, load, numbers, export
):
    began = {"allocations": ["KW1,2026-04-20,,"], "absences": ["HOSPITAL,2026-04-20,"], "moves": ["2026-04-20,SEG"]}
    ended = {"allocations": ["KW1,2026-04-20,2026-04-20,RELEASED"], "absences": ["COURT,2026-04-20,2026-04-20"]}
    load(AT_ONCE, prisoners=[FIRST, SECOND], **began)
    load(KEEP, prisoners=[FIRST], **ended, moves=["2026-04-20,SEG"])
    load(OTHER, prisoners=[SECOND], **began)

    merge(kw, *numbers)

    assert stands(kw) == stands(kw, AT_ONCE)
    assert f"{numbers[0]},HOSPITAL,2026-04-20,,".encode() in export("merged")["absences.csv"]
    settled = [row["found"] for row in json.loads(kw("doctor --format json").out)["rows"] if row["check"] == "settled"]
    assert any("known later to go on" in found for found in settled) is (numbers[0] == KEEP), settled


@pytest.mark.parametrize("numbers", [(KEEP, OTHER), (OTHER, KEEP)], ids=["kept", "merged"])
@pytest.mark.parametrize(
    "under_the_other", ["KW1,2026-04-20,,", "KW1,2026-04-25,,", "KW1,2026-04-25,2026-06-30,MANUAL"]
)
def test_the_key_worker_of_the_stay_he_is_in_stands_from_the_day_they_began(
    kw, two_officers, load, numbers, under_the_other, export
):
    load(AT_ONCE, prisoners=[FIRST, SECOND], allocations=["KW2,2026-04-20,,"])
    load(KEEP, prisoners=[FIRST], allocations=[under_the_other])
    load(OTHER, prisoners=[SECOND], allocations=["KW2,2026-04-20,,"])
    before = export("before")

    merge(kw, *numbers)

    assert stands(kw)[0] == stands(kw, AT_ONCE)[0]
    time = json.loads(kw("budget --format json").out)["rows"]
    assert "KW1" not in str(time), "in no week whose he was not"
    assert "-" not in "".join(line for line in kw(f"timeline {KEEP}").out.splitlines() if "No key worker for" in line)
    merge(kw, *numbers, words="--undo")
    assert export("after") == before


@pytest.mark.parametrize("numbers", [(KEEP, OTHER), (OTHER, KEEP)], ids=["kept", "merged"])
def test_a_last_date_from_a_list_gives_way_to_the_session_under_the_other_number(kw, two_officers, load, numbers):
    load(KEEP, prisoners=[FIRST], sessions=["KW1,2026-04-20,KS,COMPLETED,,UNIT_LIST"])
    load(OTHER, prisoners=[SECOND], sessions=["KW1,2026-04-20,KS,COMPLETED,45,"])

    merge(kw, *numbers)

    month = json.loads(kw("stats --format json").out)["summary"]
    assert (month["sessions"], month["minutes_not_known"]) == (1, 0)
