"""A file of settings or names that a person has written, in TOML."""

import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """Return what a text says in TOML. Raises `ValueError` with what is wrong with it, in words."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(" ".join(str(error).split())) from None
    except ValueError:
        raise ValueError("a number in it is too long") from None
    except RecursionError:
        raise ValueError("one thing stands in another too often") from None
