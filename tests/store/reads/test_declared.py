"""A read is declared in one place: its columns go to the fields of its fact by name, whatever their order."""

import re
from datetime import date, datetime
from inspect import Parameter, signature
from pathlib import Path
from typing import NamedTuple, get_type_hints

import pytest
from sqlalchemy import Boolean, Date, Select, bindparam, select
from sqlalchemy.types import Integer

from keyworker_cli.command_line import completion
from keyworker_cli.store.reads import compile as compile_reads
from keyworker_cli.store.reads import statements
from keyworker_cli.store.reads.declare import Read, after, before, columns_in_order, read
from keyworker_cli.store.reads.queries import Queries
from keyworker_cli.store.reads.sql_text import sql_of
from keyworker_cli.store.reads.statements import MODULES, READS
from keyworker_cli.store.schema.column_types import Moment
from keyworker_cli.store.schema.tables import TABLES

SOURCE = Path(statements.__file__).parents[3]
KINDS = {Date: date, Moment: datetime, Boolean: bool}


class Moved(NamedTuple):
    """Where and when."""

    person_id: int
    moved_on: date
    location: str


move = TABLES["move"]


def moves_of_him() -> Select:
    """Return his moves.

    How they are found is nobody else's matter.
    """
    return select(move.c.location, move.c.person_id, move.c.moved_on).where(
        move.c.person_id == bindparam("person_id", type_=Integer),
        move.c.moved_on >= bindparam("since", type_=Date),
        move.c.moved_on <= bindparam("until", type_=Date),
    )


@pytest.mark.parametrize("question", READS)
def test_the_order_of_the_columns_is_nothing(question: str) -> None:
    declared = READS[question]
    columns = list(declared.statement.selected_columns)
    for shuffled in (columns[::-1], columns[1:] + columns[:1], sorted(columns, key=lambda column: column.key)):
        other = columns_in_order(declared.statement.with_only_columns(*shuffled), declared.fact, question)
        assert sql_of(other) == sql_of(declared.statement)


@pytest.mark.parametrize("question", READS)
def test_a_column_is_of_the_kind_of_its_field(question: str) -> None:
    """Where the statement knows a kind: what is counted or chosen in it has none."""
    hints = get_type_hints(READS[question].fact)
    for column in READS[question].statement.selected_columns:
        kind = next((ours for theirs, ours in KINDS.items() if isinstance(column.type, theirs)), None)
        assert kind is None or hints[column.key] in (kind, kind | None), column.key


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([move.c.person_id, move.c.location], "no column for ['moved_on'], no field of Moved for []"),
        ([*moves_of_him().selected_columns, move.c.id], "no column for [], no field of Moved for ['id']"),
        (
            [move.c.person_id, move.c.moved_on.label("on"), move.c.location],
            "['moved_on'], no field of Moved for ['on']",
        ),
        ([*moves_of_him().selected_columns, move.c.recorded_by.label("location")], "no field of Moved for"),
    ],
)
def test_a_column_without_a_field_and_a_field_without_a_column_are_refused(columns, said) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as refused:
        columns_in_order(select(*columns), Moved, "moves_of_him")

    assert str(refused.value).startswith("moves_of_him: ")


def test_what_is_asked_with_follows_from_the_statement() -> None:
    declared = read(Moved, since=before(28), until=after(2))(moves_of_him)

    assert compile_reads.method(declared) == (
        "    def moves_of_him(self, person_id: int, *, as_of: date) -> list[Moved]:\n"
        '        """Return his moves."""\n'
        "        return self._ask(\n"
        '            "moves_of_him",\n'
        "            Moved,\n"
        "            person_id=person_id,\n"
        "            since=as_of - timedelta(days=28),\n"
        "            until=as_of + timedelta(days=2),\n"
        "        )\n"
    )


def test_every_module_of_reads_is_compiled_and_each_question_is_asked_once() -> None:
    files = {path.stem for path in Path(statements.__file__).parent.glob("*.py") if "\n@read(" in path.read_text()}
    declared = [one.question for module in MODULES for one in vars(module).values() if isinstance(one, Read)]

    assert {module.__name__.rpartition(".")[2] for module in MODULES} == files
    assert len(declared) == len(set(declared)) == len(READS)


def test_no_question_has_the_name_of_an_answer_made_of_several() -> None:
    assert not set(READS) & {name for name in vars(Queries) if not name.startswith("_")}


def test_every_question_is_asked_by_somebody() -> None:
    ours = {SOURCE / "store" / "reads" / "questions.py"}
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path not in ours)
    asked = set(re.findall(r"\.(\w+)\(", source)) | set(completion.PEOPLE.values())

    assert set(READS) <= asked


def test_a_day_is_never_told_from_another_by_its_place_alone() -> None:
    """`as_of` is always named, and so is the setting: `since` and `until` come in that order."""
    for question in READS:
        parameters = signature(getattr(Queries, question)).parameters
        assert all(
            parameters[name].kind is Parameter.KEYWORD_ONLY for name in ("as_of", "settings") if name in parameters
        )
        by_place = [name for name, one in parameters.items() if one.kind is Parameter.POSITIONAL_OR_KEYWORD]
        assert by_place == sorted(by_place, key=["self", *compile_reads.BY_PLACE].index)


def test_a_parameter_named_as_a_setting_is_that_setting() -> None:
    values = {name: value for declared in READS.values() for name, value in declared.values.items()}

    assert {name for name, value in values.items() if value == f"settings.{name}"} == {
        "door_places",
        "session_min_minutes",
    }
