"""The definitions, told slowly and day by day over the rows as they are, without a line of kw (help: gap, movements).

Settings are the usual ones. Every answer is found anew from all rows: nothing is kept, nothing is fast.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from contradictions.worlds import Row, World

LONDON: Final = ZoneInfo("Europe/London")
GAP, SERIOUS, FIRST_DAYS, MIN_MINUTES, TARGET, WEEK = 7, 28, 3, 15, 45, 7
AT_THE_DOOR: Final = ("cell door", "hatch", "landing", "observation panel")
LOST: Final = ("REDEPLOYED", "CANCELLED", "ABSENT")
NEVER: Final = date.max
TYPED: Final = {"session": "sessions", "allocate": "allocations"}
"""What is typed that a file might have said."""
ENDS_OF_STAY: Final = ("left_on", "left_recorded_at", "departure_reason")


class Stay(NamedTuple):
    """A stay as it is known: `left` is `NEVER` while it goes on."""

    prisoner: str
    arrived: date
    left: date
    died: bool
    excluded: date


class Spell(NamedTuple):
    """A key worker's time with a prisoner in one stay of his: from a day up to, and not on, another."""

    stay: Stay
    worker: str
    first: date
    end: date
    own: bool = True
    """Recorded under the number of the stay: where two numbers were merged by hand, it stands before the other's."""


class Slot(NamedTuple):
    """A slot and what became of it, as known on the day asked about."""

    worker: str
    on: date
    start: str
    end: str
    minutes: int
    became: str


