"""`kw log-session` on a terminal: one question at a time, nothing typed is lost, and little has to be typed."""

import json
import re
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from conftest import MORNING
from databases import everything
from factories import world
from keyworker_cli.actions.sessions.record import record_session
from keyworker_cli.commands.conversations.note_source import words_of
from keyworker_cli.errors import NotFoundError
from keyworker_cli.rules.codes.records import NeedOutcome
from keyworker_cli.rules.sessions.recording import Recording
from keyworker_cli.rules.sessions.typed import NeedAsked, NeedBecame
from keyworker_cli.store.changes.author import Author

SESSION_BEFORE = "Spoke of his mother's visit on Saturday and of being moved to the other spur, which worries him."


@pytest.fixture
@world
def wing(prison):
    """Mr Adeyemi, seen a week ago by Officer Shah, who logs in as shahn; two prisoners called Brook."""
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.prisoner("B2345CD", arrived="2026-02-02", name="Sam Brook", location="B-1-003")
    prison.prisoner("C3456DE", arrived="2026-02-02", name="Ali Brook", location="B-1-004")
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
    said = asked(kw, ["adey", "45", "", "", "", "", "", "", ""])

    assert said.code == 0
    held = latest(wing)
    assert (held.minutes, held.start_minute, held.by, held.note) == (45, 450, "Officer Shah", None)
    assert said.out.startswith("Recorded: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n")


def test_what_is_known_of_him_stands_before_the_questions(kw, wing):
    kw("log-session A1234BC --type KE --minutes 5 --by SHAH --on yesterday --need 'phone PIN; Officer Shah; 11/5/2026'")

    said = asked(kw, ["1", "45", "", "", "", "", "", "", "", ""])

    before = said.err.partition("Minutes (or r refused")[0]
    assert before.splitlines() == [
        "You: Officer Shah (SHAH)",
        "",
        "Prisoners, in the order of work:",
        "  1  Noah Adeyemi  A1234BC  B-2-014  7 days",
        "1, or prison number or name: ",
        "Noah Adeyemi  A1234BC  B-2-014",
        "  last seen Tue 5 May 2026 by Officer Shah, 7 days (1 week) ago",
        "  key worker Officer Shah since Tue 6 Jan 2026",
        "  last topics: family, substance (Tue 5 May 2026)",
        "  last note (Tue 5 May 2026): Spoke of his mother's visit on Saturday and of…",
        "  to raise: 1 regime",
        "  to do: phone PIN (Officer Shah, by Mon 11 May 2026) — overdue",
        "",
    ]
    assert max(len(line) for line in before.splitlines()) <= 79


def test_a_prisoner_never_seen_is_said_to_be_so_before_anything_is_asked(kw, wing):
    said = asked(kw, ["B2345CD", "r", "", "", "", "", "", ""])

    assert "no key work yet; arrived Mon 2 Feb 2026, 99 days (14 weeks) ago" in said.err
    assert "key worker: none" in said.err


def test_every_open_topic_is_named_with_a_number_those_of_concerns_not_raised_first(kw, wing):
    for code, on in [("FURTHER_CHARGES", "2026-05-06"), ("SEG", "2026-05-07"), ("BULLIED", "2026-05-08")]:
        wing.event("A1234BC", code, on)
    for code in ("DEBT", "RELATIONSHIP", "BEREAVEMENT", "UNDER_INFLUENCE"):
        wing.event("A1234BC", code, "2026-05-09")

    before = asked(kw, ["A1234BC", "45", "", "", "", "", "", "", ""], KW_WIDTH="80").err.partition(
        "Minutes (or r refused"
    )[0]

    raised = " ".join(before.partition("to raise:")[2].split())
    assert "not yet raised: bereavement, since Sat 9 May; relationship, since Sat 9 May" in " ".join(before.split())
    assert raised.endswith("3 regime, 4 legal, 5 mental health, 6 safety, 7 debt, 8 substance")
    assert max(len(line) for line in before.splitlines()) <= 79


