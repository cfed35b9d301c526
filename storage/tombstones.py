"""What was erased: numbers that are never given again, and marks by which a restore erases again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.records import Tombstone
from storage.dialects import Database
from storage.schema import tombstones as table
from storage.types import PlainText

TOMBSTONE_COLUMNS = ("event_id", "number", "chat_mark", "erased_at")
_TAKEN = select(table.c.id).where(
    table.c.event_id == bindparam("event", type_=PlainText()),
    table.c.number == bindparam("number", type_=PlainText()),
)
_ALL = select(*(table.c[name] for name in TOMBSTONE_COLUMNS)).order_by(table.c.id)


@dataclass(frozen=True, slots=True)
class SqlTombstones:
    """See `bot.ports.Tombstones`."""

    connection: Connection
    database: Database

    def is_taken(self, event_id: str, number: str) -> bool:
        return self.connection.execute(_TAKEN, {"event": event_id, "number": number}).first() is not None

    def all(self) -> list[Tombstone]:
        return all_tombstones(self.connection)


def all_tombstones(connection: Connection) -> list[Tombstone]:
    """In order of erasing."""
    return [Tombstone(**dict(zip(TOMBSTONE_COLUMNS, row, strict=True))) for row in connection.execute(_ALL)]


def bury(connection: Connection, stones: Iterable[Tombstone]) -> None:
    """Keep them. A number that has one already raises the database's IntegrityError."""
    rows: list[dict[str, Any]] = [
        {"event_id": s.event_id, "number": s.number, "chat_mark": s.chat_mark, "erased_at": s.erased_at} for s in stones
    ]
    if rows:
        connection.execute(insert(table), rows)


def forget_marks(connection: Connection, before: datetime) -> int:
    """Take the marks off tombstones that no kept backup is older than; how many."""
    old = update(table).where(table.c.erased_at < before, table.c.chat_mark.is_not(None)).values(chat_mark=None)
    return connection.execute(old).rowcount