class Twin:
    """What is true of a world at the end of a day, of what had been recorded by a moment (all of it if none)."""

    def __init__(self, world: World, as_of: date, known_at: datetime | None = None, *, exported: bool = False) -> None:
        self.as_of, self.known_at, self.exported = as_of, known_at, exported
        self.files = world.files | {"prisoners": [dict(row) for row in world.files["prisoners"]]}
        self.names: dict[str, str] = {}
        for row in self.known("prisoners"):
            for number in (row["prison_number"], *row["also_known_by"].split(";")):
                self.names[number] = row["prison_number"]
        for keep, other in self.merged():
            self.names |= {number: keep for number in (keep, other) if {keep, other} & {*self.names}}
        self._type_departures()
        self.stays = sorted(self._stays(), key=lambda stay: (stay.prisoner, stay.arrived))
        by_day = sorted(self.known("allocations"), key=lambda row: (row["allocated_on"], row["staff_id"]))
        self.spells = self._one_after_the_other(spell for row in by_day if (spell := self._spell(row)))
        self.sessions = self._sessions()
        self.slots = [slot for row in self.known("rota") if (slot := self._slot(row))]

    # --- what is known ---

    def known(self, name: str) -> list[Row]:
        """The rows of a file that had been recorded by the moment."""
        rows = self.files[name] + [
            self._as_of_file(row) for row in self.files["typed"] if TYPED.get(row["kind"]) == name
        ]
        return [row for row in rows if self.known_at is None or row["recorded_at"] <= self.known_at]

    @staticmethod
    def _as_of_file(row: Row) -> Row:
        """What was typed, as a file would have it."""
        end = row.get("end")
        return row | {"ended_on": end and end.date(), "ended_recorded_at": end}

    def merged(self) -> set[tuple[str, str]]:
        """The numbers merged by hand, and not parted again; an export knows no longer when that was."""
        typed = self.files["typed"] if self.exported else self.typed("merge", "part")
        found = set()
        for row in typed:
            if row["kind"] in ("merge", "part"):
                (found.add if row["kind"] == "merge" else found.discard)((row["prison_number"], row["other"]))
        return found

    def typed(self, *kinds: str) -> list[Row]:
        """What had been typed of these kinds by the moment, in order."""
        typed = [row for row in self.files["typed"] if row["kind"] in kinds]
        return [row for row in typed if self.known_at is None or row["typed_at"] <= self.known_at]

    def end_known(self, on: date, recorded: datetime | None) -> bool:
        """An end is known from when it was recorded, else from the end of its own day."""
        return self.known_at is None or (recorded or end_of(on)) <= self.known_at

    def of(self, prisoner: str, name: str) -> list[Row]:
        """The rows of a file that are about a prisoner, under any of his numbers."""
        return [row for row in self.known(name) if self.names.get(row["prison_number"]) == prisoner]

    # --- stays ---

    def _type_departures(self) -> None:
        """Let the stays say what was typed of them by the moment."""
        rows = self.files["prisoners"]
        for typed in self.typed("leave", "return", "undo"):
            his = [row for row in rows if self.names.get(row["prison_number"]) == self.names[typed["prison_number"]]]
            last = max(his, key=lambda row: row["arrived_on"])
            if typed["kind"] == "leave":
                last |= {"left_on": typed["on"], "left_recorded_at": typed["typed_at"]}
                last["departure_reason"] = typed["reason"]
            elif typed["kind"] == "return":
                back = {"arrived_on": typed["on"], "recorded_at": typed["typed_at"], "typed_at": typed["typed_at"]}
                rows.append(last | back | dict.fromkeys(ENDS_OF_STAY) | {"out_of_scope_from": None})
            else:
                if "typed_at" in last:  # he had come back: the stay goes on as if he had never left
                    rows.remove(last)
                    his.remove(last)
                max(his, key=lambda row: row["arrived_on"]).update(dict.fromkeys(ENDS_OF_STAY))

    def _stays(self) -> list[Stay]:
        found = []
        for row in self.known("prisoners"):
            next_known = any(
                row["left_on"] and other["arrived_on"] >= row["left_on"]
                for other in self.known("prisoners")
                if other is not row and self.names[other["prison_number"]] == self.names[row["prison_number"]]
            )
            ended = row["left_on"] and (next_known or self.end_known(row["left_on"], row["left_recorded_at"]))
            left, died = (row["left_on"], row["departure_reason"] == "DIED") if ended else (NEVER, False)
            excluded = row["out_of_scope_from"] or NEVER
            found.append(Stay(self.names[row["prison_number"]], row["arrived_on"], left, died, excluded))
        return found

    def after_death(self, prisoner: str, row: Row) -> bool:
        """Recorded after the day he died: in no figure."""
        return any(row["recorded_at"] >= end_of(stay.left) for stay in self.stays_of(prisoner) if stay.died)

    def stays_of(self, prisoner: str) -> list[Stay]:
        """His stays, the earliest first."""
        return [stay for stay in self.stays if stay.prisoner == prisoner]

    def stay_with(self, prisoner: str, on: date) -> Stay | None:
        """The stay a day belongs to: on the day of out and back, the later."""
        his = [stay for stay in self.stays_of(prisoner) if stay.arrived <= on <= stay.left]
        return his[-1] if his else None

    def next_stay(self, prisoner: str, on: date) -> Stay | None:
        """The first of his stays that began after a day."""
        return next((stay for stay in self.stays_of(prisoner) if stay.arrived > on), None)

    def is_here(self, stay: Stay, on: date) -> bool:
        """Here at the end of a day, as known at the end of the day asked about."""
        return stay.arrived <= min(on, self.as_of) and not stay.left <= min(on, self.as_of)

    def in_scope(self, stay: Stay, on: date) -> bool:
        """In the scheme on a day, as known on the day asked about."""
        return not stay.excluded <= min(on, self.as_of)

    def prisoners(self) -> list[Stay]:
        """Who is here, in scope."""
        return [stay for stay in self.stays if self.is_here(stay, self.as_of) and self.in_scope(stay, self.as_of)]

    # --- nights away ---

    def away(self, stay: Stay, on: date) -> str | None:
        """Why he is away on a night of a stay; an absence begun later takes the place of an open one."""
        his = [row for row in self.of(stay.prisoner, "absences") if self.stay_with(stay.prisoner, row["from"]) == stay]
        his = [row for row in his if not self.after_death(stay.prisoner, row)]
        covering = []
        for row in his:
            later = [other["from"] for other in his if other["from"] > row["from"]]
            ends = row["to"] and row["to"] < stay.left  # one that lasts as long as the stay has no end of its own
            to = row["to"] if ends else min([stay.left, *later])
            if row["from"] <= on < to and row["from"] <= self.as_of:
                covering.append(row)
        return max(covering, key=lambda row: row["from"])["reason"] if covering else None

    # --- key workers ---

    def _spell(self, row: Row) -> Spell | None:
        prisoner, on = self.names.get(row["prison_number"], ""), row["allocated_on"]
        stay = self.stay_with(prisoner, on) or self.next_stay(prisoner, on)
        next_known = any(
            row["ended_on"] and other["allocated_on"] >= row["ended_on"]
            for other in self.of(prisoner, "allocations")
            if other is not row
        )
        ended = row["ended_on"] and (next_known or self.end_known(row["ended_on"], row["ended_recorded_at"]))
        end = row["ended_on"] if ended else NEVER
        between = self.stay_with(prisoner, on) is None
        if stay is None or self.after_death(prisoner, row) or (between and self._ended_by_departure(prisoner, row)):
            return None
        given = [
            one["allocated_on"]
            for one in self.typed("allocate")
            if one["typed_at"] > row["recorded_at"] and self.names[one["prison_number"]] == prisoner
        ]
        end = min([end, stay.left, self._excluded(stay, on), *given])
        spell = Spell(stay, row["staff_id"], max(on, stay.arrived), end, self._own(row, stay))
        return spell if spell.first < spell.end else None

    def _ended_by_departure(self, prisoner: str, row: Row) -> bool:
        """Whether it was given in a stay of which somebody typed later that it had ended before that day."""
        left: list[Row] = []
        for typed in self.typed("leave", "undo"):
            if self.names[typed["prison_number"]] == prisoner:
                left = [*left, typed] if typed["kind"] == "leave" else left[:-1]
        return any(one["on"] < row["allocated_on"] and row["recorded_at"] < one["typed_at"] for one in left)

    def _own(self, row: Row, stay: Stay) -> bool:
        """Whether what is recorded of a stay came under its own number, of two that were merged by hand."""
        numbers = {
            one["prison_number"]
            for one in self.known("prisoners")
            if (self.names[one["prison_number"]], one["arrived_on"]) == (stay.prisoner, stay.arrived)
        }
        return row["prison_number"] in numbers or not any({row["prison_number"]} & {*pair} for pair in self.merged())

    def _excluded(self, stay: Stay, on: date) -> date:
        """The day an allocation ends because he is out of scope: an end as any other."""
        day = max(stay.excluded, on)
        return day if day < NEVER and self.end_known(day, None) else NEVER

    def _one_after_the_other(self, spells: Iterable[Spell]) -> list[Spell]:
        """Of two that overlap, the later begun ends the earlier; of two that count from one day, the later told.

        Of two numbers merged by hand the one told under the number of the stay.
        """
        found: list[Spell] = []
        for spell in sorted(spells, key=lambda one: (one.first, one.own)):
            before = [one._replace(end=min(one.end, spell.first)) if one.stay == spell.stay else one for one in found]
            found = [one for one in before if one.first < one.end] + [spell]
        return [one for one in found if one.first < one.end]

    def spells_of(self, stay: Stay) -> list[Spell]:
        """The key workers of a stay that had begun by the day asked about, in order."""
        return sorted(
            (one for one in self.spells if one.stay == stay and one.first <= self.as_of), key=lambda s: s.first
        )

    def holder(self, stay: Stay, on: date) -> Spell | None:
        """Whose he is at the end of a day; an end to come has not come."""
        held = [one for one in self.spells_of(stay) if one.first <= on and not one.end <= min(on, self.as_of)]
        return held[-1] if held else None

    def status(self, worker: str, on: date) -> str:
        """An officer's status on a day; only annual leave ends by itself."""
        rows = [row for row in self.known("statuses") if row["staff_id"] == worker and row["from"] <= on]
        if not rows:
            return "ACTIVE"
        row = max(rows, key=lambda one: one["from"])
        back = row["status"] == "UNAVAILABLE_ANNUAL_LEAVE" and row["return_on"] and row["return_on"] <= on
        return "ACTIVE" if back else row["status"]

    def wing_of(self, worker: str) -> str:
        """An officer's wing."""
        return next(row["wing"] for row in self.files["key_workers"] if row["staff_id"] == worker)

    # --- sessions ---

    def _sessions(self) -> list[Row]:
        """What stands, each once, as it was known: not what was recorded after a death."""
        found: dict[tuple[Any, ...], Row] = {}
        for row in self.known("sessions"):
            prisoner = self.names.get(row["prison_number"])
            if prisoner is None or row["held_on"] > self.as_of:
                continue
            if row["voided_at"] and (self.known_at is None or row["voided_at"] <= self.known_at):
                continue
            if self.after_death(prisoner, row) or self.typed_about(row, "void") or self.stands_as_well(row):
                continue
            key = (prisoner, row["staff_id"], row["held_on"], row["start"], row["type"])
            found[key] = row | {"prisoner": prisoner, "minutes": self._minutes(row)}
        return list(found.values())

    def stands_as_well(self, row: Row) -> bool:
        """Whether it was entered under the number kept too, when two were merged: perhaps with a start only there.

        No two of one number are the same one of the other: those of one start are left out first.
        """
        alike = ("staff_id", "held_on", "type", "outcome")
        like = [one for one in self.files["sessions"] if all(one[name] == row[name] for name in alike)]
        for keep, other in self.merged():
            if row["prison_number"] != other:
                continue
            mine, theirs = (
                [one for one in like if one["prison_number"] == number and one["voided_at"] is None]
                for number in (other, keep)
            )
            both = {one["start"] for one in mine} & {one["start"] for one in theirs}
            mine, theirs = ([one for one in some if one["start"] not in both] for some in (mine, theirs))
            for one in mine:
                same = [it for it in theirs if None in (it["start"], one["start"]) and it["minutes"] == one["minutes"]]
                if same and one is row:
                    return True
                theirs = [it for it in theirs if it is not next(iter(same), None)]
        return False

    def is_about(self, one: Row, row: Row) -> bool:
        """Whether a correction is of this session."""
        same = all(one[name] == row[name] for name in ("staff_id", "held_on", "start", "type"))
        return same and self.names.get(one["prison_number"]) == self.names[row["prison_number"]]

    def typed_about(self, row: Row, kind: str) -> list[Row]:
        """What had been typed of a session."""
        return [one for one in self.typed(kind) if self.is_about(one, row)]

    def _minutes(self, row: Row) -> int | None:
        """Its minutes as they stood: what the first correction after the moment found there."""
        if typed := self.typed_about(row, "amend"):
            return int(typed[-1]["minutes"])
        about = [one for one in self.files["amendments"] if self.is_about(one, row)]
        later = [one for one in about if self.known_at and one["amended_at"] > self.known_at]
        return min(later, key=lambda one: one["amended_at"])["old"] if later else row["minutes"]

    def is_counted(self, row: Row) -> bool:
        """A counted session: KS, completed, not too short, not at the door."""
        long_enough = row["minutes"] is None or row["minutes"] >= MIN_MINUTES
        at_door = (row["place"] or "").strip().lower() in AT_THE_DOOR
        return row["type"] == "KS" and row["outcome"] == "COMPLETED" and long_enough and not at_door

    def sessions_in(self, stay: Stay) -> list[Row]:
        """The sessions of a stay up to the day, the earliest first."""
        his = [
            row
            for row in self.sessions
            if row["prisoner"] == stay.prisoner and self.stay_with(stay.prisoner, row["held_on"]) == stay
        ]
        return sorted(his, key=lambda row: (row["held_on"], row["start"] or "", row["staff_id"]))

    def counted_in(self, stay: Stay) -> list[Row]:
        """The counted ones."""
        return [row for row in self.sessions_in(stay) if self.is_counted(row)]

    # --- the rota ---

    def _slot(self, row: Row) -> Slot | None:
        """A slot as it is known: not one that was published after the day."""
        if row["published_on"] and row["published_on"] > self.as_of:
            return None
        minutes = minute(row["end"]) - minute(row["start"])
        there = self.status(row["staff_id"], row["date"]) == "ACTIVE"
        said = row["status"] if row["date"] <= self.as_of and self.end_known(row["date"], None) else "PUBLISHED"
        if row["date"] > self.as_of or (row["date"] == self.as_of and said == "PUBLISHED"):
            became = "to come" if there else "not there"
        else:
            became = "lost" if said in LOST or not there else "worked" if said == "WORKED" else "unconfirmed"
        return Slot(row["staff_id"], row["date"], row["start"], row["end"], minutes, became)

    # --- the answers ---

    def gap_from(self, stay: Stay) -> date:
        """The day the contact gap runs from."""
        counted = self.counted_in(stay)
        return counted[-1]["held_on"] if counted else stay.arrived

    def why(self, stay: Stay) -> str:
        """Why he is overdue: the first that holds."""
        held, counted = self.holder(stay, self.as_of), self.counted_in(stay)
        if self.away(stay, self.as_of):
            return "AWAY"
        if held is None:
            return "UNALLOCATED"
        if self.status(held.worker, self.as_of) != "ACTIVE":
            return "WORKER_UNAVAILABLE"
        first = counted[-1]["held_on"] + timedelta(days=1) if counted else stay.arrived
        first = max(first, held.first)
        wing = [slot for slot in self.slots if self.wing_of(slot.worker) == self.wing_of(held.worker)]
        own = [slot for slot in self.slots if slot.worker == held.worker and first <= slot.on <= self.as_of]
        own = [slot for slot in own if slot.became in ("worked", "lost", "unconfirmed")]
        if not own:
            return "NO_TIME" if any(first <= slot.on <= self.as_of for slot in wing) else "NO_ROTA"
        worked = [slot for slot in own if slot.became == "worked"]
        if not worked:
            return "LOST" if any(slot.became == "lost" for slot in own) else "UNCONFIRMED"
        his = sum(
            held.worker == other.worker for prisoner in self.prisoners() if (other := self.holder(prisoner, self.as_of))
        )
        days = (self.as_of - first).days + 1
        if sum(slot.minutes for slot in worked) * WEEK < TARGET * days * his:
            return "SHORT_TIME"
        return "REFUSED" if self._refused(stay, first) else "UNUSED"

    def _refused(self, stay: Stay, first: date) -> int:
        return sum(
            r["type"] == "KS" and r["outcome"] == "REFUSED" and r["held_on"] >= first for r in self.sessions_in(stay)
        )

    def overdue(self) -> dict[str, Any]:
        """Who has not been seen for a week, by number; and the totals."""
        rows = {}
        for stay in self.prisoners():
            since = self.gap_from(stay)
            days = (self.as_of - since).days
            if days < GAP:
                continue
            held = self.holder(stay, self.as_of)
            counted = self.counted_in(stay)
            rows[stay.prisoner] = {
                "days": days,
                "state": "due" if days == GAP else "overdue" if days <= SERIOUS else "serious",
                "never_seen": not counted,
                "clock_from": since,
                "last_session_on": counted[-1]["held_on"] if counted else None,
                "key_worker": held and held.worker,
                "allocated_on": held and held.first,
                "met_current_key_worker": self.met(stay, held) is not None if held else None,
                "why": self.why(stay),
                "away": self.away(stay, self.as_of),
            }
        here = [row for row in rows.values() if not row["away"]]
        states = [row["state"] for row in here]
        return {
            "rows": rows,
            "prisoners": len(self.prisoners()),
            "listed": len(here),
            **{state: states.count(state) for state in ("due", "overdue", "serious")},
            "never_seen": sum(row["never_seen"] for row in here),
        }

    def met(self, stay: Stay, held: Spell) -> date | None:
        """When his key worker first met him as such."""
        own = [
            r["held_on"] for r in self.counted_in(stay) if r["staff_id"] == held.worker and r["held_on"] >= held.first
        ]
        return min(own, default=None)

    def unallocated(self) -> dict[str, Any]:
        """Who has no key worker, and since when."""
        rows = {}
        for stay in self.prisoners():
            if self.holder(stay, self.as_of) is None:
                ends = [one.end for one in self.spells_of(stay) if one.end <= self.as_of]
                since = max([stay.arrived, *ends])
                rows[stay.prisoner] = {"days": (self.as_of - since).days, "since": since, "never_allocated": not ends}
        return rows

    def not_met(self) -> dict[str, Any]:
        """Who has never met the key worker he has."""
        rows = {}
        for stay in self.prisoners():
            held, counted = self.holder(stay, self.as_of), self.counted_in(stay)
            if held and self.met(stay, held) is None:
                rows[stay.prisoner] = {
                    "key_worker": held.worker,
                    "allocated_on": held.first,
                    "days": (self.as_of - held.first).days,
                    "last_session_on": counted[-1]["held_on"] if counted else None,
                }
        return rows

    def first_meetings(self) -> dict[str, Any]:
        """The arrivals of 28 days, and all never seen."""
        rows = {}
        for stay in self.prisoners():
            counted, held = self.counted_in(stay), self.holder(stay, self.as_of)
            first = counted[0]["held_on"] if counted else None
            days = (self.as_of - stay.arrived).days
            if first and days > SERIOUS:
                continue
            waited = (first - stay.arrived).days if first else None
            state = ("met" if waited <= FIRST_DAYS else "met_late") if waited is not None else None
            rows[stay.prisoner] = {
                "arrived_on": stay.arrived,
                "days": days,
                "due_by": stay.arrived + timedelta(days=FIRST_DAYS),
                "first_session_on": first,
                "days_to_first": waited,
                "state": state or ("due" if days <= FIRST_DAYS else "missed"),
                "key_worker": held and held.worker,
                "own_key_worker_met_on": self.met(stay, held) if held else None,
            }
        return rows

    # --- time ---

    def eligible(self, stay: Stay, on: date) -> bool:
        """He is here at the midnight that ends a day, in scope, and not away overnight."""
        return self.is_here(stay, on) and self.in_scope(stay, on) and not self.away(stay, on)

    def scope_of_session(self, row: Row) -> bool:
        """Whether it was held with a prisoner who was in scope that day."""
        stay = self.stay_with(row["prisoner"], row["held_on"])
        return stay is None or self.in_scope(stay, row["held_on"])

    def weeks(self) -> list[date]:
        """The days of the last four complete weeks."""
        monday = self.as_of + timedelta(days=1)
        monday -= timedelta(days=monday.weekday() + 4 * WEEK)
        return [monday + timedelta(days=n) for n in range(4 * WEEK)]

    def required(self) -> dict[str | None, int]:
        """Minutes x 7 of those weeks, by key worker; under `None` those of the prisoners without one."""
        required: dict[str | None, int] = {}
        for stay, on in product(self.stays, self.weeks()):
            if self.eligible(stay, on):
                held = self.holder(stay, on)
                whose = held.worker if held else None
                required[whose] = required.get(whose, 0) + TARGET
        return required

    def done(self, days: list[date]) -> tuple[list[Row], list[Row]]:
        """What was held in these days, and apart from it what was held with those out of scope."""
        done = [row for row in self.sessions if row["outcome"] == "COMPLETED" and row["held_on"] in days]
        return [r for r in done if self.scope_of_session(r)], [r for r in done if not self.scope_of_session(r)]

    def budget_of(self, worker: str) -> dict[str, Any] | None:
        """The time chain of a key worker."""
        days, required = self.weeks(), self.required()
        slots = [slot for slot in self.slots if slot.worker == worker and slot.on in days]
        his = [row for row in self.done(days)[0] if row["staff_id"] == worker]
        if worker not in required and not slots and not his:
            return None
        return self._time(worker, required.get(worker, 0), slots, his, days)

    def _time(self, worker: str, required: int, slots: list[Slot], his: list[Row], days: list[date]) -> Any:
        minutes = {state: sum(slot.minutes for slot in slots if slot.became == state) for state in BECAME}
        allocated = sum(slot.minutes for slot in slots if slot.became != "not there")
        counted = sum(map(self.is_counted, his))
        used = max(sum(row["minutes"] or 0 for row in his), TARGET * counted)
        unused = max(0, min(required, WEEK * minutes["worked"]) - WEEK * used)
        short = max(0, required - WEEK * allocated)
        wing = any(self.wing_of(s.worker) == self.wing_of(worker) and s.on in days for s in self.slots)
        shares = {
            "SHORT_TIME": short,
            "LOST": WEEK * minutes["lost"],
            "UNCONFIRMED": WEEK * minutes["unconfirmed"],
            "UNUSED": unused,
        }
        cause = (
            None
            if not required
            else "NO_ROTA"
            if not wing
            else "NO_TIME"
            if not allocated
            else "MET"
            if WEEK * used >= required
            else max(shares, key=lambda one: shares[one])
            if any(shares.values())
            else None  # what is missing is still to come, today
        )
        return {
            "required_minutes": Near(required / WEEK),
            "allocated_minutes": allocated,
            "worked_minutes": minutes["worked"],
            "lost_minutes": minutes["lost"],
            "unconfirmed_minutes": minutes["unconfirmed"],
            "unused_minutes": Near(unused / WEEK),
            "short_minutes": Near(short / WEEK),
            "sessions": counted,
            "delivered_minutes": known_sum(his),
            "individual_minutes": known_sum([row for row in his if row["type"] == "KS"], his),
            "minutes_not_known": sum(row["minutes"] is None for row in his),
            "cause": cause,
        }

    def month(self) -> "Month":
        """What the figures of the last 28 days are made of."""
        days = [self.as_of - timedelta(days=n) for n in range(SERIOUS)]
        nights = [(stay, on) for stay, on in product(self.stays, days) if self.is_here(stay, on)]
        eligible = [(stay, on) for stay, on in nights if self.eligible(stay, on)]
        begun = [stay for stay in self.stays if any(s == stay and self.in_scope(s, on) for s, on in nights)]
        to_worker = [(stay, min((one.first for one in self.spells_of(stay)), default=None)) for stay in begun]
        to_session = [(s, min((row["held_on"] for row in self.counted_in(s)), default=None)) for s in begun]
        done, apart = self.done(days)
        return Month(
            nights=len(nights),
            eligible=len(eligible),
            allocated=sum(self.holder(*one) is not None for one in eligible),
            done=done,
            apart=len(apart),
            counted=[row for row in done if self.is_counted(row)],
            prisoners={stay.prisoner for stay, _ in eligible},
            to_worker=[(on - stay.arrived).days if on else None for stay, on in to_worker if on is None or on in days],
            to_session=[(on - s.arrived).days if on else None for s, on in to_session if on is None or on in days],
        )

    def why_page(self, prisoner: str) -> dict[str, Any] | None:
        """What the page about one prisoner says first; of one who has left, as it was when he did."""
        his = [stay for stay in self.stays_of(prisoner) if stay.arrived <= self.as_of]
        if not his:
            return None
        stay = his[-1]
        days = max(0, (min(self.as_of, stay.left, stay.excluded) - self.gap_from(stay)).days)
        if min(stay.left, stay.excluded) <= self.as_of:  # his clocks are stopped
            left = stay.left if stay.left <= self.as_of else None
            return {"arrived_on": stay.arrived, "left_on": left, "days": days}
        held = self.holder(stay, self.as_of)
        lived = [stay.arrived + timedelta(days=n) for n in range((self.as_of - stay.arrived).days + 1)]
        sessions = [row for row in self.sessions_in(stay) if row["outcome"] == "COMPLETED"]
        return {
            "arrived_on": stay.arrived,
            "left_on": None,
            "days": days,
            "key_worker": held and held.worker,
            "required_minutes": round(TARGET * sum(self.eligible(stay, on) for on in lived) / WEEK),
            "delivered_minutes": known_sum(sessions),
        }


