"""Facts of many people, put by whom they are about."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar


class OfPrisoner(Protocol):
    """Whatever is about one person, known by his key."""

    @property
    def person_id(self) -> int:
        """Whom it is about."""
        ...


About = TypeVar("About", bound=OfPrisoner)


def by_prisoner(facts: Iterable[About]) -> dict[int, list[About]]:
    """Return facts by the key of the prisoner each is about, in the order given."""
    found: defaultdict[int, list[About]] = defaultdict(list)
    for fact in facts:
        found[fact.person_id].append(fact)
    return dict(found)
