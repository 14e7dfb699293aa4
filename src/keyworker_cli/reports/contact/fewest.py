"""Who has had the fewest sessions a week: `kw fewest` (help: thin-contact)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import (
    emphasised,
    name_excluded,
    person,
    say_key_worker,
    say_last_seen,
    say_none_of,
    who_and_where,
)
from keyworker_cli.rules.contact.fewest import (
    FEWEST_WEEKS,
    ThinContact,
    count_by_prisoner,
    find_fewest,
    find_never_serious,
)
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.dates.weeks import complete_weeks
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.stays.eligible_days import Holding, find_holdings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keyworker_cli.rules.facts.sessions import CountedSession, SessionsCounted
    from keyworker_cli.store.store import Store

SHOWN: Final = 20
NEVER_SERIOUS_EMPTY: Final = "Nobody who is seldom seen is without a serious gap."
LOOK_BACK: Final = timedelta(weeks=52)  # how far back those never serious are looked for


def fewest_report(store: "Store", request: ReportRequest, *, weeks: int, never_serious: bool = False) -> Report:
    """Return the prisoners by sessions a week over the last complete weeks, the fewest first.

    With `never_serious` instead those seldom seen whose gap is never serious.
    """
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, excluded = request.by_scope(contacts)
    if never_serious:
        since = request.as_of - LOOK_BACK
        sessions = store.queries.counted_sessions_here(since, as_of=request.as_of, settings=request.settings)
        section, over = (
            never_serious_section(request, inside, by_prisoner(sessions), excluded=excluded),
            "never serious",
        )
    else:
        section, over = fewest_section(store, request, inside, weeks=weeks), say_count(weeks, "complete week")
        section = section._replace(empty=say_none_of(contacts, "who has had few sessions", section.empty))
    return request.report(
        "fewest",
        request.titled(f"Fewest sessions, {over}"),
        [section._replace(title="", at_most=SHOWN, more_hint="--limit N names more")],
        summary=section.summary,
        settings=("session.min_minutes",),
        warnings=name_excluded(excluded),
    )


def fewest_section(
    store: "Store",
    request: ReportRequest,
    prisoners: "Iterable[Contact]",
    *,
    weeks: int,
) -> Section:
    """Return the same as a part of a page."""
    queries, as_of = store.queries, request.as_of
    window = _complete(weeks, as_of)
    days = window.first_on, window.last_on
    spans = queries.stay_spans(*days, as_of=as_of), queries.absence_spans(*days, as_of=as_of)
    counted = queries.sessions_counted(*days, as_of=as_of, settings=request.settings)
    return _section(prisoners, find_holdings(*spans, (), window=window), counted, window)


def fewest_of(
    prisoners: "Iterable[Contact]",
    holdings: "Iterable[Holding]",
    sessions: "Mapping[int, Sequence[CountedSession]]",
    *,
    weeks: int,
    as_of: date,
    limit: int,
) -> Section:
    """Return the same of what is known already: eligible days and counted sessions of these weeks or of more.

    `limit` is how many rows it has: the others are counted.
    """
    window = _complete(weeks, as_of)
    return _section(prisoners, holdings, count_by_prisoner(sessions, window), window, limit=limit)


def _complete(weeks: int, as_of: date) -> Window:
    return Window(tuple(complete_weeks(as_of, weeks)), as_of)


def _section(
    prisoners: "Iterable[Contact]",
    holdings: "Iterable[Holding]",
    counted: "Iterable[SessionsCounted]",
    window: Window,
    *,
    limit: int | None = None,
) -> Section:
    listed = find_fewest(prisoners, holdings, counted, window=window)
    none = sum(not one.sessions for one in listed)
    lead = (
        f"{say_count(len(listed), 'prisoner')} here and not out overnight for {FEWEST_WEEKS} of these weeks or more; "
        f"without any session: {none}."
    )
    return Section(
        name="fewest",
        title=f"Fewest sessions in {len(window.weeks)} weeks",
        columns=COLUMNS,
        rows=tuple(fewest_row(one) for one in listed[:limit]),
        more=0 if limit is None else max(0, len(listed) - limit),
        summary={"from": window.first_on, "to": window.last_on, "prisoners": len(listed), "without_a_session": none},
        lead=(lead,) if listed else (),
        empty=f"Nobody has been here for {FEWEST_WEEKS} of these weeks.",
        figures=True,
    )


def never_serious_section(
    request: ReportRequest,
    prisoners: "Iterable[Contact]",
    sessions: "Mapping[int, Sequence[CountedSession]]",
    *,
    limit: int | None = None,
    excluded: "Sequence[Contact]" = (),
) -> Section:
    """Return those who are seldom seen and whom no list of the longest gaps ever names.

    `sessions` are the counted ones of the last year, or of more, by prisoner; `excluded` are out of scope.
    """
    since, here = request.as_of - LOOK_BACK, list(prisoners)
    listed = find_never_serious(here, sessions, since=since, as_of=request.as_of, settings=request.settings)
    lead = f"{say_count(len(listed), 'prisoner')} with less than a session in 2 weeks, and never a serious gap."
    return Section(
        name="never_serious",
        title="Seldom seen, never serious",
        columns=COLUMNS,
        rows=tuple(fewest_row(one) for one in listed[:limit]),
        more=0 if limit is None else max(0, len(listed) - limit),
        summary={"from": since, "to": request.as_of, "prisoners": len(listed)},
        lead=(lead,) if listed else (),
        empty=say_none_of(here, "who is seldom seen", NEVER_SERIOUS_EMPTY, of=request.scope_words(), excluded=excluded),
        figures=True,
    )


def fewest_row(one: ThinContact) -> Row:
    """Return a prisoner's sessions a week as rows hold them."""
    prisoner = one.prisoner
    return {
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "sessions": one.sessions,
        "weeks": round(one.weeks, 1),
        "sessions_per_week": round(one.per_week, 2),
        "last_session_on": prisoner.last_session_on,
        "last_session_by": person(prisoner.last_session_staff_id, prisoner.last_session_by),
        "away": prisoner.away,
    }


def _rate(row: Row) -> str:
    weeks, sessions = row["weeks"], row["sessions"]
    if not isinstance(weeks, float) or not isinstance(sessions, int) or not sessions:
        return f"none in {weeks} weeks"
    return f"{sessions} in {weeks} weeks: one every {say_count(round(weeks * DAYS_PER_WEEK / sessions), 'day')}"


COLUMNS = (
    Column("prison_number", "Number"),
    Column("name", "Name", style=emphasised),
    Column("location", "Location"),
    Column("wing"),
    Column("sessions", align="right"),
    Column("weeks"),
    Column("sessions_per_week", "Sessions", show=_rate, wrap=True, style=emphasised),
    Column("last_session_on", "Last key work", show=say_last_seen, priority=1),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, wrap=True, priority=2),
    Column("away"),
)