def test_what_was_raised_in_an_earlier_stay_is_to_be_raised_again(kw, wing):
    wing.event("A1234BC", "BEREAVEMENT", "2026-04-20")
    wing.session("A1234BC", "SHAH", "2026-04-22", topics="BEREAVEMENT")
    wing.left("A1234BC", "2026-05-06")
    wing.prisoner("A1234BC", arrived="2026-05-07", arrival_type="RECALL")

    assert "not yet raised" not in asked(kw, ["A1234BC", "45", "", "", "", "", "", "", "n"]).err
    later = asked(kw, ["A1234BC", "45", "", "", "", "", "", "", "n"], "log-session --as-of 2026-05-14")

    assert "not yet raised: bereavement, since Thu 7 May" in later.err
    assert "BEREAVEMENT" in kw("concerns --as-of 2026-05-14 --format csv --with-reasons").out


def test_after_the_topics_it_says_which_are_still_to_raise(kw, wing):
    wing.event("A1234BC", "FURTHER_CHARGES", "2026-05-06")

    some = asked(kw, ["A1234BC", "45", "yesterday 10:00", "legal", "", "", "", "", ""])
    all_of_them = asked(kw, ["A1234BC", "45", "", "regime", "", "", "", "", ""])

    assert "to raise: 1 regime, 2 legal\n" in some.err.partition("Minutes (or")[0]
    assert "still to raise: regime\n" in some.err.partition("Topics, ")[2]
    assert "still to raise" not in all_of_them.err


def test_a_topic_he_declined_is_not_left_to_raise_and_an_entry_closes_none(kw, wing):
    declined = asked(kw, ["A1234BC", "45", "", "", "", "", "", "", "n"], "log-session --declined regime")
    entry = asked(kw, ["A1234BC", "10", "", "regime", "", "", "", "", "n"], "log-session --type KE")

    assert "still to raise" not in declined.err
    assert "still to raise: regime\n" in entry.err


def test_a_session_held_before_what_opened_a_topic_does_not_close_it(kw, wing):
    wing.event("A1234BC", "FURTHER_CHARGES", "2026-05-11", at="15:00")

    said = asked(kw, ["A1234BC", "45", "yesterday 10:00", "legal, regime", "", "", "", "", "n"])

    assert "still to raise: legal\n" in said.err


def test_every_answer_is_kept(kw, wing):
    answers = ["A1234BC", "30", "yesterday 14:00", "fam, mental", "He spoke of home.", "I ring my mum.", "", "+7d", "y"]

    said = asked(kw, answers)

    held = latest(wing)
    assert (str(held.held_on), held.start_minute, held.minutes) == ("2026-05-11", 840, 30)
    assert (held.topics, held.note, held.prisoner_said) == ("FAMILY;MENTAL_HEALTH", *answers[4:6])
    assert str(held.next_session_on) == "2026-05-19"
    assert "30 minutes, Mon 11 May 2026 14:00–14:30\ntopics: family, mental health\n" in said.err
    assert said.out.endswith("Next session: Tue 19 May 2026\n--- end ---\n")


@pytest.mark.parametrize(("letter", "outcome"), [("r", "REFUSED"), ("d", "DID_NOT_ATTEND"), ("c", "CANCELLED")])
def test_one_letter_records_what_was_not_held_and_no_topics_are_asked(kw, wing, letter, outcome):
    said = asked(kw, ["A1234BC", letter, "", "", "", "", "", ""])

    assert said.code == 0
    assert latest(wing).outcome == outcome
    assert "Topics" not in said.err


def test_only_what_the_options_leave_out_is_asked(kw, wing):
    said = asked(
        kw,
        ["20", "", ""],
        "log-session A1234BC --on yesterday --topics work --note 'He starts on Monday.' --said 'At last.' --next fri",
    )

    assert said.code == 0
    assert latest(wing).minutes == 20


