"""The time budget in words: its columns, the findings above it and the totals below, for people (help: time-budget)."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Style
from keyworker_cli.reports.words import TO_BEGIN, emphasised
from keyworker_cli.rules.budget.budget import Budget, By, days_in
from keyworker_cli.rules.budget.time_chain import Time
from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Window, say_weeks
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.rota.staff_status import say_why_dropped
from keyworker_cli.rules.say import say_count, say_number, say_percent
from keyworker_cli.rules.settings import Settings

NOTHING_MISSING = "nothing missing"
CAUSE_WORDS = {
    Cause.NO_ROTA: "no rota recorded: cannot tell",
    Cause.NO_TIME: "no key work detailed",
    Cause.MET: NOTHING_MISSING,
    Cause.SHORT_TIME: "too little time",
    Cause.LOST: "time dropped",
    Cause.UNCONFIRMED: "time not confirmed",
    Cause.UNUSED: "detailed, no session",
}
"""The causes in words: they name the rota, not the officer (help: time-budget)."""

NO_KEY_WORKER = "no key worker"
NO_PRISONERS = "no prisoners"
ENOUGH_SO_FAR = "enough so far"
FINDINGS_AT_MOST = 5
WEEKS_OF_A_FINDING = 2  # no rota time for two weeks or more


def title(request: ReportRequest, window: Window, by: By) -> str:
    """Say what the report is of: `Key work time by key worker: W16 to W19, Mon 13 Apr 2026 to Sun 10 May 2026`."""
    whose = {By.WORKER: " by key worker", By.WING: " by wing", By.PRISON: ""}[by]
    so_far = "" if window.complete or window.ahead else ", so far"
    return request.titled(f"Key work time{whose}: {window.words()}{so_far}")


def nothing(request: ReportRequest) -> str:
    """Say that there is nothing to count, and where: an empty table must not read as all being well."""
    scope = request.scope_words()
    whose = f" for {scope}" if scope else ""
    what = f"There is no key work to count in these weeks{whose}: no prisoners, no rota, no sessions."
    return what if whose else f"{what} {TO_BEGIN}"


def minutes(sevenths: int) -> float:
    """Return minutes x 7 as minutes, to one decimal."""
    return round(sevenths / DAYS_PER_WEEK, 1)


def per_week(amount: int, days: int) -> float | None:
    """Return minutes to a prisoner and week, to one decimal; `None` where there were no days."""
    return round(amount * DAYS_PER_WEEK / days, 1) if days else None


# --- the table ---


def _figure(key: str, heading: str = "", priority: int = 0, style: Callable[[Row], Style] | None = None) -> Column:
    return Column(key, heading, align="right", priority=priority, show=lambda row: say_number(row[key]), style=style)


def _delivered(row: Row) -> str:
    individual = say_number(row["individual_minutes"], missing="no data")
    return f"{say_number(row['delivered_minutes'], missing='no data')} ({individual})"


def cause_words(row: Row) -> str:
    """Say why the time was not used, or why there is nothing to say of it."""
    if row["cause"]:
        return CAUSE_WORDS[Cause(str(row["cause"]))]
    if _without_key_worker(row):
        return NO_KEY_WORKER
    return ENOUGH_SO_FAR if row["required_minutes"] else NO_PRISONERS


def _without_key_worker(row: Row) -> bool:
    return row["staff_id"] is None if "staff_id" in row else row["key_workers"] == 0


def _cause_style(row: Row) -> Style:
    return "warn" if row["cause"] in (Cause.NO_TIME, Cause.NO_ROTA) else ""


def _officers_at(row: Row) -> str:
    """Say how many officers stand at each cause: `2 no key work detailed, 1 nothing missing`."""
    by_cause = row["key_workers_by_cause"]
    counts = by_cause if isinstance(by_cause, Mapping) else {}
    missing = [cause for cause in Cause if cause is not Cause.MET and counts.get(cause)]
    others = int(str(row["key_workers"])) - sum(counts[cause] for cause in missing)
    found = [f"{counts[cause]} {CAUSE_WORDS[cause]}" for cause in missing]
    return ", ".join([*found, *([f"{others} {NOTHING_MISSING}"] if others else [])]) or "none"


WHOSE = {
    By.WORKER: (
        Column("staff_id"),
        Column("name", "Key worker", show=lambda row: str(row["name"] or NO_KEY_WORKER), style=emphasised),
        Column("wing", "Wing", show=lambda row: str(row["wing"] or "none"), priority=5),
    ),
    By.WING: (
        Column(
            "wing",
            "Wing",
            show=lambda row: str(row["wing"] or (NO_KEY_WORKER if _without_key_worker(row) else "no wing")),
            style=emphasised,
        ),
    ),
    By.PRISON: (),
}
FIGURES = (
    _figure("prisoners", "Prisoners"),
    Column("weeks"),
    _figure("required_minutes", "Required"),
    _figure("allocated_minutes", "Detailed", style=_cause_style),
    _figure("worked_minutes", "Worked"),
    _figure("lost_minutes", "Dropped", priority=3),
    _figure("unconfirmed_minutes", "Not confirmed", priority=4),
    _figure("to_come_minutes"),
    _figure("unavailable_minutes"),
    _figure("not_there_minutes"),
    _figure("unused_minutes"),
    Column("sessions"),
    Column("delivered_minutes", "Delivered (individual)", align="right", show=_delivered),
    Column("individual_minutes"),
    Column("minutes_not_known"),
    _figure("outside_minutes"),
    _figure("allocated_per_prisoner_week"),
    _figure("delivered_per_prisoner_week"),
    _figure("short_minutes", "Short", priority=3),
    Column("cause", "Why", show=cause_words, style=_cause_style, wrap=True),
    _figure("prisoners_never_seen_in_window", "No key work", priority=1),
    _figure("longest_gap_days", "Longest gap", priority=2),
)
OFFICERS = (
    Column("key_workers"),
    *(Column(f"key_workers_by_cause.{cause}") for cause in Cause),
    Column("", "Key workers", show=_officers_at, wrap=True),
)
HIDDEN_AHEAD = (
    *("worked_minutes", "lost_minutes", "unconfirmed_minutes", "delivered_minutes", "prisoners_never_seen_in_window"),
)


def columns(by: By, window: Window) -> tuple[Column, ...]:
    """Return the columns; people see of weeks ahead what the rota gives, of this week also what is to come."""
    shown = (*WHOSE[by], *FIGURES, *(() if by is By.WORKER else OFFICERS))
    return tuple(_for_window(_for_rows(column, by), window) for column in shown)


def _for_rows(column: Column, by: By) -> Column:
    """For wings and the prison the causes of the officers are told first: one with double time would hide another."""
    return column._replace(priority=1) if column.key == "cause" and by is not By.WORKER else column


def _for_window(column: Column, window: Window) -> Column:
    if window.ahead and column.key in HIDDEN_AHEAD:
        return column._replace(title="")
    if window.ahead and column.key == "short_minutes":
        return column._replace(priority=0)
    if column.key == "to_come_minutes" and not window.complete and not window.ahead:
        return column._replace(title="To come", priority=2)
    return column


# --- above and below it ---


def say_total(total: Budget, budgets: Sequence[Budget], window: Window, settings: Settings) -> tuple[str, ...]:
    """Say whether a rota to come is enough, the sums of the table, and which key workers have no time on the rota."""
    if not budgets:
        return ()
    return (
        *(_verdict(total, budgets, window) if window.ahead else ()),
        f"All, in minutes: {_chain(total, window)}.",
        *([_at_zero(budgets)] if len(budgets) > 1 or not window.ahead else []),
        *_findings(budgets, window, settings),
        *_what_would_do(budgets, window, settings),
    )


def _verdict(total: Budget, budgets: Sequence[Budget], window: Window) -> Iterator[str]:
    """Say whether the rota to come is enough, whom it leaves short, and which command says what would do."""
    weeks, required = say_weeks(window.weeks), say_number(minutes(total.time.required_sevenths))
    officers = [one for one in budgets if one.worker is not None and one.time.required_sevenths]
    short = [one for one in officers if one.time.short_sevenths]
    without = sum(one.time.short_sevenths for one in budgets if one.worker is None)
    if officers and all(one.cause is Cause.NO_ROTA for one in officers):
        yield f"No rota is recorded for {weeks} yet: {required} minutes will be required."
    elif len(short) > 1 and not total.time.allocated_minutes:
        yield f"Not enough: no key work is detailed in {weeks}, and {required} minutes are required."
    elif len(short) == 1:
        (one,) = short
        needed = say_number(minutes(one.time.required_sevenths))
        name = one.worker.name if one.worker else NO_KEY_WORKER
        yield f"Not enough for {name} in {weeks}: {one.time.allocated_minutes} of {needed} minutes."
    elif short:
        missing = say_number(minutes(sum(one.time.short_sevenths for one in short)))
        yield f"Not enough for {len(short)} of {len(officers)} key workers in {weeks}: {missing} minutes short."
    elif officers:
        yield f"Enough for every key worker's prisoners in {weeks}."
    if without:
        yield f"Prisoners without a key worker need {say_number(minutes(without))} minutes more: kw allocate."


def _what_would_do(budgets: Sequence[Budget], window: Window, settings: Settings) -> Iterator[str]:
    """Name the command that says what would do, where a rota to come is not enough."""
    if window.ahead and len(budgets) > 1 and any(one.worker and one.time.short_sevenths for one in budgets):
        week, days = window.weeks[0], say_count(settings.gap_days, "day")
        yield f"The fewest slots more with which nobody passes {days}: kw rota least --week {week}"


def _findings(budgets: Sequence[Budget], window: Window, settings: Settings) -> tuple[str, ...]:
    """Say of each officer with prisoners whose latest weeks have no time on the rota.

    Two weeks, or the one asked about.
    """
    least = min(WEEKS_OF_A_FINDING, len(window.weeks))
    found = [one for one in budgets if one.worker is not None and len(one.empty_weeks) >= least]
    found.sort(key=lambda one: -days_in(one.holdings, one.empty_weeks))
    lines = [_finding(one, window, settings) for one in found[:FINDINGS_AT_MOST]]
    if more := len(found) - len(lines):
        long = "the week" if least == 1 else f"{least} weeks or more"
        lines.append(f"and {say_count(more, 'more key worker')} without key work detailed for {long}.")
    return tuple(lines)


def _finding(budget: Budget, window: Window, settings: Settings) -> str:
    weeks = budget.empty_weeks
    prisoners = days_in(budget.holdings, weeks) / (DAYS_PER_WEEK * len(weeks))
    required = round(prisoners * settings.target_minutes_per_week, 1)
    name = budget.worker.name if budget.worker else NO_KEY_WORKER
    none = f"0 minutes on the rota {_in_weeks(weeks, window)}"
    return f"{name}: {_prisoners(prisoners)}, {none}; {say_number(required)} required a week."


def _prisoners(average: float) -> str:
    return "1 prisoner" if average == 1 else f"{say_number(round(average, 1))} prisoners"


def _in_weeks(weeks: Sequence[Week], window: Window) -> str:
    if not window.complete:
        return f"in {say_weeks(weeks)}"
    return f"for {say_count(len(weeks), 'complete week')} ({say_weeks(weeks)})"


def beside(
    total: Budget, budgets: Sequence[Budget], window: Window, settings: Settings, dropped: Mapping[str, int]
) -> tuple[str, ...]:
    """Say the averages beside the prisoners they hide, and what the figures leave out."""
    return tuple(_beside(total, budgets, window, settings, dropped)) if budgets else ()


def _beside(
    total: Budget, budgets: Sequence[Budget], window: Window, settings: Settings, dropped: Mapping[str, int]
) -> Iterator[str]:
    yield _averages(total, window, settings)
    if dropped:
        why = ", ".join(f"{say_why_dropped(code)} {say_number(lost)}" for code, lost in dropped.items())
        yield f"Minutes dropped, by reason: {why}."
    if total.time.outside_minutes:
        yield f"Outside profiled time: {say_number(total.time.outside_minutes)} of the minutes delivered."
    yield from _unavailable(budgets)
    if not window.complete:
        yield (
            f"Days to come are counted for the prisoners here at the end of {say_date(window.as_of)}, "
            "as if each stays, with the key worker they have."
        )


def _chain(total: Budget, window: Window) -> str:
    time = total.time
    done = (
        f"worked {say_number(time.worked_minutes)}, dropped {say_number(time.lost_minutes)}, "
        f"not confirmed {say_number(time.unconfirmed_minutes)}, "
        f"delivered {say_number(time.delivered, missing='no data')} "
        f"(individual {say_number(time.individual, missing='no data')}), "
    )
    short = minutes(time.short_sevenths)
    return (
        f"required {say_number(minutes(time.required_sevenths))}, detailed {say_number(time.allocated_minutes)}, "
        f"{'' if window.ahead else done}short {say_number(short)}{_added_up(time, short)}"
    )


def _added_up(time: Time, short: float) -> str:
    """Say that what each key worker is short adds up to more than all are together: time over helps nobody else."""
    together = max(0.0, minutes(time.required_sevenths) - time.allocated_minutes)
    return "" if short == round(together, 1) else " (what each key worker is short, added up)"


def chain_steps(time: Time, *, ahead: bool) -> list[tuple[str, float, str]]:
    """Return the steps of the time chain, each in minutes with the shade of its bar; of weeks ahead only the rota's."""
    steps = [("required", minutes(time.required_sevenths), "░"), ("detailed", float(time.allocated_minutes), "▒")]
    if not ahead:
        steps += [("worked", float(time.worked_minutes), "▓"), ("delivered", float(time.delivered_minutes), "█")]
        steps.append(("individual", float(time.individual_minutes), "█"))
    return steps


