"""What can go wrong with a store, and which of a database's errors mean "not now"."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.ports import StoreUnavailable

_LOST = "store.lost"

# primary result codes: busy, locked, out of memory, read-only, I/O error, corrupt, full, cannot open, not a db
_SQLITE_UNAVAILABLE = {5, 6, 7, 8, 10, 11, 13, 14, 26}
# SQLSTATE classes: connection, resources, operator intervention, system error
_POSTGRES_UNAVAILABLE = ("08", "53", "57", "58")
_POSTGRES_LOCKED = "55P03"
_POSTGRES_CONFLICT = {"40001", "40P01"}  # serialisation failure, deadlock


class StoreInUse(Exception):
    """Another process of the bot works on this store."""


class UnusableStore(Exception):
    """The store or a backup of it is not what it should be; the message says what to do."""


class Conflict(StoreUnavailable):
    """Two transactions met: run again. Reaches a caller only when running again did not help."""


def unavailable(error: BaseException) -> StoreUnavailable | None:
    """The StoreUnavailable or Conflict that a driver's error stands for; None for any other error."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF in _SQLITE_UNAVAILABLE:
            return StoreUnavailable(f"SQLite: {error}")
        return None
    state = getattr(error, "sqlstate", None)
    if state in _POSTGRES_CONFLICT:
        return Conflict("PostgreSQL: two transactions met")
    if state is not None and (state[:2] in _POSTGRES_UNAVAILABLE or state == _POSTGRES_LOCKED):
        return StoreUnavailable(f"PostgreSQL: SQLSTATE {state}")
    return None


@contextmanager
def reaching_postgres() -> Iterator[None]:
    """Around connecting, where whatever goes wrong means that the database is not there for us."""
    try:
        yield
    except (StoreInUse, StoreUnavailable):
        raise
    except Exception as error:
        driver = error.orig if isinstance(error, DBAPIError) else error
        if getattr(driver, "sqlstate", None) is None and not isinstance(driver, OSError | PoolTimeoutError):
            raise
        raise StoreUnavailable(f"PostgreSQL can't be reached: {type(driver).__name__} {driver}") from error


def translate_errors(engine: Engine, *, reading: bool = False) -> None:
    """Raise StoreUnavailable from the very statement that met it, so that no caller sees a driver's error.

    `reading`: the engine's connections are read-only by choice, so that a refused write is a defect.
    """

    @event.listens_for(engine, "handle_error")
    def _translate(context: ExceptionContext) -> None:
        original = context.original_exception
        if not isinstance(original, Exception):
            return  # a cancelled task is cancelled, not unavailable
        if reading and getattr(original, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
            return
        found = unavailable(original)
        if found is None and (context.is_disconnect or isinstance(original, OSError)):
            found = StoreUnavailable("the connection to the database was lost")
        if found is None:
            return
        if context.connection is not None and not context.connection.invalidated:
            _lose(context.connection, found)
        raise found from original


def _lose(connection: Connection, found: StoreUnavailable) -> None:
    connection.info[_LOST] = found
    _write_no_more(connection)


def _write_no_more(connection: Connection) -> None:
    # SQLite may have rolled back by itself: what a careless work writes now would stand alone, committed.
    # The connection that writes is thrown away after this, so nothing has to switch it back.
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute("PRAGMA query_only = ON").close()


def forget_lost(connection: Connection) -> None:
    """Before a transaction: a pooled connection may remember an earlier one's failure."""
    connection.info.pop(_LOST, None)


def fail_if_lost(connection: Connection) -> None:
    """Raise what `translate_errors` raised in this transaction, should the work have swallowed it."""
    lost: StoreUnavailable | None = connection.info.pop(_LOST, None)
    if lost is not None:
        raise lost
