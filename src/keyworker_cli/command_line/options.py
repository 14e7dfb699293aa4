"""The options that many commands share, each spelled once.

A command is written as `def overdue(kw: Kw, view: View, days: Days = None)`: the decorators here give it the run it
belongs to and, for a report, the options that every report takes (help: output).
"""

import copy
import functools
import inspect
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from keyworker_cli.command_line.help_text import THE_ANSWER, Family
from keyworker_cli.command_line.parser import ArgumentInfo
from keyworker_cli.command_line.several import PEOPLE, for_each
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.render import format_for
from keyworker_cli.reports.view import View
from keyworker_cli.rules.typed import read_choice, wing_named

MORNING, KEY_WORK, RECORDS, INSIGHT, DATA = ("Morning", "Key work", "Records", "Insight", "Data")
"""The panels in which the help lists the commands."""

_option = functools.partial(typer.Option, rich_help_panel=THE_ANSWER)
"""An option that every report takes."""

Format = Annotated[
    str | None,
    _option("--format", "-f", metavar="FORMAT", help="table, json, ndjson, csv, tsv, markdown, html or xlsx."),
]
Fields = Annotated[
    str | None, _option("--fields", metavar="A,B", help="Only these columns, in this order; TAB offers them.")
]
Output = Annotated[
    Path | None, _option("--output", "-o", metavar="FILE", help="Write to a file; its ending says the format.")
]
WithReasons = Annotated[bool, _option("--with-reasons", help="Keep the reasons in a file that is written.")]
Wing = Annotated[list[str] | None, _option("--wing", "-w", metavar="WING", help="Only this wing; several as B,C.")]
KeyWorker = Annotated[
    str | None, _option(metavar="KEY_WORKER", help="Only this key worker's prisoners: staff id or name.")
]
Sort = Annotated[str | None, _option(metavar="COLUMN", help="Order by a column; -COLUMN for the reverse.")]
Limit = Annotated[int | None, _option("--limit", "-n", metavar="N", min=0, help="At most this many rows.")]
Fail = Annotated[bool, _option("--fail", help="Exit with 3 when it lists anything.")]
Prisoner = Annotated[str, typer.Argument(metavar="PRISONER", help="Prison number or name.")]
MaybePrisoner = Annotated[str | None, typer.Argument(metavar="[PRISONER]", help="Prison number or name.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done and save nothing.")]
WriteFormat = Annotated[
    str | None, typer.Option("--format", "-f", metavar="FORMAT", help="table, or json for scripts.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Save without asking.")]

VIEW_OPTIONS: dict[str, Any] = {
    "format": Format,
    "fields": Fields,
    "output": Output,
    "with_reasons": WithReasons,
    "wing": Wing,
    "key_worker": KeyWorker,
    "sort": Sort,
    "limit": Limit,
    "fail": Fail,
}
_STDOUT = Path("-")
NARROWING = ("wing", "key_worker")
"""The options that narrow a report to some prisoners: not for one that is not about prisoners, or about one alone."""

REASONS, FAIL = "with_reasons", "fail"
"""Options that every report takes, because scripts give them to all alike; its help shows them where they matter."""

Figures = Annotated[View, NARROWING]
"""The view of a report that cannot be narrowed to a wing or a key worker's prisoners."""
Plain = Annotated[View, (REASONS,)]
"""The view of a list that says of nobody why he matters."""
Counts = Annotated[View, (REASONS, FAIL)]
"""The view of figures that stand there whatever the day."""
PlainFigures = Annotated[View, (*NARROWING, REASONS)]
"""The view of a list that is not of prisoners."""
Facts = Annotated[View, (*NARROWING, REASONS, FAIL)]
"""The view of what is not of prisoners, and stands there whatever the day."""

WRITE_FORMATS = ("table", "json")
WRITE_OPTIONS: dict[str, Any] = {"dry_run": DryRun, "format": WriteFormat}


def family(words: str | None = None) -> typer.Typer:
    """Return a family of commands, or a group within one, whose help is plain text whatever it is shown on."""
    return Family(help=words, rich_markup_mode=None, add_completion=False, no_args_is_help=True)


def command(body: Callable[..., None]) -> Callable[..., None]:
    """Make a Typer command of a function whose first parameter is `kw`, and whose second may be `view`."""
    return _typer_command(body, writes=False)


