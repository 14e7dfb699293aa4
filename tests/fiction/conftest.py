"""The demo prison and the standard one, each written once for all tests of this directory."""

import pytest

from fiction.prison_files import PrisonFiles
from keyworker_cli.fiction import write_prison


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> PrisonFiles:
    directory = tmp_path_factory.mktemp("demo")
    write_prison("demo", directory)
    return PrisonFiles(directory)


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> PrisonFiles:
    directory = tmp_path_factory.mktemp("standard")
    write_prison("standard", directory)
    return PrisonFiles(directory)


@pytest.fixture(params=["demo", "standard"])
def prison_files(request: pytest.FixtureRequest) -> PrisonFiles:
    """Both prisons, one after the other."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, PrisonFiles)
    return found
