"""Why a prisoner is, or is not, to be seen today, marker by marker (help: see-today).

It explains an order of work, not an assessment of risk.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_day_near, say_days, say_minute
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.marker import MIDNIGHT, Marker
from keyworker_cli.rules.markers.priority import FAMILY_TIER, Priority, seen_since
from keyworker_cli.rules.markers.table import KINDS, PROCESS
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings

HAPPENED: Final = frozenset(
    {
        MarkerCode.SELF_HARM,
        MarkerCode.ADJUDICATION,
        MarkerCode.VIOLENCE_TO_PRISONER,
        MarkerCode.VIOLENCE_TO_STAFF,
        MarkerCode.ASSAULTED,
        MarkerCode.UNDER_INFLUENCE,
        MarkerCode.SUBSTANCE_REFERRAL,
        MarkerCode.BEREAVEMENT,
        MarkerCode.RELATIONSHIP,
        MarkerCode.COURT,
        DerivedMarker.TRANSFER,
        DerivedMarker.RECALL,
        DerivedMarker.RETURNED,
    }
)
"""What happened on a day; every other marker is a state, and holds since one."""

DERIVED_FROM: Final[Mapping[str, str]] = {
    DerivedMarker.ACCT: "his ACCT",
    DerivedMarker.ACCT_PC: "his ACCT",
    DerivedMarker.SEG_REPEAT: "his times in segregation",
    DerivedMarker.EARLY_DAYS: "his arrival",
    DerivedMarker.TRANSFER: "his arrival",
    DerivedMarker.RECALL: "his arrival",
    DerivedMarker.RETURNED: "his arrival",
    DerivedMarker.YOUNG_ADULT: "his date of birth",
    DerivedMarker.ACCT_REPEAT: "his ACCTs",
    DerivedMarker.SEG_ON_ACCT: "his time in segregation, and his ACCT",
    DerivedMarker.REVIEW_LATE: "the reviews of his ACCTs",
    DerivedMarker.MOVED_REPEAT: "his moves",
    DerivedMarker.BIRTHDAY: "his date of birth",
}
"""What the markers that nobody enters follow from."""


def explain_today(prisoner: Contact, priority: Priority, *, as_of: date, settings: Settings) -> list[str]:
    """Say whether he is to be seen today, because of what, and how key work itself stands with him."""
    call = _called(prisoner, priority, as_of, settings) if priority.calling else _not_called(priority, settings)
    process = ", ".join(PROCESS[code] for code in priority.process)
    return [call, f"Also: {process}."] if process else [call]


def explain_marker(prisoner: Contact, marker: Marker, priority: Priority, *, as_of: date, settings: Settings) -> str:
    """Say of one of his markers, in a few words, whether it calls for him to be seen today, or why it does not."""
    if marker.tier is None:
        return "a warning, no priority"
    if marker not in priority.calling:
        return "not by itself" if marker.tier <= FAMILY_TIER else f"no, priority {marker.tier}"
    if not seen_since(prisoner, marker):
        return "see today: no key work since this began"
    seen_on = say_day_near(prisoner.clock_from, as_of)
    if priority.see_today:
        return f"seen {seen_on}"
    return f"seen {seen_on}, again {say_day_near(_week_up(prisoner, settings), as_of)}"


def name_marker(marker: Marker) -> str:
    """Say what a marker is called, and whether it is only suspected: `in debt (suspected)`."""
    name = KINDS[marker.code].name
    if _is_anniversary(marker):
        name = f"anniversary of a {name}"
    return f"{name} ({marker.confidence.lower()})" if marker.confidence else name


def say_until(marker: Marker) -> str:
    """Say the last day on which a marker is in force or, where no day is known yet, what ends it."""
    if marker.last_on is not None:
        return say_date(marker.last_on)
    kind = KINDS[marker.code]
    if kind.after_seen is not None:
        return f"{kind.after_seen} days after he is seen"
    ends = {
        DerivedMarker.ACCT.value: "it is closed",
        DerivedMarker.ACCT_PC.value: "its review",
        DerivedMarker.YOUNG_ADULT.value: "his age",
    }
    return ends.get(marker.code, "no end recorded")


def _called(prisoner: Contact, priority: Priority, as_of: date, settings: Settings) -> str:
    what = _say_all(priority.calling, as_of)
    if not priority.see_today:
        seen, again = _say_on(prisoner.clock_from, as_of), say_date(_week_up(prisoner, settings))
        return (
            f"Not to be seen today: seen on {seen}, after what called for it: {what}. "
            f"Unless he is seen before, to be seen from {again} while it holds."
        )
    when = "on the day he returns" if prisoner.away else "today"
    return f"To be seen {when}: {what}, and {_unseen(prisoner, priority.calling, as_of)}."


def _not_called(priority: Priority, settings: Settings) -> str:
    if not priority.markers:
        return "No concern is in force: his gap alone decides."
    if priority.tier is not None and priority.tier <= FAMILY_TIER:
        return (
            "Not called for today: one concern of priority 2 calls for it where he has had no key work for more than "
            f"{say_count(settings.gap_serious_days, 'day')}, or where another kind stands beside it."
        )
    return "Not called for today: no concern of priority 1 or 2 is in force."


def _unseen(prisoner: Contact, calling: Sequence[Marker], as_of: date) -> str:
    if prisoner.last_session_on is None:
        return "no key work yet in this stay"
    unseen = [marker for marker in calling if not seen_since(prisoner, marker)]
    if not unseen:
        passed = say_days(days_between(prisoner.last_session_on, as_of))
        return f"seen since, on {_say_on(prisoner.last_session_on, as_of)}, but that is {passed} ago"
    if all(marker.began_on == prisoner.last_session_on for marker in unseen):
        at = prisoner.last_session_minute
        if at is None or any(marker.at_minute is None for marker in unseen):
            return "seen that day, nobody can tell whether before it or after"
        return f"seen that day at {say_minute(at)}, before it"
    return f"no key work since {_say_on(prisoner.last_session_on, as_of)}"


def _say_all(markers: Iterable[Marker], as_of: date) -> str:
    """Say markers with their days, the earliest first; several of a kind as one."""
    kinds: dict[str, list[Marker]] = defaultdict(list)
    for marker in sorted(markers, key=lambda one: (one.began_on, one.at_minute or 0, one.code)):
        kinds[name_marker(marker)].append(marker)
    *before, last = [_say_kind(name, of_kind, as_of) for name, of_kind in kinds.items()]
    return f"{', '.join(before)} and {last}" if before else last


def _say_kind(name: str, markers: Sequence[Marker], as_of: date) -> str:
    """Say `violence to a prisoner on Thu 2 Apr`, `on Basic since Mon 30 Mar`."""
    newest = markers[-1]
    word = "on" if newest.code in HAPPENED and not _is_anniversary(newest) else "since"
    times = f" {len(markers)} times, last" if len(markers) > 1 else ""
    pause = "," if "," in name and not times else ""
    return f"{name}{pause}{times} {word} {_say_on(newest.began_on, as_of)}"


def _is_anniversary(marker: Marker) -> bool:
    around = KINDS[marker.code].anniversary
    if around is None or marker.last_on is None or marker.at_minute != MIDNIGHT:
        return False
    return days_between(marker.began_on, marker.last_on) == 2 * around


def _week_up(prisoner: Contact, settings: Settings) -> date:
    return prisoner.clock_from + timedelta(days=settings.gap_days)


def _say_on(on: date, as_of: date) -> str:
    return say_day_near(on, as_of)
