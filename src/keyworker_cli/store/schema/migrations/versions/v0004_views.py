"""Schema 4: views for analysts, which are made with the triggers when every step is done. No table changes."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Change no table: the views stand on those that there are."""
