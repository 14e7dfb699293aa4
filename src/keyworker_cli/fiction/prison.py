"""A prison of the size asked for, written to a directory with the answers that must come out of it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.fiction.answers import demo_overdue, people, small_prison_answers
from keyworker_cli.fiction.moments import AS_OF
from keyworker_cli.fiction.records import MANAGER_LOGIN
from keyworker_cli.fiction.sheets import FICTIONAL, Sheets
from keyworker_cli.fiction.small_prison import write_small_prison

SIZES: Final = ("demo", "standard", "large", "national")
PRISON: Final[Mapping[str, str]] = {"prison.code": "FGX", "prison.name": "HMP Fellgate (FICTIONAL)"}


def write_prison(size: str, directory: Path, *, seed: int = 2018, years: int = 1) -> dict[str, object]:
    """Write a prison's files to a directory and return its known answers, which stand beside them in `expected.json`.

    `years` is the history before Tue 12 May 2026 of the three larger sizes; the demo has its own. Raises `UsageError`
    for a size there is not, and `RefusedError` for a directory of records that are not marked as fictional.
    """
    if size not in SIZES:
        raise UsageError(f"there is no size {size!r}", f"the sizes are: {', '.join(SIZES)}")
    with Sheets(directory) as sheets:
        for key, value in PRISON.items():
            sheets.add("settings", key=key, value=value, recorded_by=MANAGER_LOGIN)
        write_small_prison(sheets, seed)
    answers: dict[str, object] = {
        "fictional": FICTIONAL,
        "as_of": str(AS_OF),
        "size": size,
        "seed": seed,
        "rows": sheets.written,
        "people": people(),
        "overdue": demo_overdue(),
        "plants": small_prison_answers(),
    }
    text = json.dumps(answers, indent=2, ensure_ascii=False)
    (directory / "expected.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return answers
