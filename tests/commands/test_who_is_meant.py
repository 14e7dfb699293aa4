"""Whom a name means: any part of it, either part first, without case, accents and apostrophes; and never a guess."""

import pytest

from factories import world

PEOPLE = {
    "A1001AA": "Sam Alder",
    "A1002AA": "Łukasz Wiśniewski",
    "A1003AA": "Seán O’Brien",
    "A1004AA": "Ann Smith-Jones",
    "A1005AA": "José Muñoz",
    "A1006AA": "Jorg Strasse",
}


@pytest.fixture
@world
def wing(prison):
    for number, name in PEOPLE.items():
        prison.prisoner(number, name=name, arrived="2026-01-05", location="B-1-001")
    prison.officer("SHAH", name="Nadia Shah")
    prison.officer("RB01", name="Ruth Brämley")
    prison.store.close()
    return prison


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("alder", "A1001AA"),
        ("Alder, Sam", "A1001AA"),
        ("ALDER,SAM", "A1001AA"),
        ("alder sam", "A1001AA"),
        ("sam al", "A1001AA"),
        ("alder, s", "A1001AA"),
        ("s alder", "A1001AA"),
        ("wisniewski", "A1002AA"),
        ("LUKASZ", "A1002AA"),
        ("łukasz wiś", "A1002AA"),
        ("o'brien", "A1003AA"),
        ("O’Brien, Sean", "A1003AA"),
        ("obrien", "A1003AA"),
        ("jones", "A1004AA"),
        ("smith jones", "A1004AA"),
        ("o brien", "A1003AA"),
        ("sean o brien", "A1003AA"),
        ("smithjones", "A1004AA"),
        ("A 1006 AA", "A1006AA"),
        ("munoz", "A1005AA"),
        ("straße", "A1006AA"),
        ("a1006aa", "A1006AA"),
    ],
)
def test_a_prisoner_is_meant_by_any_way_his_name_is_written(kw, wing, typed, number) -> None:
    said = kw(["why", typed])

    assert (said.code, said.out.splitlines()[0].startswith(f"{PEOPLE[number]}, {number}")) == (0, True)


def test_words_that_are_one_persons_name_need_no_quotes(kw, wing) -> None:
    assert kw("why Sam Alder").out.count("Sam Alder, A1001AA") == 1
    assert kw("why alder muñoz").out.count("HMP Fellgate") == 2
    assert kw("worker show nadia shah").code == 0
    assert kw("why A 1001 AA").out.count("Sam Alder, A1001AA") == 1


@pytest.mark.parametrize("typed", ["shah", "SHAH,NADIA", "shah, n", "bramley", "Bramley, R", "rb01"])
def test_a_key_worker_is_meant_in_the_same_ways(kw, wing, typed) -> None:
    assert kw(["worker", "show", typed]).code == 0


@pytest.mark.parametrize("typed", ["s", "a", "j"])
def test_several_who_may_be_meant_are_listed_and_nobody_is_chosen(kw, wing, typed) -> None:
    said = kw(["deallocate", typed])

    assert said.code == 2
    assert "type the number of the one you mean" in said.err


@pytest.mark.parametrize(
    ("typed", "near"),
    [("ader", "Sam Alder"), ("wisnewski", "Łukasz Wiśniewski"), ("A1001AB", "A1001AA Sam Alder")],
)
def test_nobody_has_the_name_and_one_that_is_near_is_suggested(kw, wing, typed, near) -> None:
    said = kw(["why", typed])

    assert said.code == 4
    assert f"{near}?" in said.err


@pytest.mark.parametrize("typed", ["smithson-clarke", "penhale", "sam sam", "Z9999ZZ", "x"])
def test_nobody_is_suggested_who_is_not_near(kw, wing, typed) -> None:
    said = kw(["why", typed])

    assert said.code == 4
    assert "did you mean" not in said.err
