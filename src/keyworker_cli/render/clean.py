"""What is dropped from people's text before it is shown: characters that command a terminal or hide what is written.

What was typed is stored as typed; only the showing of it is cleaned, in every format that a person reads.
"""

import re
from typing import Final

# Terminal control characters (ESC, C1), marks that reorder or hide text, line separators that are not a newline,
# and code points that no file can hold (halves of a surrogate pair, the two non-characters).
_UNSEEN: Final = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_BREAKS: Final = str.maketrans("\n\t", "  ")


def clean(text: str) -> str:
    """Return the text without what a screen would obey instead of show; newlines and tabs stay."""
    return text if text.isascii() and text.isprintable() else re.sub(_UNSEEN, "", text)


def one_line(text: str) -> str:
    """Return the text cleaned for a line of its own or a cell of a table: newlines and tabs become spaces."""
    return clean(text).translate(_BREAKS)