BECAME: Final = ("worked", "lost", "unconfirmed")


def end_of(on: date) -> datetime:
    """The midnight that ends a day in London."""
    return datetime.combine(on + timedelta(days=1), time(), LONDON).astimezone(UTC)


def minute(clock: str) -> int:
    """The minute of the day."""
    return int(clock[:2]) * 60 + int(clock[3:])


class Near(float):
    """A printed tenth: the one below or above, so that the rows add up to their printed sum."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, float) and abs(self - other) < 0.1

    __hash__ = float.__hash__


def tenths(sevenths: int) -> float:
    """Minutes x 7 as minutes, to one decimal."""
    return round(sevenths / WEEK, 1)


def known_sum(rows: list[Row], everything: list[Row] | None = None) -> int | None:
    """A sum of minutes; of nothing but unknown ones it is no data, never 0."""
    total = sum(row["minutes"] or 0 for row in rows)
    unknown = any(row["minutes"] is None for row in (rows if everything is None else everything))
    return None if not total and unknown else total


# --- one prison of several worlds: each apart, then what is said of all of them ---


def overdue(twins: list[Twin]) -> dict[str, Any]:
    """Who has not been seen for a week, and the totals."""
    each = [twin.overdue() for twin in twins]
    totals = {name: sum(one[name] for one in each) for name in each[0] if name != "rows"}
    return {"rows": listed(one["rows"] for one in each), **totals}


def listed(lists: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One list of several: nobody is in two."""
    return {name: row for rows in lists for name, row in rows.items()}


