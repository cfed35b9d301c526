from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.errors import StoreInUse, UnusableStore
from storage.schema import KNOWN_VERSIONS, SCHEMA_VERSION, metadata
from storage.store import open_store
from tests.conftest import PostgresServer
from tests.storage.samples import EVENT, registration

_POSTGRES_SHAPE = """
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL
SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||
  coalesce(column_default, '-') || ' ' || coalesce(col_description(table_name::regclass, ordinal_position), '-')
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
ORDER BY 1
"""


@pytest.fixture
async def empty_postgres_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    name = await postgres_server.new_database(migrated=False)
    yield postgres_server.url(name)
    await postgres_server.drop(name)


async def differences(url: str) -> list[Any]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_async_engine(url)

    def compare(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with engine.connect() as connection:
        found = await connection.run_sync(compare)
    await engine.dispose()
    return found


async def test_the_migrations_make_the_schema_of_the_code(database_url: str) -> None:
    assert await differences(database_url) == []


async def test_the_comparison_sees_a_column_that_is_missing(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people DROP COLUMN zone"))
        await connection.execute(text("DROP INDEX ix_timers_due"))
    await engine.dispose()
    assert [each[0] for each in await differences(database_url)] == ["add_column", "add_index"]


def _indexes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        ).fetchall()
    return [" ".join(sql.replace('"', "").split()) for (sql,) in found]


async def test_partial_indexes_are_the_same_on_sqlite(sqlite_url: str, tmp_path: Path) -> None:
    """Alembic's comparison does not look at an index's condition."""
    made = tmp_path / "made.db"
    engine = create_async_engine(f"sqlite+aiosqlite:///{made}")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    migrated = _indexes(Path(str(make_url(sqlite_url).database)))
    assert migrated == _indexes(made)
    assert sum("WHERE" in index for index in migrated) == 10


async def test_indexes_defaults_and_comments_are_the_same_on_postgres(
    postgres_url: str, empty_postgres_url: str
) -> None:
    async def shape(url: str, *, make: bool) -> list[str]:
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            if make:
                await connection.run_sync(metadata.create_all)
            rows = (await connection.execute(text(_POSTGRES_SHAPE))).scalars().all()
        await engine.dispose()
        return list(rows)

    assert await shape(postgres_url, make=False) == await shape(empty_postgres_url, make=True)


async def test_an_empty_postgres_is_migrated_when_it_is_opened(empty_postgres_url: str) -> None:
    store = await open_store(empty_postgres_url, lock=False)
    assert (await store.read(lambda t: t.status())).schema_version == SCHEMA_VERSION
    await store.close()
    again = await open_store(empty_postgres_url)
    await again.close()


async def test_opening_again_keeps_the_rows(database_url: str) -> None:
    store = await open_store(database_url)
    await store.write(lambda t: t.registrations.add(registration()))
    await store.close()
    again = await open_store(database_url)
    assert len(list(await again.read(lambda t: t.registrations.all(EVENT)))) == 1
    await again.close()


async def test_a_store_of_a_newer_program_is_refused(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(UnusableStore, match=r"schema 9999, newer than this program's"):
        await open_store(database_url)


async def test_a_migration_that_is_cut_off_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage import migrate

    path = tmp_path / "store.db"
    url = f"sqlite+aiosqlite:///{path}"
    whole = migrate.upgrade

    def cut_off(connection: Connection) -> None:
        whole(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "upgrade", cut_off)
    with pytest.raises(KeyboardInterrupt):
        await asyncio.to_thread(migrate.migrate_sqlite, _created(path), 1.0)
    assert migrate.sqlite_version(path, 1.0) is None
    monkeypatch.undo()
    store = await open_store(url)
    await store.close()


def _created(path: Path) -> Path:
    from storage.sqlite_file import create_file

    create_file(path)
    return path


async def test_a_command_beside_the_bot_does_not_migrate_under_it(tmp_path: Path) -> None:
    from storage.claim import FileClaim

    path = _created(tmp_path / "store.db")
    bot = FileClaim(path)
    with pytest.raises(StoreInUse):
        await open_store(f"sqlite+aiosqlite:///{path}", lock=False)
    bot.release()


def test_the_newest_revision_is_the_version_of_the_code() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import storage.migrations

    config = Config()
    config.set_main_option("script_location", os.path.dirname(str(storage.migrations.__file__)))  # noqa: PTH120
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == SCHEMA_VERSION == KNOWN_VERSIONS[-1]
    assert [each.revision for each in scripts.walk_revisions()][::-1] == list(KNOWN_VERSIONS)


def test_every_column_says_whose_it_is_why_and_how_long() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            assert set(column.info) == {"whose", "why", "kept"}, f"{table.name}.{column.name}"
            assert column.comment == "{whose}: {why}; kept {kept}".format(**column.info)


async def test_migrating_from_a_path_with_a_percent_sign(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "100%" / "store.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    store = await open_store(f"sqlite+aiosqlite:///{path}")
    await store.close()
