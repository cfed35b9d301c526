"""PostgreSQL: a pool of connections, repeatable reads, and another try where two transactions met."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.ports import StoreUnavailable
from storage.claim import AdvisoryClaim
from storage.errors import Conflict, StoreInUse, fail_if_lost, forget_lost, reaching_postgres, translate_errors
from storage.schema import OWNERS, metadata
from storage.transaction import SqlTransaction

T = TypeVar("T")

CONNECTIONS = 8
_VACUUM = "VACUUM " + ", ".join(table.name for table in metadata.sorted_tables if OWNERS[table.name].erase != "keep")
TRIES = 12


def make_engine(url: URL, patience: float) -> AsyncEngine:
    """`patience` in seconds: for a connection, a free place in the pool, and a lock."""
    engine = create_async_engine(
        url,
        isolation_level="REPEATABLE READ",
        pool_size=CONNECTIONS,
        max_overflow=1,  # the claim's own
        pool_timeout=max(patience, 1.0) * 6,
        connect_args={
            "timeout": max(patience, 1.0),
            "command_timeout": 60,
            "server_settings": {"lock_timeout": str(int(patience * 1000)), "timezone": "UTC"},
        },
    )
    translate_errors(engine.sync_engine)
    return engine


class PostgresStore:
    """See `bot.ports.Store`."""

    def __init__(self, engine: AsyncEngine, claim: AdvisoryClaim | None) -> None:
        self._engine = engine
        self._claim = claim
        self._closed = False

    async def write(self, work: Callable[[SqlTransaction], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return await self._once(work, _run_writing)
            except Conflict:
                continue  # who was met has committed by now: PostgreSQL makes the second wait for that
        return await self._once(work, _run_writing)

    async def read(self, work: Callable[[SqlTransaction], T]) -> T:
        """A snapshot of its own; an attempt to write raises."""
        return await self._once(work, _run_reading)

    async def _once(
        self, work: Callable[[SqlTransaction], T], run: Callable[[Connection, Callable[[SqlTransaction], T]], T]
    ) -> T:
        if self._closed:
            raise StoreUnavailable("the store is closed")
        async with AsyncExitStack() as stack:
            try:
                with reaching_postgres():  # and no further: an OSError of the work is the work's own
                    if self._claim is not None:
                        await self._claim.hold()
                    connection = await stack.enter_async_context(self._engine.connect())
            except StoreInUse as error:
                raise StoreUnavailable("another process has taken the store over") from error
            return await connection.run_sync(run, work)

    async def tidy(self) -> bool:
        """After a purge or an erasure: the rows that were deleted stop being there for the server too."""
        with reaching_postgres():
            async with self._engine.connect() as connection:
                plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await plain.exec_driver_sql(_VACUUM)
        return True

    async def close(self) -> None:
        self._closed = True
        if self._claim is not None:
            await self._claim.release()
        await self._engine.dispose()


def _run_writing(connection: Connection, work: Callable[[SqlTransaction], T]) -> T:
    forget_lost(connection)
    with connection.begin():
        result = work(SqlTransaction(connection, "postgresql"))
        fail_if_lost(connection)
    return result


def _run_reading(connection: Connection, work: Callable[[SqlTransaction], T]) -> T:
    with connection.begin():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        return work(SqlTransaction(connection, "postgresql"))
