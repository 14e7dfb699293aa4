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
    """Import rows, each under a number: `load(KEEP, prisoners=[...])`."""

    def load(number, **files):
        for name, rows in files.items():
            lines = [HEADINGS[name], *(f"{number},{row}" for row in rows)]
            (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n")
        said = kw(["import", *(str(tmp_path / f"{name}.csv") for name in files)])
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
    told = [part for part in report["sections"] if part["name"] in SAID]
    return {name: value for name, value in report["summary"].items() if name not in NUMBERS}, told


SAID = ("clocks", "average", "markers", "key_workers", "earlier_stays")
NUMBERS = ("prison_number", "also_known_by")
WAYS = {
    "the later stay in a later file": lambda kw, load, first: (load(KEEP, **first), load(KEEP, prisoners=[SECOND])),
    "merged": lambda kw, load, first: (load(KEEP, **first), load(OTHER, prisoners=[SECOND]), merge(kw)),
    "merged into the later": lambda kw, load, first: (
        load(KEEP, **first),
        load(OTHER, prisoners=[SECOND]),
        merge(kw, OTHER, KEEP),
    ),
}


@pytest.mark.parametrize("of_the_day", OF_THE_DAY.values(), ids=OF_THE_DAY)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_began_on_the_day_of_out_and_back_is_of_the_later_stay(kw, two_officers, load, of_the_day, way):
    load(AT_ONCE, prisoners=[FIRST, SECOND], **of_the_day)

    way(kw, load, {"prisoners": [FIRST], **of_the_day})

    assert stands(kw) == stands(kw, AT_ONCE)


@pytest.mark.parametrize("of_the_day", OF_THE_DAY.values(), ids=OF_THE_DAY)
@pytest.mark.parametrize("numbers", [(KEEP, OTHER), (OTHER, KEEP)], ids=["kept", "merged"])
def test_a_merge_taken_back_leaves_each_number_what_it_had(kw, two_officers, load, of_the_day, numbers, export):
    load(KEEP, prisoners=[FIRST], **of_the_day)
    load(OTHER, prisoners=[SECOND])
    before = export("before")

    merge(kw, *numbers)
    merge(kw, *numbers, words="--undo")

    assert export("after") == before
