"""The words in which a prison's sheets say how somebody came, why they left, and that they have left."""

import re
from typing import Final

from keyworker_cli.rules.codes.records import ArrivalType, DepartureReason
from keyworker_cli.rules.files.extracts.collected import NO_DAY

NOT_LEFT: Final = NO_DAY | {"no", "n"}
"""What a list writes of one who has not left."""
HAS_LEFT: Final = re.compile(
    r"(?:trf|trn|tfr|transf\w*|disch\w*|released?|rel|left|gone|died|deceased|escaped|departed)\b"
    r"(?![ -]*(?:in|from|due)\b)|out$",
    re.IGNORECASE,
)
"""What a column for a prisoner's status says of one who has left."""
_ENDS: Final = (
    ("died", DepartureReason.DIED),
    ("death", DepartureReason.DIED),
    ("escape", DepartureReason.ESCAPE),
    ("transfer", DepartureReason.TRANSFER_OUT),
    ("releas", DepartureReason.RELEASE),
    ("bail", DepartureReason.RELEASE),
    ("licence", DepartureReason.RELEASE),
    ("license", DepartureReason.RELEASE),
    ("end of custody", DepartureReason.RELEASE),
    ("deport", DepartureReason.RELEASE),
    ("home detention", DepartureReason.RELEASE),
)
_NOT_FOR_GOOD: Final = ("temporary", "rotl", "escort")
_BY_WAY_OF: Final = ("court", "hospital")
"""Where somebody may go for a day, or by whose way they left or came for good: the type of the movement says which."""
_TYPES_FOR_A_TIME: Final = re.compile(r"(?:crt|tap|court|temporary)\b", re.IGNORECASE)
_TYPES_FOR_GOOD: Final = re.compile(r"(?:adm|rel|trn|admission|release|transfer)s?\b", re.IGNORECASE)


def is_for_a_time(type_: str, reason: str) -> bool:
    """Say whether a movement is a journey from which they come back, by its type, else by the words of its reason."""
    if _TYPES_FOR_A_TIME.match(type_):
        return True
    words = _NOT_FOR_GOOD if _TYPES_FOR_GOOD.match(type_) else (*_NOT_FOR_GOOD, *_BY_WAY_OF)
    return any(word in reason.casefold() for word in words)


def arrival_type(reason: str) -> ArrivalType:
    """Return how somebody came, by the words of a movement: a reception where they say nothing else."""
    said = reason.casefold()
    if "recall" in said:
        return ArrivalType.RECALL
    return ArrivalType.TRANSFER_IN if "transfer" in said else ArrivalType.RECEPTION


def departure_reason(reason: str) -> DepartureReason | None:
    """Return why somebody left, by the words of a movement; `None` where they say it in none that is known."""
    said = reason.casefold()
    return next((ends for word, ends in _ENDS if word in said), None)
