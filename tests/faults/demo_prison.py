"""The demo prison as a file, and a line for each command that writes, all of which it takes."""

import shlex
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import MORNING
from keyworker_cli.cli import Environment, main

NOW = MORNING.isoformat()
"""The morning of the demo prison's day."""

WRITES = [
    "log-session F1003KC --minutes 45 --by PQ01 --on yesterday --topics FAMILY",
    "note F1003KC --note 'He spoke of his mother.'",
    "amend-session F1003KC --minutes 40 --why 'typed 30 by mistake'",
    "allocate --yes",
    "deallocate F1003KC",
    "caseload BR02 --acknowledge",
    "plan --date tomorrow --save",
    "need add F1003KC 'phone PIN for his partner; Officer Shah; fri'",
    "need done F1003KC chaplaincy",
    "event add A1001AA DEBT --suspected",
    "event end F1003KC BASIC --on today",
    "acct open F1003KC",
    "acct close X1016YR --review-due +7d",
    "acct review X1016YR --held today --invited yes --contribution attended",
    "rota publish OK04 --weekly 'tue 09:00-11:15' --until +4w",
    "rota worked --all --on 30/4/2026 --yes",
    "rota lose OK04 --reason STAFFING --on today",
    "prisoner add G1099XY --last-name Example --first-name Sam --arrived yesterday --location B-2-014",
    "prisoner move thackray B-2-014",
    "prisoner leave thackray --reason RELEASE",
    "prisoner return B1027JB --location B-2-011",
    "prisoner away thackray --reason HOSPITAL --to +3d",
    "prisoner exclude thackray --reason 'seen by a dedicated team'",
    "prisoner merge M1007PG A1026HA --why 'one prisoner: fingerprints at reception'",
    "worker add NEWMAN --last-name Newman --first-name Alex --wing B --capacity 6",
    "worker capacity PQ01 8",
    "worker status PQ01 leave --from tomorrow --return +15d",
    "config set gap.days 10",
    "import {folder}",
]


BEFORE = [
    "log-session F1003KC --minutes 20 --by PQ01 --on today --start 07:00",
    "allocate R1019BA --to BR02",
]
"""What was typed that morning: a note is due, and a key worker has not acknowledged a prisoner."""


def demo_at(path: Path) -> Path:
    """Put the demo prison's database there."""
    path.touch(mode=0o600)
    path.write_bytes(demo_file())
    return path


@cache
def demo_file() -> bytes:
    """The demo prison's database, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        said = StringIO()
        there = Environment(MORNING, said, said, {"KW_DB": str(path), "KW_USER": "tester"})
        for line in (f"demo --db {path}", *BEFORE):
            assert main(shlex.split(line), there) == 0, said.getvalue()
        return path.read_bytes()