def test_with_everything_in_the_options_nothing_is_asked(kw, wing):
    said = asked(kw, [], "log-session A1234BC --minutes 45")

    assert said.code == 0
    assert "?" not in said.err


def test_yes_saves_without_the_last_question(kw, wing):
    said = asked(kw, ["45", "", "", "", "", "", ""], "log-session A1234BC --yes")

    assert said.code == 0
    assert latest(wing).minutes == 45


def test_a_dry_run_asks_and_saves_nothing(kw, wing):
    said = asked(kw, ["45", "", "", "", "", "", ""], "log-session A1234BC --dry-run")

    assert said.out.startswith("Would be recorded")
    assert str(latest(wing).held_on) == "2026-05-05"


# --- whom ---


def test_their_own_prisoners_are_numbered_in_the_order_of_work_and_one_key_chooses(kw, wing):
    wing.allocated("B2345CD", "SHAH", "2026-02-03")
    wing.allocated("C3456DE", "SHAH", "2026-02-03")
    wing.session("B2345CD", "SHAH", "2026-05-10")
    wing.event("B2345CD", "SEG", "2026-05-11")

    said = asked(kw, ["1", "45", "", "", "", "", "", "", ""])

    assert said.err.splitlines()[:6] == [
        "You: Officer Shah (SHAH)",
        "",
        "Prisoners, in the order of work:",
        "  1  Sam Brook     B2345CD  B-1-003   2 days  today: segregation",
        "  2  Ali Brook     C3456DE  B-1-004  99 days  no key work yet",
        "  3  Noah Adeyemi  A1234BC  B-2-014   7 days",
    ]
    assert "  To be seen today: in segregation since Mon 11 May, and no key work since Sun 10 May.\n" in said.err
    assert latest(wing, "B2345CD").minutes == 45


def test_a_number_that_is_not_in_the_list_is_asked_again_and_a_name_still_does(kw, wing):
    said = asked(kw, ["2", "0", "ali", "45", "", "", "", "", "", "", ""])

    assert "there is no 2 in the list" in said.err
    assert latest(wing, "C3456DE").minutes == 45


def test_the_list_is_that_of_the_key_worker_who_is_named(kw, wing):
    wing.allocated("C3456DE", "PRICE", "2026-02-03")

    asked(kw, ["1", "45", "", "", "", "", "", "", ""], "log-session --by price")

    assert latest(wing, "C3456DE").by == "Officer Price"


# --- topics and actions ---


def test_topics_are_chosen_by_number_and_one_he_declined_by_a_minus(kw, wing):
    wing.event("A1234BC", "DEBT", "2026-05-05", at="15:00")
    wing.event("A1234BC", "BULLIED", "2026-05-06")

    said = asked(kw, ["1", "45", "", "9", "1, fam, -3", "", "", "", "", ""])

    assert "  not yet raised: debt, since Tue 5 May\n" in said.err
    assert "  to raise: 1 debt, 2 regime, 3 safety\n" in said.err
    assert "there is no topic 9 here" in said.err
    assert "still to raise: regime\n" in said.err
    assert (latest(wing).topics, latest(wing).declined_topics) == ("DEBT;FAMILY", "SAFETY")


def to_be_done(kw, wing):
    return [
        (row["need"], row["owner"], row["due_on"] and str(row["due_on"]), row["state"])
        for row in json.loads(kw("need list A1234BC -f json").out)["rows"]
    ]


def test_each_open_action_is_asked_about_and_a_new_one_asked_for(kw, wing):
    for need in ("phone PIN", "gym form", "ring his mother", "see the chaplain"):
        kw(["need", "add", "A1234BC", need, "--on", "yesterday"])
    answers = ["y", "ongoing", "x", ""]

    said = asked(kw, ["1", "45", "", "", *answers, "", "", "canteen sheet; me; fri", "ask wing; ; ", "", "", "y"])

    assert said.err.count("Done? y, o ongoing, x dropped [not yet]: ") == 4
    assert said.out.startswith("Recorded: Noah Adeyemi (A1234BC), key worker session with Officer Shah.\n")
    assert "Recorded as done: phone PIN.\nRecorded as ongoing: gym form.\n" in said.out
    assert sorted(to_be_done(kw, wing)) == [
        ("ask wing", None, None, "open"),
        ("canteen sheet", "Officer Shah", "2026-05-15", "open"),
        ("gym form", None, None, "open"),
        ("phone PIN", None, None, "done"),
        ("ring his mother", None, None, "dropped"),
        ("see the chaplain", None, None, "open"),
    ]


