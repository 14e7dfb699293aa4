"""A setting as it is stored."""

from typing import NamedTuple


class SettingValue(NamedTuple):
    """A setting this prison has changed."""

    key: str
    value: str
