"""The topics are true: what they say of codes, columns, settings and priorities is what the code has."""

import ast
import re
from pathlib import Path

import pytest

from keyworker_cli.command_line.index import read_index
from keyworker_cli.reports.question import TOPICS
from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.codes.signals import DerivedMarker, Topic
from keyworker_cli.rules.files.kinds import OF_SESSIONS, RECORDED, SHEETS
from keyworker_cli.rules.markers.table import FAMILIES, KINDS
from keyworker_cli.rules.settings import ALLOWED, default_of

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "src/keyworker_cli/topics").glob("*.md")}
NAME = r"[a-z]+(?:-[a-z]+)*"
WIDTH = 80
ANYWHERE = {*read_index()["everywhere"], "--help"}
CONCERN = re.compile(r"^    (?P<code>[A-Z_]{3,})(?P<derived> \*)? +(?P<words>.+)$", re.MULTILINE)


def unfenced(page: str) -> str:
    """A page without the answers in it, which belong to the programs that gave them."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE)


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_begins_with_its_name_and_what_it_is_about(name) -> None:
    title = PAGES[name].splitlines()[0]

    assert re.fullmatch(rf"# {name}: .+", title)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_fits_a_terminal_of_80_columns(name) -> None:
    assert [line for line in unfenced(PAGES[name]).splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_sends_its_reader_only_to_pages_that_are_there(name) -> None:
    page = folded(PAGES[name])
    (further,) = re.findall(rf"See also: ((?:{NAME}(?:, )?)+)\.$", page)

    named = {*further.split(", "), *re.findall(rf"`kw help ({NAME})`", page)}

    assert named <= PAGES.keys() - {name}


@pytest.mark.parametrize("name", [*sorted(PAGES), "README", "CONTRIBUTING", "SECURITY"])
def test_a_page_names_only_commands_and_options_that_there_are(name) -> None:
    page = PAGES[name] if name in PAGES else (ROOT / f"{name}.md").read_text(encoding="utf-8")
    for line in re.findall(r"`kw ([a-z-]+[^`]*)`", unfenced(page)):
        words, node = line.split(), read_index()
        while words and words[0] in node["commands"]:
            node = node["commands"][words.pop(0)]

        assert len(words) < len(line.split()), f"no such command: {line}"
        assert {word for word in words if re.fullmatch(r"--[a-z-]+", word)} <= {*node["options"], *ANYWHERE}, line


def test_the_readme_names_every_topic_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## Read on")[2]

    assert set(re.findall(rf"(?<=`)({NAME})(?=`)", table)) == PAGES.keys()
    assert set(re.findall(rf"`kw help ({NAME})`", readme)) <= PAGES.keys()


@pytest.mark.parametrize(("name", "most"), [("README.md", 10_000), ("CONTRIBUTING.md", 8_000)])
def test_what_a_stranger_reads_first_is_short(name, most) -> None:
    assert len((ROOT / name).read_bytes()) < most


# --- what points to a page points to one that is there ---

POINTER = re.compile(rf"\bhelp:\s+({NAME}(?:,\s+{NAME})*)")
OUTSIDE = re.compile(r"\b(?:DOM" r"AIN|INTER" r"FACE|REC" r"IPES|ARCHI" r"TECTURE)\b")
"""Papers the project once pointed to, which its readers do not have."""
WRITTEN = [
    *(path for folder in ("src", "tests", ".ci") for path in (ROOT / folder).rglob("*") if path.is_file()),
    *ROOT.glob("*.md"),
    ROOT / "pyproject.toml",
]


def written() -> list[tuple[Path, str]]:
    """Every text of the project, by its path."""
    found = []
    for path in WRITTEN:
        if "__pycache__" not in path.parts and path.suffix in (
            "",
            ".j2",
            ".json",
            ".md",
            ".py",
            ".sql",
            ".toml",
            ".txt",
        ):
            found.append((path.relative_to(ROOT), path.read_text(encoding="utf-8")))
    return found


def test_every_docstring_and_comment_points_to_pages_that_are_there() -> None:
    pointers = [
        (path.as_posix(), name)
        for path, text in written()
        if path.suffix == ".py"
        for names in POINTER.findall(text)
        for name in re.findall(NAME, names)
    ]

    assert len(pointers) > len(PAGES)
    assert [(path, name) for path, name in pointers if name not in PAGES] == []


def test_every_report_names_a_page_that_explains_it() -> None:
    named = {
        node.args[0].value
        for path in (ROOT / "src/keyworker_cli/reports").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "report"
        if node.args and isinstance(node.args[0], ast.Constant)
    }

    assert named == TOPICS.keys()
    assert set(TOPICS.values()) <= PAGES.keys()


def test_no_text_points_to_a_paper_that_is_not_in_the_project() -> None:
    assert [(path.as_posix(), found) for path, text in written() for found in OUTSIDE.findall(text)] == []


# --- what the pages say is what the code has ---


def test_concerns_has_every_concern_with_its_priority_and_days() -> None:
    said = {found["code"]: found for found in CONCERN.finditer(PAGES["concerns"])}

    assert set(said) == set(KINDS)
    for code, kind in KINDS.items():
        words = said[code]["words"]
        highest = kind.early.tier if code == "SEG" and kind.early else kind.tier
        assert words.startswith(str(highest) if highest else "a warning")
        assert bool(said[code]["derived"]) is (code in DerivedMarker.__members__)
        if kind.days is not None:
            assert re.search(rf"\b{kind.days}\b", words)


def test_concerns_has_every_family_and_what_ends_with_the_stay() -> None:
    page = folded(PAGES["concerns"])

    for family, members in FAMILIES.items():
        (listed,) = re.findall(rf"{family} \(([A-Z_, ]+)\)", page)
        assert set(listed.split(", ")) == members
    (ending,) = re.findall(r"([A-Z_, ]+ and [A-Z_]+) end with the stay", page)
    assert set(re.findall(r"[A-Z_]{3,}", ending)) == {code for code, kind in KINDS.items() if kind.of_stay}


def test_settings_has_every_setting_with_its_default() -> None:
    rows = re.findall(r"^    ([a-z_.0-9]+)  +(.+?)(?:  |$)", PAGES["settings"], re.MULTILINE)

    assert rows == [(key, str(default_of(key))) for key in ALLOWED if default_of(key) != ""]


TRAVELS = ("recorded_at", "imported_at", "said_before")


def test_files_has_every_file_and_column() -> None:
    listing = PAGES["files"].partition("the bar.\n")[2].partition("\n\nEvery file")[0]
    said: dict[str, str] = {}
    for line in listing.splitlines():
        start = re.match(r"    ([a-z_]+)  +(.*)", line)
        name = start[1] if start else list(said)[-1] if said else ""
        if name:
            said[name] = f"{said.get(name, '')} {start[2] if start else line}"

    assert list(said) == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        names = set(re.findall(r"[a-z_]+\*?", said[sheet.name].partition(":")[0]))
        own = [column for column in sheet.columns if column not in RECORDED and column.name not in TRAVELS]
        if sheet in OF_SESSIONS:  # `by` is who recorded it
            assert {f"{c.name}{'*' * c.required}" for c in own if c.own and c.name != "by"} <= names
            continue
        assert names == {f"{column.name}{'*' * column.required}" for column in own}


def test_files_names_the_files_of_which_there_is_no_example() -> None:
    (named,) = re.findall(r"an example of each file but (.+?);", folded(PAGES["files"]))

    lacking = {f"{sheet.name}.csv" for sheet in SHEETS if not (ROOT / f"sample_data/{sheet.name}.csv").exists()}
    assert set(re.findall(r"[a-z_]+\.csv", named)) == lacking


CODES = (
    *(codes.ArrivalType, codes.DepartureReason, codes.AbsenceReason, codes.SessionType, codes.Outcome, codes.Mode),
    *(codes.SlotStatus, codes.LossReason, codes.AllocationReason, codes.Contribution, codes.NeedOutcome),
    *(codes.StaffStatus, codes.EndReason, codes.KeyWorkerSaid, codes.LastTalkSaid, Topic),
)


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_codes_has_every_code(kind) -> None:
    said = set(re.findall(r"[A-Z_]{2,}", PAGES["codes"]))

    assert {code.value for code in kind} <= said
