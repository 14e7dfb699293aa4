"""Roles on the server that the tests are run on: one without rights, one that reads, one that writes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from os import getpid
from pathlib import Path

import pytest
from sqlalchemy import make_url

from databases import ask_server
from keyworker_cli.rules.database.server_address import ServerAddress

PAGE = Path(__file__).parents[2] / "src/keyworker_cli/topics/server.md"
PASSWORD = "Sesame-and/or:lilies@7"
_numbers = count()


@contextmanager
def a_role() -> Iterator[str]:
    """Make a role with a password, and drop it."""
    name = f"kw_test_role_{getpid()}_{next(_numbers)}"
    ask_server(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    try:
        yield name
    finally:
        ask_server(f"DROP ROLE {name}")


@pytest.fixture
def role(database: ServerAddress) -> Iterator[str]:
    """A role that may come in, and nothing else."""
    with a_role() as name:
        yield name
        ask_server(f"DROP OWNED BY {name}", database)


@pytest.fixture
def address_of(database: ServerAddress) -> Callable[..., str]:
    """How this test's database is named for a role, with a password or without."""

    def address(role: str, password: str | None = None) -> str:
        url = make_url(database.url)
        return url.set(username=role, password=password).render_as_string(hide_password=False)

    return address


@pytest.fixture
def reader(role: str, database: ServerAddress) -> str:
    """A role that may read everything and write nothing, made as the page on servers says."""
    return _granted("kw_reader", role, database)


@pytest.fixture
def writer(role: str, database: ServerAddress) -> str:
    """A role that may record and change, and take nothing away, made as the page on servers says."""
    return _granted("kw_writer", role, database)


def _granted(named: str, role: str, database: ServerAddress) -> str:
    grants = re.findall(rf"GRANT [^;]* TO {named};", PAGE.read_text(encoding="utf-8"))
    assert grants
    ask_server("".join(grants).replace(named, role), database)
    return role
