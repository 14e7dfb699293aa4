"""`kw help`: what a command takes, and what a word means here."""

import re

from keyworker_cli.command_line.completion import offers


def test_help_alone_lists_the_commands_and_the_topics(kw) -> None:
    said = kw("help").out

    assert "overdue" in said
    assert re.search(r"counted-session +which sessions count", said)


def test_a_topic_is_shown_as_its_page_says_it_without_the_marks(kw) -> None:
    said = kw("help gap").out

    assert said.startswith("gap: how long a prisoner has had no key work\n")
    assert "kw overdue lists the prisoners whose gap has reached 7 days" in said
    assert "```" not in said
    assert "`" not in said


def test_a_command_is_shown_as_its_own_help_says_it(kw, capsys) -> None:
    kw("overdue --help")
    assert kw("help overdue").out == capsys.readouterr().out

    kw("rota publish --help")
    assert kw("help rota publish").out == capsys.readouterr().out


def test_a_name_that_is_both_shows_the_command_and_then_the_topic(kw) -> None:
    said = kw("help forecast").out

    assert said.startswith("Usage: kw forecast [OPTIONS]\n")
    assert said.index("Examples:\n  kw forecast") < said.index("forecast: who will go without")


def test_a_name_that_is_neither_suggests_the_nearest(kw) -> None:
    answer = kw("help counted-sesion")

    assert answer.code == 2
    assert answer.err == "kw: there is no command or topic counted-sesion.\nhint: did you mean counted-session?\n"


def test_a_name_that_nothing_is_near_to_is_told_where_all_stand(kw) -> None:
    assert kw("help xyzzy").err.endswith("hint: kw help lists the commands and the topics.\n")


def test_tab_completes_commands_and_topics() -> None:
    assert offers(["help", "see-"], None) == [("see-today", "who is to be seen today, and why")]
    assert "overdue" in [word for word, _ in offers(["help", "o"], None)]


def test_a_report_names_the_page_that_explains_it(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")

    assert "\nkw help gap explains it.\n" in kw("overdue").out


def test_the_options_of_every_report_stand_in_a_block_of_their_own(kw) -> None:
    said = kw("help overdue").out
    own, _, shared = said.partition("\nThe answer:\n")

    assert "--days N" in own
    assert "--format" not in own
    assert "--format FORMAT" in shared
    assert "--wing" in shared


def test_a_report_about_one_prisoner_cannot_be_narrowed_to_a_wing(kw, prison) -> None:
    assert "--wing" not in kw("help why").out
    assert kw("why A1111BC --wing B").code == 2


def test_no_line_of_a_help_ends_in_the_middle_of_a_word(kw) -> None:
    for name in ("overdue", "import", "log-session", "rota publish", "prisoner add", "query"):
        for line in kw(f"help {name}").out.splitlines():
            assert not line.endswith("-"), line


def test_an_example_stands_on_one_line_as_it_is_typed(kw) -> None:
    examples = kw("help query").out.partition("Examples:\n")[2].splitlines()

    assert examples[0].startswith('  kw query "SELECT wing')
    assert examples[0].endswith('GROUP BY wing"')


def test_an_option_that_changes_nothing_is_taken_and_not_shown(kw, prison) -> None:
    prison.store.close()

    assert "--with-reasons" not in kw("help config list").out
    assert "--fail" not in kw("help stats").out
    assert kw("stats --fail --with-reasons").code == 0


def test_the_help_of_a_command_names_what_every_command_takes(kw):
    said = kw("help overdue").out

    assert "Every command also takes --as-of, --known-at, --db and --user: kw --help" in " ".join(said.split())
