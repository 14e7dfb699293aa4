"""The small prison that stands in every larger one: 24 prisoners present, 4 officers, and what happened to each.

Each prisoner is there for a reason that `Prisoner.why` states; what he shows on Tue 12 May 2026 can be worked out by
hand.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from keyworker_cli.fiction.cases import two_men
from keyworker_cli.fiction.cases.two_men import MR_A, MR_B
from keyworker_cli.fiction.moments import AS_OF, DAY
from keyworker_cli.fiction.records import Leave, Officer

P, KW1, KW2, KW3 = "PQ01", "BR02", "SH03", "OK04"
"""The officers: P of Mr A; the three key workers of Mr B, in their order."""

OPENED_ON: Final = date(2025, 9, 1)
"""The first day of this small prison's records, a Monday: Mr B arrives."""
P_LAST_SLOT_ON: Final = two_men.A_LAST_SEEN_ON
KW2_AWAY: Final = Leave(KW2, "UNAVAILABLE_ANNUAL_LEAVE", date(2026, 5, 6), date(2026, 5, 20))


def officers(prefix: str = "") -> dict[str, Officer]:
    """Return the four officers by staff id, on wings B and C (with a prefix, where wings of many prisons stand)."""
    four = (
        Officer(P, "P", "Officer", "po", f"{prefix}B", 7),
        Officer(KW1, "Bramley", "Ruth", "bramleyr", f"{prefix}C", 7),
        Officer(KW2, "Shah", "Nadia", "shahn", f"{prefix}B", 7),
        Officer(KW3, "Okafor", "Daniel", "okaford", f"{prefix}C", 7),
    )
    return {officer.staff_id: officer for officer in four}


