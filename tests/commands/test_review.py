"""`kw review`: after a death, one file for the review (help: review)."""

import json
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from factories import Prison, world
from keyworker_cli.store.changes.author import Author
from reports.test_statement_counts import statements

HE = "A1234BC"
MEETING = "08:15"


def pack(kw, number: str = HE, line: str = "") -> dict:
    said = kw(f"review {number} --format json {line}")
    assert said.code == 0, said.err
    return json.loads(said.out)


def part(report: dict, name: str) -> dict:
    return next(section for section in report["sections"] if section["name"] == name)


def mornings(kw, line: str = "") -> dict[str, dict]:
    """The mornings on which he stood on a list, as they were at the meeting."""
    return {row["on"][5:]: row for row in part(pack(kw, HE, line), "mornings")["rows"] if row["at"] == MEETING}


def record_late(prison: Prison, number: str, held_on: str, *, recorded: str, minutes: int = 45) -> None:
    """A session that was recorded on another day than that on which it was held, at 16:00."""
    moment = datetime.combine(date.fromisoformat(recorded), datetime.min.time(), tzinfo=UTC).replace(hour=16)
    row = {"person_id": prison.people[number], "key_worker_id": prison.workers["SHAH"], "minutes": minutes}
    with prison.store.transaction(Author("tester", moment, "kw test", moment.date())) as change:
        change.record_session(number, {**row, "held_on": date.fromisoformat(held_on)})


@pytest.fixture
@world
def died(prison) -> Prison:
    """Mr Dow, Officer Shah's, seen once on 5 March, died on 20 April; asked about on 12 May."""
    prison.prisoner(HE, arrived="2026-03-02", name="Ian Dow")
    prison.officer("SHAH")
    prison.allocated(HE, "SHAH", "2026-03-03")
    prison.session(HE, "SHAH", "2026-03-05", at="14:00", topics="FAMILY", note="Spoke of home.")
    prison.event(HE, "DEBT", "2026-03-09", detail="owes for vapes")
    prison.left(HE, "2026-04-20", "DIED")
    return prison


def test_it_has_his_counts_concerns_mornings_key_workers_time_and_chronology(kw, died) -> None:
    died.event(HE, "BASIC", "2026-04-18")

    report = pack(kw)

    assert [section["name"] for section in report["sections"]] == [
        *("man", "clocks", "average", "markers", "concerns", "mornings"),
        *("key_workers", "weeks", "chronology", "after_death"),
    ]
    assert (report["summary"]["days"], report["summary"]["died_on"]) == (46, "2026-04-20")
    assert [row["code"] for row in part(report, "concerns")["rows"]] == ["DEBT"]
    assert part(report, "concerns")["rows"][0]["ended_on"] == "2026-04-06"


def test_each_morning_says_his_place_whether_he_was_named_planned_and_seen_and_why_not(kw, died) -> None:
    died.slot("SHAH", "2026-03-16", status="REDEPLOYED", reason="STAFFING")
    died.prisoner("A0001BC", arrived="2026-01-05", name="Long Gone")
    died.session(HE, "SHAH", "2026-04-13", at="14:00")

    found = mornings(kw)

    assert next(iter(found)) == "03-10", "in debt in his early days, and not seen since"
    assert (found["03-12"]["state"], found["03-12"]["days"], found["03-12"]["why"]) == ("due", 7, "NO_ROTA")
    assert (found["03-18"]["why"], found["03-18"]["longest_place"], found["03-18"]["named"]) == ("LOST", 2, True)
    assert found["04-13"]["seen_by"]["name"] == "Officer Shah"
    assert (found["04-20"]["state"], found["04-20"]["days"]) == ("due", 7)


def test_a_plan_that_was_kept_stands_beside_its_morning(kw, prison) -> None:
    prison.prisoner(HE, arrived="2026-03-02", name="Ian Dow")
    prison.officer("SHAH")
    prison.allocated(HE, "SHAH", "2026-03-03")
    prison.slot("SHAH", "2026-03-16")
    kw("plan --date 2026-03-16 --save", now=datetime(2026, 3, 16, 7, 30, tzinfo=UTC))
    prison.left(HE, "2026-04-20", "DIED")

    found = mornings(kw)

    assert (found["03-16"]["planned_with"]["staff_id"], found["03-16"]["planned_at"]) == ("SHAH", "09:00")
    assert found["03-17"]["planned_with"] is None


def test_a_session_recorded_late_counts_from_the_morning_after_it_was_written_down(kw, died) -> None:
    record_late(died, HE, "2026-03-20", recorded="2026-04-01")

    found = mornings(kw)

    assert [found[day]["days"] for day in ("03-21", "04-01", "04-02")] == [16, 27, 13]


@pytest.mark.parametrize("correction", ["--minutes 5", "--void"])
def test_a_correction_holds_from_its_own_moment(kw, prison, correction) -> None:
    prison.prisoner(HE, arrived="2026-03-02", name="Ian Dow")
    prison.officer("SHAH")
    prison.session(HE, "SHAH", "2026-03-05", at="14:00")
    prison.session(HE, "SHAH", "2026-03-20", 45, at="14:00")
    kw(f"amend-session {HE} --on 2026-03-20 {correction} --why mistyped", now=datetime(2026, 4, 1, 12, tzinfo=UTC))
    prison.left(HE, "2026-04-20", "DIED")

    found = mornings(kw)

    assert [found[day]["days"] for day in ("04-01", "04-02")] == [12, 28]


