"""Who makes a change."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Author:
    """Who makes a change, when, and with which command."""

    user: str
    at: datetime
    command: str