def say_of(amount: float, required: float) -> str:
    """Say minutes and the share they are of those required: `62,775 minutes, 58 %`."""
    share = f", {say_percent(amount / required)}" if required else ""
    return f"{say_number(round(amount))} minutes{share}"


def _averages(total: Budget, window: Window, settings: Settings) -> str:
    """Say the averages, and beside them the prisoners they hide: over-delivery to one never offsets another."""
    time = total.time
    average = per_week(time.delivered_minutes, time.eligible_days) if time.delivered is not None else None
    delivered = f", delivered {say_number(average, missing='no data' if time.delivered is None else 'n/a')}"
    unseen = f" Prisoners without key work in these weeks: {len(total.unseen)}."
    gap = total.longest_gap_days
    longest = f" Longest gap on {say_date(window.seen_until)}: {'n/a' if gap is None else say_count(gap, 'day')}."
    return (
        f"Minutes per prisoner per week: detailed {say_number(per_week(time.allocated_minutes, time.eligible_days))}"
        f"{'' if window.ahead else delivered} of {settings.target_minutes_per_week} minutes."
        f"{'' if window.ahead else unseen}{longest}"
    )


def _at_zero(budgets: Sequence[Budget]) -> str:
    zero = [one for one in budgets if one.at_zero]
    unknown = sum(one.cause is Cause.NO_ROTA for one in zero)
    cannot_tell = f" (on wings without any rota recorded: {unknown})" if unknown else ""
    return f"Key workers with prisoners and no key work detailed: {len(zero)}{cannot_tell}."


def _unavailable(budgets: Sequence[Budget]) -> Iterator[str]:
    for one in budgets:
        lost, to_come = one.time.unavailable_minutes, one.time.not_there_minutes
        if one.worker is not None and (lost or to_come):
            said = f"{lost} minutes dropped, {to_come} to come not there"
            yield f"{one.worker.name}, on the rota while unavailable: {said}."


def left_out(not_known: int, out_of_scope: int) -> Iterator[str]:
    """Say how many sessions are in no sum of minutes, and how many in no total at all."""
    if not_known:
        yield f"minutes not known of {say_count(not_known, 'session')} or entries: counted, in no sum of minutes"
    if out_of_scope:
        yield f"with prisoners out of scope {say_count(out_of_scope, 'session')} or entries: in no total"
