"""Whether two prison numbers may be joined as one prisoner's, or parted again (help: movements)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Merge, Stay
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.stays.record_lock import check_not_locked

MERGED_WORDS = {
    "stay": ("stay", "stays"),
    "session": ("session", "sessions"),
    "allocation": ("allocation", "allocations"),
    "event": ("event", "events"),
}
"""What a merge is said to have joined, of all that went over."""


def check_why(why: str | None) -> str:
    """Return the reason given; raises `UsageError` without one."""
    if why is None or not why.strip():
        raise UsageError("say why.", '--why "TEXT": whoever reads the record later will ask.')
    return why.strip()


def check_different_prisoners(kept: Person, other: Person, *, typed: Sequence[str]) -> None:
    """Refuse to join a prisoner to himself, and to touch the record of one who has died; raises `RefusedError`."""
    if kept.person_id == other.person_id:
        one, two = (text.strip().upper() for text in typed)
        what = "is one number" if one == two else f"and {two} are one prisoner's already"
        raise RefusedError(f"{one} {what}.", "name two numbers: kw prisoner merge KEEP OTHER --why TEXT")
    check_not_locked(kept)
    check_not_locked(other)


def check_stays_apart(kept: Person, stays: Iterable[Stay], other: Person, others: Sequence[Stay]) -> None:
    """Refuse to join two prisoners who were here at the same time, saying when; raises `RefusedError`."""
    for mine in stays:
        for theirs in others:
            if _overlap(mine, theirs):
                raise RefusedError(
                    f"they cannot be one prisoner: {say_prisoner(kept)} was here {_span(mine)}, "
                    f"{say_prisoner(other)} {_span(theirs)}.",
                    "if one of the two is wrong, correct it first: kw prisoner leave, or import the right dates.",
                )


def merge_to_undo(kept: Person, merges: Iterable[Merge], *, number: str) -> Merge:
    """Return the merge that joined this number; raises `NotFoundError`, naming the numbers that were joined."""
    known = list(merges)
    for merge in known:
        if merge.merged_number == number:
            return merge
    joined = ", ".join(merge.merged_number for merge in known)
    raise NotFoundError(
        f"{number} was not merged into {say_prisoner(kept)}.",
        f"what was merged into it: {joined}." if joined else "no number was merged into it.",
    )


def check_no_stay_since(merge: Merge, merges: Iterable[Merge], stays: Iterable[Stay], *, kept: Person) -> None:
    """Refuse to part two numbers when a stay has been recorded since: nobody could tell whose it is.

    `merges` are all of his that stand: a stay that came with another number is known to be that one's.
    """
    last = json.loads(merge.moved)["last"]["stay"]
    came = {stay_id for other in merges for stay_id in json.loads(other.moved)["rows"]["stay"]}
    for stay in stays:
        if stay.stay_id > last and stay.stay_id not in came:
            raise RefusedError(
                f"a stay of {say_prisoner(kept)} from {say_date(stay.arrived_on)} was recorded after "
                f"{merge.merged_number} was merged into it.",
                "nobody can tell whose it is: these two numbers can no longer be parted.",
            )


def say_joined(counts: Iterable[tuple[str, int]]) -> str:
    """Say how many records were joined: `2 stays, 14 sessions`; `nothing` without any."""
    said = [f"{number} {MERGED_WORDS[name][number != 1]}" for name, number in counts if number and name in MERGED_WORDS]
    return ", ".join(said) or "no stay and no session"


def same_sessions(
    mine: Iterable[tuple[int, int | None, int | None]], theirs: Iterable[tuple[int, int | None, int | None]]
) -> Iterator[tuple[int, int]]:
    """Yield each session under one number with that under the other which it is, of those that are alike otherwise.

    Each is its key, its start and its minutes. It is that of the same start, else, where one of the two has none, one
    of the same minutes; no two are the same one.
    """
    left, free = list(mine), list(theirs)
    for same in (_begin_together, _last_alike):
        for one in list(left):
            other = next((other for other in free if same(one[1:], other[1:])), None)
            if other is not None:
                left.remove(one)
                free.remove(other)
                yield one[0], other[0]


def _begin_together(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    return one[0] == other[0]


def _last_alike(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    return None in (one[0], other[0]) and one[1] == other[1]


def ended_by_merge(
    theirs: Iterable[Allocation], stays: Iterable[Stay], own: Iterable[Allocation], own_stays: Sequence[Stay]
) -> Iterator[tuple[Allocation, date]]:
    """Yield each allocation under the one number that a merge ends, and the day: the one of the stay he is in stands.

    `own` are those under the other number, and `own_stays` its stays: in these they stand from the day they began.
    """
    held_under = [one for one in own if not one.held_no_day]
    everywhere = [*stays, *own_stays]
    for held in theirs:
        stay = stay_of(held.allocated_on, everywhere)
        if held.held_no_day or stay is None or stay not in own_stays:
            continue
        begun = [one.allocated_on for one in held_under if _together(one, held, since=stay.arrived_on)]
        if begun:
            yield held, max(held.allocated_on, min(begun))


def _together(one: Allocation, other: Allocation, *, since: date) -> bool:
    """Both were in force on one day, at the earliest on the day he arrived."""
    begins = max(one.allocated_on, other.allocated_on, since)
    return all(held.ended_on is None or held.ended_on > begins for held in (one, other))


def stay_of(day: date, stays: Iterable[Stay]) -> Stay | None:
    """Return the stay that a day is in, on the day of out and back the later one, or else the next after it."""
    known = sorted(stays, key=lambda stay: stay.arrived_on, reverse=True)
    within = (stay for stay in known if stay.arrived_on <= day and (stay.left_on is None or day <= stay.left_on))
    return next(within, None) or next((stay for stay in reversed(known) if stay.arrived_on > day), None)


def _overlap(one: Stay, other: Stay) -> bool:
    first, second = sorted((one, other), key=lambda stay: (stay.arrived_on, stay.left_on or date.max))
    if first.arrived_on == second.arrived_on:
        return True
    return first.left_on is None or second.arrived_on < first.left_on


def _span(stay: Stay) -> str:
    until = f"to {say_date(stay.left_on)}" if stay.left_on else "and is still"
    return f"from {say_date(stay.arrived_on)} {until}"
