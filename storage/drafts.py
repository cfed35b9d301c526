"""Forms in progress, one a chat and event."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, delete

from bot.records import StoredDraft
from storage.dialects import Database, upsert
from storage.schema import drafts
from storage.types import PlainText

DRAFT_COLUMNS = tuple(column.name for column in drafts.columns)
_values = attrgetter(*DRAFT_COLUMNS)
_DELETE = delete(drafts).where(
    drafts.c.chat_id == bindparam("chat", type_=BigInteger()),
    drafts.c.event_id == bindparam("event", type_=PlainText()),
)


@cache
def _save(database: Database) -> Any:
    return upsert(database, drafts, ["chat_id", "event_id"], DRAFT_COLUMNS[2:])


def draft_from(values: Sequence[Any]) -> StoredDraft:
    """The draft of a row's `DRAFT_COLUMNS`."""
    return StoredDraft(**dict(zip(DRAFT_COLUMNS, values, strict=True)))


class SqlDrafts:
    """See `bot.ports.Drafts`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute
        self._save = _save(database)

    def save(self, draft: StoredDraft) -> None:
        self._execute(self._save, dict(zip(DRAFT_COLUMNS, _values(draft), strict=True)))

    def delete(self, chat_id: int, event_id: str) -> None:
        self._execute(_DELETE, {"chat": chat_id, "event": event_id})
