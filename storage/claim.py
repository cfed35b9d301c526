"""One bot a store: a lock beside the SQLite file, an advisory lock in PostgreSQL."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.errors import StoreInUse

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_ADVISORY_KEY = 0x52454749  # "REGI"; advisory locks are each database's own


class FileClaim:
    """An exclusive lock on `<db>.lock`. The system takes it back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Raises StoreInUse. `path` is the database's."""
        self._file = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise StoreInUse(f"{path} is in use by another process of the bot (pid {holder})") from None
        os.ftruncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """The file stays: removing it would let two processes lock two files of that name."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class AdvisoryClaim:
    """A session's advisory lock on a connection of its own; lost with the connection, and then taken again."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._driver: Any = None

    async def hold(self) -> None:
        """Raises StoreInUse if another process has it. Costs nothing while the connection stands."""
        if self._driver is not None and not self._driver.is_closed():
            return
        await self.release()
        connection = await self._engine.connect()
        granted = False
        try:
            row = await connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_ADVISORY_KEY})")
            granted = bool(row.scalar_one())
            await connection.commit()
            if not granted:
                raise StoreInUse("the database is in use by another process of the bot")
            self._driver = (await connection.get_raw_connection()).driver_connection
            self._connection = connection
        finally:
            if not granted:
                await connection.close()

    async def release(self) -> None:
        connection, self._connection, self._driver = self._connection, None, None
        if connection is not None:
            await connection.invalidate()  # ends the session, and the lock with it
            await connection.close()