def budget(twins: list[Twin]) -> dict[str, Any]:
    """The time chain, by key worker, and of the prison; under `None` the prisoners without a key worker."""
    required = [twin.required() for twin in twins]
    nobody = sum(one.get(None, 0) for one in required)
    total = sum(sum(one.values()) for one in required)
    workers = {row["staff_id"]: twin for twin in twins for row in twin.files["key_workers"]}
    rows: dict[str | None, Any] = {
        worker: row for worker, twin in workers.items() if (row := twin.budget_of(worker)) is not None
    }
    if any(None in one for one in required):
        rows[None] = {"required_minutes": Near(nobody / WEEK), "allocated_minutes": 0, "cause": None}
    done = [twin.done(twin.weeks()) for twin in twins]
    return {
        "rows": rows,
        "required_minutes": tenths(total),
        "rows_add_up_to": tenths(total),
        "sessions_out_of_scope": sum(len(apart) for _, apart in done),
        "delivered_minutes": known_sum([row for held, _ in done for row in held]),
    }


class Month(NamedTuple):
    """What the figures of 28 days are made of: sums, and of each stay the wait, `None` while it waits."""

    nights: int
    eligible: int
    allocated: int
    done: list[Row]
    apart: int
    counted: list[Row]
    prisoners: set[str]
    to_worker: list[int | None]
    to_session: list[int | None]


