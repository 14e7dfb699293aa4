"""Which prison numbers are one prisoner's.

The numbers that a file gives him, and those already known (help: movements).
"""

from collections.abc import Iterable, Mapping

from keyworker_cli.rules.files.cells import BadCellError


class Numbers:
    """Whose each prison number is. A prisoner never heard of before gets the next key after `last`."""

    def __init__(self, known: Mapping[str, int], last: int) -> None:
        self.people = dict(known)
        self.added: list[tuple[str, int]] = []
        self.first_seen: dict[int, str] = {}
        self._last = last

    def owner(self, number: str, also: Iterable[str]) -> int:
        """Return the key of the prisoner with this number, whose other numbers are `also`.

        Raises `BadCellError` when these numbers are known as those of two prisoners: joining them is not for a file to
        do.
        """
        numbers = [number, *(other for other in also if other != number)]
        owners = {self.people[one]: one for one in numbers if one in self.people}
        if len(owners) > 1:
            one, other = sorted(owners.values())[:2]
            raise BadCellError(f"{one} and {other} are two prisoners in kw: kw prisoner merge joins them")
        prisoner = next(iter(owners), None)
        if prisoner is None:
            self._last += 1
            prisoner = self._last
            self.first_seen[prisoner] = number
        for one in numbers:
            if one not in self.people:
                self.people[one] = prisoner
                self.added.append((one, prisoner))
        return prisoner
