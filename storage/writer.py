"""The one thread that writes to a SQLite store (docs/decisions/0001-one-hop-to-the-writer.md)."""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.ports import StoreUnavailable
from storage.errors import fail_if_lost, unavailable
from storage.sqlite_file import sync_connection
from storage.transaction import SqlTransaction

T = TypeVar("T")

MOST_IN_ONE_COMMIT = 256


class _Job:
    """One work and who waits for it; `alone` runs outside any transaction."""

    __slots__ = ("alone", "future", "work")

    def __init__(self, work: Callable[[Any], Any], future: asyncio.Future[Any], alone: bool) -> None:
        self.work = work
        self.future = future
        self.alone = alone


class Writer:
    """The thread that owns the writing connection.

    Works that wait together share one COMMIT, each in its own SAVEPOINT: one that raises is undone alone.
    When the database itself gives way, all of that commit get StoreUnavailable and the next begins anew.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        self._closing = False
        self._connection: Connection | None = None
        threading.Thread(target=self._run, name="store-writer", daemon=True).start()

    def put(self, work: Callable[[Any], T], *, alone: bool = False) -> asyncio.Future[T]:
        """Queue `work` for the next commit; `alone` gets the sqlite3 connection instead, between commits."""
        future: asyncio.Future[T] = self._loop.create_future()
        if self._closing:
            future.set_exception(StoreUnavailable("the store is closed"))
        else:
            self._jobs.put(_Job(work, future, alone))
        return future

    async def close(self) -> None:
        """Finish what waits, then end the thread."""
        if not self._closing:
            self._closing = True
            self._jobs.put(None)
        await asyncio.shield(self._ended)

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._take()
            shared = [job for job in batch if not job.alone]
            outcomes = self._commit(shared) if shared else []
            outcomes += [(job, self._alone(job)) for job in batch if job.alone]
            self._tell(_deliver, outcomes)
        self._drop_connection()
        self._tell(_finish, self._ended)

    def _tell(self, callback: Callable[[Any], None], argument: Any) -> None:
        with suppress(RuntimeError):  # the loop was closed: nobody waits any more
            self._loop.call_soon_threadsafe(callback, argument)

    def _take(self) -> tuple[list[_Job], bool]:
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) >= MOST_IN_ONE_COMMIT:
                return batch, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: list[_Job]) -> list[tuple[_Job, _Outcome]]:
        try:
            connection, transaction = self._open()
            raw: Any = connection.connection
            sql = raw.cursor().execute
            sql("BEGIN IMMEDIATE")
            outcomes = []
            share = len(batch) > 1  # one alone needs no savepoint: what it wrote is the whole transaction
            kept = False
            for job in batch:
                if share:
                    sql("SAVEPOINT work")
                outcome = _attempt(job.work, transaction)
                if isinstance(outcome.error, StoreUnavailable):
                    raise outcome.error
                if share:
                    if outcome.error is not None:
                        sql("ROLLBACK TO work")
                    sql("RELEASE work")
                kept = kept or share or outcome.error is None
                outcomes.append((job, outcome))
            fail_if_lost(connection)
            sql("COMMIT" if kept else "ROLLBACK")
        except (sqlite3.Error, StoreUnavailable) as error:
            self._drop_connection()
            lost = error if isinstance(error, StoreUnavailable) else (unavailable(error) or _broken(error))
            return [(job, _Outcome(error=_copy(lost, error))) for job in batch]
        return outcomes

    def _alone(self, job: _Job) -> _Outcome:
        try:
            connection, _ = self._open()
        except (sqlite3.Error, StoreUnavailable) as error:
            return _Outcome(error=_copy(unavailable(error) or _broken(error), error))
        raw: Any = connection.connection.driver_connection
        return _attempt(job.work, raw)

    def _open(self) -> tuple[Connection, SqlTransaction]:
        if self._connection is None:
            self._connection = sync_connection(self._path, self._patience)
            self._transaction = SqlTransaction(self._connection, "sqlite")
        return self._connection, self._transaction

    def _drop_connection(self) -> None:
        """Closing rolls back; the next batch opens anew."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error, StoreUnavailable):
                connection.close()
            connection.engine.dispose()


class _Outcome:
    __slots__ = ("error", "result")

    def __init__(self, result: Any = None, error: BaseException | None = None) -> None:
        self.result = result
        self.error = error


def _attempt(work: Callable[[Any], Any], subject: Any) -> _Outcome:
    try:
        return _Outcome(result=work(subject))
    except BaseException as error:  # noqa: BLE001 - it belongs to who waits for the work, and goes there
        return _Outcome(error=error)


def _broken(error: BaseException) -> StoreUnavailable:
    return StoreUnavailable(f"SQLite: {error}")


def _copy(lost: StoreUnavailable, cause: BaseException) -> StoreUnavailable:
    """One exception for each who waits: a traceback is written into the exception it travels with."""
    each = type(lost)(*lost.args)
    each.__cause__ = cause
    return each


def _deliver(outcomes: list[tuple[_Job, _Outcome]]) -> None:
    for job, outcome in outcomes:
        if job.future.done():  # cancelled meanwhile
            continue
        if outcome.error is not None:
            job.future.set_exception(outcome.error)
        else:
            job.future.set_result(outcome.result)


def _finish(ended: asyncio.Future[None]) -> None:
    if not ended.done():
        ended.set_result(None)
