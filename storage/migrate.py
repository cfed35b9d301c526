"""Brings a store's schema up to this program's. Alembic is imported only where there is something to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from bot.ports import StoreUnavailable
from storage.errors import UnusableStore, unavailable
from storage.schema import KNOWN_VERSIONS, SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

_VERSION = "SELECT version_num FROM alembic_version"


def is_current(version: str | None, name: str) -> bool:
    """False for a store to migrate, None being an empty one. Raises UnusableStore for a newer one."""
    if version is not None and version not in KNOWN_VERSIONS:
        raise UnusableStore(
            f"{name} has schema {version}, newer than this program's {SCHEMA_VERSION}: install the newer program"
        )
    return version == SCHEMA_VERSION


def sqlite_version(path: Path, patience: float) -> str | None:
    """The schema version in a SQLite file; None for an empty file. Raises UnusableStore for another's file."""
    from storage.sqlite_file import file_uri

    try:
        with closing(sqlite3.connect(file_uri(path), uri=True, timeout=patience)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if not tables:
                return None
            if "alembic_version" not in tables or not {"inbox", "outbox", "registrations"} <= tables:
                raise UnusableStore(f"{path} is a database, but not one of this bot's")
            row = connection.execute(_VERSION).fetchone()
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            raise UnusableStore(f"{path} is not a database") from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise UnusableStore(f"{path} is damaged ({error}): restore a backup") from error
        raise unavailable(error) or StoreUnavailable(f"SQLite: {error}") from error
    return None if row is None else str(row[0])


def sqlite_is_current(path: Path, patience: float) -> bool:
    return is_current(sqlite_version(path, patience), str(path))


def migrate_sqlite(path: Path, patience: float) -> None:
    """All revisions in one transaction: after a crash in the middle the store is as it was."""
    from storage.sqlite_file import sync_connection

    with sync_connection(path, patience) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        upgrade(connection)
        connection.exec_driver_sql("COMMIT")
    connection.engine.dispose()


async def postgres_is_current(engine: AsyncEngine) -> bool:
    async with engine.connect() as connection:
        there = await connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
        version = await connection.scalar(text(_VERSION)) if there else None
    return is_current(version, engine.url.render_as_string(hide_password=True))


async def migrate_postgres(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(upgrade)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the revisions up to `revision` in the transaction that `connection` is in; who began it commits."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
