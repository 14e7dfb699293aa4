"""The address of a server: read as PostgreSQL's own programs read it, shown without what is secret."""

import pytest

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.database.server_address import ServerAddress


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("postgresql+psycopg://kw:secret@db.example:5433/fellgate", "postgresql://kw@db.example:5433/fellgate"),
        ("postgresql://kw@db.example/fellgate?sslmode=require", "postgresql://kw@db.example/fellgate"),
        ("postgresql://db.example/fellgate?user=kw&password=secret", "postgresql://db.example/fellgate"),
        ("postgresql://kw:se%40cret@[::1]:5432/fell%20gate", "postgresql://kw@[::1]:5432/fell gate"),
        ("postgresql+psycopg://?service=fellgate", "postgresql:///"),
        ("postgresql://", "postgresql:///"),
    ],
)
def test_an_address_is_shown_without_password_and_parameters(typed, shown) -> None:
    address = ServerAddress.read(typed)

    assert (str(address), "secret" in repr(address)) == (shown, False)
    assert address.url == "postgresql+psycopg://" + typed.partition("://")[2]


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://kw:sec@ret@host/db",
        "postgresql://kw:sec/ret@host/db",
        "postgresql://kw:sec?ret@host/db",
        "postgresql://kw:sec#ret@host/db",
        "postgresql://host:secret/db",
        "mysql://kw:secret@host/db",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(typed) -> None:
    with pytest.raises(UsageError) as told:
        ServerAddress.read(typed)

    said = told.value.message + told.value.hint
    assert [part for part in ("sec", "ret", "host/") if part in said] == []
