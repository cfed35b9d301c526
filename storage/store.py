"""`open_store`: a database's URL in, a store ready to work out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.ports import Store, StoreUnavailable
from storage.claim import AdvisoryClaim, FileClaim
from storage.errors import UnusableStore, reaching_postgres

if TYPE_CHECKING:
    from storage.postgres import PostgresStore
    from storage.sqlite import SqliteStore

_HINT = "DATABASE_URL is sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"


class SqlStore(Store, Protocol):
    """A store that can also be tidied."""

    async def tidy(self) -> bool:
        """After a purge: what was deleted is gone from the files too. False if a reader was in the way."""
        ...


def parse_url(url: str) -> URL | Path:
    """The SQLite file's path, or PostgreSQL's URL. Raises UnusableStore; no password in its message."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnusableStore(_HINT) from None
    if parsed.drivername in ("sqlite", "sqlite+aiosqlite"):
        if not parsed.database or parsed.database == ":memory:":
            raise UnusableStore(f"SQLite needs a file: in memory nothing would be kept. {_HINT}")
        return Path(parsed.database)
    if parsed.drivername in ("postgresql", "postgresql+asyncpg"):
        return parsed.set(drivername="postgresql+asyncpg")
    raise UnusableStore(f"{parsed.drivername} is not a database this bot knows. {_HINT}")


async def open_store(url: str, *, lock: bool = True, patience: float = 5.0) -> SqlStore:
    """Open, create or migrate the store at `url`.

    `lock` claims it for this process (StoreInUse if another has it); without, a command reads or purges
    beside the running bot. `patience` is how long, in seconds, a locked database is waited for.
    Raises StoreInUse, UnusableStore or StoreUnavailable.
    """
    where = parse_url(url)
    if isinstance(where, Path):
        return await _open_sqlite(where, lock, patience)
    return await _open_postgres(where, lock, patience)


async def _open_sqlite(path: Path, lock: bool, patience: float) -> SqliteStore:
    from storage.migrate import migrate_sqlite, sqlite_is_current
    from storage.sqlite import SqliteStore
    from storage.sqlite_file import create_file

    try:
        await asyncio.to_thread(create_file, path)
        claim = FileClaim(path) if lock else None
    except OSError as error:
        raise StoreUnavailable(f"{path}: {error.strerror}") from error
    try:
        if not await asyncio.to_thread(sqlite_is_current, path, patience):
            # a migration needs the store to itself, whoever asks
            own = claim or FileClaim(path)
            try:
                await asyncio.to_thread(migrate_sqlite, path, patience)
            finally:
                if claim is None:
                    own.release()
        return SqliteStore(path, claim, patience)
    except BaseException:
        if claim is not None:
            claim.release()
        raise


async def _open_postgres(url: URL, lock: bool, patience: float) -> PostgresStore:
    from storage.migrate import migrate_postgres, postgres_is_current
    from storage.postgres import PostgresStore, make_engine

    engine = make_engine(url, patience)
    claim = AdvisoryClaim(engine)
    store = PostgresStore(engine, claim if lock else None)
    try:
        with reaching_postgres():
            if lock:
                await claim.hold()
            if not await postgres_is_current(engine):
                await claim.hold()
                await migrate_postgres(engine)
                if not lock:
                    await claim.release()
    except BaseException:
        await claim.release()
        await store.close()
        raise
    return store
