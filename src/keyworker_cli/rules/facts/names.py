"""How a moment, a name and a wing are said the same everywhere."""

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """Return a moment as fixed-width text, so that the order of the text is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def full_name(first_name: str, last_name: str) -> str:
    """Return a person's name as it is said."""
    return f"{first_name} {last_name}"


def name_of_one(first_name: str | None, last_name: str | None) -> str | None:
    """Return the name of a person who may be nobody: `None` without a last name."""
    return None if last_name is None else full_name(first_name or "", last_name)


def wing_of(location: str | None) -> str | None:
    """Return the wing of a cell, the part before the first dash; a non-cell place such as SEG has none.

    help: codes.
    """
    return location.partition("-")[0] if location and "-" in location else None
