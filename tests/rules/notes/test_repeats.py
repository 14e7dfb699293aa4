"""Which notes repeat an earlier one (help: note-quality, N5)."""

from datetime import date, timedelta
from difflib import SequenceMatcher

from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker_cli.reports.notes.likeness import most_alike
from keyworker_cli.rules.notes.repeats import find_repeats
from noted import FULL, because, checked, full, noted

DAY = timedelta(days=1)
OTHERS = [
    "He has started work in the laundry and the days go faster.",
    "Court on the 20th and nothing from his solicitor yet.",
    "His asthma is worse in the new cell and healthcare were told.",
    "Friday prayers help; the imam has his name for the choir.",
    "Out in six weeks and the housing form went to resettlement.",
]


def test_a_repeat_shows_both_notes_and_how_alike_they_are() -> None:
    before = full(1, held_on=date(2026, 5, 4), note=FULL.replace("mother", "father"))

    one = checked(full(2), before=(before,))

    assert one.repeat is not None
    assert one.repeat.earlier.session_id == 1
    assert "% like his of Mon 4 May 2026" in because(one, "N5")
    assert because(one, "N5").count("“Met in private") == 2


def test_a_note_of_another_prisoner_is_a_repeat_when_the_same_officer_wrote_both() -> None:
    of_another = full(1, held_on=date(2026, 5, 4), person_id=2, prison_number="B2345CD", first_name="Lee")
    by_another = of_another._replace(key_worker_id=2)

    assert "that of Lee Adeyemi (B2345CD)" in because(checked(full(2), before=(of_another,)), "N5")
    assert checked(full(2), before=(by_another,)).repeat is None


def test_the_last_ten_of_his_are_compared_and_the_eleventh_is_not() -> None:
    def notes(between: int):
        first = full(1, held_on=date(2026, 3, 1), key_worker_id=9)
        others = [
            noted(2 + n, held_on=date(2026, 3, 2) + n * DAY, note=f"{OTHERS[n % 5]} {n}", key_worker_id=3)
            for n in range(between)
        ]
        return (first, *others)

    assert checked(full(99), before=notes(9)).repeat is not None
    assert checked(full(99), before=notes(10)).repeat is None


def test_only_what_was_written_before_is_repeated() -> None:
    later = full(1, held_on=date(2026, 5, 12))

    assert checked(full(2), before=(later,)).repeat is None


def test_two_of_one_day_are_told_apart_by_their_start() -> None:
    morning, afternoon = full(2, start_minute=9 * 60), full(1, start_minute=14 * 60)

    assert find_repeats([afternoon, morning], {1, 2}, most_alike).keys() == {1}


def test_capitals_and_signs_do_not_hide_a_repeat() -> None:
    before = full(1, held_on=date(2026, 5, 4), note=FULL.upper().replace(" ", "  ").replace(".", " !"))

    assert checked(full(2), before=(before,)).repeat.alike == 1


def test_a_note_given_twice_does_not_repeat_itself() -> None:
    assert find_repeats([full(1), full(1)], {1}, most_alike) == {}


@given(st.text(alphabet="abcd ", max_size=30), st.lists(st.text(alphabet="abcd ", max_size=30), max_size=5))
@settings(max_examples=60)
def test_the_most_alike_is_at_least_as_alike_as_difflib_finds_and_never_below_what_was_asked(text, others) -> None:
    found = most_alike(text, others, 0.8)
    matching = [SequenceMatcher(None, text, other, autojunk=False).ratio() for other in others]

    if found is None:
        assert max(matching, default=0) < 0.8
    else:
        assert found[1] >= 0.8
        assert found[1] >= max(matching) - 1e-9