def test_no_action_is_asked_about_where_nobody_spoke_to_him_or_it_is_newer_than_the_session(kw, wing):
    kw(["need", "add", "A1234BC", "phone PIN"])

    refused = asked(kw, ["1", "r", "", "", "", "", "", ""])
    before = asked(kw, ["1", "45", "yesterday", "", "", "", "", "", ""])

    assert (refused.code, before.code) == (0, 0)
    assert "Done?" not in refused.err + before.err


def test_an_action_due_before_the_session_is_asked_again(kw, wing):
    said = asked(kw, ["1", "45", "", "", "", "", "gym; me; 1/5/2026", "gym; me; +3d", "", "", ""])

    assert "it cannot be due on Fri 1 May 2026" in said.err
    assert to_be_done(kw, wing) == [("gym", "Officer Shah", "2026-05-15", "open")]


def test_me_is_the_user_by_the_name_others_know_or_the_login(kw, wing):
    kw('need add A1234BC "gym form; Me"', KW_USER="shahn")
    kw('log-session A1234BC --minutes 45 --by SHAH --on yesterday --need "phone PIN; me"')

    assert [row[:2] for row in to_be_done(kw, wing)] == [("phone PIN", "governor"), ("gym form", "Officer Shah")]


def test_an_action_closed_by_somebody_else_meanwhile_stays_so_and_the_session_is_saved(kw, wing):
    kw(["need", "add", "A1234BC", "phone PIN", "--on", "yesterday"])

    def slower():
        yield from ["1", "45", "", "", "y", "", "", "", ""]
        kw("need done A1234BC --dropped --on yesterday")
        yield ""

    said = asked(kw, slower())

    assert "note: phone PIN: somebody else had closed it meanwhile; it stays so.\n" in said.err
    assert latest(wing).minutes == 45
    assert to_be_done(kw, wing)[0][3] == "dropped"


def test_an_action_that_cannot_be_settled_leaves_nothing_of_the_session(wing):
    (prisoner,) = wing.store.queries.person_by_number("A1234BC")
    (worker,) = wing.store.queries.worker_by_staff_id("SHAH")
    before = everything(wing.address)
    wanted = Recording(
        held_on=date(2026, 5, 11),
        minutes=45,
        needs=(NeedAsked("gym form"),),
        became=(NeedBecame(404, "phone PIN", NeedOutcome.DONE),),
    )

    with pytest.raises(NotFoundError, match="'phone PIN' is no longer in the record"):
        record_session(wing.store, Author("shahn", MORNING, "kw log-session", MORNING.date()), prisoner, worker, wanted)

    wing.store.close()
    assert everything(wing.address) == before


def test_nothing_is_broken_inside_a_word_at_80_columns(kw, wing):
    wing.allocated("B2345CD", "SHAH", "2026-02-03")
    for code in ("DEBT", "BULLIED", "RELATIONSHIP", "BEREAVEMENT", "SEG", "FURTHER_CHARGES", "UNDER_INFLUENCE"):
        wing.event("B2345CD", code, "2026-05-02")
    kw(["need", "add", "B2345CD", "ring the chaplaincy about the service for his grandmother; Officer Shah; fri"])

    said = asked(kw, ["1", "x", "45", "31/02", "", "?", "", "", "", "", "", "", ""], KW_WIDTH="80")

    lines = re.sub(r"(\]|name|\)): ", r"\1:\n", said.err).splitlines()
    assert max(map(len, lines)) <= 79
    assert "".join(lines).count("bereavement") >= 2
    assert latest(wing, "B2345CD").minutes == 45


