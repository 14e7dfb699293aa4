"""Import files as they reach a prison: saved by another program, cut short, edited by hand, or no such file."""

import csv
import io
import zipfile
from collections.abc import Callable

import xlsxwriter
from hypothesis import strategies as st

CELLS = [
    *("", " ", "A1234BC", "a1001aa", "Z9999ZZ", "A123", "PQ01", "nobody", "B-2-014", "SEG", "the gym", "B--1", "FGX"),
    *("2026-05-12", "12/05/2026", "12/5/26", "31/02/2026", "2026-13-01", "9999-12-31", "0001-01-01", "1899-12-31"),
    *("2199-12-31", "46154", "2026-05-12T09:00:00Z", "2026-05-12 09:00", "9999-12-31T23:59:59Z", "yesterday", "25:00"),
    *("09:00", "9.30", "24:00", "0", "1", "45", "481", "-5", "4.5", "1e3", "٣", "9" * 30, "yes", "TRUE", "maybe"),
    *("COMPLETED", "refused", "KS", "ke", "DEBT", "DIED", "ACTIVE", "UNAVAILABLE_ANNUAL_LEAVE", "WORKED", "STAFFING"),
    *(
        "=1+1",
        "@SUM(A1)",
        "+44 1632 960000",
        "-1",
        "FAMILY;DEBT",
        ";;",
        "FAMILY;GARDEN",
        "é" * 300,
        "王伟",
        "\u202eabc",
    ),
    *('"', '""', "'", ",", "a\nb", "a\r\nb", "\r", "\x1b[2J", "\x00", "\ufeff", "[bold]x[/y]", "<b>", "x" * 5000),
    *("gap.days", "prison.code", "gap.dayz", "note", "minutes", "recorded_at", "2026-05-12T09:00:00.000000Z"),
]

Rows = list[list[str]]


