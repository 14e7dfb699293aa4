"""Several prisoners or key workers where a command takes one: named one after another, or read from stdin as `-`."""

import contextlib
import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from keyworker_cli.actions.files.reading.text_file import piped_text
from keyworker_cli.command_line.index import option_of_code
from keyworker_cli.context import Kw
from keyworker_cli.errors import KwError, NotFoundError, UsageError
from keyworker_cli.reports.view import View
from keyworker_cli.rules.typed import DAYS, as_prison_number

PEOPLE: Final = ("PRISONER", "KEY_WORKER")
"""Whom a command may be about, as its help names them."""
A_PRISONER: Final = "A1234BC"
MINUTES: Final = re.compile(r"([0-9]{1,3}) *(?:m|min|mins|minutes)?")
DATE: Final = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")
BEHIND: Final = ("code", "location")
"""What stands behind the prisoner without an option's name."""
OFFICERS: Final = ("by", "to")
"""The options that take a key worker, in the order in which a bare name is taken for one."""
PIPED: Final = "-"
HEADINGS: Final = ("prison_number", "staff_id")
"""The first column of what kw writes about people, and so of what is piped in."""
IN_COLUMNS: Final = ("csv", "tsv")

LISTS: Final = ("topics", "declined")
"""The options that take several words with commas between, besides wings."""
NOTHING_GIVEN: Final[Mapping[str, Any]] = {}

Act = Callable[[str | None], None]


def for_each(
    kw: Kw,
    typed: str | Sequence[str] | None,
    act: Act,
    view: View | None = None,
    *,
    kind: str,
    given: Mapping[str, Any] = NOTHING_GIVEN,
) -> None:
    """Do for each of those named what a command does for one; without any name, once for nobody in particular.

    `kind` is whom the names mean, one of `PEOPLE`; `given` are the command's other options, by name, with what was
    typed for each. Words that are the name of one person mean that person, once. Of several all must be known before
    anything is done; an error that comes after that says which were done.
    """
    named = [typed] if isinstance(typed, str) else list(typed or ())
    if len(named) > 1 and _is_one_name(kw, named, kind):
        named = [" ".join(named)]
    if kind == "PRISONER":
        _refuse_turned_round(kw, named, given)
        _refuse_misplaced(kw, named, given)
    if len(named) > 1 or (view is not None and view.wings):
        _refuse_code(kw, named, view, kind=kind, given=given)
    whom = [one for name in named for one in (_piped(kw.stdin) if name == PIPED else (name,))]
    if not named or whom == named[:1]:
        try:
            act(whom[0] if whom else None)
        except (NotFoundError, UsageError):
            _refuse_code(kw, named, view, kind=kind, given=given)
            raise
        return
    if view is not None and view.output is not None and len(whom) > 1:
        raise UsageError("a file takes one answer.", "name one of them, or leave --output out.")
    one_at_a_time = _under_one_heading(kw, act) if view is not None and view.format in IN_COLUMNS else act
    known = list(dict.fromkeys(_key(kw, one, kind) for one in whom))
    for at, one in enumerate(known):
        try:
            one_at_a_time(one)
        except KwError as error:
            done = "done" if kw.saving and not kw.dry_run else "answered"
            error.details = (*error.details, *(f"{done} before it: {', '.join(known[:at])}" for _ in known[:at][:1]))
            raise


def _refuse_turned_round(kw: Kw, named: Sequence[str], given: Mapping[str, Any]) -> None:
    """Refuse a prison number in the place of what stands behind it, `event add debt A1234BC`, and say how it goes."""
    behind = (given.get(name) for name in BEHIND)
    number = next((word for word in behind if isinstance(word, str) and as_prison_number(word)), None)
    if number is not None:
        words = " ".join(named)
        raise UsageError(f"{words!r} is no prisoner.", f"did you mean {kw.command} {number} {words}?")


def _refuse_misplaced(kw: Kw, named: Sequence[str], takes: Collection[str]) -> None:
    """Refuse what belongs to an option and was typed among the prisoners, and say which: `tordoff 45`."""
    for at, word in enumerate(named):
        option = _option_for(kw, word, named[at + 1 :], takes, alone=len(named) == 1)
        if option:
            whom = " ".join(named[:at] or named[at + 1 :] or [A_PRISONER])
            raise UsageError(f"{word!r} is no prisoner.", f"did you mean {kw.command} {whom} {option}?")


