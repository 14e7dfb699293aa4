"""The report as one JSON object, a row a line, for scripts (help: output)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, Final

from keyworker_cli.reports.report import Report, Section, Value, machine_fields

# Legal in JSON, but obeyed by a terminal: they are written as \uXXXX. JSON itself so writes those below the space.
_OBEYED: Final = r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
_TIMES: Final = (date, time)


def render(report: Report) -> str:
    """Return the report as JSON: dates ISO, missing `null`, zero `0`, codes and text as they are stored."""
    fields = {
        "report": _text(report.report),
        "schema": _text(report.schema),
        "as_of": _text(report.as_of),
        "known_at": _text(report.known_at),
        "prison": _text(report.prison),
        "settings": _text(report.settings),
        "summary": _text(_summary(report)),
        **_answer(report),
        "warnings": _text((*report.silence, *report.warnings)),
        **{name: _text(value) for name, value in report.done.items()},
    }
    return "{" + ",\n ".join(f'"{key}": {value}' for key, value in fields.items()) + "}\n"


def one_object(fields: Mapping[str, Any]) -> str:
    """Return one JSON object on a line: the answer of a write, or an error."""
    return f"{_text(fields)}\n"


def _answer(report: Report) -> dict[str, str]:
    if report.several:
        return {"sections": _one_a_line(_section(section) for section in report.answer)}
    return {"rows": _one_a_line(row for section in report.answer for row in _rows(section))}


def _section(section: Section) -> str:
    name, title, summary = _text(section.name), _text(section.title), _text(section.summary)
    return f'{{"name": {name}, "title": {title}, "summary": {summary}, "rows": {_one_a_line(_rows(section))}}}'


def _rows(section: Section) -> Iterator[str]:
    fields = tuple(machine_fields(section))
    return (_text({field: row[field] for field in fields}) for row in section.rows)


def row_objects(report: Report) -> Iterator[str]:
    """Yield each row of the answer as a JSON object, with the name of its section where there are several."""
    for section in report.answer:
        fields = tuple(machine_fields(section))
        of = {"section": section.name} if report.apart else {}
        yield from (_text(of | {field: row[field] for field in fields}) for row in section.rows)


def _summary(report: Report) -> dict[str, Value]:
    """Return the report's totals, with its section's among them unless each section tells its own."""
    if report.several:
        return dict(report.summary)
    return {key: value for section in report.sections for key, value in section.summary.items()} | dict(report.summary)


def _one_a_line(items: Iterable[str]) -> str:
    lines = ",\n  ".join(items)
    return f"[\n  {lines}\n ]" if lines else "[]"


def _text(value: object) -> str:
    text = _ENCODER.encode(value)
    return text if text.isascii() and "\x7f" not in text else re.sub(_OBEYED, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _plain_value(value: Any) -> Any:
    """Turn what JSON has no form for into what it has: moments and times ISO, any mapping an object."""
    if isinstance(value, _TIMES):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a report cannot hold a {type(value).__name__}")


# A number that is none (NaN) is no JSON: it is refused here rather than handed to a script. No row holds itself.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, default=_plain_value)