def stats(twins: list[Twin]) -> dict[str, Any]:
    """The figures of the last 28 days."""
    months = [twin.month() for twin in twins]
    nights, eligible, allocated, _, apart, *_ = (
        sum(one) if isinstance(one[0], int) else 0 for one in zip(*months, strict=True)
    )
    done, counted = ([row for one in months for row in getattr(one, name)] for name in ("done", "counted"))
    prisoners, seen = {prisoner for one in months for prisoner in one.prisoners}, {row["prisoner"] for row in counted}
    return {
        "prisoners_average": round(nights / SERIOUS, 1),
        "eligible_average": round(eligible / SERIOUS, 1),
        "allocated_rate": round(100 * allocated / eligible, 2) if eligible else None,
        "sessions": len(counted),
        "entries": sum(row["type"] == "KE" for row in done),
        "expected_sessions": round(eligible / WEEK, 1),
        "delivery_rate": round(100 * len(counted) * WEEK / eligible, 2) if eligible else None,
        "minutes": known_sum(done),
        "minutes_not_known": sum(row["minutes"] is None for row in done),
        "sessions_out_of_scope": apart,
        "prisoners_seen": len(prisoners & seen),
        "prisoners_not_seen": len(prisoners - seen),
        **_wait("days_to_allocation", [wait for one in months for wait in one.to_worker]),
        **_wait("days_to_first_session", [wait for one in months for wait in one.to_session]),
    }


def _wait(name: str, waits: list[int | None]) -> dict[str, Any]:
    ended = [wait for wait in waits if wait is not None]
    return {
        name: round(sum(ended) / len(ended), 1) if ended else None,
        f"{name}_n": len(ended),
        f"{name}_not_yet": len(waits) - len(ended),
    }