def write(body: Callable[..., None]) -> Callable[..., None]:
    """Make a Typer command of a write: as `command`, with `--dry-run` and `--format json` as every write has."""
    return _typer_command(body, writes=True)


def _typer_command(body: Callable[..., None], *, writes: bool) -> Callable[..., None]:
    own = list(inspect.signature(body, eval_str=True).parameters.values())
    has_view = len(own) > 1 and View in (own[1].annotation, getattr(own[1].annotation, "__origin__", None))
    of_view = dict(_of_view(own[1].annotation)) if has_view else {}
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    options = (WRITE_OPTIONS if writes else {}) | of_view
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=_default(kind))
        for name, kind in options.items()
    ]
    declared = own[2 if has_view else 1 :]
    whom, kind = next(((one.name, _metavar(one)) for one in declared if _metavar(one) in PEOPLE), (None, ""))
    mine = [_as_typed(one, declared).replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in declared]

    @functools.wraps(body)
    def run(context: typer.Context, **given: Any) -> None:
        kw: Kw = context.obj
        kw.command = context.command_path
        if writes:
            kw.dry_run = given.pop("dry_run")
            kw.write_format = _format_of_view(given["format"]) if has_view else _write_format(given.pop("format"), kw)
        shown = (_view(kw.usual_format, **{name: given.pop(name) for name in of_view}),) if has_view else ()
        if whom is None:
            body(kw, *shown, **given)
        else:
            typed = given.pop(whom)
            for_each(kw, typed, lambda one: body(kw, *shown, **{whom: one}, **given), *shown, kind=kind, given=given)

    vars(run)["__signature__"] = inspect.Signature([context, *mine, *shared])
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in [context, *mine, *shared]}
    return run


def _of_view(view: Any) -> Iterator[tuple[str, Any]]:
    """Yield the options of a report: without those that it cannot take, and hidden those that change nothing."""
    meaningless = getattr(view, "__metadata__", ((),))[0]
    for name, kind in VIEW_OPTIONS.items():
        if name not in meaningless:
            yield name, kind
        elif name not in NARROWING:
            details = copy.copy(kind.__metadata__[0])
            details.hidden = True
            yield name, Annotated[kind.__origin__, details]


def _metavar(parameter: inspect.Parameter) -> str:
    """Return how the help names an argument, without the marks of what may be left out or given again."""
    details = _argument(parameter)
    return (details.metavar or "").strip("[].") if details else ""


def _argument(parameter: inspect.Parameter) -> ArgumentInfo | None:
    details = getattr(parameter.annotation, "__metadata__", (None,))[0]
    return details if isinstance(details, ArgumentInfo) else None


def _as_typed(parameter: inspect.Parameter, declared: Sequence[inspect.Parameter]) -> inspect.Parameter:
    """Return an argument as it is typed: whom a command is about may be several, unless its other words are many."""
    details = _argument(parameter)
    many = any(_argument(one) and (one.annotation.__origin__ in (list[str], list[str] | None)) for one in declared)
    if details is None or _metavar(parameter) not in PEOPLE or many:
        return parameter
    required = parameter.default is inspect.Parameter.empty
    details = copy.copy(details)
    details.metavar = f"{_metavar(parameter)}..." if required else f"[{_metavar(parameter)}]..."
    return parameter.replace(annotation=Annotated[list[str] if required else list[str] | None, details])


def _default(kind: Any) -> Any:
    return False if kind.__origin__ is bool else None


def _format_of_view(typed: str | None) -> str:
    return "json" if typed is not None and format_for(typed, None) == "json" else "table"


def _write_format(typed: str | None, kw: Kw) -> str:
    if typed is None:
        return "json" if kw.usual_format == "json" else "table"
    return read_choice(typed, WRITE_FORMATS, "format")


def _view(
    usual: str | None,
    *,
    format: str | None,
    fields: str | None,
    output: Path | None,
    wing: list[str] | None = None,
    **others: Any,
) -> View:
    output = None if output == _STDOUT else output
    for name, said in {"fields": fields, "sort": others["sort"], "key-worker": others.get("key_worker")}.items():
        if said is not None and not said.strip(" ,"):
            raise UsageError(f"--{name} says nothing.", "give it a value, or leave it out.")
    return View(
        format=format_for(usual if format is None and output is None else format, output),
        fields=tuple(field.strip() for field in (fields or "").split(",") if field.strip()),
        output=output,
        wings=tuple(wing_named(one) for typed in wing or () for one in typed.split(",")),
        **others,
    )
