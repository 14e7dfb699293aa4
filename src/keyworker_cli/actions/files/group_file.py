"""Which prisons a group is of: a TOML file with a name and a database for each."""

from pathlib import Path

from keyworker_cli.actions.files.reading.text_file import written_toml
from keyworker_cli.errors import BadInputError, UsageError
from keyworker_cli.rules.database.server_address import ServerAddress

_WAY_OUT = 'write for example: [prisons], and under it Fellgate = "fellgate.db"'


def read_prisons(file: Path) -> dict[str, Path | ServerAddress]:
    """Return each prison's database by its name, in the order of the file; a path is meant from the file's folder.

    Raises as `written_toml`, and `BadInputError` for a file that names none.
    """
    named = written_toml(file, way_out=_WAY_OUT).get("prisons", {})
    if not isinstance(named, dict) or not named or not all(isinstance(one, str) and one for one in named.values()):
        raise BadInputError(f"{file} names no prisons.", _WAY_OUT)
    return {name: _database(where, file) for name, where in named.items()}


def _database(where: str, file: Path) -> Path | ServerAddress:
    if "://" not in where:
        return file.parent / Path(where).expanduser()
    try:
        return ServerAddress.read(where)
    except UsageError as error:
        raise BadInputError(f"{file}: {error.message}", error.hint) from None
