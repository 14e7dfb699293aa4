"""However wide the terminal is, help says the same words, none of them broken, and no line is longer than it."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from keyworker_cli.command_line.index import read_index


def named(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, below in node["commands"].items():
        yield " ".join((*path, name))
        yield from named(below, (*path, name))


NAMES = [*named(read_index())]


@pytest.fixture
def laid_out(kw, capsys) -> Callable[[str, int], str]:
    """The help of a command in so many columns, without its examples: they stand as they are typed."""

    def lay_out(name: str, width: int) -> str:
        kw(f"{name} --help", KW_WIDTH=str(width))
        return capsys.readouterr().out.partition("\n\nExample")[0]

    return lay_out


@pytest.mark.parametrize("width", [40, 41, 57, 80])
def test_help_says_the_same_words_at_every_width(width, laid_out) -> None:
    for name in ("", *NAMES):
        assert Counter(laid_out(name, width).split()) == Counter(laid_out(name, 200).split()), name


@pytest.mark.parametrize("width", [40, 41, 57, 80, 100, 200])
def test_no_line_of_a_help_is_longer_than_the_terminal(width, laid_out) -> None:
    for name in ("", *NAMES):
        assert [line for line in laid_out(name, width).splitlines() if len(line) > width] == [], name
