"""The fewest slots more with which nobody passes the limit: `kw rota least` (help: least)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.errors import UsageError
from keyworker_cli.reports.plan.forecast_prisoners import SHOWN
from keyworker_cli.reports.plan.look_ahead import LookAhead, look_ahead, officers_there, usual_times
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised, person, say_date_or, say_key_worker, who_and_where
from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.dates.weeks import Week, parse_week
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.fair_share import fair_share
from keyworker_cli.rules.plan.least_rota import (
    LIMITS,
    SHORTEST_LIMIT,
    Gain,
    LeastRota,
    NotKept,
    Prospect,
    WhyNot,
    barred_on,
    least_rota,
    times_of,
)
from keyworker_cli.rules.plan.share_out import Time
from keyworker_cli.rules.rota.offers import free_offers
from keyworker_cli.rules.rota.slots import SlotState, state_of_slot
from keyworker_cli.rules.say import count_prisoners, say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS: Final = ("gap.days", "target.minutes_per_week", "session.min_minutes")
AS_RECKONED: Final = (
    "As if nobody arrives or leaves, this week's rota stands, and each session is held with the prisoner it is counted "
    "for. An order of work, not an assessment of risk."
)
SAID: Final = {
    WhyNot.OVER_BEFORE: "over the limit before these days begin",
    WhyNot.NO_ONE_TO_ONE: "no one-to-one: a manager decides",
    WhyNot.AWAY: "away overnight until after that day",
    WhyNot.NOBODY_THERE: "no officer has or could give time by then",
    WhyNot.TOO_FEW: "all the time that officers have and could give goes to others",
}


@dataclass(frozen=True)
class LeastAsked:
    """The week, the limit in days if it is not `gap.days`, and how many slots at most can be published.

    `could_give` are slots named in a file, in place of officers' usual times.
    """

    week: str | None
    days: int | None
    most: int | None = None
    fair: bool = False
    could_give: tuple[Slot, ...] | None = None


@dataclass(frozen=True)
class LeastFound:
    """The answer for the whole prison, and what it was reckoned from.

    `passing` is how many would pass the limit in these days all the same if the slots are used in the order of work;
    `left_out` counts slots of a file that are not free or whose officer is not there.
    """

    known: LookAhead
    prospect: Prospect
    least: LeastRota
    most: int | None
    fair: bool
    passing: int
    left_out: int

    @property
    def given(self) -> tuple[Time, ...]:
        """The slots to publish: as many as can be."""
        return self.least.given[: self.most]


def find_least(store: "Store", request: ReportRequest, asked: LeastAsked) -> LeastFound:
    """Return the fewest slots more of a week; raises `UsageError` for a week that is over and a limit too short."""
    limit = asked.days or request.settings.gap_days
    if limit < SHORTEST_LIMIT:
        raise UsageError(
            f"within {say_count(limit, 'day')} some would have to be seen twice in a week, which kw does not work out.",
            f"--days takes {SHORTEST_LIMIT} or more.",
        )
    days = _days_asked(asked.week, as_of=request.as_of)
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    prisoners = [prisoner for prisoner in contacts if not out_of_scope(prisoner, as_of=request.as_of)]
    known = look_ahead(store, request, prisoners, until=days[-1])
    before = known.forecast(known.outlook.slots, until=days[0] - timedelta(days=1), limit=limit)
    there = officers_there(store, days)
    if asked.could_give is None:
        could_give, left_out = usual_times(store, request, days, there), 0
    else:
        could_give = free_offers(asked.could_give, known.outlook.slots, there)
        left_out = sum(slot.slot_on in days for slot in asked.could_give) - len(could_give)
    minutes = request.settings.target_minutes_per_week
    prospect = Prospect(
        days=days,
        prisoners=before.prisoners,
        absences=known.outlook.absences,
        barred=barred_on(before.prisoners, known.outlook.known.events, on=days[0], settings=request.settings),
        published=times_of(_to_come(known.outlook.slots, request.as_of), days, session_minutes=minutes),
        offers=times_of(could_give, days, session_minutes=minutes),
        limit=limit,
    )
    least = least_rota(prospect)
    given = [time.slot for time in least.given[: asked.most]]
    passing = known.forecast([*known.outlook.slots, *given], limit=limit).passing
    return LeastFound(
        known=known,
        prospect=prospect,
        least=least,
        most=asked.most,
        fair=asked.fair,
        passing=sum(not one.with_another and one.overdue_on >= days[0] for one in passing),
        left_out=left_out,
    )


def _days_asked(text: str | None, *, as_of: date) -> tuple[date, ...]:
    week = parse_week(text, today=as_of) if text else Week.of(as_of) + 1
    days = tuple(day for day in week.days if day > as_of)
    if not days:
        raise UsageError(
            f"{week} is over: no slot can be published in it.", "name a week to come, such as --week next."
        )
    return days


def _to_come(slots: Iterable[Slot], as_of: date) -> Iterator[Slot]:
    return (slot for slot in slots if state_of_slot(slot, as_of=as_of) is SlotState.TO_COME)


def least_report(request: ReportRequest, found: LeastFound) -> Report:
    """Return whose slots they are, what each further one buys, and who cannot be kept within the limit."""
    least, prospect = found.least, found.prospect
    week = Week.of(prospect.days[0])
    return request.report(
        "least",
        request.titled(f"The least rota of {week} with which nobody passes {prospect.limit} days"),
        [
            _slots_section(request, found),
            _curve_section(found),
            *([_fair_section(found)] if found.fair else ()),
            _not_kept_section(request, found),
        ],
        summary={
            "week": str(week),
            "days": prospect.limit,
            "slots": len(least.given),
            "at_least": least.bound,
            "proved": least.proved,
            "prisoners": len(least.by_whom),
            "published_places": least.published_places,
            "could_be_given": len(prospect.offers),
            "own": least.own,
            "own_at_most": least.own_at_most,
            "wing": least.wing,
            "not_kept": len(least.not_kept),
            "pass_as_planned": found.passing,
        },
        settings=SETTINGS,
        warnings=list(_say_left_out(found)),
        foot=(AS_RECKONED,),
        several=True,
    )


def _say_left_out(found: LeastFound) -> Iterator[str]:
    if found.left_out:
        slots = say_count(found.left_out, "slot")
        yield f"{slots} of the file left out: on the rota already, overlapping it, or the officer is not there"


# --- the slots ---


def _slots_section(request: ReportRequest, found: LeastFound) -> Section:
    own, wing = (Counter(one.time for one in found.least.by_whom if one.relation is each) for each in _KNOWING)
    rows = tuple(
        {
            "order": number,
            "date": time.slot.slot_on,
            "start": say_minute(time.slot.start_minute),
            "end": say_minute(time.slot.end_minute),
            "staff_id": time.slot.staff_id,
            "name": time.slot.name,
            "wing": time.slot.wing,
            "places": time.places,
            "own": own[time],
            "of_wing": wing[time],
        }
        for number, time in enumerate(found.given, start=1)
        if request.covers_officer(time.slot)
    )
    return Section(
        name="slots",
        title="The slots, in the order in which to publish them",
        columns=SLOTS,
        rows=rows,
        lead=tuple(_say_answer(found)),
        empty=_no_slot(found),
    )


def _no_slot(found: LeastFound) -> str:
    """Say what no further slot means: that there are enough only where everybody is kept within the limit."""
    if found.least.not_kept:
        return "None: no slot that could be published keeps anybody more within the limit."
    return (
        "None: what is published is enough." if found.known.outlook.prisoners else "None: nobody in the scheme is here."
    )


_KNOWING: Final = (Relation.OWN, Relation.WING)
SLOTS: Final = (
    Column("order", "", "right"),
    Column("date", "Day", show=lambda row: say_date_or(row["date"], "")),
    Column("start", "From"),
    Column("end", "To"),
    Column("name", "Key worker", style=emphasised),
    Column("staff_id", "Staff id", priority=1),
    Column("wing", "Wing"),
    Column("places", "Sessions", "right"),
    Column("own", "Own", "right"),
    Column("of_wing", "Of the wing", "right", priority=2),
)


def _say_answer(found: LeastFound) -> Iterator[str]:
    least, prospect = found.least, found.prospect
    number, last = len(least.given), say_date(prospect.days[-1])
    who = f"{count_prisoners(len(least.by_whom))} {'is' if len(least.by_whom) == 1 else 'are'}"
    seen = f"{who} seen who would be over {prospect.limit} days by {last}"
    beside = f"beside the {say_count(least.published_places, 'session')} there is time for already"
    proof = "fewer cannot do it: proved" if least.proved else f"at least {least.bound}, fewer not ruled out"
    if number:
        yield f"{say_count(number, 'slot')} more ({proof}), {beside}: {seen}."
    else:
        yield f"No slot more, {beside}: {seen}."
    if least.by_whom:
        most = "the most there can be" if least.own == least.own_at_most else f"at most {least.own_at_most} could be"
        yield f"{least.own} with their own key worker ({most}), {least.wing} more with an officer of their wing."
    if least.not_kept:
        unseen = sum(not one.seen for one in least.not_kept)
        yield (
            f"Cannot be kept within {prospect.limit} days whatever is published: "
            f"{say_count(len(least.not_kept), 'prisoner')}, {len(least.not_kept) - unseen} of them seen by {last}."
        )
    if found.most is not None and found.most < number:
        yield f"No more than {say_count(found.most, 'slot')} can be published: the first of them are named."
    yield (
        f"Used in the order of kw plan, the longest wait first, {say_count(found.passing, 'prisoner')} would pass "
        f"{prospect.limit} days on the way, from {say_date(prospect.days[0])} on."
    )


# --- what each slot buys ---


def _curve_section(found: LeastFound) -> Section:
    last = say_date(found.prospect.days[-1])
    return Section(
        name="curve",
        title="What each further slot buys",
        columns=(
            Column("slots", "Slots more", "right"),
            Column("sessions", "Sessions", "right"),
            Column("not_in_time", "Not seen in time", "right"),
            *(Column(f"past_{limit}", f"Past {limit} days", "right") for limit in LIMITS),
        ),
        rows=tuple(_curve_row(one) for one in found.least.curve),
        foot=(f"Past: on {last}, the fewest there can be with so many, each limit by itself.",),
        figures=True,
    )


def _curve_row(one: Gain) -> Row:
    past = {f"past_{limit}": number for limit, number in zip(LIMITS, one.past, strict=True)}
    return {"slots": one.slots, "sessions": one.places, "not_in_time": one.not_in_time, **past}


# --- where there is not enough ---


def _fair_section(found: LeastFound) -> Section:
    share = fair_share(found.prospect, found.least, found.most)
    last = say_date(found.prospect.days[-1])
    return Section(
        name="fair",
        title="If there is not enough: as many within the limit as can be, or the longest wait first",
        columns=FAIR,
        rows=tuple(
            {
                "wing": one.wing,
                "prisoners": one.prisoners,
                "over_plainly": one.over_plainly,
                "over_fairly": one.over_fairly,
            }
            for one in share.wings
        ),
        summary={
            "longest_plainly": share.longest_plainly,
            "longest_fairly": share.longest_fairly,
            "over_plainly": share.over_plainly,
            "over_fairly": share.over_fairly,
        },
        lead=(
            f"On {last}, longest gap: {say_count(share.longest_plainly, 'day')} plainly, "
            f"{share.longest_fairly} fairly; over {found.prospect.limit} days: {share.over_plainly} plainly, "
            f"{share.over_fairly} fairly. "
            "Which of the two is for the governor to choose.",
        ),
        figures=True,
    )


FAIR: Final = (
    Column("wing", "Wing"),
    Column("prisoners", "Prisoners", "right"),
    Column("over_plainly", "Over, plainly", "right"),
    Column("over_fairly", "Over, longest first", "right"),
)


# --- who cannot be kept ---


def _not_kept_section(request: ReportRequest, found: LeastFound) -> Section:
    listed = [one for one in found.least.not_kept if request.covers(one.prisoner)]
    return Section(
        name="not_kept",
        title="Who cannot be kept within the limit whatever is published",
        columns=NOT_KEPT,
        rows=tuple(_not_kept_row(one) for one in sorted(listed, key=_by_reason)),
        summary={why.value: sum(one.why is why for one in listed) for why in WhyNot},
        empty="Nobody.",
        group=lambda row: f"{SAID[WhyNot(str(row['because']))].capitalize()}",
        at_most=SHOWN,
        more_hint="kw rota least --limit N shows more, --format csv all",
    )


def _by_reason(one: NotKept) -> tuple[int, date, str]:
    return list(SAID).index(one.why), one.overdue_on, one.prisoner.prison_number


def _not_kept_row(one: NotKept) -> Row:
    prisoner = one.prisoner
    return {
        "overdue_on": one.overdue_on,
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "because": one.why.value,
        "seen": one.seen,
    }


NOT_KEPT: Final = (
    Column("overdue_on", "Overdue from"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location", priority=1),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, priority=2),
    Column("because"),
    Column("seen", "Seen these days", show=lambda row: "yes" if row["seen"] else "no"),
)
