"""What the rules of import say of a single row, they say of no row of a fictional prison (help: files)."""

from datetime import date

from fiction.prison_files import PrisonFiles, Row
from keyworker_cli.rules.files.cells import LATER, ImportContext
from keyworker_cli.rules.files.kinds import SHEETS, Sheet
from keyworker_cli.rules.stays.places import check_location
from keyworker_cli.rules.typed import check_wing

TODAY = date(2026, 5, 13)


def known_to(prison: PrisonFiles) -> ImportContext:
    """Who is who and when each prisoner was here, as the import knows it once it has read the roll and the staff."""
    people, stays = {}, {}
    for person, (number, rows) in enumerate(prison.stays_of.items()):
        people[number] = person
        people |= {old: person for row in rows for old in row["also_known_by"].split(";") if old}
        stays[person] = [(row["arrived_on"], row["left_on"] or LATER) for row in rows]
    workers = {staff_id: number for number, staff_id in enumerate(prison.officers)}
    return ImportContext(TODAY, people, workers, stays)


def faults_of(sheet: Sheet, rows: list[Row], world: ImportContext) -> list[object]:
    readers = [(column.name, column.reader(world)) for column in sheet.columns]
    check = sheet.checker(world)
    faults = ((fault, row) for row in rows for fault in check([read(row.get(name, "")) for name, read in readers]))
    return list(faults)


def test_every_row_is_one_that_an_import_takes(prison_files: PrisonFiles) -> None:
    world = known_to(prison_files)
    for sheet in SHEETS:
        assert faults_of(sheet, prison_files.rows(sheet.name), world) == [], sheet.name


def test_every_column_is_one_that_an_import_knows_by_this_name(prison_files: PrisonFiles) -> None:
    for sheet in SHEETS:
        for row in prison_files.rows(sheet.name)[:1]:
            assert set(row) <= {column.name for column in sheet.columns}


def test_the_wings_of_many_prisons_in_one_file_are_wings_and_locations() -> None:
    assert check_wing("001E") == "001E"
    assert check_location("120B-4-030") == "120B-4-030"
