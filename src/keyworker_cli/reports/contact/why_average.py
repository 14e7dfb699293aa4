"""A prisoner's own average beside his last 28 days, as the pages about one prisoner show it."""

from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.rules.budget.own_average import OwnAverage, say_average
from keyworker_cli.rules.say import say_number

FIGURES = ("required_minutes", "delivered_minutes", "minutes_per_week", "percent")


def average_section(whole: OwnAverage, recent: OwnAverage) -> Section:
    """Return both as a table; the sentence is what a reader may quote."""
    rows = (_row("stay", whole), _row("last 28 days", recent))
    sentence = say_average(whole, recent)
    return Section("average", "His own average", AVERAGE_COLUMNS, rows, {"sentence": sentence})


def average_figures(whole: OwnAverage, recent: OwnAverage) -> dict[str, Value]:
    """Return both as figures of a summary."""
    return {
        **{name: getattr(whole, name) for name in FIGURES},
        **{f"{name}_28_days": getattr(recent, name) for name in FIGURES},
    }


def _row(over: str, one: OwnAverage) -> Row:
    figures: dict[str, Value] = {name: getattr(one, name) for name in FIGURES}
    days: dict[str, Value] = {"over": over, "from": one.first_on, "to": one.last_on, "days": one.days}
    return {**days, **figures, "minutes_not_known": one.unknown}


def _or_none(name: str, row: Row) -> str:
    if row[name] is not None:
        return say_number(row[name])
    return "no data" if row["delivered_minutes"] is None else "n/a"


AVERAGE_COLUMNS = (
    Column("over", "Over", show=lambda row: "His stay" if row["over"] == "stay" else "Last 28 days"),
    Column("from", "From"),
    Column("to", "To"),
    Column("days", "Days", align="right"),
    Column("required_minutes", "Required", align="right", show=lambda row: _or_none("required_minutes", row)),
    Column("delivered_minutes", "Delivered", align="right", show=lambda row: _or_none("delivered_minutes", row)),
    Column("percent", "%", align="right", show=lambda row: _or_none("percent", row)),
    Column("minutes_per_week", "A week", align="right", show=lambda row: _or_none("minutes_per_week", row)),
    Column("minutes_not_known", "Not known", align="right", priority=1),
)