def rows_of(content: bytes) -> Rows:
    """Return the rows of a CSV file, the heading first."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def as_csv(rows: Rows, newline: str = "\n") -> bytes:
    """Return rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=newline).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Rows, name: str) -> bytes:
    """Return rows as a spreadsheet with one sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell[:32_000])
    book.close()
    return out.getvalue()


# --- what becomes of the rows ---


@st.composite
def edited(draw: st.DrawFn, rows: Rows) -> Rows:
    """Return the rows as somebody leaves them who edits a few cells, rows or columns by hand."""
    rows = [list(row) for row in rows]
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        change(draw, rows)
    return rows


def _cell(draw: st.DrawFn, rows: Rows) -> None:
    row = draw(st.sampled_from(rows))
    if row:
        row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(CELLS) | st.text(max_size=12))


def _twice(draw: st.DrawFn, rows: Rows) -> None:
    rows.append(list(draw(st.sampled_from(rows))))


def _gone(draw: st.DrawFn, rows: Rows) -> None:
    if len(rows) > 1:
        del rows[draw(st.integers(0, len(rows) - 1))]


def _swapped(draw: st.DrawFn, rows: Rows) -> None:
    one, other = (draw(st.integers(0, len(rows[0]) - 1)) for _ in range(2)) if rows[0] else (0, 0)
    for row in draw(st.sampled_from([rows, rows[:1], rows[1:]])):
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _column(draw: st.DrawFn, rows: Rows) -> None:
    at, added = draw(st.integers(0, len(rows[0]))), draw(st.booleans())
    for row in rows:
        if added:
            row.insert(at, draw(st.sampled_from(CELLS)) if row is rows[0] else "")
        else:
            del row[at : at + 1]


def _shorter(draw: st.DrawFn, rows: Rows) -> None:
    row = draw(st.sampled_from(rows))
    del row[draw(st.integers(0, len(row))) :]


CHANGES: list[Callable[[st.DrawFn, Rows], None]] = [_cell, _cell, _cell, _twice, _gone, _swapped, _column, _shorter]


# --- what becomes of the bytes ---


@st.composite
def saved(draw: st.DrawFn, rows: Rows) -> bytes:
    """Return the bytes of a file as some program saves it, or as what is left of it on a bad day."""
    content = as_csv(rows, draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return draw(st.sampled_from(SAVED))(draw, content)


def _spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    put = draw(
        st.sampled_from([b"\0", b'"', b"\xff", b"\x1b", b"\r", b"\n\n", b"\xef\xbb\xbf"]) | st.binary(max_size=8)
    )
    return content[:at] + put + content[at:]


ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp437", "cp500"]
SAVED: list[Callable[[st.DrawFn, bytes], bytes]] = [
    *[lambda draw, content: content] * 6,
    lambda draw, content: b"\xef\xbb\xbf" + content,
    lambda draw, content: content.decode().encode(draw(st.sampled_from(ENCODINGS)), "replace"),
    lambda draw, content: content + "Müller".encode(draw(st.sampled_from(ENCODINGS))),
    lambda draw, content: content.decode().encode("cp1252", "replace"),
    lambda draw, content: content[: draw(st.integers(0, len(content)))],
    lambda draw, content: content.replace(b",", b";"),
    lambda draw, content: content.replace(b",", b"\t"),
    lambda draw, content: content + b"x" * 1_000_001,
    lambda draw, content: draw(st.binary(max_size=200)),
    lambda draw, content: b"",
    _spoilt,
    _spoilt,
]


# --- what becomes of a workbook's own parts ---

IN_XML = [
    *(
        b"<",
        b">",
        b"/>",
        b'"',
        b"'",
        b"&",
        b"&#0;",
        b"&#x202E;",
        b"&a;",
        b"]]>",
        b"<!--",
        b"<![CDATA[",
        b"\x00",
        b"\xff",
    ),
    *(b' r="XFD1048576"', b" r='A1'", b' r="0"', b' r="A0"', b' r="-1"', b' t="e"', b' t="s"', b' t="b"', b' t="d"'),
    *(b' t="inlineStr"', b' t="str"', b"<f>A1</f>", b"<f/>", b"<v>#N/A</v>", b"<v>99999999</v>", b"<v>-1</v>", b"<v/>"),
    *(b"<row/>", b'<row r="1048576">', b"</row>", b"<c/>", b"</c>", b"<is><t>x</t></is>", b"</sheetData>", b"1e308"),
    *(b'<mergeCell ref="A1:XFD1048576"/>', b'<dimension ref="A1:XFD1048576"/>', b'<!DOCTYPE x [<!ENTITY a "b">]>'),
    *(b' table:number-columns-repeated="99999999"', b' table:number-rows-repeated="99999999"', b"#REF!", b"nan"),
    *(b' office:value-type="date"', b' office:date-value="9999-99-99"', b'calcext:value-type="error"', b'date1904="1"'),
]


@st.composite
def rewritten(draw: st.DrawFn, book: bytes) -> bytes:
    """Return a workbook in whose parts some bytes were changed: it is a sound zip file all the same."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    for name in draw(st.lists(st.sampled_from(sorted(content)), min_size=1, max_size=3)):
        held = content[name]
        at = draw(st.integers(0, len(held)))
        gone = draw(st.sampled_from([0, 0, 0, 1, 8, 200, len(held)]))
        put = draw(st.sampled_from(IN_XML) | st.binary(max_size=4) | st.just(held[at : at + 300]))
        content[name] = held[:at] + put + held[at + gone :]
    if draw(st.integers(0, 9)) == 0:
        del content[draw(st.sampled_from(sorted(content)))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, held in content.items():
            parts.writestr(name, held)
    return out.getvalue()


@st.composite
def scratched(draw: st.DrawFn, content: bytes) -> bytes:
    """Return a file of which some bytes are others."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 8))):
        changed[draw(st.integers(0, len(changed) - 1))] = draw(st.integers(0, 255))
    return bytes(changed)
