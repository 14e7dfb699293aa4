"""Several prisons in the schemas of one database: each its own, none in another's, and one report of all of them."""

import pytest

from databases import ask_server
from factories import Prison
from keyworker_cli.rules.database.server_address import ServerAddress


@pytest.fixture
def schemas(database) -> dict[str, ServerAddress]:
    """Two prisons in one database, each in a schema of its own, with one prisoner each."""
    addresses = {name: ServerAddress.read(f"{database.url}?schema={name}") for name in ("alpha", "beta")}
    for number, address in zip(("A1234BC", "B1234BC"), addresses.values(), strict=True):
        prison = Prison(address)
        prison.prisoner(number, arrived="2026-01-05")
        prison.store.close()
    return addresses


def in_schema(database, name: str) -> str:
    return f"{database.url}?schema={name}"


def test_init_makes_the_schema_and_says_where(kw, database) -> None:
    said = kw(["init", "--db", in_schema(database, "alpha")])

    assert (said.code, said.out) == (0, f"made {database}?schema=alpha\n")
    assert ask_server("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database) == [(0,)]


def test_each_prison_sees_its_own_and_writes_to_its_own(kw, schemas, database) -> None:
    alpha, beta = (in_schema(database, name) for name in schemas)
    kw(["config", "set", "gap.days", "9", "--db", alpha])

    assert "A1234BC" in kw(["overdue", "--db", alpha]).out
    assert "A1234BC" not in kw(["overdue", "--db", beta]).out
    assert kw(["config", "get", "gap.days", "--db", alpha]).out == "9\n"
    assert kw(["config", "get", "gap.days", "--db", beta]).out == "7\n"
    assert kw(["query", "SELECT prison_number FROM v_gap", "--format", "csv", "--db", beta]).out.splitlines() == [
        "prison_number",
        "B1234BC",
    ]


@pytest.mark.parametrize(
    "line", ["audit verify", "doctor", "overdue --known-at 2026-05-12T08:00", "timeline A1234BC", "briefing"]
)
def test_everything_that_names_the_schema_itself_finds_the_right_one(line, kw, schemas, database) -> None:
    assert kw([*line.split(), "--db", in_schema(database, "alpha")]).code == 0


def test_one_report_of_all_of_them(kw, schemas, database, tmp_path) -> None:
    prisons = tmp_path / "prisons.toml"
    prisons.write_text("[prisons]\n" + "".join(f'{name} = "{in_schema(database, name)}"\n' for name in schemas))

    said = kw(f"group overdue --prisons {prisons} --format csv")

    assert said.code == 0
    assert [line.split(",")[:2] for line in said.out.splitlines()[1:]] == [["A1234BC", "alpha"], ["B1234BC", "beta"]]


def test_a_schema_that_is_not_there_has_no_tables(kw, schemas, database) -> None:
    said = kw(["overdue", "--db", in_schema(database, "gamma")])

    assert (said.code, "kw init makes them" in said.err) == (7, True)


@pytest.mark.parametrize("name", ["Alpha", "a-b", "pg_temp", "", "a;DROP", "a%22", "x" * 64])
def test_a_name_that_would_need_quotes_is_refused(name, kw, database) -> None:
    assert kw(["overdue", "--db", in_schema(database, name)]).code == 2


def test_an_older_schema_is_brought_up_to_date_where_it_is(kw, schemas, database) -> None:
    ask_server("UPDATE alpha.alembic_version SET version_num = '0001'", database)

    assert kw(["overdue", "--db", in_schema(database, "alpha")]).code == 7
    assert kw(["overdue", "--db", in_schema(database, "beta")]).code == 0
