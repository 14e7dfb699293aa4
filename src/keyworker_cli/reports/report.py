"""What a report is: columns declared once, rows as plain data, and the sentences that stand around them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

Value = None | bool | int | float | str | date | datetime | time | Mapping[str, Any] | list[Any] | tuple[Any, ...]
"""What a row holds: `None` is missing ("no data"), 0 is zero; a mapping is a nested object (`key_worker`)."""

Row = Mapping[str, Value]

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

Style = Literal["", "emphasis", "quiet", "warn"]
"""How a cell is stressed. It never carries a meaning of its own: the words say it too."""


class Column(NamedTuple):
    """One column, declared once and obeyed by every renderer.

    `key` names the value in the row (and in JSON and CSV); a dotted key (`key_worker.name`) reaches into a nested
    object. A nested object is declared by its dotted keys, so that the CSV has its columns even where all are missing.
    `title` is its heading on screen and on paper; "" keeps it out of tables, so it is in JSON and CSV only.
    `show` turns a whole row into the words of this cell for people (tables, Markdown, HTML); machines get the value.
    `priority` says what a narrow terminal may drop: 0 never, larger numbers first.
    `reason` marks what says *why* a prisoner matters (markers, events): left out of files unless asked for (help:
    privacy). `writable` says that a run of underscores in it is a line to write on, which a page draws; what stands in
    brackets at its end is set small. `several` says that its words are a list, the first of which say most: a narrow
    terminal shows those, and how many more there are. `short` says the same as `show` in fewer letters: a terminal says
    it so where the whole would take a second line, or a column of its own.
    `width` is its share of the width where all of a report stands on one sheet of paper; 0 keeps it off that sheet.
    `picture` gives the figures that a page draws in place of the words: a small bar each, full height at 1; a single
    figure is a share.
    """

    key: str
    title: str = ""
    align: Literal["left", "right"] = "left"
    priority: int = 0
    show: Callable[[Row], str] | None = None
    style: Callable[[Row], Style] | None = None
    reason: bool = False
    wrap: bool = False
    writable: bool = False
    width: float = 0
    picture: Callable[[Row], Sequence[float | None]] | None = None
    several: bool = False
    short: Callable[[Row], str] | None = None


class Appointment(NamedTuple):
    """A time of somebody's day that a row stands for, as a calendar has it.

    `whose_id` and `whose` are the person whose calendar it is in; `key` stays the same where the entry does. Minutes
    count from midnight in London; without them it is the whole day.
    """

    whose_id: str
    whose: str
    key: str
    on: date
    start_minute: int | None
    end_minute: int | None
    title: str
    place: str = ""


class Picture(NamedTuple):
    """Small cells in rows, drawn under the title on a terminal and on a page: nothing that the words do not say.

    `columns` are short words above the cells, "" where none; each of `rows` has a label and its cells, one character
    each: a shade `░▒▓█`, a height `▁▂▃▄▅▆▇█`, a dot, a blank or a letter; `joined` ones stand without a gap, as a bar.
    `beside` are figures at the end of each row. `key` says what a character stands for; `said` says the whole in words,
    for those who cannot see it. `plain` are the rows for files that leave out why somebody matters, `reasons` the
    characters that then leave the key. One `below` stands at the foot.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    key: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    beside: tuple[str, ...] = ()
    reasons: str = ""
    plain: tuple[tuple[str, tuple[str, ...]], ...] = ()
    below: bool = False
    joined: bool = False

    def without_reasons(self) -> "Picture":
        """Return the picture for a file to be printed or sent (help: privacy)."""
        key = tuple(one for one in self.key if one[0] not in self.reasons)
        return self._replace(rows=self.plain or self.rows, key=key)


