"""The numbers and choices a prison may set: each named once, with where it comes from and what is allowed."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.typed import read_choice, say_near

MOST_LETTERS = 4000


class Settings(NamedTuple):
    """The settings in force (help: settings). A field `gap_days` is the setting `gap.days`."""

    prison_code: str = "FGX"  # three capitals; the fictional prison (help: fictional-prison)
    prison_name: str = "HMP Fellgate"  # until a prison sets its own
    target_minutes_per_week: int = 45  # the policy: 45 minutes per prisoner per week (help: scheme)
    session_frequency_weeks: int = 1  # the union's reading: one session a week (help: scheme)
    session_min_minutes: int = 15  # shorter ones are not counted (help: counted-session)
    session_uncounted_places: str = "cell door; hatch; landing; observation panel"  # (help: counted-session)
    gap_days: int = 7  # due on this day, overdue after it (help: gap)
    gap_serious_days: int = 28  # serious beyond it (help: gap)
    first_meeting_days: int = 3  # the PPO's "first few days" (help: early-days)
    capacity_default: int = 6  # "around six" prisoners to a key worker (help: scheme)
    allocate_previous: str = "within_capacity"  # whether a former key worker comes first (help: allocation)
    allocate_wing: str = "prefer"  # whether the same wing comes first (help: allocation)
    young_adult_max_age: int = 24  # YOUNG_ADULT is 18 to this age (help: concerns)
    concern_days_tier_1: int = 3  # a concern of priority 1 not raised is listed from this day on (help: concerns)
    concern_days_tier_2: int = 7  # the same of priority 2 (help: concerns)
    voice_per_wing: int = 5  # prisoners of each wing asked each month for their own answer (help: voice)
    note_min_words: int = 40  # N3: as many words or more (help: note-quality)
    import_alerts: str = "HA=ACCT; HA1=ACCT_PC; RNO121=NO_ONE_TO_ONE"  # what an alert code means (help: files)
    import_activities: str = "Key work=SLOT"  # what an activity on the detail means for key work (help: files)
    import_headings: str = ""  # what this prison's own headings mean, beside those that are known (help: files)
    import_names: str = ""  # which key worker a name means that the files spell otherwise (help: files)

    def get(self, key: str) -> str | int:
        """Return the value of the setting `key`, such as `gap.days`."""
        value: str | int = getattr(self, _FIELD_OF[key])
        return value

    @property
    def door_places(self) -> str:
        """The places where no session counts, as they are compared: `;cell door;hatch;`."""
        return _door_places(self.session_uncounted_places)

    def in_force(self, *keys: str) -> dict[str, str | int]:
        """Return the named settings, or all of them, as they are printed with a result."""
        return {key: self.get(key) for key in keys or ALLOWED}


class Allowed(NamedTuple):
    """What a setting may be: in words for the user, and as a check that returns the value or `None`."""

    words: str
    check: Callable[[str], str | int | None]


def integer(low: int, high: int) -> Allowed:
    """Allow a whole number from `low` to `high`."""

    def check(text: str) -> int | None:
        return int(text) if re.fullmatch(r"\d{1,4}", text) and low <= int(text) <= high else None

    return Allowed(f"a whole number from {low} to {high}", check)


def one_of(*choices: str) -> Allowed:
    """Allow one of the named choices."""

    def check(text: str) -> str | None:
        try:
            return read_choice(text, choices, "choice")
        except UsageError:
            return None

    return Allowed(", ".join(choices), check)


@lru_cache(maxsize=8)  # asked of every session, and always of the same few words
def _door_places(places: str) -> str:
    return f";{';'.join(_parts(places.lower()))};"


def _parts(places: str) -> list[str]:
    return [part.strip() for part in places.split(";") if part.strip()]


def _places(text: str) -> str | None:
    return "; ".join(_parts(text)) if text.isascii() and text.isprintable() and len(text) <= 400 else None


def pairs(example: str) -> Allowed:
    """Allow any number of pairs, name and meaning."""

    def check(text: str) -> str | None:
        parts = [part for part in text.split(";") if part.strip()]
        return text if len(text) <= MOST_LETTERS and all("=" in part for part in parts) else None

    return Allowed(f"names and what they mean, such as {example}", check)


ALLOWED: Mapping[str, Allowed] = {
    "prison.code": Allowed("three capital letters", lambda text: text if re.fullmatch("[A-Z]{3}", text) else None),
    "prison.name": Allowed("up to 60 characters", lambda text: text if 0 < len(text) <= 60 else None),
    "target.minutes_per_week": integer(1, 600),
    "session.frequency_weeks": integer(1, 12),
    "session.min_minutes": integer(1, 120),
    "session.uncounted_places": Allowed("places with ; between them, in plain letters", _places),
    "gap.days": integer(1, 365),
    "gap.serious_days": integer(1, 365),
    "first_meeting.days": integer(0, 28),
    "capacity.default": integer(0, 50),
    "allocate.previous": one_of("within_capacity", "always", "ignore"),
    "allocate.wing": one_of("prefer", "require", "ignore"),
    "young_adult.max_age": integer(18, 30),
    "concern.days_tier_1": integer(0, 90),
    "concern.days_tier_2": integer(0, 90),
    "voice.per_wing": integer(1, 50),
    "note.min_words": integer(0, 500),
    "import.alerts": pairs("HA=ACCT; HA1=ACCT_PC; XA=NOTHING"),
    "import.activities": pairs("Key work=SLOT; Sick=ABSENT SICK; Wing B=NOTHING"),
    "import.headings": pairs("Rec date=arrived; Remarks="),
    "import.names": pairs("Bramly, Ruth=QTX12A"),
}
"""Every setting, in the order in which `kw config list` shows them."""

_FIELD_OF = {key: key.replace(".", "_") for key in ALLOWED}


def check_key(key: str) -> None:
    """Refuse a key that is no setting's: `UsageError`, naming those there are."""
    if key not in ALLOWED:
        there_are = f"the settings are: {', '.join(ALLOWED)}."
        raise UsageError(f"there is no setting {key!r}.", say_near(key, ALLOWED, there_are))


def check_setting(key: str, text: str) -> str | int:
    """Return `text` as the value of the setting `key`.

    Raises `UsageError` for an unknown key, naming those there are, or a value that is not allowed, naming what is.
    """
    check_key(key)
    value = ALLOWED[key].check(text.strip())
    if value is None:
        raise UsageError(f"{text!r} is not allowed for {key}.", f"{key} takes {ALLOWED[key].words}.")
    return value


def settings_from(stored: Mapping[str, str]) -> Settings:
    """Return the settings in force: the defaults, with what the database holds in their place."""
    known = {_FIELD_OF[key]: check_setting(key, text) for key, text in stored.items() if key in ALLOWED}
    return Settings._make((Settings()._asdict() | known).values())


def default_of(key: str) -> str | int:
    """Return the value that a setting has in a new database."""
    return Settings().get(key)
