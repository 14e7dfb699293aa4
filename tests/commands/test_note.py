"""`kw note`: the note that was due is added once, to the session it is of, or shown for pasting."""

from datetime import timedelta

import pytest

from conftest import MORNING
from databases import everything
from factories import world


@pytest.fixture
@world
def wing(prison):
    """Mr Adeyemi, seen on 5 May with a note and on 11 May without one."""
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.prisoner("B2345CD", arrived="2026-02-02", name="Sam Brook", location="B-1-003")
    prison.officer("SHAH")
    prison.officer("PRICE")
    prison.session("A1234BC", "SHAH", "2026-05-05", at="14:00", note="Spoke of home.", topics="FAMILY")
    prison.session("A1234BC", "SHAH", "2026-05-11", at="14:00")
    return prison


def notes(wing, number="A1234BC"):
    held = wing.store.queries.sessions_of(wing.people[number])
    wing.store.close()
    return [session.note for session in held]


BLOCK = (
    "--- for the official record ---\n"
    "Key Worker Activity (KA) / Key Worker Session (KS)\n"
    "A1234BC Noah Adeyemi\n"
    "Mon 11 May 2026 14:00–14:45, 45 minutes, with Officer Shah\n"
    "\n"
    "He starts in the laundry.\n"
    "--- end ---\n"
)


def test_the_note_that_was_due_is_added_and_shown_for_pasting(kw, wing):
    said = kw("note A1234BC --note -", typed="He starts in the laundry.\n")

    assert said.code == 0
    assert said.out == (
        "Note added: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n"
        "Mon 11 May 2026 14:00–14:45, 45 minutes.\n\n" + BLOCK
    )
    (held, _) = wing.store.queries.sessions_of(wing.people["A1234BC"])
    assert (held.note, held.note_at) == ("He starts in the laundry.", MORNING)


def test_a_note_that_comes_after_its_time_says_so(kw, wing):
    said = kw("note A1234BC --note 'Late.'", now=MORNING + timedelta(days=2))

    assert "It was due by Tue 12 May 14:45." in said.out


def test_without_a_terminal_it_says_that_the_note_is_due(kw, wing):
    said = kw("note A1234BC")

    assert (said.code, said.err) == (0, "")
    assert said.out == "note due by Tue 12 May 14:45 (within 24 h): kw note A1234BC --on 2026-05-11\n"


def test_a_session_that_has_its_note_shows_it(kw, wing):
    kw("note A1234BC --note 'He starts in the laundry.'")

    assert kw("note A1234BC").out == BLOCK
    assert "Topics: family\n\nSpoke of home.\n" in kw("note adey --on 5/5/2026").out


def test_a_second_note_is_refused_and_the_first_one_stands(kw, wing):
    kw("note A1234BC --note 'The first.'")
    before = everything(wing.address)

    said = kw("note A1234BC --note 'The second.'")

    assert said.code == 5
    assert "the session of Mon 11 May 2026 with Officer Shah has its note already" in said.err
    assert "kw amend-session" in said.err
    assert everything(wing.address) == before


def test_the_day_and_the_key_worker_say_which_session_is_meant(kw, wing):
    wing.session("A1234BC", "PRICE", "2026-05-11", at="16:00", minutes=20)
    wing.session("A1234BC", "PRICE", "2026-04-28")

    kw("note A1234BC --by shah --note 'By Shah.'")
    kw("note A1234BC --on 28/4/2026 --note 'In April.'")

    assert notes(wing) == [None, "By Shah.", "Spoke of home.", "In April."]


def test_on_a_terminal_the_note_is_asked_for(kw, wing):
    said = kw("note A1234BC", answers=["He starts in the laundry."])

    assert "The session of Mon 11 May 2026 14:00–14:45, 45 minutes, with Officer Shah, has no note yet." in said.err
    assert notes(wing)[0] == "He starts in the laundry."


def test_enter_leaves_the_note_for_later(kw, wing):
    said = kw("note A1234BC", answers=[""])

    assert said.code == 0
    assert "note due by" in said.out
    assert notes(wing)[0] is None


def test_a_note_added_elsewhere_meanwhile_is_not_written_over_and_the_words_are_given_back(kw, wing):
    def thinking():
        kw("note A1234BC --note 'Quicker.'")
        yield "Slower."

    said = kw("note A1234BC", answers=thinking())

    assert said.code == 5
    assert "not saved; your note said:\nSlower.\n" in said.err
    assert notes(wing)[0] == "Quicker."


def test_a_dry_run_adds_nothing(kw, wing):
    said = kw("note A1234BC --note 'He starts in the laundry.' --dry-run")

    assert said.out.startswith("Note would be added")
    assert notes(wing)[0] is None


def test_a_note_added_after_his_death_is_marked_so(kw, wing):
    wing.left("A1234BC", "2026-05-12", "DIED")

    said = kw("note A1234BC --note 'He starts in the laundry.'")

    assert said.code == 0
    assert "Recorded after death.\n" in said.out