# --- wrong answers ---


def test_a_wrong_answer_is_asked_again_with_the_reason(kw, wing):
    said = asked(
        kw,
        [
            *("A123BC", "nobody", "brook", "C3456DE"),
            *("many", "4.5", "0", "45"),
            *("31/02", "11/05/26", "yesterday 14:00"),
            *("gardening", "?", "work"),
            *("He works.", "", "", "yesterday", "+7d", "perhaps", "y"),
        ],
    )

    assert said.code == 0
    for reason in (
        "'A123BC' is not a prison number",
        "there is no prisoner 'nobody'",
        "'brook' matches 2 prisoners",
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


def test_an_overlap_asks_for_the_start_alone_and_goes_on_from_there(kw, wing):
    kw("log-session B2345CD --minutes 45 --by SHAH --on yesterday --start 14:00")

    said = asked(kw, ["A1234BC", "30", "yesterday 14:30", "14:44", "noon", "15:00", "", "A note.", "", "", "", ""])

    assert said.code == 0
    assert "Officer Shah was then with Sam Brook (B2345CD), Mon 11 May 2026 14:00–14:45." in said.err
    assert said.err.count("This one began at, HH:MM [not known]: ") == 3
    assert said.err.count("Minutes (or r refused") == 1
    held = latest(wing)
    assert (str(held.held_on), held.minutes, held.start_minute, held.note) == ("2026-05-11", 30, 900, "A note.")


def test_a_start_reckoned_back_into_another_session_is_asked_for_and_may_stay_unknown(kw, wing):
    kw("log-session B2345CD --minutes 45 --by SHAH")

    said = asked(kw, ["A1234BC", "30", "", "", "", "", "", "", "", ""])

    assert "Officer Shah was then with Sam Brook (B2345CD), Tue 12 May 2026 07:30–08:15." in said.err
    assert (latest(wing).minutes, latest(wing).start_minute) == (30, None)


def test_a_second_session_of_a_day_asks_when_it_began(kw, wing):
    kw("log-session A1234BC --minutes 45 --by SHAH --on yesterday --start 14:00")

    said = asked(kw, ["A1234BC", "30", "yesterday", "", "16:00", "", "", "", "", "", ""])

    assert "Officer Shah has a session with them on Mon 11 May 2026 at 14:00 already" in said.err
    assert "If it is that one, it is recorded already: Ctrl-C leaves it so." in said.err
    assert said.err.count("This one began at, HH:MM: ") == 2
    assert (latest(wing).minutes, latest(wing).start_minute) == (30, 960)


def test_a_day_he_was_not_here_is_asked_again(kw, wing):
    said = asked(kw, ["A1234BC", "30", "4/1/2026", "", "yesterday", "", "", "", "", "", ""])

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
    said = asked(kw, ["price", "45", "", "", "", "", "", "", ""], "log-session A1234BC", user="governor")

    assert latest(wing).by == "Officer Price"
    assert "his key worker is Officer Shah." in said.err


def test_his_key_worker_is_offered_to_a_user_who_is_none(kw, wing):
    said = asked(kw, ["A1234BC", "", "45", "", "", "", "", "", "", ""], user="governor")

    assert "Held by, staff id or name [Officer Shah]: " in said.err
    assert latest(wing).by == "Officer Shah"


def test_nobody_is_offered_where_he_has_no_key_worker(kw, wing):
    said = asked(kw, ["B2345CD", "", "shah", "45", "", "", "", "", "", "", ""], user="governor")

    assert said.err.count("Held by, staff id or name: ") == 2
    assert latest(wing, "B2345CD").by == "Officer Shah"


# --- leaving it ---


def interrupted_after(*answers):
    yield from answers
    raise KeyboardInterrupt


@pytest.mark.parametrize("answered", range(9))
def test_ctrl_c_anywhere_saves_nothing(kw, wing, answered):
    before = everything(wing.address)

    said = asked(kw, interrupted_after(*["A1234BC", "45", "", "", "A note.", "", "", "", ""][:answered]))

    assert said.code == 130
    assert "stopped; nothing saved." in said.err
    assert everything(wing.address) == before


def test_no_to_the_last_question_saves_nothing(kw, wing):
    before = everything(wing.address)

    said = asked(kw, ["A1234BC", "45", "", "", "A note.", "", "", "", "n"])

    assert said.code == 0
    assert said.err.endswith("nothing saved\n")
    assert said.out == ""
    assert everything(wing.address) == before


def test_others_may_write_while_somebody_thinks(kw, wing):
    def thinking():
        yield "A1234BC"
        yield "45"
        assert kw("log-session B2345CD --minutes 20 --by PRICE --on yesterday").code == 0
        yield from ["", "", "", "", "", "", ""]

    assert asked(kw, thinking()).code == 0
    assert latest(wing, "B2345CD").minutes == 20


def test_a_note_that_cannot_be_saved_is_given_back(kw, wing):
    def quicker_elsewhere():
        yield from ["A1234BC", "30", "yesterday 14:00", "", "A note that took a while to write.", "", "", ""]
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

    said = asked(kw, ["A1234BC", "45", "", "", ".", "", "", "", ""], VISUAL=write)

    assert said.code == 0
    assert latest(wing).note == "He spoke of home.\n\nIt is going better."
    name, mode = seen.read_text().split()
    assert mode == oct(stat.S_IRUSR | stat.S_IWUSR)
    assert not Path(name).parent.exists()


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (r"C:\Windows\notepad.exe", [r"C:\Windows\notepad.exe"]),
        (r'"C:\Program Files\Vim\gvim.exe" -f', [r"C:\Program Files\Vim\gvim.exe", "-f"]),
        ("code --wait", ["code", "--wait"]),
    ],
)
def test_on_windows_an_editors_path_keeps_its_backslashes(named, words):
    assert words_of(named, windows=True) == words


