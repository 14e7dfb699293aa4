"""When a gap is due, overdue and serious: the 7 and the 28 days (help: gap)."""

from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.settings import Settings


def state_of(days: int, settings: Settings) -> GapState:
    """Return the state of a gap: due on day N, overdue after it, serious past S, or past N where N is the larger."""
    if days < settings.gap_days:
        return GapState.OK
    if days == settings.gap_days:
        return GapState.DUE
    return GapState.SERIOUS if days > serious_after(settings) else GapState.OVERDUE


def serious_after(settings: Settings) -> int:
    """Return the days after which a gap is serious: S, or N where that is the larger."""
    return max(settings.gap_days, settings.gap_serious_days)
