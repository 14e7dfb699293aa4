"""Every write answers alike: in a dry run in the conditional, with nothing saved; in JSON with the same keys."""

import json

import pytest

from databases import everything
from factories import world

WRITES = [
    "prisoner add C3456DE --last-name New --first-name Tom --arrived today --location B-1-001",
    "prisoner move A1234BC SEG",
    "prisoner leave A1234BC --reason DIED",
    "prisoner leave A1234BC --reason RELEASE",
    "prisoner leave B2345CD --undo --why mistake",
    "prisoner return B2345CD --location B-1-002",
    "prisoner away A1234BC --reason COURT",
    "prisoner away D4567EF --back",
    "prisoner exclude A1234BC --reason complex",
    "prisoner merge A1234BC E5678FG --why fingerprints",
    "event add A1234BC SELF_HARM",
    "event end D4567EF DEBT",
    "worker add NEWMAN --last-name Newman --first-name Alex",
    "worker status SHAH leave --return +15d",
    "worker capacity SHAH 1",
    "rota publish SHAH --on thu --from 09:00 --to 11:15",
    "rota worked SHAH",
    "rota worked --all --yes",
    "rota lose SHAH --reason STAFFING",
    "rota lose REED --reason SICK --yes",
    "acct open A1234BC",
    "acct close D4567EF",
    "acct review D4567EF --held today --invited yes --contribution wrote",
    'need add A1234BC "phone PIN; Officer Shah; fri"',
    "need done D4567EF",
    "log-session A1234BC --minutes 45 --by SHAH --on yesterday --topics FAMILY",
    "log-session A1234BC --refused --by REED --on yesterday",
    "note A1234BC --note 'He asked about home.'",
    "amend-session A1234BC --minutes 30 --why mistyped",
    "amend-session A1234BC --void --why 'another prisoner'",
    "allocate --yes",
    "allocate D4567EF --to REED",
    "allocate A1234BC --to REED",
    "deallocate A1234BC --reason MANUAL",
    "caseload SHAH --acknowledge",
    "plan --save",
    "config set gap.days 10",
]


GROUPS = ("prisoner", "event", "worker", "rota", "acct", "need", "config")