def _refuse_code(kw: Kw, named: Sequence[str], view: View | None, *, kind: str, given: Mapping[str, Any]) -> None:
    """Refuse a code that belongs to an option, or one more of a list, and say which: `tordoff hospital`, `-w b c`."""
    for at, word in enumerate(named):
        option = _next_of_list(word, view, given) or option_of_code(kw.command.split()[1:], word)
        if option and (option.startswith("--wing") or not _is_somebody(kw, word, kind)):
            whom = named[:at] or named[at + 1 :] or [kind] * option.startswith("--reason")
            said = " ".join((*whom, option))
            raise UsageError(f"{word!r} is no {kind.replace('_', ' ').lower()}.", f"did you mean {kw.command} {said}?")


def _next_of_list(word: str, view: View | None, given: Mapping[str, Any]) -> str | None:
    """Return the option whose list a word goes on with: wings, topics."""
    if view is not None and view.wings and len(word) == 1 and word != PIPED:
        return f"--wing {','.join((*view.wings, word.upper()))}"
    listed = [name for name in LISTS if given.get(name)]
    return f"--{listed[-1]} {given[listed[-1]]},{word}" if listed and word.isalpha() else None


def _is_somebody(kw: Kw, word: str, kind: str) -> bool:
    """Tell whether a word names a person, or several."""
    try:
        _key(kw, word, kind)
    except NotFoundError:
        return False
    except UsageError:
        pass
    return True


def _option_for(kw: Kw, word: str, after: Sequence[str], takes: Collection[str], *, alone: bool) -> str | None:
    """Return the option to which a word belongs: its name, minutes, a day, or the one key worker whose name it is."""
    minutes = MINUTES.fullmatch(word)
    if "minutes" in takes and minutes:
        return f"--minutes {minutes[1]}"
    if "on" in takes and (word.casefold() in DAYS or DATE.fullmatch(word)):
        return f"--on {word}"
    officer = next((f"--{option}" for option in OFFICERS if option in takes), None)
    if alone or not word.isalpha():
        return None
    if word.casefold() in takes and after:
        return f"--{word.casefold()} {after[0]}"
    return f"{officer} {staff_id}" if officer and (staff_id := _officer_named(kw, word)) else None


def _officer_named(kw: Kw, word: str) -> str | None:
    """Return the staff id of the one key worker whom a word names and who is no prisoner's name."""
    try:
        kw.prisoner(word)
    except NotFoundError:
        with contextlib.suppress(NotFoundError, UsageError):
            return kw.worker(word).staff_id
    except UsageError:
        pass
    return None


def _key(kw: Kw, typed: str, kind: str) -> str:
    return kw.prisoner(typed).prison_number if kind == "PRISONER" else kw.worker(typed).staff_id


def _is_one_name(kw: Kw, words: Sequence[str], kind: str) -> bool:
    """Say whether words typed one after another are one person's name, or number: `Sam Alder` without quotes."""
    if kind == "PRISONER" and as_prison_number(" ".join(words)):
        return True
    if not all(character.isalpha() or character in "'’-,." for word in words for character in word) or PIPED in words:
        return False
    try:
        _key(kw, " ".join(words), kind)
    except NotFoundError:
        return False
    return True


def _piped(stdin: TextIO) -> Iterator[str]:
    """Yield whom each line that is piped in names: all of it or, below a heading of kw's own, its first column."""
    lines = (line for line in piped_text(stdin).splitlines() if line.strip())
    heading = next(lines, "")
    first = heading.strip().strip('"')
    separator = "\t" if "\t" in heading else ","
    if heading.strip() and _cells(heading, separator)[0] in HEADINGS:
        yield from (name for line in lines if (name := _cells(line, separator)[0]))
    elif first:
        yield first
        yield from (line.strip().strip('"') for line in lines)


def _cells(line: str, separator: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [""])]


def _under_one_heading(kw: Kw, act: Act) -> Act:
    """Return `act`, which says a heading once for all whose rows begin with whom they are about."""
    said: list[str] = []

    def act_below(one: str | None) -> None:
        out, kw.out = kw.out, io.StringIO()
        try:
            act(one)
        finally:
            answer, kw.out = kw.out.getvalue(), out
            heading, _, rows = answer.partition("\n")
            kw.out.write(rows if heading in said and heading.split("\t")[0].split(",")[0] in HEADINGS else answer)
            said.append(heading)

    return act_below
