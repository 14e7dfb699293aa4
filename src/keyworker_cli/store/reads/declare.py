"""How a read is declared: what is asked, and the fact that each row of the answer becomes, in one place.

    @read(CellMove, since=before(MOVES_WITHIN_DAYS))
    def moves_lately() -> Select[Any]:
        \"\"\"Return the moves of the last 28 days of the prisoners here, the earliest first.\"\"\"
        return select(moved.c.person_id, moved.c.moved_on, moved.c.location)...

The function's name is the question. A column goes to the field of its fact that has its name; the order of the columns
is nothing. What is asked with are the statement's bound parameters. The rest follows: `python -m
keyworker_cli.store.reads.compile` writes the method `Questions.moves_lately(as_of=...)` and its SQL.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import cleandoc
from typing import Any, NamedTuple, get_type_hints

from sqlalchemy import BindParameter, Select
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import Date, Integer, String

from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.schema.column_types import Moment

TYPES = {Moment: "datetime", Date: "date", Integer: "int", String: "str"}
"""What Python calls the type of a parameter; of a type and one made from it, the latter first."""


class Found(NamedTuple):
    """A value that is found from what is asked: its Python, and the type of each thing it is found from."""

    python: str
    of: Mapping[str, str]


@dataclass(frozen=True)
class Parameter:
    """Something that is asked with: its name, its type as Python writes it, and whether it may be left out."""

    name: str
    type: str
    optional: bool = False


@dataclass(frozen=True)
class Read:
    """One question: its statement, the fact of its rows, and those of its parameters that are found from others."""

    build: Callable[[], Select[Any]]
    fact: type[tuple[Any, ...]]
    found: Mapping[str, Found]

    @property
    def question(self) -> str:
        """What it is called."""
        return self.build.__name__

    @property
    def about(self) -> str:
        """What it returns, in words: the beginning of what its declaration says."""
        return cleandoc(self.build.__doc__ or "").partition("\n\n")[0]

    @cached_property
    def statement(self) -> Select[Any]:
        """The statement with a column for each field of the fact, in the fields' order."""
        return columns_in_order(self.build(), self.fact, self.question)

    @cached_property
    def bound(self) -> Mapping[str, BindParameter[Any]]:
        """The parameters of the statement, by name."""
        bound = (one for one in iterate(self.statement) if isinstance(one, BindParameter) and not one.unique)
        return {one.key: one for one in bound}

    @property
    def values(self) -> Mapping[str, str]:
        """The Python of each parameter's value: one named as a setting is that setting."""
        settings = {name: f"settings.{name}" for name in self.bound if hasattr(Settings, name)}
        return {
            name: self.found[name].python if name in self.found else settings.get(name, name) for name in self.bound
        }

    @property
    def parameters(self) -> list[Parameter]:
        """What it is asked with."""
        asked: dict[str, Parameter] = {}
        for name, bound in self.bound.items():
            if name in self.found:
                asked |= {key: Parameter(key, kind) for key, kind in self.found[name].of.items()}
            elif hasattr(Settings, name):
                asked["settings"] = Parameter("settings", "Settings")
            else:
                kind = next(word for kind, word in TYPES.items() if isinstance(bound.type, kind))
                asked.setdefault(name, Parameter(name, kind, optional=not bound.required))
        return list(asked.values())


def read(fact: type[tuple[Any, ...]], **found: Found) -> Callable[[Callable[[], Select[Any]]], Read]:
    """Declare a read: the statement that the function makes, and the fact that each of its rows becomes.

    The function's docstring says what is returned. `found` are those parameters that are not asked for.
    """
    return lambda build: Read(build, fact, found)


def before(days: int = 0, *, weeks: int = 0, setting: str | None = None) -> Found:
    """So many days or weeks before `as_of`, or as many days as a setting says."""
    if setting is not None:
        return Found(f"as_of - timedelta(days=settings.{setting})", {"as_of": "date", "settings": "Settings"})
    return Found(f"as_of - timedelta(days={days + 7 * weeks})", {"as_of": "date"})


def after(days: int) -> Found:
    """So many days after `as_of`."""
    return Found(f"as_of + timedelta(days={days})", {"as_of": "date"})


def same(name: str) -> Found:
    """The same day as another that is asked for."""
    return Found(name, {name: "date"})


def columns_in_order(statement: Select[Any], fact: type[tuple[Any, ...]], question: str) -> Select[Any]:
    """Return a statement with its columns in the order of the fact's fields.

    Raises `ValueError` where a field has no column of its name, or a column no field, or two have one name.
    """
    fields = tuple(get_type_hints(fact))
    columns = statement.selected_columns
    names = Counter(str(column.key) for column in columns)
    if names != Counter(fields):
        raise ValueError(
            f"{question}: no column for {[name for name in fields if name not in names]}, "
            f"no field of {fact.__name__} for {[name for name in names if name not in fields]}"
        )
    return statement.with_only_columns(*(columns[name] for name in fields))