class Section(NamedTuple):
    """A titled part of a report: its own columns, rows and summary. `empty` is said in words when it has no rows.

    `group` puts a heading before each run of rows for which it returns the same text (the prisoners who are away, say).
    `more` counts the rows that `--limit` or the page left out; `more_hint` is the command that lists them.
    `beside` marks a part for people that stands beside the answer: for scripts its facts are in the summary, so that
    the rows of JSON and CSV stay of one kind.
    `at_most` is how many rows people are shown; the others are counted, and scripts and spreadsheets get them all.
    `figures` marks rows that stand there whatever the day: they list nobody, so `--fail` takes no notice of them.
    `size` says how it stands on the one sheet of paper that a report is to fit on: large, one under the other, or small
    beside others; a report without any has as many sheets as it needs. `least` is how many of its first rows are on
    that sheet whatever else is.
    `appointments` gives the times that a row stands for, where it has any. `narrow` are the columns of a terminal on
    which words of `columns` would break: a grid's days in one column, say. `plain` stands in its place in files that
    leave out why somebody matters.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: Mapping[str, Value] = NOTHING
    lead: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    empty: str = "Nobody."
    group: Callable[[Row], str] | None = None
    more: int = 0
    more_hint: str = ""
    beside: bool = False
    at_most: int | None = None
    figures: bool = False
    size: Literal["", "large", "small"] = ""
    least: int = 0
    narrow: tuple[Column, ...] = ()
    plain: "Section | None" = None
    appointments: Callable[[Row], Iterable[Appointment]] | None = None

    def limited(self, limit: int | None) -> "Section":
        """Return the section with at most `limit` rows, saying how many more there are."""
        if limit is None or limit >= len(self.rows):
            return self
        return self._replace(rows=self.rows[:limit], more=self.more + len(self.rows) - limit)

    def for_people(self) -> "Section":
        """Return the section with as many rows as people are shown."""
        return self.limited(self.at_most)


class Report(NamedTuple):
    """The answer to one question, as data. Every renderer shows it without knowing what it is about (help: output).

    A report has one section or, when `several` is true, a list of them (`"sections"` in JSON).
    `settings` are those in force that the answer depends on; `warnings` are sentences printed on stderr, kept in JSON
    and in files for people. `lead` and `foot` are sentences above and below all sections.
    `silence` is what the lead says of a record that has ended: forms without a lead have it first among the warnings.
    `done` is what a command that also saves has done, for scripts.
    `topic` is the page of `kw help` that explains it, named below what people read. `pictures` are drawn below
    the title and what is said first, where there is something to draw on; no other form has them. `labelled` rows say
    which of several sections they are of, where rows are all that a form has.
    """

    report: str
    title: str
    as_of: date
    sections: tuple[Section, ...]
    known_at: datetime | None = None
    prison: Mapping[str, str] = NOTHING
    settings: Mapping[str, Value] = NOTHING
    summary: Mapping[str, Value] = NOTHING
    warnings: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    silence: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    several: bool = False
    schema: int = 1
    done: Mapping[str, Value] = NOTHING
    topic: str = ""
    pictures: tuple[Picture, ...] = ()
    labelled: bool = True

    @property
    def apart(self) -> bool:
        """Whether each row is to say which section it is of."""
        return self.labelled and (self.several or len(self.answer) > 1)

    @property
    def answer(self) -> tuple[Section, ...]:
        """The sections that a script is given: all but those that only stand beside the answer."""
        return tuple(section for section in self.sections if not section.beside)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of the answer, in order."""
        return tuple(row for section in self.answer for row in section.rows)

    def without_reasons(self) -> "Report":
        """Return the report for a file to be printed or sent.

        No column that says why a prisoner matters (help: privacy).
        """
        return self._replace(
            sections=tuple(_without_reasons(section) for section in self.sections),
            pictures=tuple(picture.without_reasons() for picture in self.pictures),
        )


def value_of(row: Row, key: str) -> Value:
    """Return the value a column's key names in a row; a dotted key gives `None` where the nested object is missing."""
    value: Any = row
    for part in key.split("."):
        if value is None:
            return None
        value = value[part]
    found: Value = value
    return found


def machine_fields(section: Section) -> Iterator[str]:
    """Yield the field names of a section's rows once each, in column order (a nested object by its first part)."""
    seen: set[str] = set()
    for column in section.columns:
        name = column.key.split(".", 1)[0]
        if name and name not in seen:
            seen.add(name)
            yield name


def _without_reasons(section: Section) -> Section:
    if section.plain:
        return section.plain
    # The rows stay whole, because the words of other columns may be made from the same facts; no renderer shows
    # a value that has no column.
    return section._replace(columns=tuple(column for column in section.columns if not column.reason))
