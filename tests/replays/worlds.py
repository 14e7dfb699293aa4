"""The two prisoners of the Ombudsman's cases: invented names, real arithmetic (help: two-men)."""

from datetime import date, timedelta

from factories import Prison, world

WEDNESDAYS = [date(2026, 1, 7) + timedelta(weeks=week) for week in range(12)]
MR_A, MR_B = "A1234AA", "A1234BB"


@world
def mr_a(prison: Prison) -> Prison:
    """Mr A: seen weekly for twelve weeks, then never again while his key worker was given no time."""
    prison.prisoner(MR_A, name="Mr A", arrived="2026-01-05", born="2006-11-02")
    prison.officer("PQ01", name="Officer P")
    prison.allocated(MR_A, "PQ01", "2026-01-06")
    for wednesday in WEDNESDAYS:
        prison.session(MR_A, "PQ01", wednesday.isoformat(), 45, at="14:00")
    return prison


@world
def mr_b(prison: Prison) -> Prison:
    """Mr B: one session in 200 days, and a third key worker who never met him."""
    prison.prisoner(MR_B, name="Mr B", arrived="2025-09-01", born="1985-06-11")
    for number in (1, 2, 3):
        prison.officer(f"KW{number}", name=f"Officer K{number}")
    prison.allocated(MR_B, "KW1", "2025-09-03")
    prison.session(MR_B, "KW1", "2025-09-16", 40, at="10:00")
    prison.allocated(MR_B, "KW2", "2025-11-10")
    prison.allocated(MR_B, "KW3", "2026-01-19")
    return prison
