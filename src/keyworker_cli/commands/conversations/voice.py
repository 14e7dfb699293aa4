"""What a prisoner answered, as it is typed: from the options, else asked on a terminal."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from keyworker_cli.commands.conversations.asking import ask_until
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.lookup import workers_meant
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.oversight.voice import Answers, read_freely, read_key_worker_said, read_last_talk
from keyworker_cli.rules.typed import check_name

Answer = TypeVar("Answer")

WHO = "Who is his key worker? A name; other, none or not-known [not said]: "
WHEN = "When did they last talk? A day; never or not-known [not said]: "
FREELY = "Could he speak freely? yes or no [not said]: "


def read_answers(
    kw: Kw, named: str | None, last_talk: str | None, freely: str | None, *, declined: bool, on: date
) -> Answers:
    """Return what he answered. Raises `UsageError` for no answer at all, or some beside `--declined`."""
    given = (named, last_talk, freely)
    if declined:
        if any(one is not None for one in given):
            raise UsageError("he cannot both answer and decline.", "leave out --declined, or the answers.")
        return Answers()
    said, officer = _answer(kw, named, WHO, lambda text: read_key_worker_said(text, kw.worker)) or (None, None)
    talk, day = _answer(kw, last_talk, WHEN, lambda text: read_last_talk(text, asked_on=on)) or (None, None)
    answers = Answers(said, officer, talk, day, _answer(kw, freely, FREELY, read_freely))
    if answers == Answers():
        raise UsageError(
            "no answer was given.", "--key-worker, --last-talk and --freely take them; --declined where he gave none."
        )
    return answers


def read_asker(kw: Kw, typed: str | None) -> tuple[str, Worker | None]:
    """Return who asked, by name, and their key worker record where they have one; without a name, the user."""
    if typed is None:
        return kw.own_name, kw.own_record
    words = check_name(typed, what="name of who asked")
    if not workers_meant(kw.store.queries, words):
        return words, None
    worker = kw.worker(words)
    return worker.name, worker


def _answer(kw: Kw, typed: str | None, question: str, read: Callable[[str], Answer]) -> Answer | None:
    if typed is not None:
        return read(typed)
    if kw.ask is None:
        return None
    return ask_until(kw, kw.ask, question, lambda text: read(text) if text else None)
