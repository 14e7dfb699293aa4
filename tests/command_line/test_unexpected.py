"""An error that nobody foresaw: said as what it is, whatever there is or is not beside it."""

import pytest

LIST = 'Number,Name,Cell\nA1234BC,"Penhale, Mitchell",B-1-001\nB2345CD,"Hale, Tom",B-1-002\nC3456DE,"Ray, Jo",B-1-003\n'


@pytest.mark.parametrize("there", [False, True])
def test_it_is_told_as_a_bug_and_never_as_a_database_that_is_not_there(there, kw, tmp_path) -> None:
    """Whoever is asked gives no answer at all, which nothing foresees."""
    (tmp_path / "unit.csv").write_text(LIST, encoding="utf-8")
    if there:
        kw("init")

    said = kw(f"import {tmp_path / 'unit.csv'}", answers=[])

    assert (said.code, "kw: something unexpected happened (StopIteration)" in said.err) == (1, True), said.err
