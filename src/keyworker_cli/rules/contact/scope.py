"""Who is in scope of key work. The policy says all; who is not is in no total, and is named (help: movements)."""

from collections.abc import Iterable
from datetime import date

from keyworker_cli.rules.facts.contact import Contact


def out_of_scope(prisoner: Contact, *, as_of: date) -> bool:
    """Return whether he is excluded from key work on that day."""
    return prisoner.out_of_scope_from is not None and prisoner.out_of_scope_from <= as_of


def by_scope(prisoners: Iterable[Contact], *, as_of: date) -> tuple[list[Contact], list[Contact]]:
    """Return the prisoners who are in scope on that day, and those who are not, each in the order given."""
    inside: list[Contact] = []
    excluded: list[Contact] = []
    for prisoner in prisoners:
        (excluded if out_of_scope(prisoner, as_of=as_of) else inside).append(prisoner)
    return inside, excluded
