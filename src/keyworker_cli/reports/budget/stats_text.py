"""The figures of a period in words: their columns, the totals, the line of the last weeks, for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.reports.report import Column, Row, Value
from keyworker_cli.reports.sparkline import sparkline
from keyworker_cli.reports.words import emphasised
from keyworker_cli.rules.budget.trend import TREND_WEEKS
from keyworker_cli.rules.dates.periods import Period
from keyworker_cli.rules.dates.say import MONTHS, SHORT, say_date
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.say import PERCENT, say_count, say_number

BY_WING, BY_WORKER = "wing", "key worker"
NOT_A_RANKING = (
    "Wings stand in the order of their names, key workers in that of wing and name: this is no ranking. "
    "Why time was missing: kw budget."
)
WHAT_COUNTS = (
    "Not yet: prisoners still waiting when the period ended, or who left waiting; they are in no average. "
    "A wing's sessions are those its prisoners had, a key worker's those they held; without key work is by anybody. "
    "Who moved stands on the wing they were on last."
)


def _rate(rate: Value) -> str:
    """Say a share: `42.86 %`, "n/a" where there was nothing to divide by (help: figures)."""
    return f"{rate:.2f} %" if isinstance(rate, int | float) else "n/a"


def _sessions(row: Row) -> str:
    return f"{say_number(row['sessions'])} of {say_number(row['expected_sessions'])}"


def _minutes(row: Row) -> str:
    unknown = row["minutes"] is None and row["minutes_not_known"]
    return say_number(row["minutes_per_prisoner_week"], missing="no data" if unknown else "n/a")


def say_longest_gap(days: int | None, period: Period) -> str:
    """Say the longest gap at the end of a period: an average stands beside what it hides."""
    gap = say_number(days) if days is None else say_count(days, "day")
    return f"Longest gap on {say_date(period.last_on)}: {gap}."


def _not_seen(row: Row) -> str:
    seen, not_seen = row["prisoners_seen"], row["prisoners_not_seen"]
    prisoners = seen + not_seen if isinstance(seen, int) and isinstance(not_seen, int) else None
    return f"{say_number(not_seen)} of {say_number(prisoners)}"


def _waited_words(name: str) -> Callable[[Row], str]:
    def say(row: Row) -> str:
        return f"{say_number(row[name])}; n {row[f'{name}_n']}, not yet {row[f'{name}_not_yet']}"

    return say


FIGURES: tuple[tuple[str, str, str, Callable[[Row], str], int], ...] = (
    (
        "prisoners_average",
        "Prisoners",
        "Prisoners here, on average",
        lambda row: say_number(row["prisoners_average"]),
        4,
    ),
    (
        "eligible_average",
        "",
        "Prisoners in scope and not away, on average",
        lambda row: say_number(row["eligible_average"]),
        0,
    ),
    ("allocated_rate", "Allocated", "Of their days, with a key worker", lambda row: _rate(row["allocated_rate"]), 5),
    ("sessions", "Sessions", "Sessions held, of those expected", _sessions, 0),
    ("delivery_rate", "Rate", "Delivery rate", lambda row: _rate(row["delivery_rate"]), 0),
    ("entries", "Entries", "Key worker entries", lambda row: say_number(row["entries"]), 6),
    (
        "minutes_per_prisoner_week",
        "Minutes",
        "Minutes per prisoner per week",
        _minutes,
        2,
    ),
    ("prisoners_not_seen", "Not seen", "Prisoners without key work, of all with a day here", _not_seen, 0),
    (
        "days_to_allocation",
        "Days to allocation",
        "Days from arrival to a key worker, mean",
        _waited_words("days_to_allocation"),
        7,
    ),
    (
        "days_to_first_session",
        "Days to first session",
        "Days from arrival to the first session, mean",
        _waited_words("days_to_first_session"),
        3,
    ),
)
"""Each figure that people see: its field, its heading in the table, its words in the totals, how it is said, and what a
narrow terminal may drop."""
FOR_MACHINES = (
    "expected_sessions",
    "minutes",
    "minutes_not_known",
    "sessions_out_of_scope",
    "days_to_allocation_n",
    "days_to_allocation_not_yet",
    "days_to_first_session_n",
    "days_to_first_session_not_yet",
    "prisoners_seen",
)

_FIELDS = (*(key for key, *_ in FIGURES), *FOR_MACHINES)


def columns(*, compare: bool) -> tuple[Column, ...]:
    """Return the columns of the rows; people see the period before in brackets, machines in fields of its own."""
    return (
        Column("by"),
        Column("wing"),
        Column("staff_id"),
        Column("name", "Whose", show=_whose, style=emphasised),
        *(_column(key, heading, show, priority, compare) for key, heading, _, show, priority in FIGURES),
        *(Column(key) for key in FOR_MACHINES),
        Column("delivery_rate_by_week", f"{TREND_WEEKS} weeks", show=_bars, priority=1),
        *(Column(f"before.{key}") for key in (_FIELDS if compare else ())),
    )


def _column(key: str, heading: str, show: Callable[[Row], str], priority: int, compare: bool) -> Column:
    def beside(row: Row) -> str:
        before = row["before"]
        return f"{show(row)} ({show(before)})" if isinstance(before, Mapping) else show(row)

    return Column(key, heading, align="right", priority=priority, show=beside if compare else show, wrap=compare)


def _whose(row: Row) -> str:
    if row["by"] == BY_WING:
        return f"Wing {row['wing']}" if row["wing"] else "no wing"
    return f"{row['name']}, {row['wing'] or 'no wing'}" if row["name"] else "no key worker"


def _bars(row: Row) -> str:
    rates = row["delivery_rate_by_week"]
    return sparkline(rates, most=PERCENT) if isinstance(rates, list) else ""


def say_trend(rates: Sequence[float | None], weeks: Sequence[Week]) -> str:
    """Say the delivery rates of some weeks, as bars and in numbers."""
    said = ", ".join(
        f"W{week.number:02} {'n/a' if rate is None else f'{rate:.0f} %'}"
        for week, rate in zip(weeks, rates, strict=True)
    )
    return f"Delivery rate of the last {TREND_WEEKS} complete weeks: {sparkline(rates, most=PERCENT)}  {said}."


def say_half_a_year(held: Sequence[int]) -> str:
    """Say the sessions of the weeks of half a year, all wings together."""
    return f"Sessions a week, {len(held)} complete weeks: {say_first_and_last(held)}."


def say_first_and_last(held: Sequence[int]) -> str:
    """Say the figures beside a trend: `258 at first, 234 last, 307 at most`."""
    return f"{held[0]:,} at first, {held[-1]:,} last, {max(held):,} at most"


SHADES_KEY: Final = (
    *(("·", "0-19 %"), ("░", "20-39 %"), ("▒", "40-59 %"), ("▓", "60-79 %"), ("█", "80-100 %"), ("?", "n/a")),
)


def shade(share: float | None) -> str:
    """Return the shade of a share of prisoners without key work: the darker the more."""
    return "?" if share is None else "·░▒▓█"[min(4, int(share * 5))]


def say_shares(shares: Sequence[float | None]) -> str:
    """Say the share of each week, in percent: `71 64 n/a 96 %`."""
    return " ".join("n/a" if share is None else f"{share * PERCENT:.0f}" for share in shares) + " %"


def total_rows(now: Row, before: Row | None) -> Iterator[Row]:
    """Yield a row for each figure, said of all that is asked about, with that of the period before if it is given."""
    for _key, _heading, words, show, _priority in FIGURES:
        yield {"figure": words, "now": show(now), "before": show(before) if before else None}


def total_columns(period: Period, *, compare: bool) -> tuple[Column, ...]:
    """Return the columns of the totals."""
    return (
        Column("figure", "Figure"),
        Column("now", "This period" if compare else _short(period), align="right", style=emphasised),
        *((Column("before", f"Before: {_short(period.before)}", align="right"),) if compare else ()),
    )


def _short(period: Period) -> str:
    return f"{_day(period.first_on)} to {_day(period.last_on)}"


def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1][:SHORT]} {on.year}"
