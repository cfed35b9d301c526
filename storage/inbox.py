"""Updates as they came: kept before Telegram hears of it, marked once handled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, bindparam, literal_column, select, text, update

from bot.records import NewUpdate, Received
from storage.dialects import Database, insert_new
from storage.schema import inbox

_WAITING = text("state = 'waiting'")  # word for word the condition of the partial index
_row = bindparam("row", type_=BigInteger())

_PAGE = (
    select(inbox.c.id, inbox.c.update_id, inbox.c.chat_id, inbox.c.raw, inbox.c.attempts)
    .where(_WAITING, inbox.c.id > bindparam("after", type_=BigInteger()))
    .order_by(inbox.c.id)
    .limit(bindparam("page", type_=Integer()))
)
_HANDLED = (
    update(inbox)
    .where(inbox.c.id == _row, _WAITING)
    .values(state="handled", raw=None, settled_at=bindparam("at", type_=inbox.c.settled_at.type))
)
_SET_ASIDE = (
    update(inbox)
    .where(inbox.c.id == _row, _WAITING)
    .values(
        state="set_aside",
        raw=None,
        reason=bindparam("why", type_=inbox.c.reason.type),
        settled_at=bindparam("at", type_=inbox.c.settled_at.type),
    )
)
_FAILED = (
    update(inbox)
    .where(inbox.c.id == _row)
    .values(attempts=inbox.c.attempts + literal_column("1"), reason=bindparam("why", type_=inbox.c.reason.type))
    .returning(inbox.c.attempts)
)


@cache
def _add(database: Database) -> Any:
    return insert_new(database, inbox, ["update_id"]).returning(inbox.c.id, inbox.c.update_id)


class SqlInbox:
    """See `bot.ports.Inbox`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute
        self._add = _add(database)

    def add(self, updates: Sequence[NewUpdate], now: datetime) -> list[Received]:
        if not updates:
            return []
        rows = [
            {
                "update_id": update.update_id,
                "chat_id": update.chat_id,
                "raw": update.raw,
                "state": "waiting",
                "attempts": 0,
                "reason": "",
                "received_at": now,
            }
            for update in updates
        ]
        by_update = {update.update_id: update for update in reversed(updates)}
        kept = sorted(tuple(row) for row in self._execute(self._add, rows))
        return [
            Received(
                id=row_id,
                update_id=update_id,
                chat_id=by_update[update_id].chat_id,
                raw=by_update[update_id].raw,
            )
            for row_id, update_id in kept
        ]

    def waiting(self, limit: int, after_id: int = 0) -> list[Received]:
        found = self._execute(_PAGE, {"after": after_id, "page": limit})
        return [
            Received(id=row_id, update_id=update_id, chat_id=chat_id, raw=raw, attempts=attempts)
            for row_id, update_id, chat_id, raw, attempts in found
        ]

    def handled(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._execute(_HANDLED, [{"row": row_id, "at": now} for row_id in ids])

    def failed(self, row_id: int, reason: str) -> int:
        """Raises LookupError for an unknown row."""
        attempts = self._execute(_FAILED, {"row": row_id, "why": reason}).scalar()
        if attempts is None:
            raise LookupError(f"no inbox row {row_id}")
        return int(attempts)

    def set_aside(self, row_id: int, reason: str, now: datetime) -> None:
        self._execute(_SET_ASIDE, {"row": row_id, "why": reason, "at": now})
