"""How far the rota goes, by wing: after its last day nobody can tell who has time (help: rota)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.rota import LatestSlot, Slot
from keyworker_cli.rules.rota.slots import is_published


def rota_reach(latest: Iterable[LatestSlot], slots: Iterable[Slot], *, as_of: date) -> dict[str | None, date]:
    """Return by wing the last day for which any rota is recorded; under `None` that of the whole prison.

    `latest` are the latest slots up to the day of asking, `slots` those from then on, as far as they were published.
    """
    days = [(one.wing, one.slot_on) for one in latest]
    days += [(slot.wing, slot.slot_on) for slot in slots if is_published(slot, as_of)]
    reach: dict[str | None, date] = {}
    for wing, on in days:
        for name in {wing, None}:
            reach[name] = max(on, reach.get(name, on))
    return reach


def say_rota_ends(reach: Mapping[str | None, date], wings: Iterable[str | None], *, before: date) -> Iterator[str]:
    """Say of some wings, in their order, whose rota ends before a day; `None` is the officers without a wing."""
    for wing in wings:
        name, last = "officers without a wing" if wing is None else f"wing {wing}", reach.get(wing)
        if last is None:
            yield f"{name}: no rota recorded"
        elif last < before:
            yield f"{name}: no rota after {say_date(last)}"
