"""One transaction's view of the store: the aggregates over one connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.ports import StoreUnavailable
from bot.records import StoreStatus
from storage.dialects import Database
from storage.drafts import SqlDrafts
from storage.inbox import SqlInbox
from storage.meta import SqlMeta
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.registrations import SqlRegistrations
from storage.status import purge_settled, read_status
from storage.timers import SqlTimers

T = TypeVar("T")


class SqlTransaction:
    """See `bot.ports.Transaction`. Who made it commits; it lives as long as its connection."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self.inbox = SqlInbox(connection, database)
        self.outbox = SqlOutbox(connection, database)
        self.people = SqlPeople(connection, database)
        self.drafts = SqlDrafts(connection, database)
        self.registrations = SqlRegistrations(connection, database)
        self.timers = SqlTimers(connection, database)
        self.meta = SqlMeta(connection, database)
        self._connection = connection
        self._depth = 0

    def savepoint(self, work: Callable[[], T]) -> T:
        sql = self._connection.exec_driver_sql
        name = f"inner_{self._depth}"
        sql(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            result = work()
        except StoreUnavailable:
            raise  # the whole transaction is gone
        except BaseException:
            sql(f"ROLLBACK TO SAVEPOINT {name}")
            sql(f"RELEASE SAVEPOINT {name}")
            raise
        finally:
            self._depth -= 1
        sql(f"RELEASE SAVEPOINT {name}")
        return result

    def purge(self, before: datetime) -> dict[str, int]:
        return purge_settled(self._connection, before)

    def status(self) -> StoreStatus:
        return read_status(self._connection)
