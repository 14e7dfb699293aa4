"""What people type about a session, understood or refused with the reason: minutes, codes, topics, times, needs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes.records import NeedOutcome, Outcome, SessionType
from keyworker_cli.rules.codes.signals import Topic
from keyworker_cli.rules.dates.parse import check_shown, parse_date, parse_minute
from keyworker_cli.rules.typed import LONGEST_SESSION_MINUTES, as_code, read_code, read_text, read_word

_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_DAY_THEN_START: Final = re.compile(r"(?:(?P<on>.*[^\s,]),? +)?(?P<at>[0-9]{1,2}:[0-9]{2})")
_NEED_PARTS: Final = 3

ME: Final = "me"
"""What may be typed for the user, as the owner of a need."""

DECLINED: Final = "-"
"""What stands before a topic that he declined to speak of, in an answer."""

LETTERS: Final = {"r": Outcome.REFUSED, "d": Outcome.DID_NOT_ATTEND, "c": Outcome.CANCELLED}
"""What may be typed in place of minutes for a session that was not held."""

NEED_ANSWERS: Final[Mapping[str, NeedOutcome | None]] = {
    "yes": NeedOutcome.DONE,
    "done": NeedOutcome.DONE,
    "ongoing": NeedOutcome.ONGOING,
    "x": NeedOutcome.DROPPED,
    "dropped": NeedOutcome.DROPPED,
    "no": None,
}
"""What may be answered when it is asked whether a need is done."""

_BECAME: Final = {
    Outcome.COMPLETED: "was held",
    Outcome.REFUSED: "was refused",
    Outcome.DID_NOT_ATTEND: "was not attended",
    Outcome.CANCELLED: "was cancelled",
}


class NeedBecame(NamedTuple):
    """What became of an open need, as it was said in a session."""

    need_id: int
    text: str
    outcome: NeedOutcome


class NeedAsked(NamedTuple):
    """Something to be done for a prisoner, as it was typed in a session: by whom and by when, where that was said."""

    text: str
    owner: str | None = None
    due_on: date | None = None


def read_outcome(text: str | None, *, refused: bool) -> Outcome | None:
    """Return what became of the session, `None` where nobody said. Saying two different things is `UsageError`."""
    outcome = None if text is None else read_code(text, Outcome, "outcome")
    if refused and outcome not in (None, Outcome.REFUSED):
        raise UsageError(f"it cannot be both refused and {outcome}.", "give --refused or --outcome, not both.")
    return Outcome.REFUSED if refused else outcome


def read_minutes(text: str | None, *, outcome: Outcome, type: SessionType) -> int:
    """Return the minutes of a session: 1 to 480 when it was held, else 0 (help: files).

    An entry (KE) that was no meeting, such as a referral, may have 0. Anything else is `UsageError`: minutes have no
    default, because a session recorded as 45 minutes by habit would say nothing.
    """
    said = " ".join((text or "").split())
    if outcome is not Outcome.COMPLETED:
        return _no_minutes(said, outcome)
    lowest = 0 if type is SessionType.KE else 1
    allowed = f"minutes are a whole number from {lowest} to {LONGEST_SESSION_MINUTES}: 45."
    if not said:
        raise UsageError("how many minutes? They have no default.", "--minutes 45, or --refused.")
    if not _NUMBER.fullmatch(said):
        raise UsageError(f"minutes {said!r} is not a whole number of minutes.", allowed)
    if int(said) > LONGEST_SESSION_MINUTES:
        raise UsageError(f"{int(said)} minutes is longer than any session.", allowed)
    if int(said) < lowest:
        raise UsageError("a session that was held takes at least a minute.", f"{allowed} If he refused: --refused.")
    return int(said)


def _no_minutes(said: str, outcome: Outcome) -> int:
    if said.strip("0"):
        raise UsageError(
            f"a session that {_BECAME[outcome]} has no minutes.",
            "leave --minutes out; or, if it was held, what says that it was not.",
        )
    return 0


def read_length_or_outcome(text: str, *, type: SessionType) -> tuple[Outcome, int]:
    """Return what became of a session and its minutes, from minutes or one letter: `r`, `d` or `c`. Else `UsageError`.

    The letters stand for refused, did not attend and cancelled.
    """
    outcome = LETTERS.get(text.strip().casefold(), Outcome.COMPLETED)
    if outcome is not Outcome.COMPLETED:
        return outcome, 0
    return outcome, read_minutes(text, outcome=outcome, type=type)


def read_topics(text: str) -> tuple[Topic, ...]:
    """Return the topics that a list names, each once, in the order typed: `FAMILY,SUBSTANCE`, `fam, mental health`."""
    topics: list[Topic] = []
    for part in re.split("[,;]", text):
        topics += _topics_in(part) if part.strip() else []
    return tuple(dict.fromkeys(topics))


def _topics_in(part: str) -> list[Topic]:
    """Read one topic, or several with only spaces between; a topic of two words (`mental health`) stays one."""
    whole = as_code(part)
    if any(topic.value.startswith(whole) for topic in Topic):
        return [read_code(part, Topic, "topic")]
    return [read_code(word, Topic, "topic") for word in part.split()]


def read_topics_besides(text: str, declined: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Return the topics a list names; one of those he declined to speak of is `UsageError`, and so is `?`: it lists."""
    if text.strip() == "?":
        raise UsageError(f"the topics are {', '.join(Topic)}.", "beginnings will do, with commas between: fam,sub")
    topics = read_topics(text)
    if both := [topic for topic in topics if topic in declined]:
        raise UsageError(f"{both[0]} cannot be both spoken of and declined.", "name it in --topics or in --declined.")
    return topics


