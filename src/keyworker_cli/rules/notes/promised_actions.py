"""What a case note says is to be done: an action with an owner and a date, or why none is needed.

help: note-quality, N8.
"""

import re
from typing import Final

from keyworker_cli.rules.notes.word_lists import WORD, Phrases, Reading, WordLists

_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_DATE: Final = re.compile(
    rf"\b(?:{_DAY}|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|[0-9]{{1,2}}(?:st|nd|rd|th)"
    r"|[0-9]{1,2}[/.][0-9]{1,2}(?:[/.][0-9]{2,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|today|tonight|tomorrow|(?:this|next|end of(?: the| this| next)?) (?:week|weekend|month))\b"
)
_NOBODY: Final = ("it", "this", "that", "there", "these", "those", "what", "which", "will", "shall")
_SHORT_FORM: Final = "'ll"
_FEWEST_REASON_WORDS: Final = 2


def action_in(text: str, lists: WordLists) -> tuple[str | None, str | None]:
    """Return the first sentence in which somebody takes something on by a day, and the first in which no day is said.

    The owner is a word of the list or one with a capital; the day may be a weekday, a date, tomorrow or next week.
    """
    undated = None
    for sentence in _SENTENCE_END.split(text):
        if _somebody_will(sentence, lists):
            if _DATE.search(sentence.casefold()):
                return sentence.strip(), undated
            undated = undated or sentence.strip()
    return None, undated


def reason_for_none(reading: Reading, no_action: Phrases) -> str | None:
    """Return the phrase with which a note says that no action is needed, where a reason follows it."""
    for phrase in no_action.phrases:
        _, found, after = reading.spaced.partition(f" {phrase} ")
        if found and len(after.split()) >= _FEWEST_REASON_WORDS:
            return phrase
    return None


def _somebody_will(sentence: str, lists: WordLists) -> bool:
    words = WORD.findall(sentence.replace("’", "'"))
    small = [word.casefold() for word in words]
    return any(
        _is_owner(word.removesuffix(_SHORT_FORM), lists)
        for place, word in enumerate(words)
        if word.endswith(_SHORT_FORM) or _promises(small, place + 1, lists)
    )


def _is_owner(word: str, lists: WordLists) -> bool:
    small = word.casefold()
    return small not in _NOBODY and (small in lists.owners.words or word[:1].isupper())


def _promises(small: list[str], place: int, lists: WordLists) -> bool:
    """Return whether a promise begins with the word at a place: `will`, or a phrase such as `has agreed to`."""
    if place >= len(small):
        return False
    return small[place] in lists.promises.words or any(
        small[place : place + len(phrase)] == phrase for phrase in lists.promises.by_first_word.get(small[place], ())
    )
