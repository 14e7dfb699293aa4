"""The address of a database on a server: as typed, and as shown, which is never with the password."""

import re
from typing import Final, NamedTuple, Self
from urllib.parse import parse_qsl, unquote, urlencode

from keyworker_cli.errors import UsageError

_SCHEMA: Final = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
FORM: Final = "postgresql+psycopg://USER@HOST:5432/DATABASE"
_ADDRESS: Final = (
    r"(?:postgresql|postgresql\+psycopg)://"
    r"(?:(?P<user>[^:/@?#]*)(?::[^:/@?#]*)?@)?"
    r"(?P<place>(?:[A-Za-z0-9._,%-]*|\[[0-9A-Fa-f:.%]+\])(?::[0-9]*)?)"
    r"(?:/(?P<database>[^/?#@:]*))?"
    r"(?:\?(?P<more>.*))?"
)


class ServerAddress(NamedTuple):
    """The address of a database on a server. What is printed of it is `shown`: no password, no parameter but `schema`.

    `schema` is where the prison's tables are in the database, `None` for where the role looks first.
    """

    url: str
    shown: str
    schema: str | None = None

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return self.shown

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the typed address. Raises `UsageError`, which never repeats what may be a secret."""
        kind = text.partition("://")[0]
        if kind not in ("postgresql", "postgresql+psycopg"):
            raise UsageError("that kind of database is not served by kw.", f"name a local file, or {FORM}")
        found = re.fullmatch(_ADDRESS, text)
        if found is None:
            raise UsageError(
                "the address of the database cannot be read.",
                f"{FORM}, with @ : / ? # in a name as %40 %3A %2F %3F %23",
            )
        user = f"{unquote(found['user'])}@" if found["user"] else ""
        shown = f"postgresql://{user}{found['place']}/{unquote(found['database'] or '')}"
        more = parse_qsl(found["more"] or "", keep_blank_values=True)
        schema = dict(more).get("schema")
        if schema is None:
            return cls("postgresql+psycopg://" + text.partition("://")[2], shown)
        if not _SCHEMA.fullmatch(schema):
            raise UsageError(
                "the address names a schema that kw does not take.", "small letters, digits and _: ?schema=fellgate"
            )
        others = urlencode([(name, value) for name, value in more if name != "schema"])
        plain = text.partition("://")[2].partition("?")[0] + (f"?{others}" if others else "")
        return cls(f"postgresql+psycopg://{plain}", f"{shown}?schema={schema}", schema)
