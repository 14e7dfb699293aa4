"""What raises a priority, what is not raised, who is seldom seen: off the rows, a day at a time (help: concerns).

Written from the definitions alone: of kw only the topics that each concern opens are taken.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from keyworker_cli.rules.markers.table import KINDS
from signals.worlds import Files, Row

DAY: Final = timedelta(days=1)
WEEK: Final = 7
SERIOUS: Final = 28
LOOKED_BACK: Final = 28
NEVER: Final = date(9999, 12, 31)
BEGIN_WITH_THEIR_DAY: Final = ("EARLY_DAYS", "TRANSFER", "RECALL", "RETURNED", "REVIEW_LATE", "ANNIVERSARY")
FIXED: Final = {
    **dict.fromkeys(("SELF_HARM", "ADJUDICATION", "VIOLENCE_TO_PRISONER", "VIOLENCE_TO_STAFF", "ASSAULTED"), 28),
    **dict.fromkeys(("ANTISOCIAL", "UNDER_INFLUENCE", "DEBT", "BULLIED", "EDUCATION", "LONG_SENTENCE"), 28),
    **dict.fromkeys(("FIRST_CUSTODY", "SETBACK"), 28),
    **dict.fromkeys(("SUBSTANCE", "SUBSTANCE_REFERRAL", "BEREAVEMENT"), 90),
    "COURT": 3,
}
TIERS: Final = {
    **dict.fromkeys(("SELF_HARM", "CELLULAR_CONFINEMENT", "SELF_ISOLATING", "FOOD_REFUSAL", "RELATIONSHIP"), 1),
    **dict.fromkeys(("SELF_HARM_HISTORY", "ADJUDICATION", "SUBSTANCE", "SUBSTANCE_REFERRAL", "DEPRESSION"), 3),
    **dict.fromkeys(("ANXIETY", "EDUCATION", "COURT", "LOCAL", "IPP"), 3),
    "NO_ONE_TO_ONE": None,
}
OF_STAY: Final = (
    *("SEG", "CELLULAR_CONFINEMENT", "BASIC", "CSIP", "SELF_ISOLATING", "FOOD_REFUSAL", "NO_CONTACT", "LOCAL"),
)
FAMILIES: Final = (
    ("EARLY_DAYS", "TRANSFER", "RECALL", "RETURNED"),
    ("SEG", "SEG_REPEAT", "CELLULAR_CONFINEMENT", "SEG_ON_ACCT"),
    ("BASIC", "ADJUDICATION"),
    ("ACCT", "ACCT_PC", "SELF_HARM", "SELF_HARM_HISTORY", "ACCT_REPEAT", "REVIEW_LATE"),
    ("SUBSTANCE", "UNDER_INFLUENCE", "SUBSTANCE_REFERRAL"),
)


class Mark(NamedTuple):
    """A concern in force on a day; `how` says of an anniversary that it is one."""

    code: str
    tier: int | None
    began: date
    how: str = ""


class Spell(NamedTuple):
    """From a day up to, and not on, another."""

    first: date
    end: date

    def has(self, day: date) -> bool:
        return self.first <= day < self.end


class Prisoner:
    """One prisoner's rows, and what follows from them on a day."""

    def __init__(self, files: Files, number: str, as_of: date) -> None:
        self.as_of, self.number = as_of, number
        rows: dict[str, list[Row]] = {
            name: [row for row in rows if row.get("prison_number") == number] for name, rows in files.items()
        }
        (self.stay,) = [row for row in rows["prisoners"] if row["left_on"] is None]
        self.arrived: date = self.stay["arrived_on"]
        self.rows = rows
        self.moves = sorted((one for one in rows["moves"] if one["moved_on"] <= as_of), key=lambda one: one["moved_on"])
        self.segregations = [*self._segregations()]
        self.accts = [Spell(one["opened_on"], one["closed_on"] or NEVER) for one in rows["acct"]]
        self.counted = sorted(
            (
                one
                for one in rows["sessions"]
                if one["type"] == "KS"
                and one["outcome"] == "COMPLETED"
                and one["minutes"] >= 15
                and one["place"] != "Cell Door"
                and one["held_on"] <= as_of
            ),
            key=lambda one: one["held_on"],
        )
        self.seen = [one["held_on"] for one in self.counted if one["held_on"] >= self.arrived]

    def _segregations(self) -> Iterator[Spell]:
        inside = None
        ends = sorted(one["left_on"] for one in self.rows["prisoners"] if one["left_on"])
        for move in self.moves:
            if inside is not None and (left := [day for day in ends if inside < day <= move["moved_on"]]):
                yield Spell(inside, left[0])
                inside = None
            if move["location"] == "SEG":
                inside = inside or move["moved_on"]
            elif inside is not None:
                yield Spell(inside, move["moved_on"])
                inside = None
        if inside is not None:
            yield Spell(inside, min((day for day in ends if day > inside), default=NEVER))

    # What is in force on a day

    def marks(self, day: date) -> list[Mark]:
        """The concerns in force at the end of a day."""
        found = [*self._of_arrival(day), *self._of_accts(day), *self._of_events(day), *self._of_segregation(day)]
        higher = any(one.code in ("ACCT", "DEBT") for one in found)
        moved = [on for on in self._changes_of_cell() if on <= day and (day - on).days <= 28]
        if len(moved) >= 3:
            found.append(Mark("MOVED_REPEAT", 2 if higher else 3, max(moved)))
        return found

    def _of_arrival(self, day: date) -> Iterator[Mark]:
        age = (day - self.arrived).days
        if age <= 28:
            yield Mark("EARLY_DAYS", 2 if age <= 14 else 3, self.arrived)
        came = {"TRANSFER_IN": "TRANSFER", "RECALL": "RECALL", "RETURN": "RETURNED"}.get(self.stay["arrival_type"])
        if came and age <= 14:
            yield Mark(came, 2, self.arrived)
        born = self.stay["date_of_birth"]
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        if 18 <= years <= 24:
            yield Mark("YOUNG_ADULT", 3, self.arrived)
        if any((day + n * DAY).month == born.month and (day + n * DAY).day == born.day for n in (-1, 0, 1)):
            yield Mark("BIRTHDAY", 3, day)

    def _of_accts(self, day: date) -> Iterator[Mark]:
        rows = sorted(self.rows["acct"], key=lambda one: one["opened_on"])
        for row, acct in zip(rows, sorted(self.accts), strict=True):
            if acct.has(day):
                yield Mark("ACCT", 1, acct.first)
            elif acct.end <= day and not _held_by(row["post_closure_review_held"], day):
                yield Mark("ACCT_PC", 2, acct.end)
        opened = [acct for acct in sorted(self.accts) if acct.first <= day]
        repeats = [
            opened[n : n + 3] for n in range(len(opened) - 2) if _days(opened[n].first, opened[n + 2].first) <= 182
        ]
        standing = [one for one in repeats if any(_days(acct.end, day) <= 28 for acct in one)]
        if standing:
            yield Mark("ACCT_REPEAT", 2, standing[-1][-1].first)
        late = [one["due_on"] for one in self.rows["acct_reviews"] if not _held_by(one["held_on"], day)]
        late = [on for on in late if not self._is_over(on, day)]
        late += [
            row["post_closure_review_due"]
            for row in rows
            if row["post_closure_review_due"] and not _held_by(row["post_closure_review_held"], day)
        ]
        if late := [on for on in late if self.arrived <= on < day]:
            yield Mark("REVIEW_LATE", 2, min(late) + DAY)

    def _is_over(self, due: date, day: date) -> bool:
        """Whether the ACCT of a review has since been closed, and the review after its end held."""
        whose = max((one for one in self.rows["acct"] if one["opened_on"] <= due), key=lambda one: one["opened_on"])
        closed = whose["closed_on"] is not None and whose["closed_on"] <= day
        held_on = whose["post_closure_review_held"]
        return closed and _held_by(held_on, day) and due <= held_on

    def _of_events(self, day: date) -> Iterator[Mark]:
        events = [
            one for one in self.rows["events"] if one["on"] <= day + (3 * DAY if one["code"] == "COURT" else 0 * DAY)
        ]
        for one in events:
            code, on, until = one["code"], one["on"], one["until"] or NEVER
            if code in OF_STAY and on < self.arrived:
                continue
            age = (day - on).days
            if code == "CELLULAR_CONFINEMENT":
                stands = (day - until).days <= 3
            elif code == "RELATIONSHIP":
                seen = min((s["held_on"] for s in self.counted if s["held_on"] > on), default=NEVER)
                stands = day < until and _days(seen, day) <= 14
            else:
                stands = day < until and age <= FIXED.get(code, 10_000)
            if stands:
                yield Mark(code, self._tier(code, age, day, events), on)
            elif code == "BEREAVEMENT" and day < until:
                for year in range(on.year + 1, day.year + 2):
                    again = on.replace(year=year) if (on.month, on.day) != (2, 29) else _leap(year)
                    if abs((day - again).days) <= 3:
                        yield Mark(code, 1, again - 3 * DAY, "ANNIVERSARY")

    def _tier(self, code: str, age: int, day: date, events: list[Row]) -> int | None:
        def times(within: int) -> int:
            return sum(
                one["code"] == code and (day - one["on"]).days <= within and day < (one["until"] or NEVER)
                for one in events
            )

        if code in ("BEREAVEMENT", "LONG_SENTENCE", "SETBACK") and age <= 7:
            return 1
        if code in ("SUBSTANCE", "DEPRESSION", "ANXIETY") and age <= 28:
            return 2
        if code == "ADJUDICATION" and times(90) >= 3:
            return 2
        if code == "UNDER_INFLUENCE" and times(28) >= 3:
            return 1
        return TIERS.get(code, 2)

    def _of_segregation(self, day: date) -> Iterator[Mark]:
        begun = sorted(one for one in self.segregations if one.first <= day)
        for one in begun:
            if one.first >= self.arrived and _days(one.end, day) <= 3:
                yield Mark("SEG", 1 if (day - one.first).days <= 3 else 2, one.first)
            opened = [acct for acct in self.accts if acct.has(day)]
            if one.first >= self.arrived and one.has(day) and opened:
                yield Mark("SEG_ON_ACCT", 1, max(one.first, min(opened).first))
        again = [later.first for n, later in enumerate(begun[1:]) if (later.first - begun[n].first).days <= 90]
        if again and (day - again[-1]).days <= 90:
            yield Mark("SEG_REPEAT", 2, again[-1])

    def _changes_of_cell(self) -> Iterator[date]:
        """The days of this stay on which he came to live elsewhere: court and reception are no cells."""
        lived = None if self.stay["location"] == "RECP" else self.stay["location"]
        for move in self.moves:
            if move["moved_on"] >= self.arrived and move["location"] != "COURT":
                if lived is not None and move["location"] != lived:
                    yield move["moved_on"]
                lived = move["location"]

    # See today

    def gap(self) -> int:
        return (self.as_of - max(self.seen, default=self.arrived)).days

    def priority(self, gap_days: int) -> tuple[int | None, bool]:
        """His tier, and whether he is to be seen today."""
        marks = self.marks(self.as_of)
        tier = min((one.tier for one in marks if one.tier), default=None)
        high = [one for one in marks if one.tier in (1, 2)]
        families = {next((n for n, codes in enumerate(FAMILIES) if one.code in codes), one.code) for one in high}
        calling = high if len(families) > 1 or self.gap() > SERIOUS else [one for one in high if one.tier == 1]
        unseen = any(not self._seen_since(one) for one in calling)
        return tier, bool(calling) and (unseen or self.gap() >= gap_days)

    def _seen_since(self, mark: Mark) -> bool:
        last = max(self.seen, default=None)
        with_its_day = mark.code in BEGIN_WITH_THEIR_DAY or mark.how in BEGIN_WITH_THEIR_DAY
        return last is not None and (last > mark.began or (last == mark.began and with_its_day))

    # How key work stands

    def process(self) -> set[str]:
        held = [
            (Spell(one["allocated_on"], one["ended_on"] or NEVER), one["staff_id"])
            for one in sorted(self.rows["allocations"], key=lambda one: one["allocated_on"])
            if one["allocated_on"] >= self.arrived
        ]
        now = [n for n, (spell, _) in enumerate(held) if spell.has(self.as_of)]
        days = [self.as_of - n * DAY for n in range(182 + 1)]
        lately = {officer for spell, officer in held if any(spell.has(day) for day in days)}
        last = max(self.seen, default=self.arrived - DAY)
        refused = [
            one
            for one in self.rows["sessions"]
            if one["outcome"] == "REFUSED" and one["type"] == "KS" and last < one["held_on"] <= self.as_of
        ]
        found = {
            "NEVER_SEEN": not self.seen,
            "NO_KEY_WORKER": not now,
            "WORKER_CHANGES_3": len(lately) >= 3,
            "REFUSED_3": len(refused) >= 3,
        }
        for n in now:
            spell, officer = held[n]
            found["NOT_MET"] = not any(
                one["staff_id"] == officer and one["held_on"] >= spell.first for one in self.counted
            )
            before = held[n - 1][1] if n else None
            found["WORKER_CHANGED"] = before not in (None, officer) and _days(spell.first, self.as_of) <= 14
        return {code for code, holds in found.items() if holds}

    # Concerns not raised

    def unraised(self) -> set[tuple[str, int | None, int, date | None, int]]:
        """Each concern as (code, tier, days, its last day where it is over, sessions since): one of a code."""
        found: dict[str, tuple[Any, ...]] = {}
        today = self.marks(self.as_of)
        for back in range(LOOKED_BACK, -1, -1):
            day = self.as_of - back * DAY
            if day < self.arrived:
                continue
            stays = {_same(one) for one in (self.marks(day + DAY) if back else [])}
            for one in sorted(self.marks(day) if back else today, key=lambda one: one.began, reverse=True):
                if _same(one) in stays or one.tier not in (1, 2) or one.began > day:
                    continue
                since = max(one.began, self.arrived)
                later = [s for s in self.counted if s["held_on"] >= max(one.began, self.arrived)]
                days = (self.as_of - since).days
                topics = KINDS[one.code].topics
                told = {t for s in later for t in f"{s['topics'] or ''};{s['declined_topics'] or ''}".split(";")}
                if topics and days >= (3 if one.tier == 1 else 7) and not told & {*topics}:
                    found[one.code] = (one.code, one.tier, days, day if back else None, len(later))
        return {*found.values()}

    # Thin contact

    def thin_contact(self) -> tuple[int, int, date] | None:
        """Counted sessions and days here and not away in the last twelve complete weeks, from six weeks on."""
        sunday = self.as_of - timedelta(days=(self.as_of.weekday() + 1) % WEEK)
        days = [sunday - n * DAY for n in range(12 * WEEK)]
        away = [Spell(one["from"], one["to"] or NEVER) for one in self.rows["absences"]]
        here = sum(day >= self.arrived and not any(one.has(day) for one in away) for day in days)
        seen = [on for on in self.seen if on in days]
        return (len(seen), here, max(seen, default=date.min)) if here >= 6 * WEEK else None


def _same(mark: Mark) -> tuple[str, date | None, str]:
    """What makes it the same on the next day: what is repeated once more goes on."""
    once_more = ("ACCT_REPEAT", "MOVED_REPEAT", "SEG_REPEAT", "SEG_ON_ACCT")
    return mark.code, None if mark.code in once_more else mark.began, mark.how


def _held_by(on: date | None, day: date) -> bool:
    return on is not None and on <= day


def _days(first: date, last: date) -> int:
    return (last - first).days


def _leap(year: int) -> date:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, 2, 29 if leap else 28)
