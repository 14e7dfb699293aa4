"""Reads rendered reports back the way a browser, a Markdown viewer or a spreadsheet would."""

from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from markdown_it import MarkdownIt
from python_calamine import CalamineWorkbook

VOID = {"meta", "link", "br", "img", "hr", "input", "col"}


class PageReader(HTMLParser):
    """The tags of a page with their attributes, the text of each table cell, and all text that is shown."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[str] = []
        self.shown = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every tag is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "tags are closed in order"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.shown += data
        if self._open and self._open[-1] in {"td", "th"}:
            self.cells[-1] += data


def markdown_as_page(text: str) -> PageReader:
    return PageReader(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: [*book.get_sheet_by_name(name).to_python(skip_empty_area=False)] for name in book.sheet_names}
