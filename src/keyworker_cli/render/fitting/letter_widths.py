"""How wide a text may be in print, whichever of the usual fonts there is: Arial, Liberation, DejaVu.

The widths are those of DejaVu Sans, the widest of them, or its bold: what fits by them fits in any of the others.
"""

from typing import Final

MM_PER_POINT: Final = 25.4 / 72

_PLAIN: Final = (
    ("'", 0.27), ("ijl", 0.28), ("I", 0.29), (" ,.", 0.32), ("/:;\\|", 0.34), ("f", 0.35), ("-", 0.36),
    ("()[]t", 0.39), ("!", 0.40), ("r", 0.41), ('"', 0.47), ("*`", 0.50), ("z", 0.52), ("J_cs", 0.56), ("k", 0.58),
    ("vxy", 0.59), ("?FLTao", 0.61), ("e", 0.62), ("bdghnpqu", 0.63), ("$0123456789{}", 0.64), ("EPSY", 0.67),
    ("V", 0.68), ("XZ", 0.69), ("ABCKR", 0.72), ("U", 0.73), ("HN", 0.75), ("D", 0.77), ("&G", 0.78), ("OQ", 0.79),
    ("w", 0.82), ("#+<=>^~", 0.84), ("M", 0.86), ("%", 0.95), ("m", 0.97), ("W", 0.99), ("@", 1.0),
)  # fmt: skip
_BOLD: Final = (
    ("'", 0.31), ("ijl", 0.34), (" ", 0.35), ("/IJ\\|", 0.37), (",.", 0.38), (":;", 0.40), ("-", 0.42), ("f", 0.44),
    ("!()[]", 0.46), ("t", 0.48), ("r", 0.49), ("_`", 0.50), ('"*', 0.52), ("?z", 0.61), ("c", 0.59), ("s", 0.60),
    ("L", 0.64), ("vxy", 0.65), ("ak", 0.67), ("EFTe", 0.68), ("o", 0.69), ("$0123456789", 0.70), ("hnu{}", 0.71),
    ("SYbdgpq", 0.72), ("CPZ", 0.73), ("B", 0.76), ("AKRVX", 0.77), ("U", 0.81), ("G", 0.82), ("D", 0.83),
    ("#+<=>HN^~", 0.84), ("OQ", 0.85), ("&", 0.87), ("w", 0.92), ("%@M", 1.0), ("m", 1.04), ("W", 1.10),
)  # fmt: skip
_ADVANCES: Final = {letter: width for letters, width in _PLAIN for letter in letters}
_BOLD_ADVANCES: Final = {letter: width for letters, width in _BOLD for letter in letters}
_OTHER: Final = 0.85
_WIDE: Final = 1.05
_FIRST_WIDE: Final = 0x1100


def text_width(text: str, points: float, *, bold: bool = False) -> float:
    """Return the width of a text in millimetres, at a size in points."""
    advances = _BOLD_ADVANCES if bold else _ADVANCES
    ems = sum(advances.get(letter) or (_WIDE if ord(letter) >= _FIRST_WIDE else _OTHER) for letter in text)
    return ems * points * MM_PER_POINT


def line_count(text: str, width: float, points: float, *, bold: bool = False, used: float = 0.0) -> int:
    """Return on how many lines a text stands in a column of a width in millimetres; a long word is broken.

    Of the first line so much is `used` already.
    """
    space, lines = text_width(" ", points, bold=bold), 1
    for word in text.split():
        wide = text_width(word, points, bold=bold)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        if wide > width:
            broken = -(-wide // (0.9 * width))
            lines, wide = lines + int(broken) - 1, wide - (broken - 1) * 0.9 * width
        used += wide + (space if used else 0)
    return lines
