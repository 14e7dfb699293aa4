"""What happens to a prison's prisoners: events, ACCTs, segregation, nights away, leaving the scheme.

help: concerns, fictional-prison.
"""

from collections import defaultdict
from typing import Final, NamedTuple

from keyworker_cli.fiction.cases.cast_signals import add_acct, add_review
from keyworker_cli.fiction.chance import draw_lateness
from keyworker_cli.fiction.moments import MINUTES
from keyworker_cli.fiction.records import MANAGER_LOGIN, SAFETY_LOGIN
from keyworker_cli.fiction.sizes import STANDARD_PRISONERS
from keyworker_cli.fiction.years.establishment import NEVER, Establishment, Prisoner
from keyworker_cli.fiction.years.population import Population
from keyworker_cli.fiction.years.raised import Raising


class EventKind(NamedTuple):
    """A kind of event: how many a week in a prison of 600, what is written of it, and after how many days it ends."""

    code: str
    weekly: float
    detail: str
    source: str
    ends_after: int = 0
    confidence: str = ""


_WING, _SECURITY, _HEALTHCARE = "Wing staff", "Security", "Healthcare"
KINDS: Final = (
    EventKind("ADJUDICATION", 26.5, "adjudication heard", "Adjudication"),
    EventKind("SELF_HARM", 7.4, "cut his arm, seen by the nurse", _WING),
    EventKind("VIOLENCE_TO_PRISONER", 3, "struck another man on the landing", _WING),
    EventKind("VIOLENCE_TO_STAFF", 1, "pushed an officer during a search", _WING),
    EventKind("ASSAULTED", 1.5, "struck by another man, would not say who", _WING),
    EventKind("BASIC", 9, "three warnings", "Incentives review", ends_after=28),
    EventKind("UNDER_INFLUENCE", 4, "found under the influence", _WING),
    EventKind("SUBSTANCE", 2, "positive test", _SECURITY),
    EventKind("SUBSTANCE_REFERRAL", 2, "referred to the recovery worker", "Substance misuse team"),
    EventKind("ANTISOCIAL", 1.5, "short with staff, out of character", _WING),
    EventKind("DEBT", 2, "gives his canteen away", _SECURITY, confidence="SUSPECTED"),
    EventKind("BULLIED", 1, "keeps away from the servery", _WING, confidence="SUSPECTED"),
    EventKind("RELATIONSHIP", 0.5, "partner has ended it", _WING),
    EventKind("BEREAVEMENT", 0.6, "a death in the family", "Chaplaincy"),
    EventKind("EDUCATION", 2, "lost his place in the workshop", "Education"),
    EventKind("FURTHER_CHARGES", 0.5, "told of further charges", "Police liaison", ends_after=90),
    EventKind("LONG_SENTENCE", 0.4, "sentenced this week, longer than he expected", "Offender management"),
    EventKind("NO_CONTACT", 0.5, "no visits or calls for four weeks", "Visits", ends_after=30),
    EventKind("CSIP", 0.8, "plan opened after a fight", "Safer custody", ends_after=42),
    EventKind("ANXIETY", 1, "seen by the nurse", _HEALTHCARE, ends_after=60),
    EventKind("SELF_ISOLATING", 0.3, "has not left his cell for two days", _WING, ends_after=8),
    EventKind("FOOD_REFUSAL", 0.2, "refused three meals", _WING, ends_after=3),
    EventKind("NO_ONE_TO_ONE", 0.1, "RNO121: threats to lone staff", _SECURITY, ends_after=60),
)
_AT_RECEPTION: Final = (
    (0.25, "SUBSTANCE", "says that he used before custody"),
    (0.12, "DEPRESSION", "on antidepressants"),
    (0.15, "SELF_HARM_HISTORY", "history on file"),
    (0.15, "FIRST_CUSTODY", "never in prison before"),
)

