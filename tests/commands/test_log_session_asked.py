"""`kw log-session` on a terminal: one question at a time, nothing typed is lost, and little has to be typed."""

import stat
import sys
from pathlib import Path

import pytest

from databases import everything

SESSION_BEFORE = "Spoke of his mother's visit on Saturday and of being moved to the other spur, which worries him."


@pytest.fixture
def wing(prison):
    """Mr Adeyemi, seen a week ago by Officer Shah, who logs in as shahn; two men called Brook."""
    prison.man("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.man("B2345CD", arrived="2026-02-02", name="Sam Brook", location="B-1-003")
    prison.man("C3456DE", arrived="2026-02-02", name="Ali Brook", location="B-1-004")
    prison.officer("SHAH", login="shahn")
    prison.officer("PRICE")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-05", at="14:00", topics="FAMILY;SUBSTANCE", note=SESSION_BEFORE)
    return prison


def latest(wing, number="A1234BC"):
    held = wing.store.queries.sessions_of(wing.people[number])
    wing.store.close()
    return held[0] if held else None


@pytest.fixture
def editor(tmp_path):
    """Return a way to make an editor: a program that does what its Python lines say with the file `name`."""

    def make(*lines):
        script = tmp_path / "editor.py"
        script.write_text("\n".join(["import os, pathlib, sys", "name = sys.argv[1]", *lines]), encoding="utf-8")
        return f"{sys.executable} {script}"

    return make


def asked(kw, answers, line="log-session", user="shahn", **values):
    return kw(line, answers=answers, KW_USER=user, **values)


# --- the way through ---


def test_a_session_is_recorded_with_two_words_and_enter(kw, wing):
    said = asked(kw, ["adey", "45", "", "", "", "", "", ""])

    assert said.code == 0
    held = latest(wing)
    assert (held.minutes, held.start_minute, held.by, held.note) == (45, 450, "Officer Shah", None)
    assert said.out.startswith("Recorded: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n")


def test_what_is_known_of_him_stands_before_the_questions(kw, wing):
    kw("log-session A1234BC --type KE --minutes 5 --by SHAH --on yesterday --need 'phone PIN; Officer Shah; 11/5/2026'")

    said = asked(kw, ["A1234BC", "45", "", "", "", "", "", ""])

    before = said.err.partition("Minutes (or r refused")[0]
    assert before.splitlines()[1:] == [
        "",
        "Noah Adeyemi  A1234BC  B-2-014",
        "  last seen Tue 5 May 2026 by Officer Shah, 7 days (1 week) ago",
        "  key worker Officer Shah since Tue 6 Jan 2026",
        "  last topics: family, substance (Tue 5 May)",
        "  last note (Tue 5 May): Spoke of his mother's visit on Saturday and of …",
        "  to raise: regime",
        "  to do: phone PIN (Officer Shah, by Mon 11 May 2026) — overdue",
        "",
    ]
    assert max(len(line) for line in before.splitlines()) <= 79


def test_a_man_never_seen_is_said_to_be_so_before_anything_is_asked(kw, wing):
    said = asked(kw, ["B2345CD", "r", "", "", "", "", ""])

    assert "last seen: never; he came on Mon 2 Feb 2026, 99 days (14 weeks) ago" in said.err
    assert "key worker: none" in said.err


def test_every_open_topic_is_named_before_the_questions_the_longest_open_first(kw, wing):
    for code, on in [("FURTHER_CHARGES", "2026-05-06"), ("SEG", "2026-05-07"), ("BULLIED", "2026-05-08")]:
        wing.event("A1234BC", code, on)
    for code in ("DEBT", "RELATIONSHIP", "BEREAVEMENT", "UNDER_INFLUENCE"):
        wing.event("A1234BC", code, "2026-05-09")

    before = asked(kw, ["A1234BC", "45", "", "", "", "", "", ""]).err.partition("Minutes (or r refused")[0]

    raised = " ".join(before.partition("to raise:")[2].split())
    assert raised == ("regime, legal, mental health, safety, bereavement, debt, relationship, substance")
    assert max(len(line) for line in before.splitlines()) <= 79


def test_after_the_topics_it_says_which_are_still_to_raise(kw, wing):
    wing.event("A1234BC", "FURTHER_CHARGES", "2026-05-06")

    some = asked(kw, ["A1234BC", "45", "yesterday 10:00", "legal", "", "", "", ""])
    all_of_them = asked(kw, ["A1234BC", "45", "", "regime", "", "", "", ""])

    assert "to raise: regime, legal\n" in some.err.partition("Minutes (or")[0]
    assert "still to raise: regime\n" in some.err.partition("Topics (")[2]
    assert "still to raise" not in all_of_them.err


def test_a_topic_he_declined_is_not_left_to_raise_and_an_entry_closes_none(kw, wing):
    declined = asked(kw, ["A1234BC", "45", "", "", "", "", "", "n"], "log-session --declined regime")
    entry = asked(kw, ["A1234BC", "10", "", "regime", "", "", "", "n"], "log-session --type KE")

    assert "still to raise" not in declined.err
    assert "still to raise: regime\n" in entry.err


def test_a_session_held_before_what_opened_a_topic_does_not_close_it(kw, wing):
    wing.event("A1234BC", "FURTHER_CHARGES", "2026-05-11", at="15:00")

    said = asked(kw, ["A1234BC", "45", "yesterday 10:00", "legal, regime", "", "", "", "n"])

    assert "still to raise: legal\n" in said.err


def test_every_answer_is_kept(kw, wing):
    answers = ["A1234BC", "30", "yesterday 14:00", "fam, mental", "He spoke of home.", "I ring my mum.", "+7d", "y"]

    said = asked(kw, answers)

    held = latest(wing)
    assert (str(held.held_on), held.start_minute, held.minutes) == ("2026-05-11", 840, 30)
    assert (held.topics, held.note, held.prisoner_said) == ("FAMILY;MENTAL_HEALTH", *answers[4:6])
    assert str(held.next_session_on) == "2026-05-19"
    assert "30 minutes, Mon 11 May 2026 14:00–14:30\ntopics: family, mental health\n" in said.err
    assert said.out.endswith("Next session: Tue 19 May 2026\n--- end ---\n")


@pytest.mark.parametrize(("letter", "outcome"), [("r", "REFUSED"), ("d", "DID_NOT_ATTEND"), ("c", "CANCELLED")])
def test_one_letter_records_what_was_not_held_and_no_topics_are_asked(kw, wing, letter, outcome):
    said = asked(kw, ["A1234BC", letter, "", "", "", "", ""])

    assert said.code == 0
    assert latest(wing).outcome == outcome
    assert "Topics" not in said.err


def test_only_what_the_options_leave_out_is_asked(kw, wing):
    said = asked(
        kw,
        ["20", ""],
        "log-session A1234BC --on yesterday --topics work --note 'He starts on Monday.' --said 'At last.' --next fri",
    )

    assert said.code == 0
    assert latest(wing).minutes == 20


def test_with_everything_in_the_options_nothing_is_asked(kw, wing):
    said = asked(kw, [], "log-session A1234BC --minutes 45")

    assert said.code == 0
    assert "?" not in said.err


def test_yes_saves_without_the_last_question(kw, wing):
    said = asked(kw, ["45", "", "", "", "", ""], "log-session A1234BC --yes")

    assert said.code == 0
    assert latest(wing).minutes == 45


def test_a_dry_run_asks_and_saves_nothing(kw, wing):
    said = asked(kw, ["45", "", "", "", "", ""], "log-session A1234BC --dry-run")

    assert said.out.startswith("Would be recorded")
    assert str(latest(wing).held_on) == "2026-05-05"


# --- wrong answers ---


def test_a_wrong_answer_is_asked_again_with_the_reason(kw, wing):
    said = asked(
        kw,
        [
            *("A123BC", "nobody", "brook", "C3456DE"),
            *("many", "4.5", "0", "45"),
            *("31/02", "11/05/26", "yesterday 14:00"),
            *("gardening", "?", "work"),
            *("He works.", "", "yesterday", "+7d", "perhaps", "y"),
        ],
    )

    assert said.code == 0
    for reason in (
        "'A123BC' is not a prison number",
        "there is no prisoner 'nobody'",
        "'brook' matches 2 men",
        "C3456DE  Ali Brook, B-1-004",
        "minutes 'many' is not a whole number",
        "at least a minute",
        "there is no 31 February",
        "two centuries",
        "there is no topic 'gardening'",
        "the topics are FAMILY",
        "is not after this one",
        "y or n.",
    ):
        assert reason in said.err
    held = latest(wing, "C3456DE")
    assert (held.minutes, held.start_minute, held.topics, held.note) == (45, 840, "WORK", "He works.")


def test_what_a_rule_refuses_is_asked_again_before_the_note_is_typed(kw, wing):
    kw("log-session B2345CD --minutes 45 --by SHAH --on yesterday --start 14:00")

    said = asked(kw, ["A1234BC", "30", "yesterday 14:30", "", "yesterday 15:00", "", "A note.", "", "", ""])

    assert "Officer Shah was then with Sam Brook (B2345CD), Mon 11 May 14:00–14:45." in said.err
    assert "(or r refused, d did not attend, c cancelled) [30]: " in said.err
    assert "[Mon 11 May 2026 14:30]: " in said.err
    held = latest(wing)
    assert (held.minutes, held.start_minute, held.note) == (30, 900, "A note.")


def test_a_day_he_was_not_here_is_asked_again(kw, wing):
    said = asked(kw, ["A1234BC", "30", "4/1/2026", "", "yesterday", "", "", "", "", ""])

    assert "Noah Adeyemi arrived on Mon 5 Jan 2026" in said.err
    assert str(latest(wing).held_on) == "2026-05-11"


def test_a_session_that_is_there_already_ends_the_questions(kw, wing):
    said = asked(kw, ["A1234BC", "30", "5/5/2026 14:00"])

    assert said.code == 0
    assert "already recorded" in said.out
    assert "Topics" not in said.err


def test_a_name_in_the_options_that_matches_two_is_asked_for(kw, wing):
    said = asked(kw, ["B2345CD"], "log-session brook --minutes 45")

    assert said.code == 0
    assert latest(wing, "B2345CD").minutes == 45


def test_who_held_it_is_asked_of_a_user_who_is_no_key_worker(kw, wing):
    said = asked(kw, ["price", "45", "", "", "", "", "", ""], "log-session A1234BC", user="governor")

    assert "Held by, staff id or name: " in said.err
    assert latest(wing).by == "Officer Price"
    assert "his key worker is Officer Shah." in said.err


# --- leaving it ---


def interrupted_after(*answers):
    yield from answers
    raise KeyboardInterrupt


@pytest.mark.parametrize("answered", range(8))
def test_ctrl_c_anywhere_saves_nothing(kw, wing, answered):
    before = everything(wing.address)

    said = asked(kw, interrupted_after(*["A1234BC", "45", "", "", "A note.", "", "", ""][:answered]))

    assert said.code == 130
    assert "stopped; nothing saved." in said.err
    assert everything(wing.address) == before


def test_no_to_the_last_question_saves_nothing(kw, wing):
    before = everything(wing.address)

    said = asked(kw, ["A1234BC", "45", "", "", "A note.", "", "", "n"])

    assert said.code == 0
    assert said.err.endswith("nothing saved\n")
    assert said.out == ""
    assert everything(wing.address) == before


def test_others_may_write_while_somebody_thinks(kw, wing):
    def thinking():
        yield "A1234BC"
        yield "45"
        assert kw("log-session B2345CD --minutes 20 --by PRICE --on yesterday").code == 0
        yield from ["", "", "", "", "", ""]

    assert asked(kw, thinking()).code == 0
    assert latest(wing, "B2345CD").minutes == 20


def test_a_note_that_cannot_be_saved_is_given_back(kw, wing):
    def quicker_elsewhere():
        yield from ["A1234BC", "30", "yesterday 14:00", "", "A note that took a while to write.", "", ""]
        kw("log-session B2345CD --minutes 45 --by SHAH --on yesterday --start 14:00")
        yield "y"

    said = asked(kw, quicker_elsewhere())

    assert said.code == 5
    assert "Officer Shah was then with Sam Brook" in said.err
    assert "not saved; your note said:\nA note that took a while to write.\n" in said.err


# --- the editor ---


def test_a_full_stop_opens_the_editor_on_a_file_only_he_can_read(kw, wing, editor, tmp_path):
    seen = tmp_path / "seen"
    write = editor(
        "pathlib.Path(name).write_text('He spoke of home.\\n\\nIt is going better.\\n')",
        f"pathlib.Path({str(seen)!r}).write_text(name + ' ' + oct(os.stat(name).st_mode & 0o777))",
        "pathlib.Path(name + '~').write_text('what an editor leaves behind')",
    )

    said = asked(kw, ["A1234BC", "45", "", "", ".", "", "", ""], VISUAL=write)

    assert said.code == 0
    assert latest(wing).note == "He spoke of home.\n\nIt is going better."
    name, mode = seen.read_text().split()
    assert mode == oct(stat.S_IRUSR | stat.S_IWUSR)
    assert not Path(name).parent.exists()


def test_edit_opens_the_editor_in_a_line_of_options(kw, wing, editor):
    said = asked(
        kw, [], "log-session A1234BC --minutes 45 --edit", EDITOR=editor("open(name, 'w').write('From the editor.')")
    )

    assert said.code == 0
    assert latest(wing).note == "From the editor."


def test_an_editor_that_fails_or_writes_nothing_is_asked_again(kw, wing, editor):
    said = asked(kw, ["A1234BC", "45", "", "", ".", "By hand.", "", "", ""], VISUAL=editor("sys.exit(3)"))

    assert "the editor ended with 3" in said.err
    assert latest(wing).note == "By hand."


def test_an_editor_that_is_not_there_is_named(kw, wing):
    said = asked(kw, [], "log-session A1234BC --minutes 45 --edit", VISUAL="/no/such/editor")

    assert said.code == 2
    assert "the editor '/no/such/editor' cannot be opened" in said.err
    assert str(latest(wing).held_on) == "2026-05-05"


def test_a_session_that_is_refused_is_refused_before_the_editor_opens(kw, wing, editor, tmp_path):
    opened = tmp_path / "opened"

    said = asked(
        kw,
        [],
        "log-session A1234BC --minutes 45 --on tomorrow --edit",
        VISUAL=editor(f"open({str(opened)!r}, 'w').write('x')"),
    )

    assert said.code == 5
    assert not opened.exists()
