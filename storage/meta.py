"""Small facts of the service itself."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.dialects import Database, upsert
from storage.schema import meta
from storage.types import PlainText

_GET = select(meta.c.value).where(meta.c.key == bindparam("name", type_=PlainText()))


@cache
def _put(database: Database) -> Any:
    return upsert(database, meta, ["key"], ["value"])


class SqlMeta:
    """See `bot.ports.Meta`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute
        self._put = _put(database)

    def get(self, key: str) -> str | None:
        value: str | None = self._execute(_GET, {"name": key}).scalar()
        return value

    def put(self, key: str, value: str) -> None:
        self._execute(self._put, {"key": key, "value": value})
