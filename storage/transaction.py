"""One transaction's view of the store: the aggregates over one connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.ports import StoreUnavailable
from bot.privacy.traces import TIDY_TIMER
from bot.records import Limits, StoreStatus, Timer
from storage.audit import SqlAudit
from storage.dialects import Database
from storage.drafts import SqlDrafts
from storage.erasure import erase_again, erase_chat
from storage.guardianships import SqlGuardianships
from storage.inbox import SqlInbox
from storage.meta import SqlMeta
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.purge import purge
from storage.registrations import SqlRegistrations
from storage.status import read_status
from storage.takeout import held
from storage.timers import SqlTimers
from storage.tombstones import SqlTombstones

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
        self.guardianships = SqlGuardianships(connection, database)
        self.meta = SqlMeta(connection, database)
        self.tombstones = SqlTombstones(connection, database)
        self.audit = SqlAudit(connection, database)
        self._connection = connection
        self._database = database
        self._erased: set[int] = set()
        self._depth = 0

    def savepoint(self, work: Callable[[], T]) -> T:
        sql = self._connection.exec_driver_sql
        name = f"inner_{self._depth}"
        sql(f"SAVEPOINT {name}")
        self._depth += 1
        erased = set(self._erased)
        try:
            result = work()
        except StoreUnavailable:
            raise  # the whole transaction is gone
        except BaseException:
            self._erased = erased
            sql(f"ROLLBACK TO SAVEPOINT {name}")
            sql(f"RELEASE SAVEPOINT {name}")
            raise
        finally:
            self._depth -= 1
        sql(f"RELEASE SAVEPOINT {name}")
        return result

    def erase_chat(self, chat_id: int, event_id: str, now: datetime) -> list[str]:
        numbers, chats = erase_chat(self._connection, self._database, chat_id, event_id, now)
        self._erased |= chats
        self.timers.arm(Timer(id=0, kind=TIDY_TIMER, key="store", chat_id=None, due_at=now))
        return numbers

    def just_erased(self) -> set[int]:
        erased, self._erased = self._erased, set()
        return erased

    def erase_again(self) -> int:
        return len(erase_again(self._connection))

    def held(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        return held(self._connection, chat_id)

    def purge(self, limits: Limits) -> dict[str, int]:
        return purge(self._connection, limits)

    def status(self) -> StoreStatus:
        return read_status(self._connection)