@dataclass(frozen=True, slots=True)
class HeldSpell:
    """An officer who was a prisoner's key worker; the last spell of a prisoner who is still here has no end."""

    staff_id: str
    from_on: date
    to_on: date | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A session that has its place in the story, on a day on which that officer has a worked slot."""

    staff_id: str
    on: date
    outcome: str = "COMPLETED"
    minutes: int | None = None
    recorded_late: int = 0


@dataclass(frozen=True, slots=True)
class Prisoner:
    """A prisoner of this small prison; `why` names what he shows.

    From shortly before the first session in `seen` on, chance gives him no other.
    """

    prison_number: str
    last_name: str
    first_name: str
    born_on: date
    arrived_on: date
    location: str
    spells: tuple[HeldSpell, ...] = ()
    seen: tuple[Seen, ...] = ()
    why: str = ""
    arrival_type: str = "RECEPTION"
    left_on: date | None = None
    departure_reason: str = ""
    moves: tuple[tuple[date, int, str], ...] = ()
    left_to_chance: bool = True

    def present(self, on: date) -> bool:
        """Tell whether he is in prison at the end of a day."""
        return self.arrived_on <= on and (self.left_on is None or on < self.left_on)

    def away(self, on: date) -> bool:
        """Tell whether he is away on a day: from the first night to the day before he is back."""
        return any(
            number == self.prison_number and first <= on and (back is None or on < back)
            for number, _, first, back in NIGHTS_AWAY
        )

    def key_worker(self, on: date) -> str | None:
        """Return whose prisoner he is at the end of a day: from <= day < to."""
        for spell in self.spells:
            if spell.from_on <= on and (spell.to_on is None or on < spell.to_on):
                return spell.staff_id
        return None


def _day(month: int, day: int) -> date:
    return date(2026, month, day)


def _held(staff_id: str, from_on: date) -> tuple[HeldSpell, ...]:
    return (HeldSpell(staff_id, from_on),)


_OUT_OF_SCOPE_FROM: Final = _day(4, 20)
OUT_OF_SCOPE: Final = {
    "T1020TB": (_OUT_OF_SCOPE_FROM, "resettlement unit: supported there by its own scheme"),
}
"""The prisoner out of scope, by prison number: since when and why."""

HOSPITAL_FROM: Final = _day(5, 6)
NIGHTS_AWAY: Final[tuple[tuple[str, str, date, date | None], ...]] = (
    ("V1014WP", "COURT", _day(3, 11), _day(3, 12)),
    ("W1015XQ", "HOSPITAL", HOSPITAL_FROM, None),
)
"""Nights away: who, why, the first night, and the day he was back; one prisoner is in hospital now."""


PRISONERS: Final[tuple[Prisoner, ...]] = (
    Prisoner(
        *(MR_A, "A", "Mr", two_men.A_BORN_ON, two_men.A_ARRIVED_ON, "B-2-014"),
        (HeldSpell(P, two_men.A_ALLOCATED_ON, two_men.A_DIED_ON, "DIED"),),
        why="mr_a",
        left_on=two_men.A_DIED_ON,
        departure_reason="DIED",
        moves=((two_men.A_DIED_ON, 9 * 60 + 40, "SEG"),),
        left_to_chance=False,
    ),
    Prisoner(
        *(MR_B, "B", "Mr", two_men.B_BORN_ON, two_men.B_ARRIVED_ON, "C-1-007"),
        (
            HeldSpell(KW1, two_men.KW1_FROM, two_men.KW2_FROM, "OVERRIDE"),
            HeldSpell(KW2, two_men.KW2_FROM, two_men.KW3_FROM, "OVERRIDE"),
            HeldSpell(KW3, two_men.KW3_FROM, two_men.B_DIED_ON, "DIED"),
        ),
        why="mr_b",
        left_on=two_men.B_DIED_ON,
        departure_reason="DIED",
        moves=((two_men.KW2_FROM, 15 * 60, "B-1-003"), (two_men.KW3_FROM, 15 * 60, "C-3-021")),
        left_to_chance=False,
    ),
    # --- Officer P's other five: nobody has time for them either, other officers see some ---
    Prisoner(
        *("F1003KC", "Tordoff", "Leon", date(1991, 2, 11), date(2025, 10, 6), "B-2-009", _held(P, date(2025, 10, 7))),
        (Seen(KW3, _day(4, 13)),),
        why="exactly_29_days",
    ),
    Prisoner(
        *(
            "H1004LD",
            "Ibbotson",
            "Craig",
            date(1978, 7, 3),
            date(2025, 11, 17),
            "B-3-002",
            _held(P, date(2025, 11, 18)),
        ),
        (Seen(KW3, _day(5, 4)),),
        why="exactly_8_days",
    ),
    Prisoner(
        *("K1005ME", "Nwosu", "Femi", date(1996, 12, 24), date(2025, 12, 1), "B-1-017", _held(P, date(2025, 12, 2))),
        (Seen(KW3, _day(5, 6)),),
        why="exactly_6_days",
    ),
    Prisoner(
        *("L1006NF", "Whitham", "Barry", date(1969, 5, 9), _day(2, 9), "B-3-011", _held(P, _day(2, 10))),
        (Seen(KW1, _day(5, 7)),),
    ),
    Prisoner(
        *("M1007PG", "Doyle", "Marcus", date(1988, 10, 1), _day(3, 2), "B-2-020", _held(P, _day(3, 3))),
        (Seen(KW1, _day(5, 7)),),
        why="same_surname",
    ),
    # --- Officer Shah's, on leave since 6 May ---
    Prisoner(
        *(
            "N1008QH",
            "Carswell",
            "Reece",
            date(2001, 3, 30),
            date(2025, 12, 15),
            "B-1-005",
            _held(KW2, date(2025, 12, 16)),
        ),
        (Seen(KW2, _day(4, 14)),),
        why="exactly_28_days",
    ),
    Prisoner(
        *("P1009RJ", "Mirza", "Adeel", date(1983, 9, 17), _day(1, 26), "B-3-008", _held(KW2, _day(1, 27))),
        (Seen(KW2, _day(5, 5)),),
        why="exactly_7_days",
    ),
    Prisoner(
        *("Q1010SK", "Garside", "Neil", date(1974, 1, 22), _day(2, 16), "B-1-012", _held(KW2, _day(2, 18))),
        (Seen(KW1, _day(5, 7)),),
    ),
    Prisoner(
        *("R1011TL", "Balogun", "Tony", date(1999, 6, 6), _day(3, 23), "B-2-003", _held(KW2, _day(3, 24))),
        (Seen(KW1, AS_OF),),
    ),
    Prisoner(
        *("S1012UM", "Quarmby", "Dale", date(1986, 4, 18), _day(4, 7), "B-3-019", _held(KW2, _day(4, 8))),
        (Seen(KW1, _day(5, 11)),),
    ),
    # --- Officer Bramley's ---
    Prisoner(
        *(
            "T1013VN",
            "Kershaw",
            "Jordan",
            date(1997, 8, 8),
            date(2025, 11, 3),
            "C-2-006",
            _held(KW1, date(2025, 11, 4)),
        ),
        (Seen(KW1, _day(4, 21)), *(Seen(KW1, _day(*on), "REFUSED") for on in ((4, 28), (5, 5), (5, 11)))),
        why="three_refusals",
    ),
    Prisoner(
        *("V1014WP", "Lumley", "Graham", date(1971, 11, 13), _day(1, 12), "C-1-010", _held(KW1, _day(1, 13))),
        (Seen(KW1, _day(4, 30)), Seen(KW1, _day(5, 7), minutes=10)),
        why="short_contact_not_counted",
    ),
    Prisoner(
        *("W1015XQ", "Halliwell", "Peter", date(1964, 3, 2), _day(2, 23), "C-3-004", _held(KW1, _day(2, 24))),
        (Seen(KW1, _day(5, 5)),),
        why="away_in_hospital",
        moves=((_day(4, 27), 11 * 60, "C-1-001"),),
    ),
    Prisoner(
        *("X1016YR", "Farrell", "Liam", date(2003, 1, 19), _day(3, 16), "C-2-015", _held(KW1, _day(3, 18))),
        (Seen(KW1, _day(5, 11)),),
        why="on_acct",
    ),
    Prisoner(
        *("Y1017ZS", "Doyle", "Sean", date(1993, 12, 5), date(2025, 12, 8), "C-1-018", _held(KW1, date(2025, 12, 9))),
        (Seen(KW1, AS_OF),),
        why="same_surname",
    ),
    Prisoner(
        *("Z1018AT", "Pilling", "Stuart", date(1980, 2, 27), _day(4, 20), "C-3-013", _held(KW1, _day(4, 21))),
        (Seen(KW1, AS_OF),),
    ),
    # --- Officer Okafor's; the first three with Mr B and one since released were his five from 19 Jan to 15 Mar ---
    Prisoner(
        *("R1019BA", "Aspinall", "Wayne", date(1976, 6, 21), date(2025, 10, 20), "C-2-011"),
        (HeldSpell(KW3, date(2025, 10, 22), _day(5, 7), "MANUAL"),),
        (Seen(KW3, _day(5, 1), recorded_late=10),),
        why="recorded_10_days_late",
    ),
    Prisoner(
        *(
            "G1021CV",
            "Verity",
            "Simon",
            date(1990, 9, 9),
            date(2025, 11, 24),
            "C-1-003",
            _held(KW3, date(2025, 11, 25)),
        ),
        (Seen(KW3, _day(5, 6)),),
    ),
    Prisoner(
        *("J1022DW", "Hesketh", "Kieran", date(1995, 7, 14), _day(1, 5), "C-3-009", _held(KW3, _day(1, 6))),
        (Seen(KW3, _day(5, 6)),),
    ),
    Prisoner(
        *("D1023EX", "Thackray", "Dean", date(1998, 4, 4), _day(3, 30), "C-2-002", _held(KW3, _day(3, 31))),
        (Seen(KW3, _day(5, 1)),),
        why="in_segregation",
        moves=((_day(5, 10), 18 * 60 + 20, "SEG"),),
    ),
    Prisoner(
        *("E1024FY", "Zaman", "Yusuf", date(2004, 10, 29), _day(5, 3), "C-1-014", _held(KW3, _day(5, 4))),
        why="arrived_on_a_sunday_never_seen",
        left_to_chance=False,
    ),
    # --- no key worker: out of scope, and arrived yesterday ---
    Prisoner(
        *("T1020TB", "Selby", "Colin", date(1967, 8, 30), _day(1, 19), "C-3-001"),
        (HeldSpell(KW1, _day(1, 20), _OUT_OF_SCOPE_FROM, "OUT_OF_SCOPE"),),
        (Seen(KW1, _day(4, 14)),),
        why="out_of_scope",
    ),
    Prisoner(
        *("C1025GZ", "Redfern", "Jamie", date(1994, 5, 16), AS_OF - DAY, "C-2-008"),
        why="arrived_yesterday_no_key_worker",
        arrival_type="RECALL",
        left_to_chance=False,
    ),
    # --- those who have left ---
    Prisoner(
        *("A1026HA", "Oldroyd", "Kevin", date(1985, 1, 7), date(2025, 9, 8), "B-1-009"),
        (HeldSpell(P, date(2025, 9, 9), _day(1, 30), "RELEASED"),),
        left_on=_day(1, 30),
        departure_reason="RELEASE",
    ),
    Prisoner(
        *("B1027JB", "Chaudhry", "Imran", date(1992, 11, 11), date(2025, 9, 15), "B-2-011"),
        (HeldSpell(KW2, date(2025, 9, 17), _day(2, 20), "TRANSFER"),),
        left_on=_day(2, 20),
        departure_reason="TRANSFER_OUT",
    ),
    Prisoner(
        *("D1028KC", "Snowden", "Ricky", date(1979, 2, 3), date(2025, 9, 22), "C-1-016"),
        (HeldSpell(KW1, date(2025, 9, 24), _day(3, 27), "RELEASED"),),
        left_on=_day(3, 27),
        departure_reason="RELEASE",
    ),
    Prisoner(
        *("E1029LD", "Penhale", "Mitchell", date(2000, 7, 25), date(2025, 12, 22), "C-2-017"),
        (HeldSpell(KW3, date(2025, 12, 23), _day(4, 10), "RELEASED"),),
        left_on=_day(4, 10),
        departure_reason="RELEASE",
    ),
)
