"""Which of a prisoner's concerns is raised with him, and in which session: by a chance of its own.

In life most are, in the first session or two after they began, and some never. The draws are not those of anything
else, so that a prison differs by nothing but its topics from one in which nobody is asked.

help: concerns-not-raised, fictional-prison.
"""

from typing import Final

from keyworker_cli.fiction.chance import chance_from
from keyworker_cli.fiction.years.establishment import Prisoner
from keyworker_cli.rules.markers.table import ARRIVED_AS, KINDS

_RAISED_SHARE: Final = 0.8
"""The share of the concerns waiting that a session raises, each by itself."""

_AT_ONCE: Final = 2  # topics of one session that speak of concerns


class Raising:
    """What is waiting to be raised with each prisoner of a prison, and the chance by which it is."""

    def __init__(self, seed: int) -> None:
        self._draw = chance_from(seed).random

    def begin(self, prisoner: Prisoner, code: str, day: int) -> None:
        """Put a concern on what is to be raised with a prisoner from the day after on."""
        if topics := KINDS[code].topics:
            prisoner.concerns[code] = (day, tuple(topic.value for topic in topics))

    def arrive(self, prisoner: Prisoner, day: int) -> None:
        """Put on it what an arrival gives: it may be raised on the day itself."""
        for code in ("EARLY_DAYS", ARRIVED_AS.get(prisoner.arrival_type)):
            if code:
                self.begin(prisoner, code, day - 1)

    def topics_of(self, prisoner: Prisoner, day: int, drawn: str) -> str:
        """Return the topics of a session with a prisoner: those of concerns that are raised in it, then those drawn."""
        waiting = [(code, topics) for code, (began, topics) in prisoner.concerns.items() if began < day]
        if not waiting:
            return drawn
        common = drawn.split(";")
        raised: list[str] = []
        for _, topics in waiting:
            if len(raised) < _AT_ONCE and self._draw() < _RAISED_SHARE and not {*raised, *common} & {*topics}:
                raised.append(topics[int(self._draw() * len(topics))])
        spoken_of = [*raised, *(topic for topic in common if topic not in raised)][: len(common)]
        for code, topics in waiting:
            if not {*spoken_of}.isdisjoint(topics):
                del prisoner.concerns[code]
        return ";".join(spoken_of)
