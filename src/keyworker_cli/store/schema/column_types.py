"""How dates, moments and text are kept: the same words in SQLite's strict tables and PostgreSQL's own types."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from keyworker_cli.rules.facts.names import moment_text


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond. In SQLite it is text of fixed width: order of text is order of time."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the server's own type where there is one."""
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | str | None, dialect: Dialect) -> Any:
        """Refuse a moment that does not say its time zone; accept the stored form as it is."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a moment must say its time zone")
            return moment_text(value) if dialect.name == "sqlite" else value
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


class EndOfDay(FunctionElement[datetime]):
    """The moment at which a day ends in London, to be compared with a `Moment`."""

    type = Moment()
    inherit_cache = True


@compiles(EndOfDay)
def _end_of_day(element: EndOfDay, compiler: Any, **kwargs: Any) -> str:
    return end_of_day(compiler.process(element.clauses, **kwargs), compiler.dialect.name)


def end_of_day(day: str, dialect: str) -> str:
    """Return the SQL for the moment at which a day ends in London, of the SQL for the day.

    SQLite knows no time zones: there the text of the hour is put behind the day, 23 in UTC while it is summer.
    """
    if dialect != "sqlite":
        return f"(({day} + 1)::timestamp AT TIME ZONE 'Europe/London')"
    summer = f"{day} >= {_last_sunday(day, 4, dialect)} AND {day} < {_last_sunday(day, 11, dialect)}"
    return f"({day} || CASE WHEN {summer} THEN 'T23' ELSE 'T24' END)"


class MinutesBetween(FunctionElement[int]):
    """The minutes that pass in London between two minutes of a day: `rules.dates.clock.minutes_between` in SQL.

    Takes the day and the two minutes. The clocks go forward at 01:00 and back at 02:00.
    """

    type = Integer()
    inherit_cache = True


@compiles(MinutesBetween)
def _minutes_between(element: MinutesBetween, compiler: Any, **kwargs: Any) -> str:
    day, start, end = (compiler.process(clause, **kwargs) for clause in element.clauses)
    spring, autumn = (_last_sunday(day, month, compiler.dialect.name) for month in (4, 11))
    over = f"{start} < 120 AND {end} >= 120"
    change = f"CASE WHEN {over} AND {day} = {spring} THEN -60 WHEN {over} AND {day} = {autumn} THEN 60 ELSE 0 END"
    return f"({end} - {start} + {change})"


def _last_sunday(day: str, month: int, dialect: str) -> str:
    """Return the SQL for the last Sunday before a month begins, in the year of the SQL for a day."""
    if dialect == "sqlite":
        return f"date(substr({day}, 1, 4) || '-{month:02}-01', 'weekday 0', '-7 days')"
    last = f"(make_date(extract(year FROM {day})::int, {month}, 1) - 1)"
    return f"({last} - extract(dow FROM {last})::int)"


@compiles(String, "sqlite")
@compiles(Date, "sqlite")
def _as_text(element: Any, compiler: Any, **kwargs: Any) -> str:
    return "TEXT"


@compiles(Boolean, "sqlite")
def _as_integer(element: Any, compiler: Any, **kwargs: Any) -> str:
    return "INTEGER"


@compiles(String, "postgresql")
@compiles(Text, "postgresql")
def _in_order_of_code_points(element: Any, compiler: Any, **kwargs: Any) -> str:
    """Order and compare text on a server as SQLite does, whatever the server's language."""
    kind: str = compiler.visit_text(element, **kwargs)
    return f'{kind} COLLATE "C"' if isinstance(kwargs.get("type_expression"), Column) else kind