_ACCT_AFTER_SELF_HARM: Final = 0.6
_OTHER_ACCTS: Final = 3.0  # a week in a prison of 600
_SEG_FEWEST, _SEG_MOST, _SEG_USUAL = 6, 9, 0.55
_NIGHTS_AWAY: Final = (("COURT", 3, 3), ("HOSPITAL", 2, 6), ("TEMPORARY_ABSENCE", 1, 2))
_OUT_OF_SCOPE: Final = 0.12
_OUT_OF_SCOPE_WHY: Final = "resettlement unit: supported there by its own scheme"
_INVITED: Final = 0.6
_CONTRIBUTIONS: Final = ((0.35, "ATTENDED"), (0.70, "WROTE"), (1.0, "NONE"))


class Signals:
    """What happens to the prisoners of a prison, day by day."""

    def __init__(self, prison: Establishment, population: Population, raising: Raising) -> None:
        self._prison, self._population = prison, population
        self._days, self._sheets, self._chance = prison.days, prison.sheets, prison.chance
        self._draw, self._raising = prison.chance.random, raising
        self._daily = prison.target / STANDARD_PRISONERS / 7
        self._out_of_seg: defaultdict[int, list[Prisoner]] = defaultdict(list)
        self._in_seg = 0

    def live(self, day: int) -> None:
        """Let a day pass."""
        for prisoner in self._population.newly_arrived:
            self._receive(prisoner, day)
        for kind in KINDS:
            for _ in range(self._number(kind.weekly)):
                self._happen(kind, day)
        for _ in range(self._number(_OTHER_ACCTS)):
            self._open_acct(self._prison.a_prisoner(), day)
        self._segregate(day)
        for reason, weekly, nights in _NIGHTS_AWAY:
            for _ in range(self._number(weekly)):
                self._go_away(self._prison.a_prisoner(), day, reason, 1 + int(self._draw() * nights))
        for _ in range(self._number(_OUT_OF_SCOPE)):
            self._leave_scheme(self._prison.a_prisoner(), day)

    def _number(self, weekly: float) -> int:
        """Return how often something happens today that happens so many times a week in a prison of 600."""
        return int(weekly * self._daily + self._draw())

    # --- events ---

    def _receive(self, prisoner: Prisoner, day: int) -> None:
        self._raising.arrive(prisoner, day)
        for share, code, detail in _AT_RECEPTION:
            if self._draw() < share:
                self._write(prisoner, code, day, 17 * 60 + int(self._draw() * 90), detail, "Reception screening")

    def _happen(self, kind: EventKind, day: int) -> None:
        prisoner = self._prison.a_prisoner()
        if prisoner.away_until > day or prisoner.marked == (kind.code, day) or prisoner.arrived == day:
            return
        prisoner.marked = (kind.code, day)
        end = day + kind.ends_after
        until = self._days.iso[end] if kind.ends_after and end <= min(self._days.last, prisoner.leaves - 1) else ""
        minute = 8 * 60 + int(self._draw() * 11 * 60)
        self._write(prisoner, kind.code, day, minute, kind.detail, kind.source, until, kind.confidence)
        if kind.code == "SELF_HARM" and self._draw() < _ACCT_AFTER_SELF_HARM:
            self._open_acct(prisoner, day)

    def _write(
        self,
        prisoner: Prisoner,
        code: str,
        day: int,
        minute: int,
        detail: str,
        source: str,
        until: str = "",
        confidence: str = "",
    ) -> None:
        self._raising.begin(prisoner, code, day)
        self._sheets.add_row(
            "events",
            (
                *(prisoner.number, code, self._days.iso[day], MINUTES[minute], until, confidence, detail, source),
                *(self._days.recorded(day, minute, draw_lateness(self._chance)), SAFETY_LOGIN),
            ),
        )

    # --- ACCT ---

    def _open_acct(self, prisoner: Prisoner, day: int) -> None:
        """Open an ACCT, unless one is open: a review the day after, then weekly, and one after it is closed."""
        if prisoner.acct_until >= day or prisoner.leaves <= day + 1 or prisoner.away_until > day:
            return
        days = self._days
        closes = min(day + 5 + int(self._draw() * 21), prisoner.leaves)
        prisoner.acct_until = closes
        self._raising.begin(prisoner, "ACCT", day)
        self._raising.begin(prisoner, "ACCT_PC", closes)
        closed = closes <= days.last
        review = closes + 7
        held = closed and review <= min(days.last, prisoner.leaves - 1) and self._draw() < 0.85
        add_acct(
            self._sheets,
            prisoner.number,
            days.on[day],
            days.on[closes] if closed else None,
            days.on[review] if closed and review < prisoner.leaves else None,
            days.on[review] if held else None,
        )
        for due in (day + 1, *range(day + 8, closes + 1, 7)):
            self._review(prisoner, day, due)
            if due > days.last:
                break

    def _review(self, prisoner: Prisoner, opened: int, due: int) -> None:
        if due >= prisoner.leaves:
            return
        days = self._days
        held = days.on[due] if due <= days.last and self._draw() < 0.95 else None
        invited = self._draw() < _INVITED
        chance = self._draw()
        contribution = next(word for bound, word in _CONTRIBUTIONS if chance < bound) if held and invited else ""
        invitation = "yes" if invited else "no"
        add_review(
            self._sheets, prisoner.number, days.on[due], held, invitation, contribution, planned_on=days.on[opened]
        )

    # --- segregation ---

    def _segregate(self, day: int) -> None:
        """Keep 6 to 9 prisoners of 600 in segregation: those whose time is up go back to a cell on their wing."""
        for prisoner in self._out_of_seg.pop(day, ()):
            self._in_seg -= 1
            prisoner.in_seg = False
            if prisoner.leaves > day:
                self._population.write_move(prisoner, day, self._prison.cell_on(prisoner.wing), 10 * 60)
        scale = self._prison.size.scale
        while self._in_seg < round(_SEG_FEWEST * scale):
            self._put_in_seg(day)
        if self._in_seg < round(_SEG_MOST * scale) and self._draw() < _SEG_USUAL:
            self._put_in_seg(day)

    def _put_in_seg(self, day: int) -> None:
        prisoner = self._prison.a_prisoner()
        stays = 3 + int(self._draw() * 8)
        if prisoner.in_seg or prisoner.away_until > day or prisoner.leaves <= day + stays or prisoner.arrived == day:
            return
        prisoner.in_seg = True
        self._in_seg += 1
        self._out_of_seg[day + stays].append(prisoner)
        out = self._days.iso[day + stays] if day + stays <= self._days.last else ""
        minute = 9 * 60 + int(self._draw() * 9 * 60)
        self._write(prisoner, "SEG", day, minute, "after a fight on the landing", _WING, out)
        self._population.write_move(prisoner, day, "SEG", minute)

    # --- away, and out of the scheme ---

    def _go_away(self, prisoner: Prisoner, day: int, reason: str, nights: int) -> None:
        if (
            prisoner.in_seg
            or prisoner.away_until >= day
            or prisoner.leaves <= day + nights
            or prisoner.arrived == day
            or prisoner.last_seen == day
        ):
            return
        prisoner.away_until = day + nights
        back = self._days.iso[prisoner.away_until] if prisoner.away_until <= self._days.last else ""
        recorded = self._days.moment(day, 18 * 60)
        self._sheets.add_row("absences", (prisoner.number, reason, self._days.iso[day], back, recorded, MANAGER_LOGIN))

    def _leave_scheme(self, prisoner: Prisoner, day: int) -> None:
        if prisoner.out_of_scope != NEVER or prisoner.to_be_met or prisoner.arrived == day:
            return
        self._population.end_allocation(prisoner, day, "OUT_OF_SCOPE")
        prisoner.out_of_scope, prisoner.out_of_scope_why = day, _OUT_OF_SCOPE_WHY
