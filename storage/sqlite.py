"""The store on SQLite: a thread that writes, and readers beside it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.ports import StoreUnavailable
from storage.claim import FileClaim
from storage.erased_file import append_erased, erased_file
from storage.errors import translate_errors
from storage.sqlite_file import file_uri
from storage.transaction import SqlTransaction
from storage.writer import Writer

T = TypeVar("T")

READERS = 4
BRIEFLY_MS = 200


class SqliteStore:
    """See `bot.ports.Store`."""

    def __init__(self, path: Path, claim: FileClaim | None, patience: float) -> None:
        self._path = path
        self._claim = claim
        self._patience = patience
        self._writer = Writer(path, patience)
        self._engine: AsyncEngine | None = None
        self._closed = False

    async def write(self, work: Callable[[SqlTransaction], T]) -> T:
        return await self._writer.put(work)

    async def read(self, work: Callable[[SqlTransaction], T]) -> T:
        """A snapshot of its own; an attempt to write raises."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        if self._engine is None:
            self._engine = _reading_engine(self._path, self._patience)
        async with self._engine.connect() as connection:
            return await connection.run_sync(_run_reading, work)

    async def tidy(self) -> bool:
        """After a purge or an erasure: empty the write-ahead log, where deleted text still stands, and write down
        beside the file what was erased. False while the log is read."""
        stones = await self.read(lambda tx: tx.tombstones.all())
        try:
            await asyncio.to_thread(append_erased, erased_file(self._path), stones)
        except OSError as error:
            raise StoreUnavailable(f"{erased_file(self._path)}: {error.strerror}") from error
        return await self._writer.put(self._empty_log, alone=True)

    def _empty_log(self, raw: sqlite3.Connection) -> bool:
        """Waits for readers no longer than other chats can be made to wait."""
        raw.execute(f"PRAGMA busy_timeout = {BRIEFLY_MS}").close()
        try:
            (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}").close()
        return not busy

    async def close(self) -> None:
        self._closed = True
        await self._writer.close()
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None
        if self._claim is not None:
            self._claim.release()


def _reading_engine(path: Path, patience: float) -> AsyncEngine:
    import aiosqlite

    engine = create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=lambda: aiosqlite.connect(file_uri(path), uri=True, isolation_level=None, timeout=patience),
        poolclass=AsyncAdaptedQueuePool,
        isolation_level="AUTOCOMMIT",
        pool_size=READERS,
        pool_reset_on_return=None,  # every reading ends with its own ROLLBACK
        max_overflow=0,
    )
    translate_errors(engine.sync_engine, reading=True)

    @event.listens_for(engine.sync_engine, "connect")
    def _read_only(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    return engine


def _run_reading(connection: Connection, work: Callable[[SqlTransaction], T]) -> T:
    connection.exec_driver_sql("BEGIN")
    try:
        return work(SqlTransaction(connection, "sqlite"))
    finally:
        connection.exec_driver_sql("ROLLBACK")