def test_what_was_recorded_after_his_death_stands_apart_and_in_no_figure(kw, died) -> None:
    record_late(died, HE, "2026-04-10", recorded="2026-05-01")

    report = pack(kw)

    assert (report["summary"]["days"], report["summary"]["recorded_after_death"]) == (46, 1)
    assert [row["on"] for row in part(report, "after_death")["rows"]] == ["2026-04-10"]
    assert "2026-04-10" not in [row["on"] for row in part(report, "chronology")["rows"]]
    lead = kw(f"review {HE}").out
    assert "46 days, as recorded when he died; a session recorded 21 days later would make it 10." in lead


def test_a_file_leaves_the_reasons_out_unless_asked_for_them_and_is_marked(kw, died, tmp_path) -> None:
    path = tmp_path / "review.html"

    kw(["review", HE, "--output", str(path)])
    plain = path.read_text()
    kw(["review", HE, "--with-reasons", "--output", str(path)])

    assert "OFFICIAL-SENSITIVE" in plain
    assert [word for word in ("vapes", "Spoke of home", "in debt") if word in plain] == []
    assert [word for word in ("vapes", "Spoke of home", "in debt") if word not in path.read_text()] == []


@pytest.mark.parametrize("line", [f"review {HE} --as-of 2026-04-19", "review A0001BC"])
def test_before_a_death_it_is_refused_with_where_to_look(kw, died, line) -> None:
    died.prisoner("A0001BC", arrived="2026-01-05", name="Living Man")

    said = kw(line)

    assert (said.code, said.out) == (5, "")
    assert "a review is made after one" in said.err
    assert "kw timeline" in said.err


# --- against asking each morning anew ---


class Asked:
    """A prison of a dozen whose days are drawn, with what the list said on each morning of his stay."""

    def __init__(self, kw, prison: Prison, seed: int) -> None:
        self.kw, self.first, self.last = kw, date(2026, 3, 2), date(2026, 4, 12)
        chance = Random(seed)
        numbers = [HE, *(f"A{place:04}CD" for place in range(11))]
        prison.officer("SHAH")
        for number in numbers:
            came = self.first - timedelta(days=0 if number == HE else chance.randint(0, 40))
            prison.prisoner(number, arrived=came.isoformat(), name="Man Of", born="1980-01-01")
            self._fill(chance, prison, number, came)
        prison.left(HE, self.last.isoformat(), "DIED")

    def _fill(self, chance: Random, prison: Prison, number: str, came: date) -> None:
        length = (self.last - came).days

        def some_day() -> str:
            return (came + timedelta(days=chance.randint(0, length - 1))).isoformat()

        for number_of_day in chance.sample(range(length), chance.randint(0, 4)):
            held = came + timedelta(days=number_of_day)
            recorded = held + timedelta(days=chance.choice((0, 0, 0, 3, 9)))
            record_late(prison, number, held.isoformat(), recorded=recorded.isoformat(), minutes=chance.choice((45, 5)))
        for code in chance.sample(("DEBT", "BULLIED", "SELF_HARM", "BASIC", "RELATIONSHIP", "LONG_SENTENCE"), 2):
            prison.event(number, code, some_day(), at=chance.choice((None, "07:30", "11:00")))
        if chance.random() < 0.3:
            prison.acct(number, some_day())

    def on(self, day: date) -> dict | None:
        """How he stood on a morning: asked as of that day, as known at the meeting; `None` where he was on no list."""
        said = self.kw(f"overdue --format json --as-of {day} --known-at '{day} {MEETING}'")
        rows = [row for row in json.loads(said.out)["rows"] if not row["away"]]
        called = [row["prison_number"] for row in rows if row["see_today"]]
        reached = [row for row in rows if row["state"] != "ok"]
        longest = sorted(reached, key=lambda row: (-row["days"], row["prison_number"]))
        numbers = [row["prison_number"] for row in longest]
        his = next((row for row in rows if row["prison_number"] == HE), None)
        return his and {
            **{key: his[key] for key in ("days", "state", "see_today")},
            "place": called.index(HE) + 1 if HE in called else None,
            "called": len(called),
            "longest_place": numbers.index(HE) + 1 if HE in numbers else None,
        }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_its_mornings_are_what_the_list_said_asked_each_morning_as_it_was_known(kw, prison, seed) -> None:
    asked = Asked(kw, prison, seed)
    days = [asked.first + timedelta(days=number) for number in range(1, (asked.last - asked.first).days + 1)]

    one_by_one = {f"{day:%m-%d}": said for day in days if (said := asked.on(day)) is not None}

    found = mornings(kw)
    keys = ("days", "state", "see_today", "place", "called", "longest_place")
    assert {on: {key: row[key] for key in keys} for on, row in found.items()} == one_by_one


@pytest.mark.sqlite_file
def test_a_stay_ten_times_as_long_is_asked_for_in_as_many_statements(prison) -> None:
    prison.officer("SHAH")
    for number, arrived in (("A0001BC", "2026-04-20"), ("A0002BC", "2025-10-20")):
        prison.prisoner(number, arrived=arrived)
        prison.allocated(number, "SHAH", arrived)
        prison.left(number, "2026-05-10", "DIED")
    prison.store.close()

    short, long = (statements(f"review {number}", prison.address) for number in ("A0001BC", "A0002BC"))

    assert any("SELECT" in one for one in short)
    assert len(long) == len(short)
