"""What stands in a workbook's own XML: however it is written there, nothing is read in two ways and nothing is lost."""

import re
import zipfile
from pathlib import Path

import pytest

from commands.prison_sheets import PrisonSheets
from databases import everything

HEADINGS = ("NOMS No", "Surname", "Forename", "Cell", "Date in")
ALDER = ("A1234BC", "Alder", "Sam", "B-1-001", "05/01/2026")
SHEET, BOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
END = b"</sheetData>"
SPREADSHEETS = Path(__file__).parent / "spreadsheets"


@pytest.fixture
def roll(tmp_path) -> Path:
    return PrisonSheets(tmp_path / "odd").workbook("roll.xlsx", Roll=(HEADINGS, ALDER))


def change(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Write other bytes into a part of a zip file."""
    with zipfile.ZipFile(path) as book:
        content = {name: book.read(name) for name in book.namelist()}
    assert old in content[part]
    content[part] = content[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, held in content.items():
            book.writestr(name, held)


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        b'<row r="5"><c r="XFD5"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        b'<row r="99999999999999999999"><c><v>1</v></c></row>',
        b'<row r="9"><c r="ZZZZZZZZZZ9"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_reaches_over_more_than_there_is_room_for_is_refused(kw, roll, database, far):
    change(roll, SHEET, END, far + END)

    said = kw(f"import {roll} --yes")

    assert said.code == 6
    assert "more than 20,000,000 cells" in said.err
    assert everything(database) == {}


@pytest.mark.parametrize(
    "repeated",
    [
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"'
        b' table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>',
        b'<table:table-row table:number-rows-repeated="30000000"><table:table-cell/></table:table-row>'
        b'<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
        b"</table:table-row>",
    ],
)
def test_a_table_in_which_one_cell_stands_for_more_than_there_is_room_for_is_refused(kw, tmp_path, database, repeated):
    path = tmp_path / "roll.ods"
    path.write_bytes((SPREADSHEETS / "roll FICTIONAL.ods").read_bytes())
    change(path, "content.xml", b"</table:table>", repeated + b"</table:table>")

    said = kw(f"import {path} --yes")

    assert said.code == 6
    assert "more than 20,000,000 cells" in said.err
    assert everything(database) == {}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (b"<c r='E3' t='e'><v>#N/A</v></c>", "#N/A is an error"),
        (b'<c t="e"><v>#REF!</v></c>', "#REF! is an error"),
        (b'<x:c xmlns:x="urn:x" r="E3" t="e"><x:v>#N/A</x:v></x:c>', "#N/A is an error"),
        (b"<c r='E3'><f>A1</f></c>", "a formula without a value"),
        (b'<c r="E3" t="str"><f>A1</f><v></v></c>', "a formula without a value"),
    ],
)
def test_an_error_or_a_missing_value_is_found_however_the_cell_is_written(kw, roll, database, cell, said):
    number = b'<c r="A3" t="inlineStr"><is><t>B2345CD</t></is></c><c r="B3" t="inlineStr"><is><t>Brook</t></is></c>'
    rest = b'<c r="C3" t="inlineStr"><is><t>Jo</t></is></c><c r="D3" t="inlineStr"><is><t>B-1-002</t></is></c>'
    change(roll, SHEET, END, b'<row r="3">' + number + rest + cell + b"</row>" + END)

    answer = kw(f"import {roll} --yes")

    assert (answer.code, said in answer.err, "line 3" in answer.err) == (6, True, True), answer.err
    assert everything(database) == {}


@pytest.mark.parametrize("cell", ["A1234BC", "ALDER", "Sam", "B-1-001", "05/01/26", "Bramley, Ruth", "05/05/26"])
def test_an_error_of_an_open_document_is_refused_and_clears_nothing(kw, tmp_path, database, cell):
    path = tmp_path / "roll.ods"
    path.write_bytes((SPREADSHEETS / "roll FICTIONAL.ods").read_bytes())
    kw(f"import {path} --yes")
    before = everything(database)
    error = b'<table:table-cell table:formula="of:=NA()" office:value-type="string"><text:p>#N/A</text:p>'
    content = zipfile.ZipFile(path).read("content.xml")
    begins = content.rindex(b"<table:table-cell", 0, content.index(f"<text:p>{cell}</text:p>".encode()))
    ends = content.index(b"</table:table-cell>", begins)
    change(path, "content.xml", content[begins:ends], error)

    said = kw(f"import {path} --yes")

    assert (said.code, "line 4" in said.err, "#N/A is an error of the spreadsheet" in said.err) == (6, True, True)
    assert everything(database) == before


@pytest.mark.parametrize("heading", HEADINGS)
def test_an_error_in_any_column_of_a_list_is_refused(kw, tmp_path, database, heading):
    def error(sheet, at, column):
        sheet.write_formula(at, column, "=NA()", None, "#N/A")

    row = [error if name == heading else cell for name, cell in zip(HEADINGS, ALDER, strict=True)]
    path = PrisonSheets(tmp_path / "odd").workbook("roll.xlsx", Roll=(HEADINGS, row))

    said = kw(f"import {path} --yes")

    assert (said.code, f"line 2, {heading}: #N/A is an error" in said.err) == (6, True), said.err
    assert everything(database) == {}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'),
        (SHEET, END, b""),
        (SHEET, b'encoding="UTF-8"', b'encoding="UTF-88"'),
        (SHEET, b'r="A1"', b'r="1A"'),
        (SHEET, b'r="A1"', b'r="\xc3\x841"'),
        (BOOK, b'name="Roll"', b'name="\x00"'),
        (BOOK, b"<sheet ", b"<sheet <"),
        (RELATIONS, b'Target="worksheets/sheet1.xml"', b'Target="../../../etc/passwd"'),
    ],
)
def test_what_is_not_written_as_a_workbook_is_refused(kw, roll, database, part, old, new):
    change(roll, part, old, new)

    said = kw(f"import {roll} --yes")

    assert (said.code, "is a workbook that is broken" in said.err) == (6, True), said.err
    assert everything(database) == {}


def test_a_part_that_is_larger_than_it_says_is_refused(kw, roll, database):
    with zipfile.ZipFile(roll) as book:
        said_size = book.getinfo("xl/sharedStrings.xml").file_size
    content = roll.read_bytes()
    size = said_size.to_bytes(4, "little")
    assert size in content
    roll.write_bytes(content.replace(size, (said_size - 9).to_bytes(4, "little")))

    assert kw(f"import {roll} --yes").code == 6
    assert everything(database) == {}


def test_a_binary_workbook_is_asked_for_in_a_form_whose_errors_can_be_seen(kw, tmp_path):
    path = tmp_path / "roll.xlsb"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.bin", b"")

    said = kw(f"import {path} --yes")

    assert (said.code, "save it as .xlsx" in said.err) == (6, True)


@pytest.mark.parametrize(
    ("at", "number"),
    [(30, 0xFF), (44, 0x7FFFFFFF), (64, 0x7FFFFFFF), (72, 0x7FFFFFFF), (48, 0x00FFFFFF)],
    ids=["sector size", "tables", "small sectors", "more tables", "folder"],
)
def test_an_old_workbook_that_says_to_be_larger_than_it_is_is_refused(kw, tmp_path, database, at, number):
    """The library that reads it would make room for all of that, and end the program."""
    path = tmp_path / "roll.xls"
    content = bytearray((SPREADSHEETS / "roll FICTIONAL.xls").read_bytes())
    content[at : at + 4] = number.to_bytes(4, "little")
    path.write_bytes(content)

    said = kw(f"import {path} --yes")

    assert (said.code, "is a workbook that is broken" in said.err) == (6, True), said.err
    assert everything(database) == {}


def test_an_old_workbook_whose_sheet_says_to_reach_over_more_than_there_is_room_for_is_refused(kw, tmp_path, database):
    path = tmp_path / "roll.xls"
    content = bytearray((SPREADSHEETS / "roll FICTIONAL.xls").read_bytes())
    extent = content.index(b"\x00\x02\x0e\x00") + 4
    content[extent : extent + 8] = bytes(4) + (0x7FFFFFFF).to_bytes(4, "little")
    path.write_bytes(content)

    assert kw(f"import {path} --yes").code == 6
    assert everything(database) == {}


def test_what_the_reading_library_says_of_its_own_code_is_not_shown(kw, tmp_path, capfd):
    """It stops where a sheet is said to begin behind the end."""
    path = tmp_path / "roll.xls"
    content = bytearray((SPREADSHEETS / "roll FICTIONAL.xls").read_bytes())
    begins = content.index(b"\x85\x00\x0c\x00") + 4
    content[begins : begins + 4] = (4_392_133).to_bytes(4, "little")
    path.write_bytes(content)

    said = kw(f"import {path} --yes")

    assert (said.code, "is not a spreadsheet that can be read" in said.err) == (6, True)
    assert capfd.readouterr() == ("", "")


def test_an_old_workbook_with_a_stream_that_is_longer_than_the_file_is_refused(kw, tmp_path, database):
    path = tmp_path / "roll.xls"
    content = bytearray((SPREADSHEETS / "roll FICTIONAL.xls").read_bytes())
    entry = content.index("Workbook".encode("utf-16-le"))
    content[entry + 120 : entry + 124] = (0x7FFFFFFF).to_bytes(4, "little")
    path.write_bytes(content)

    assert kw(f"import {path} --yes").code == 6
    assert everything(database) == {}


def test_an_old_workbook_with_a_cell_far_away_is_refused(kw, tmp_path, database):
    """Its sheet says nothing of it, and the library that reads it ends for want of memory."""
    path = tmp_path / "roll.xls"
    content = bytearray((SPREADSHEETS / "roll FICTIONAL.xls").read_bytes())
    cells = [found.start() for found in re.finditer(rb"\xfd\x00\x0a\x00", content)]
    content[cells[-1] + 4 : cells[-1] + 8] = b"\xff\xff\xff\xff"
    path.write_bytes(content)

    said = kw(f"import {path} --yes")

    assert (said.code, "is a workbook that is broken" in said.err) == (6, True), said.err
    assert everything(database) == {}
