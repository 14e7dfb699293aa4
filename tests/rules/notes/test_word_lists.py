"""The words of a note and the lists they are looked up in (help: note-quality)."""

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.fiction.notes import MATERIAL
from keyworker_cli.reports.notes.word_lists import load_word_lists
from keyworker_cli.rules.codes.signals import Topic
from keyworker_cli.rules.notes.word_lists import count_words, phrases_of, read

LIST = phrases_of("# not read\nsolicitor*\ncourt\nvideo link\n\nhe said\n")


def test_a_list_finds_words_beginnings_and_phrases_in_any_case() -> None:
    assert LIST.found_in(read("His SOLICITORS were at Court by video-link, then by Video link")) == [
        "solicitors",
        "court",
        "video link",
    ]
    assert LIST.found_in(read("courtesy of the solicit")) == []


def test_a_comment_is_no_word_of_the_list() -> None:
    assert LIST.found_in(read("not read")) == []


def test_what_is_taken_out_leaves_the_words_beside_it() -> None:
    assert LIST.taken_from(read("He said court, he said no")) == (["he said", "court"], 1)


def test_joined_words_count_as_one() -> None:
    assert count_words("self-harm isn't 20/05 – over") == 5


@given(st.text(max_size=200), st.text(max_size=200))
def test_more_text_never_has_fewer_words(text, more) -> None:
    assert count_words(f"{text} {more}") >= count_words(text)


def test_every_topic_has_words_and_the_fictional_notes_on_it_have_one_of_them() -> None:
    lists = load_word_lists()

    assert lists.topics.keys() == set(Topic)
    missing = {
        (topic, sentence)
        for topic, material in MATERIAL.items()
        for sentence in material.sentences
        if not lists.topics[Topic(topic)].found_in(read(sentence))
    }
    assert missing == set()
