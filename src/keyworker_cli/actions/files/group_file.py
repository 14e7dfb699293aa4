"""Which prisons a group is of: a TOML file with a name and a database for each."""

from pathlib import Path

from keyworker_cli.actions.files.reading.text_file import written_text
from keyworker_cli.errors import BadInputError, NotFoundError, UsageError
from keyworker_cli.rules.database.server_address import ServerAddress
from keyworker_cli.rules.files.toml import read_toml

_WAY_OUT = 'write for example: [prisons], and under it Fellgate = "fellgate.db"'


def read_prisons(file: Path) -> dict[str, Path | ServerAddress]:
    """Return each prison's database by its name, in the order of the file; a path is meant from the file's folder.

    Raises `NotFoundError` for a file that cannot be read, `BadInputError` for one that is not TOML or names none.
    """
    try:
        content = read_toml(written_text(file))
    except OSError as error:
        raise NotFoundError(f"{file} cannot be read: {error.strerror}.", "check the path.") from error
    except UnicodeDecodeError:
        raise BadInputError(f"{file} is not UTF-8 text.", _WAY_OUT) from None
    except ValueError as error:
        raise BadInputError(f"{file} is not TOML: {error}.", _WAY_OUT) from None
    named = content.get("prisons", {})
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