@pytest.fixture
@world
def wing(prison):
    """A wing with something to be changed of every kind."""
    prison.officer("SHAH")
    prison.officer("REED")
    prison.prisoner("A1234BC", name="Sam Example", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-04")
    prison.prisoner("B2345CD", name="Ben Ash", arrived="2026-01-05")
    prison.left("B2345CD", "2026-05-01")
    prison.prisoner("D4567EF", name="Dan Low", arrived="2026-02-02")
    prison.away("D4567EF", "2026-05-06")
    prison.event("D4567EF", "DEBT", "2026-05-02")
    prison.prisoner("E5678FG", name="Sam Example", arrived="2025-01-05")
    prison.left("E5678FG", "2025-02-01")
    prison.slot("SHAH", "2026-05-12")
    prison.slot("REED", "2026-05-12", status="WORKED")
    prison.acct("D4567EF", "2026-05-03")
    prison.review("D4567EF", "2026-05-10")
    prison.need("D4567EF", "2026-05-04", "see the chaplain")
    return prison


@pytest.mark.parametrize("line", WRITES)
def test_a_dry_run_saves_nothing_and_claims_nothing(kw, wing, line) -> None:
    before = everything(wing.address)

    told = kw(f"{line} --dry-run")

    assert told.code == 0, told.err
    assert told.err.endswith("nothing saved: --dry-run\n")
    assert everything(wing.address) == before
    for done in json.loads(kw(f"{line} --format json").out)["changes"]:
        assert not set(done["text"].splitlines()) & set(told.out.splitlines()), "what was not done is not said as done"


@pytest.mark.parametrize("line", WRITES)
def test_a_dry_run_in_json_tells_what_would_be_changed(kw, wing, line) -> None:
    before = everything(wing.address)

    answer = json.loads(kw(f"{line} --dry-run --format json").out)

    assert answer["command"] == f"kw {' '.join(line.split()[: 2 if line.startswith(GROUPS) else 1])}"
    assert answer["saved"] is False
    assert answer["changes"]
    assert all("would" in change["text"].lower() for change in answer["changes"])
    assert everything(wing.address) == before


@pytest.mark.parametrize("line", WRITES)
def test_a_write_in_json_tells_what_was_changed(kw, wing, line) -> None:
    before = everything(wing.address)

    answer = json.loads(kw(f"{line} --format json").out)

    assert answer["saved"] is True
    assert isinstance(answer["warnings"], list)
    for change in answer["changes"]:
        assert {"action", "kind", "key", "fields", "text"} == change.keys()
        assert "would" not in change["text"].lower()
    assert everything(wing.address) != before


NOT_TO_BE_SHOWN = {
    "--sort nothing": 2,
    "--fields nothing": 2,
    "--output {folder}/nowhere/a.csv": 4,
    "--output {folder}": 2,
    "--output {folder}/kw.key": 2,
    "--output {folder}/a.csv/b.csv": 4,
    "--format ics": 2,
}
"""What an answer cannot be given as, or where, and what that ends with."""


@pytest.mark.parametrize(
    "line", ["allocate --yes", "allocate D4567EF --to REED", "plan --save", "caseload SHAH --acknowledge"]
)
def test_what_could_not_be_shown_is_refused_before_it_is_saved(kw, wing, line, tmp_path) -> None:
    (tmp_path / "kw.key").write_text("0a1b" * 16 + "\n")
    (tmp_path / "a.csv").write_text("x\n")
    before = everything(wing.address)

    for how, code in NOT_TO_BE_SHOWN.items():
        if line.startswith("plan") and how == "--format ics":
            continue  # which a plan has
        said = kw(f"{line} {how.format(folder=tmp_path)}")
        assert (how, said.code, everything(wing.address) == before) == (how, code, True), said.err


def test_what_was_saved_is_said_to_be_where_it_could_not_be_written_down(kw, wing, tmp_path) -> None:
    said = kw("plan --save --format csv --output /dev/full")

    assert (said.code, said.err.splitlines()[-2:]) == (
        1,
        [
            "kw: it was saved, but /dev/full was not written: No space left on device.",
            "hint: kw audit list shows it.",
        ],
    )


@pytest.fixture
def folder(kw, wing, tmp_path):
    """A folder with a backup in it, made before something was changed."""
    folder = tmp_path / "files"
    folder.mkdir()
    kw(f"backup {folder}/old.backup")
    kw("prisoner move A1234BC C-1-001")
    (folder / "rota.csv").write_text("staff_id,date,start,end\nSHAH,2026-05-15,14:00,16:15\n")
    (folder / "prisoners.csv").write_text(
        "prison_number,arrived_on,last_name,first_name,location\nA1234BC,2026-01-05,Example,Sam,C-1-002\n"
    )
    return folder


@pytest.mark.sqlite_file  # what is done with files
@pytest.mark.parametrize(
    "line",
    [
        "init --db {folder}/new.db",
        "init --encrypt --db {folder}/new.db",
        "backup {folder}/new.backup",
        "restore {folder}/old.backup --yes",
        "export {folder}/out",
        "export {folder}/out --prisoner A1234BC",
        "import {folder}/rota.csv",
        "import --roll {folder}/prisoners.csv --yes",
        "config encrypt",
    ],
)
def test_a_dry_run_writes_no_file_and_says_which_it_would_write(kw, wing, folder, key_file, line) -> None:
    typed = line.format(folder=folder)
    held, there = everything(wing.address), sorted(folder.rglob("*"))

    dry, data = kw(f"{typed} --dry-run"), json.loads(kw(f"{typed} --dry-run --format json").out)

    assert dry.code == 0
    assert dry.err.endswith("nothing saved: --dry-run\n")
    assert data["saved"] is False
    assert all("would" in change["text"].lower() for change in data["changes"])
    assert (everything(wing.address), sorted(folder.rglob("*"))) == (held, there)
    done = json.loads(kw(f"{typed} --format json").out)
    assert done["saved"] is True
    assert not {change["text"] for change in done["changes"]} & set(dry.out.splitlines())


@pytest.mark.parametrize("line", ["prisoner move A1234BC B-2-014", "event add D4567EF DEBT --on 2026-05-02"])
def test_a_write_with_nothing_to_change_says_so(kw, wing, line) -> None:
    answer = json.loads(kw(f"{line} --format json").out)

    assert (answer["saved"], answer["changes"]) == (False, [])
    assert "othing" in " ".join(answer["answer"])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("prisoner move Z9999ZZ SEG --format json", 4),
        ("prisoner leave A1234BC --reason bored --format=json", 2),
        ("prisoner move --format json", 2),
        ("overdu --format json", 2),
        ("overdue --wing Q --limit x --format json", 2),
        ("prisoner return A1234BC --format json", 5),
    ],
)
def test_an_error_is_told_in_json_where_json_is_asked_for(kw, wing, line, code) -> None:
    told = kw(line)

    error = json.loads(told.err)
    assert (told.code, told.out) == (code, "")
    assert error.keys() == {"error", "hint", "details", "exit"}
    assert error["exit"] == code


def test_a_write_takes_no_other_format(kw, wing) -> None:
    told = kw("prisoner move A1234BC SEG --format csv")

    assert told.code == 2
    assert "table, json" in told.err
