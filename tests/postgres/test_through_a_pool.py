"""Through a pool that gives each transaction whichever connection is free (PgBouncer), everything works as without."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import make_url

from databases import everything
from keyworker_cli.rules.database.server_address import ServerAddress

POOL = os.environ.get("KW_TEST_POOL")
"""HOST:PORT of a pool before the server that the tests are run on."""


@pytest.fixture
def pool(database) -> str:
    """The address of the test's database by way of the pool, in a schema of its own."""
    host, _, port = str(POOL).partition(":")
    url = make_url(database.url).set(host=host, port=int(port)).render_as_string(hide_password=False)
    return f"{url}?schema=alpha"


def test_a_prison_is_made_filled_asked_and_changed(kw, pool) -> None:
    given = {"KW_DB": pool}

    assert kw("init", **given).code == 0
    for _ in range(2):
        assert kw("import sample_data --yes", **given).code == 0
    before = everything(ServerAddress.read(pool))
    for line in (
        *("overdue", "briefing", "stats", "doctor", "audit verify", "plan", "overdue --known-at 2026-05-01"),
        "query 'SELECT count(*) FROM v_session'",
    ):
        said = kw(f"{line} --as-of 2026-05-12", **given)
        assert (said.code, "kw:" in said.err) == (0, False), said.err
    assert everything(ServerAddress.read(pool)) == before
    for hour in range(8, 18):
        line = f"log-session F1003KC --by PQ01 --minutes 15 --on 2026-05-11 --start {hour:02}:00 --as-of 2026-05-12"
        assert kw(line, **given).code == 0
    assert kw("allocate --yes --as-of 2026-05-12", **given).code == 0
    assert kw("audit verify", **given).code == 0


def test_many_who_share_few_connections_all_get_through(kw, pool) -> None:
    given = {"KW_DB": pool}
    kw("init", **given)

    with ThreadPoolExecutor() as people:
        said = list(people.map(lambda days: kw(f"config set gap.days {days}", **given), range(5, 25)))

    assert [one.code for one in said] == [0] * 20
    assert kw("audit verify", **given).code == 0


def test_nothing_of_one_prison_is_left_on_a_connection_for_the_next(kw, pool) -> None:
    other = pool.replace("alpha", "beta")
    for address in (pool, other):
        kw("init", KW_DB=address)
    kw("config set gap.days 9", KW_DB=pool)

    for _ in range(6):
        assert kw("config get gap.days", KW_DB=pool).out == "9\n"
        assert kw("config get gap.days", KW_DB=other).out == "7\n"
        assert "there are no tables of kw" in kw("overdue", KW_DB=pool.partition("?")[0]).err