def read_offered_topics(
    text: str, offered: Sequence[Topic], declined: tuple[Topic, ...]
) -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
    """Return the topics an answer names as spoken of, and those he declined to speak of, added to `declined`.

    A number stands for one of those offered, from 1; a topic after a minus was declined: `1, work, -2`. Errors as
    `read_topics_besides`, and `UsageError` for a number that is not offered.
    """
    spoken: list[str] = []
    refused: list[str] = []
    for part in (one.strip() for one in re.split("[,;]", text)):
        is_declined = part.startswith(DECLINED)
        (refused if is_declined else spoken).append(_offered(part.removeprefix(DECLINED).strip(), offered))
    declined = tuple(dict.fromkeys((*declined, *read_topics(",".join(refused)))))
    return read_topics_besides(",".join(spoken), declined), declined


def _offered(part: str, offered: Sequence[Topic]) -> str:
    """Return an answer with each number in it as the topic it stands for."""
    words = part.split()
    if not any(word.isdecimal() for word in words):
        return part
    return ",".join(_numbered(word, offered) if word.isdecimal() else word for word in words)


def _numbered(word: str, offered: Sequence[Topic]) -> str:
    if not 1 <= int(word) <= len(offered):
        raise UsageError(f"there is no topic {word} here.", "type a number that is shown, or a word; ? lists them all.")
    return offered[int(word) - 1].value


def read_need_done(text: str) -> NeedOutcome | None:
    """Return what an answer says became of a need; `None` where it is left as it is. Else `UsageError`."""
    if not text.strip():
        return None
    return read_word(text, NEED_ANSWERS, "answer", named=("y", "o", "x", "n"))


def read_when(text: str, *, today: date) -> tuple[date, int | None]:
    """Return the day a session was held and the minute of the day it began, `None` where that was not said.

    Understood: a day as `parse_date` reads it, a time, or both: `yesterday`, `14:00`, `fri 9:30`. Else `UsageError`.
    """
    said = " ".join(text.split())
    match = _DAY_THEN_START.fullmatch(said)
    if match is None:
        return parse_date(said, today=today), None
    on = today if match["on"] is None else parse_date(match["on"], today=today)
    start = parse_minute(match["at"])
    check_shown(on, start)
    return on, start


def read_need(text: str, *, today: date, me: str) -> NeedAsked:
    """Return a need typed as `text; owner; date`, of which only the text must be there. Else `UsageError`.

    The owner `me` is the user, recorded as `me` says: a name that others understand.
    """
    parts = [part.strip() for part in (read_text(text, "the action") or "").split(";")]
    if not parts[0] or len(parts) > _NEED_PARTS:
        wrong = "an action says what is to be done." if not parts[0] else f"the action {parts[0]!r} has too many parts."
        raise UsageError(wrong, 'type "phone PIN for his partner; Officer Shah; fri": what, who, by when.')
    what, owner, due = (*parts, "", "")[:_NEED_PARTS]
    owner = me if owner.casefold() == ME else owner
    return NeedAsked(what, owner or None, parse_date(due, today=today, ahead=True) if due else None)
