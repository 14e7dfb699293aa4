"""Schema 1: persons, stays, moves, key workers, allocations, rota, sessions, events, ACCTs, needs, settings, audit.

A new file is made from the tables themselves, so this step has nothing to do: it is where the numbering begins.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """There is no older schema."""
