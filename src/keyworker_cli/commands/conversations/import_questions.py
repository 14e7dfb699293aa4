"""What `kw import` asks: what a heading means, who or which day a cell means, since when somebody is here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from keyworker_cli.actions.files.take_in import NotClearError
from keyworker_cli.commands.conversations.asking import ask_until
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes.records import LossReason
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.files.extracts.collected import ANOTHER, Collected, Unclear
from keyworker_cli.rules.files.extracts.detail import NOTHING, SLOT
from keyworker_cli.rules.files.extracts.guess import OpenHeading, open_headings
from keyworker_cli.rules.files.extracts.known import Answers
from keyworker_cli.rules.files.extracts.recognise import Recognised
from keyworker_cli.rules.files.extracts.tell import say_undated
from keyworker_cli.rules.files.officers import Officers, is_nobody
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import read_word

Ask = Callable[[str], str]
BEFORE: Final = "before"
MOST_ASKED: Final = 12
"""A file with more cells that are not clear is to be mended, not talked through; activities are asked of once."""


def ask_headings(kw: Kw, ask: Ask, sheets: Sequence[Recognised]) -> dict[str, str]:
    """Ask what each heading means that is not known and may be one that is missing; empty is to leave it out."""
    said: dict[str, str] = {}
    for sheet in sheets:
        for one in open_headings(sheet):
            meanings = {words: meaning for words, meaning in one.meanings.items() if meaning not in said.values()}
            if meanings and one.heading not in said:
                said[one.heading] = _ask_heading(kw, ask, one, meanings)
    return said


def _ask_heading(kw: Kw, ask: Ask, one: OpenHeading, meanings: Mapping[str, str]) -> str:
    def understand(text: str) -> str:
        return read_word(text, meanings, "meaning") if text else ""

    under = f"{say_count(one.filled, 'cell')}: {'; '.join(one.examples)}"
    question = f"{one.heading!r} ({under}) is {', '.join(meanings)}? Enter leaves it out: "
    return ask_until(kw, ask, question, understand)


def ask_values(kw: Kw, ask: Ask, error: NotClearError, answers: Answers) -> Answers:
    """Ask what each cell means that is not clear, each text once."""
    newest = tuple(_ask_newest(kw, ask, lists) for lists in error.several_days)
    said = {
        one.text.casefold(): _ask_day(kw, ask, one) if one.is_day else _ask_name(kw, ask, one, error.officers)
        for one in error.unclear
        if not one.is_activity
    }
    activities = {one.text: _ask_activity(kw, ask, one) for one in error.unclear if one.is_activity}
    return replace(
        answers,
        values={**answers.values, **said},
        newest=answers.newest + newest,
        activities={**answers.activities, **activities},
    )


def _ask_activity(kw: Kw, ask: Ask, one: Unclear) -> str:
    meanings = {"key work": SLOT, "nothing": NOTHING} | {reason.lower(): reason.value for reason in LossReason}

    def understand(text: str) -> str:
        return read_word(text, meanings, "meaning") if text else NOTHING

    lost = ", ".join(reason.lower() for reason in LossReason)
    question = f"{one.heading} {one.text!r} ({say_count(one.rows, 'row')}): key work, or its time dropped for {lost}"
    return ask_until(kw, ask, f"{question}? Enter: nothing: ", understand)


def _ask_newest(kw: Kw, ask: Ask, lists: Sequence[Recognised]) -> str:
    named = {str(at): sheet.table.source for at, sheet in enumerate(lists, start=1)}
    kw.say("The same prisoners are on several lists, each with some of its own:")
    kw.say(*(f"  {at}  {sheet.table.source}: {sheet.says_how_many}" for at, sheet in zip(named, lists, strict=True)))
    kw.say("Who is only on an older one is left out.")
    return ask_until(kw, ask, "Which is the newest? ", lambda text: read_word(text, named, "list"))


def _ask_day(kw: Kw, ask: Ask, one: Unclear) -> str:
    def understand(text: str) -> str:
        return parse_date(text, today=kw.as_of).isoformat() if text else ""

    return ask_until(kw, ask, f"{_where(one)} {one.reason}. The day, or Enter: not known: ", understand)


def _ask_name(kw: Kw, ask: Ask, one: Unclear, officers: Officers) -> str:
    near, is_error = one.near, one.text.startswith("#")

    def understand(text: str) -> str:
        if not text:
            return near.staff_id if near else ""
        if is_nobody(text) or (text.casefold() == ANOTHER and not is_error):
            return text
        found = officers.find(text)
        if len(found) != 1:
            raise UsageError(f"{text!r} is no one key worker.", f"a staff id, `{ANOTHER}` or `none`.")
        return found[0].staff_id

    another = "or a staff id" if is_error else f"`{ANOTHER}` for somebody else, or a staff id"
    enter = f"Enter for {near.staff_id}, {another}" if near else f"Enter for nobody, {another}"
    return ask_until(kw, ask, f"{_where(one)} {one.reason} {enter}: ", understand)


def _where(one: Unclear) -> str:
    return f"{one.heading}, line {one.line}:" if one.rows == 1 else f"{one.heading}, {one.rows:,} rows:"


def ask_arrival(kw: Kw, ask: Ask | None, collected: Collected, answers: Answers) -> Answers:
    """Ask since when those are here of whom no sheet says it; left open, they were here before today."""
    kw.say(f"{say_undated(collected)}.")

    def understand(text: str) -> Answers:
        word, _, rest = text.partition(" ")
        if not text:
            return replace(answers, here_since=kw.as_of)
        if word.casefold() == BEFORE:
            return replace(answers, here_since=parse_date(rest, today=kw.as_of))
        return replace(answers, arrived=parse_date(text, today=kw.as_of))

    said = replace(answers, here_since=kw.as_of)
    if ask is not None:
        question = "The day all of them arrived, or `before` a day they were here already [before today]: "
        said = ask_until(kw, ask, question, understand)
    if said.here_since:
        kw.say(f"Taken as here since before {say_date(said.here_since)}; the day is not known.")
    return said
