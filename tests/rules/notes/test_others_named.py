"""Who else is named in a case note (help: note-quality, N12)."""

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.notes.others_named import Named, names_of, others_named

NAMES = names_of([("Lee", "Quarmby"), ("Sam", "Wood"), ("Mr", "A"), ("Ann", "Holt")], ["Holt"])


def named(text: str) -> Named:
    return others_named(text, NAMES, own_numbers={"A1234BC"}, own_name={"Adeyemi", "Shah"})


def test_a_number_in_any_case_is_anothers_unless_it_is_his() -> None:
    assert named("see b2345cd and A1234BC").surely == ("B2345CD",)


def test_a_full_name_is_sure_and_a_last_name_is_not() -> None:
    assert named("He shares with Lee Quarmby.") == Named(("Lee Quarmby",), ())
    assert named("He shares with Quarmby's friend.") == Named((), ("Quarmby",))


def test_a_word_that_is_also_a_name_is_no_name_in_small_letters_or_at_the_start_of_a_sentence() -> None:
    assert named("He works with wood. Wood is what he knows.") == Named((), ())
    assert named("He argued with Mr Wood.") == Named((), ("Wood",))


def test_a_last_name_that_staff_have_too_is_left_to_them_unless_it_is_said_of_a_prisoner() -> None:
    assert named("I spoke with Officer Holt.") == Named((), ())
    assert named("He lent it to Mr Holt.") == Named((), ("Holt",))


def test_initials_are_no_names() -> None:
    assert named("Grade A in maths, block A.") == Named((), ())


@given(st.text(max_size=100), st.text(max_size=100))
def test_a_full_name_is_found_whatever_stands_around_it(before, after) -> None:
    assert "Lee Quarmby" in named(f"{before} Lee Quarmby {after}").surely
