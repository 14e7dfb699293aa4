"""A database on a PostgreSQL server: several machines write to it, one change after the other, as to a file.

It is reached through psycopg, so passwords come from where PostgreSQL's own programs have them: PGPASSFILE, PGSERVICE,
PGPASSWORD. Its tables, constraints and statements are those of the file.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlalchemy import Connection, Engine, NullPool, event, func, inspect, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

from keyworker_cli.errors import DatabaseError, KwError
from keyworker_cli.rules.database.made import Made
from keyworker_cli.rules.database.server_address import ServerAddress
from keyworker_cli.rules.oversight.doctor_database import ServerFacts
from keyworker_cli.store.file.create import create_schema, stamp_version
from keyworker_cli.store.file.sqlite_file import APPLICATION_ID, SCHEMA_VERSION, NewerSchemaError
from keyworker_cli.store.file.waiting import Patience
from keyworker_cli.store.reads.views import create_views
from keyworker_cli.store.schema.engine import new_engine
from keyworker_cli.store.schema.tables import TABLES
from keyworker_cli.store.server.doctor import look_over, unguarded
from keyworker_cli.store.server.faults import unusable
from keyworker_cli.store.server.grants import say_grants_again
from keyworker_cli.store.server.known_at import look_back
from keyworker_cli.store.server.reader import ModelReader, ServerReading
from keyworker_cli.store.server.views import server_views

CONNECT_SECONDS: Final = 10
"""How long an answer is waited for, unless the address or PGCONNECT_TIMEOUT says otherwise."""
ALIKE_EVERYWHERE: Final = (
    "SET LOCAL TIME ZONE 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; "  # days and moments as text
    "SET LOCAL random_page_cost = 1.1"  # rows by their index: else ten years are read through, 8 s in place of 50 ms
)
"""What kw relies on, whatever the server, the role or the address has set."""
ALL_OF_IT: Final = "SET LOCAL cursor_tuple_fraction = 1"
"""Rows are asked for to be read to the last: the server else plans for the first ones and takes ten times as long."""


class Server:
    """One prison's database on a server. See `database.Database` for what each method is to do."""

    def __init__(self, address: ServerAddress, patience: Patience | None = None) -> None:
        self.name = address.shown
        self._patience = patience or Patience()
        self._url = make_url(address.url)
        self._schema = address.schema

    def exists(self) -> bool:
        """Say whether kw's tables are there."""
        try:
            with self._engine.connect() as connection:
                return inspect(connection).has_table("audit_head")
        except DBAPIError as error:
            raise self.said(error) from error

    def create(self) -> Made:
        """Make the tables in the existing database that the address names."""
        try:
            with self._engine.begin() as connection:
                # Two who make the tables at once would trip over each other's; the row that writers lock is not there.
                connection.execute(select(func.pg_advisory_xact_lock(APPLICATION_ID)))
                if inspect(connection).has_table("audit_head"):
                    return self._bring_up_to_date(connection)
                self._refuse_other_encodings(connection)
                if self._schema is not None:
                    connection.execute(CreateSchema(self._schema, if_not_exists=True))
                create_schema(connection)
                create_views(connection, server_views())
                stamp_version(connection)
                return Made.MADE
        except DBAPIError as error:
            raise self.said(error) from error

    def reading(self, known_at: datetime | None) -> ServerReading:
        """Begin to read one state: everything that is asked until it is closed is answered from it."""
        try:
            with ExitStack() as until_it_reads:
                connection = until_it_reads.enter_context(self._engine.connect())
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=known_at is None)
                connection.exec_driver_sql(f"{ALIKE_EVERYWHERE}; {ALL_OF_IT}")
                self._check_version(connection)
                schema = _schema(connection)
                if known_at is not None:
                    look_back(connection, known_at, name=self.name, schema=schema)
                until_it_reads.pop_all()
            return ServerReading(connection, self.said, schema=schema)
        except DBAPIError as error:
            raise self.said(error) from error

    def exposed(self) -> None:
        """Nothing is known of it: the server says who may do what."""

    def check_writable(self) -> None:
        """Nothing is known before the server is asked."""

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Begin a transaction that holds the head of the audit from its first moment to its end."""
        engine = self._engine.execution_options(isolation_level="READ COMMITTED")
        event.listen(engine, "begin", self._begin_alone)
        with engine.connect() as connection:
            with self._patience.wait():
                transaction = connection.begin()
            with transaction:
                yield connection

    def keep(self, connection: Connection) -> None:
        """Save what was changed."""
        connection.commit()

    def reader(self, connection: Connection) -> ModelReader:
        """Return what reads through the change's own connection."""
        return ModelReader(connection, self.said)

    def said(self, error: DBAPIError, *, saving: bool = False) -> KwError:
        """Return the error for the user, by PostgreSQL's code for it."""
        return unusable(error, self.name, saving=saving)

    def unguarded(self) -> tuple[str, ...]:
        """Return which triggers are not as they are to be, and what interferes with them."""
        try:
            with self._engine.connect() as connection:
                return unguarded(connection)
        except DBAPIError as error:
            raise self.said(error) from error

    def look_over(self) -> ServerFacts:
        """Return how the server, the connection and the role are."""
        try:
            with self._engine.connect() as connection:
                return look_over(connection, self.name, schema=_version(connection))
        except DBAPIError as error:
            raise self.said(error) from error

    @cached_property
    def _engine(self) -> Engine:
        said_elsewhere = "connect_timeout" in self._url.query or "PGCONNECT_TIMEOUT" in os.environ
        waiting: dict[str, int | None] = {} if said_elsewhere else {"connect_timeout": CONNECT_SECONDS}
        no_questions = {"use_native_hstore": False}  # at every connection it would ask for a type that kw does not use
        waiting["prepare_threshold"] = None  # behind a pool the next transaction may be on another connection
        engine = new_engine(self._url, poolclass=NullPool, connect_args=waiting, **no_questions)
        event.listen(engine, "begin", self._look_in_schema)
        return engine

    def _look_in_schema(self, connection: Connection) -> None:
        """Look in the prison's own schema until the transaction ends, and nowhere else."""
        if self._schema is not None:
            connection.execute(text("SELECT set_config('search_path', :schema, true)"), {"schema": self._schema})

    def _bring_up_to_date(self, connection: Connection) -> Made:
        """Migrate tables of an older schema, all of it or nothing; say whether that was needed.

        Not done by whoever comes first, as with a file: until every machine has this kw, the others' would be shut out.
        """
        if _version(connection) >= SCHEMA_VERSION:
            return Made.THERE
        from keyworker_cli.store.file import migrate as migration  # noqa: PLC0415 - lazy import: costs 85 ms, Alembic

        migration.upgrade(connection, views=server_views())
        say_grants_again(connection)
        stamp_version(connection)
        return Made.UPDATED

    def _check_version(self, connection: Connection) -> None:
        version = _version(connection)
        if version == 0:
            raise DatabaseError(
                f"{self.name} is a database of another program.", "check --db (or KW_DB); createdb makes a new one."
            )
        if version < SCHEMA_VERSION:
            raise DatabaseError(
                f"{self.name} was made by an older kw (schema {version}; this one writes {SCHEMA_VERSION}).",
                "kw init brings it up to date, once every machine that uses it has this kw.",
            )
        if version > SCHEMA_VERSION:
            raise NewerSchemaError(
                f"{self.name} was written by a newer kw (schema {version}; this one knows {SCHEMA_VERSION}).",
                "install the newer kw on this machine; the database was not touched.",
            )

    def _begin_alone(self, connection: Connection) -> None:
        """Wait until nobody else writes, and keep everybody else from it until this transaction ends.

        What an action checks must still be so when it is saved, as it is on a file, whose one write lock is taken at
        the beginning. The row of the audit's head is that lock here: every change writes it in the end. At READ
        COMMITTED what is asked after the wait is answered as those before have left it.
        """
        self._look_in_schema(connection)  # before what listens to every transaction does
        connection.exec_driver_sql(f"{ALIKE_EVERYWHERE}; SET LOCAL lock_timeout = '{self._patience.milliseconds}ms'")
        self._check_version(connection)
        connection.execute(select(TABLES["audit_head"].c.id).with_for_update())

    def _refuse_other_encodings(self, connection: Connection) -> None:
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise DatabaseError(
                f"{self.name} keeps its text as {encoding}, which does not hold every name and note.",
                "make one that does: createdb --encoding=UTF8 --template=template0 NAME",
            )


def _schema(connection: Connection) -> str:
    """Return the schema that the tables are in, as SQL names it: the first one that the role looks in."""
    return str(connection.execute(text("SELECT quote_ident(coalesce(current_schema(), 'public'))")).scalar_one())


def _version(connection: Connection) -> int:
    """Return the schema version that is stamped into the database, 0 where it is not one of kw's."""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return int(found) if found and found.isdigit() else 0
