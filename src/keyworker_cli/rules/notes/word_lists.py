"""The words of a case note, and the lists of words that its checks look for (help: note-quality)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.signals import Topic

WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
COMMENT: Final = "#"
ANY_ENDING: Final = "*"
TOPIC_LIST: Final = "topic_"


class Reading(NamedTuple):
    """A text as the checks read it: its words in order and in lower case, and the same words in one line."""

    words: tuple[str, ...]
    spaced: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of words, beginnings of words, and phrases of several words, whole and by their first word."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    phrases: tuple[str, ...]
    by_first_word: Mapping[str, list[list[str]]]

    def found_in(self, reading: Reading) -> list[str]:
        """Return the listed words found in a text, each once and as written there, followed by the phrases."""
        found = [word for word in reading.words if word in self.words or word.startswith(self.beginnings)]
        return [*dict.fromkeys(found), *(phrase for phrase in self.phrases if f" {phrase} " in reading.spaced)]

    def taken_from(self, reading: Reading) -> tuple[list[str], int]:
        """Return the listed phrases found in a text, the longest first, and the number of words left."""
        rest, found = reading.spaced, []
        for phrase in (*self.phrases, *self.words):
            if f" {phrase} " in rest:
                found.append(phrase)
                while f" {phrase} " in rest:
                    rest = rest.replace(f" {phrase} ", " ")
        return found, len(rest.split())


@dataclass(frozen=True, slots=True)
class WordLists:
    """All the lists that the checks of a note look into; they are plain files, which a prison may read."""

    topics: Mapping[Topic, Phrases]
    boilerplate: Phrases
    own_view: Phrases
    owners: Phrases
    promises: Phrases
    no_action: Phrases


def read(text: str) -> Reading:
    """Return the words of a text."""
    words = tuple(words_of(text))
    return Reading(words, f" {' '.join(words)} ")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters: `self-harm` and `he's` are one word each, a number is one too."""
    return WORD.findall(text.casefold().replace("’", "'"))


def count_words(text: str | None) -> int:
    """Count the words of a text."""
    return len(WORD.findall(text or ""))


def phrases_of(text: str) -> Phrases:
    """Return the word list of a file: one word or phrase to a line, `*` for any ending, `#` for a comment."""
    lines = [line.strip().casefold() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith(COMMENT)]
    several = sorted((words_of(line) for line in said if " " in line), key=lambda words: (-len(words), words))
    return Phrases(
        words=frozenset(line for line in said if " " not in line and not line.endswith(ANY_ENDING)),
        beginnings=tuple(line.removesuffix(ANY_ENDING) for line in said if line.endswith(ANY_ENDING)),
        phrases=tuple(" ".join(words) for words in several),
        by_first_word={first: [words for words in several if words[0] == first] for first in {w[0] for w in several}},
    )


def word_lists(texts: Mapping[str, str]) -> WordLists:
    """Return the lists by the names of their files: `topic_family`, `boilerplate` and the others."""
    return WordLists(
        topics={topic: phrases_of(texts[f"{TOPIC_LIST}{topic.lower()}"]) for topic in Topic},
        boilerplate=phrases_of(texts["boilerplate"]),
        own_view=phrases_of(texts["own_view"]),
        owners=phrases_of(texts["owners"]),
        promises=phrases_of(texts["promises"]),
        no_action=phrases_of(texts["no_action"]),
    )
