"""What is due, and when: one row a (kind, key)."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Select, bindparam, delete, select

from bot.records import Timer
from storage.dialects import Database, upsert
from storage.schema import timers
from storage.types import Instant, PlainText

_columns = (timers.c.id, timers.c.kind, timers.c.key, timers.c.chat_id, timers.c.due_at, timers.c.data)
_NEXT = select(*_columns).order_by(timers.c.due_at, timers.c.id).limit(bindparam("page", type_=Integer()))
_DUE = _NEXT.where(timers.c.due_at <= bindparam("now", type_=Instant()))
_NEXT_DUE_AT = select(timers.c.due_at).order_by(timers.c.due_at).limit(1)
_DONE = delete(timers).where(timers.c.id == bindparam("row", type_=BigInteger()))
_DISARM = delete(timers).where(
    timers.c.kind == bindparam("of_kind", type_=PlainText()),
    timers.c.key == bindparam("of_key", type_=PlainText()),
)


@cache
def _arm(database: Database) -> Any:
    # the id changes too: `done` of an earlier arming must not take the new one away
    return upsert(database, timers, ["kind", "key"], ["id", "chat_id", "due_at", "data"])


class SqlTimers:
    """See `bot.ports.Timers`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute
        self._arm = _arm(database)

    def arm(self, timer: Timer) -> None:
        row = {
            "kind": timer.kind,
            "key": timer.key,
            "chat_id": timer.chat_id,
            "due_at": timer.due_at,
            "data": timer.data,
        }
        self._execute(self._arm, row)

    def disarm(self, kind: str, key: str) -> None:
        self._execute(_DISARM, {"of_kind": kind, "of_key": key})

    def due(self, now: datetime, limit: int) -> list[Timer]:
        return self._many(_DUE, {"now": now, "page": limit})

    def done(self, timer_id: int) -> None:
        self._execute(_DONE, {"row": timer_id})

    def next_due_at(self) -> datetime | None:
        moment: datetime | None = self._execute(_NEXT_DUE_AT).scalar()
        return moment

    def upcoming(self, limit: int) -> list[Timer]:
        return self._many(_NEXT, {"page": limit})

    def _many(self, statement: Select[Any], asked: dict[str, Any]) -> list[Timer]:
        return [
            Timer(id=row_id, kind=kind, key=key, chat_id=chat_id, due_at=due_at, data=data)
            for row_id, kind, key, chat_id, due_at, data in self._execute(statement, asked)
        ]
