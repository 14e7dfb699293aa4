"""Which columns a narrow screen shows, and how wide: words and numbers stay whole, what may go goes first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 2

# While there are columns to leave out, a text that may wrap keeps this width, a sentence more, and whole paragraphs
# half a screen; when there are none, it keeps the last.
_NARROWEST_WRAPPED: Final = 16
_NARROWEST_PROSE: Final = 24
_NARROWEST_PARAGRAPH: Final = 40
_PROSE: Final = 48
_PARAGRAPH: Final = 160
_NARROWEST_SQUEEZED: Final = 12
# A column that may not wrap claims at most this: what is longer is no name but a text somebody pasted, and wraps too.
_WIDEST_WHOLE: Final = 40


@dataclass(frozen=True, slots=True)
class Measure:
    """A column's measures, in places of a line.

    `widest` is its widest cell, `usual` the width that nine cells in ten do not pass, `word` the longest word in it,
    where a date or a figure with its sign is one; `piece` the longest where it is not. `heading` and `heading_word` are
    the same of its heading. What is `shortened` has no fewer letters to be said in; of `several` the first will do.
    """

    widest: int
    usual: int
    word: int
    piece: int
    heading: int
    heading_word: int
    priority: int
    wraps: bool
    several: bool = False
    shortened: bool = False

    @property
    def least(self) -> int:
        """The width it keeps while others can be left out: the rare longest name may take two lines, a heading too."""
        if self.wraps and not self.shortened:
            narrowest = _NARROWEST_PROSE if self.widest > _PROSE and not self.several else _NARROWEST_WRAPPED
            narrowest = _NARROWEST_PARAGRAPH if self.usual > _PARAGRAPH else narrowest
            return max(self.heading_word, min(max(self.usual, self.word), narrowest))
        return max(self.heading_word, min(_WIDEST_WHOLE, max(self.usual, self.word)))

    @property
    def squeezed(self) -> int:
        """The width it keeps when there is nothing more to leave out: that of its longest word."""
        return max(self.whole, min(self.widest, _NARROWEST_SQUEEZED) if self.wraps else 0)

    @property
    def whole(self) -> int:
        """The width under which a date, or hours, would stand on two lines."""
        return max(self.heading_word, min(self.word, _WIDEST_WHOLE))

    @property
    def unbroken(self) -> int:
        """The width under which its words would break."""
        return max(self.heading_word, min(self.piece, _WIDEST_WHOLE))

    @property
    def mostly(self) -> int:
        """The width that keeps names and numbers on one line, and of texts that may wrap nine in ten."""
        return max(self.heading_word, self.usual) if self.wraps else min(self.wished, _WIDEST_WHOLE)

    @property
    def wished(self) -> int:
        """The width that keeps everything on one line."""
        return max(self.heading, self.widest)


def fit(columns: Sequence[Measure], width: int) -> dict[int, int]:
    """Return the columns that a width has room for, by their place in the row, and the width of each.

    While they do not fit, the one with the highest priority number is left out, the last of equals first; never one of
    priority 0: rather do texts wrap, then names between their words, then dates, and on the narrowest screens words
    break.
    """
    places = list(range(len(columns)))
    while _total([columns[place].least for place in places]) > width:
        droppable = [place for place in places if columns[place].priority]
        if not droppable:
            break
        places.remove(max(droppable, key=lambda place: (columns[place].priority, place)))
    widths = {place: columns[place].least for place in places}
    _squeeze(widths, columns, width)
    _widen(widths, columns, width)
    return widths


def _squeeze(widths: dict[int, int], columns: Sequence[Measure], width: int) -> None:
    """Take what is too much from the texts that wrap, then from names, from dates, and from whatever is the widest."""
    while _total(widths.values()) > width and max(widths.values()) > 1:
        soft = [place for place in widths if widths[place] > columns[place].squeezed]
        softest = [place for place in soft if columns[place].wraps]
        firm = [place for place in widths if widths[place] > columns[place].unbroken]
        widths[max(softest or soft or firm or widths, key=lambda place: widths[place])] -= 1


def _widen(widths: dict[int, int], columns: Sequence[Measure], width: int) -> None:
    """Give the room that is left to the columns, those that wish for the least first.

    First each has what most of its cells need: a single long one does not take the room of all others.
    """
    for wishes in ([one.mostly for one in columns], [one.wished for one in columns]):
        for place in sorted(widths, key=wishes.__getitem__):
            widths[place] += max(0, min(wishes[place] - widths[place], width - _total(widths.values())))


def _total(widths: Collection[int]) -> int:
    return sum(widths) + GAP * max(0, len(widths) - 1)