def test_edit_opens_the_editor_in_a_line_of_options(kw, wing, editor):
    said = asked(
        kw, [], "log-session A1234BC --minutes 45 --edit", EDITOR=editor("open(name, 'w').write('From the editor.')")
    )

    assert said.code == 0
    assert latest(wing).note == "From the editor."


def test_an_editor_that_fails_or_writes_nothing_is_asked_again(kw, wing, editor):
    said = asked(kw, ["A1234BC", "45", "", "", ".", "By hand.", "", "", "", ""], VISUAL=editor("sys.exit(3)"))

    assert "the editor ended with 3" in said.err
    assert latest(wing).note == "By hand."


def test_an_editor_that_is_not_there_is_named(kw, wing):
    said = asked(kw, [], "log-session A1234BC --minutes 45 --edit", VISUAL="/no/such/editor")

    assert said.code == 2
    assert "the editor '/no/such/editor' cannot be opened" in said.err
    assert str(latest(wing).held_on) == "2026-05-05"


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_an_editor_with_a_quote_that_is_never_closed_is_named(kw, wing, variable):
    said = asked(kw, [], "log-session A1234BC --minutes 45 --edit", **{variable: "it's"})

    assert said.code == 2
    assert "with a quote that is never closed" in said.err
    assert str(latest(wing).held_on) == "2026-05-05"


def test_what_is_written_in_the_editor_is_kept_where_memory_is(kw, wing, editor, tmp_path, monkeypatch):
    memory, seen = tmp_path / "run", tmp_path / "seen"
    memory.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    write = editor(f"open({str(seen)!r}, 'w').write(name); open(name, 'w').write('Of home.')")

    said = asked(kw, [], "log-session A1234BC --minutes 45 --edit", EDITOR=write)

    assert said.code == 0
    assert memory in Path(seen.read_text()).parents
    assert list(memory.iterdir()) == []


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
