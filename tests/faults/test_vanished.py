"""A file or a folder that somebody takes away while it is used: it is named, and nothing is made in its place."""

from pathlib import Path

import pytest

from faults.demo_prison import NOW, WRITES, demo_at
from faults.whole import contents

pytestmark = pytest.mark.sqlite_file
STATEMENTS = range(1, 32, 3)


@pytest.mark.parametrize("what", ["the file", "the folder"])
@pytest.mark.parametrize("line", ["overdue", WRITES[0]], ids=["reading", "writing"])
def test_at_every_third_statement(what, line, tmp_path, loaded) -> None:
    for statement in STATEMENTS:
        folder = tmp_path / f"shelf-{statement}"
        folder.mkdir()
        database = demo_at(folder / "kw.db")
        gone = database if what == "the file" else folder
        ended = loaded.start(line, database=database, now=NOW, gone_at=[statement, str(gone)]).wait()

        assert "Traceback" not in ended.err
        assert ended.code in (0, 7), ended
        if ended.code == 7:
            assert [text.partition(": ")[0] for text in ended.err.splitlines()[-2:]] == ["kw", "hint"]
        away = Path(f"{gone}.away")
        if away.exists():
            assert not database.exists(), "nothing was made in its place"
            contents(away if what == "the file" else away / "kw.db")
