"""Confirmed, late, withdrawn and merged registrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Connection, and_, bindparam, delete, func, or_, select, text, union, update

from bot.records import Registration
from storage.dialects import Database, holds, insert_new, meet
from storage.schema import registrations as table
from storage.tombstones import SqlTombstones
from storage.types import Instant, PlainText

REGISTRATION_COLUMNS = tuple(column.name for column in table.columns)
_values = attrgetter(*REGISTRATION_COLUMNS)
_ACTIVE = text("status IN ('confirmed', 'late')")
_COUNTED = ("kind", "country", "language")

_event = bindparam("event", type_=PlainText())
_ALL = select(table).where(table.c.event_id == _event).order_by(table.c.id)
_BY_NUMBER = select(table).where(table.c.event_id == _event, table.c.number == bindparam("number", type_=PlainText()))
# a union, for with OR the index of active rows looks better to SQLite than those of the two keys
_SAME_CONTACT = union(
    select(table.c.id).where(table.c.event_id == _event, table.c.email_key == bindparam("email", type_=PlainText())),
    select(table.c.id).where(table.c.event_id == _event, table.c.phone_key == bindparam("phone", type_=PlainText())),
)
_SHARING = (
    select(table)
    .where(table.c.id.in_(_SAME_CONTACT), _ACTIVE, table.c.chat_id != bindparam("chat", type_=BigInteger()))
    .order_by(table.c.id)
)
_CHILDREN = (
    select(table)
    .where(
        table.c.event_id == _event,
        table.c.chat_id == bindparam("chat", type_=BigInteger()),
        _ACTIVE,
        text("role = 'child'"),
    )
    .order_by(table.c.id)
)
_UNTOUCHED = (
    select(table)
    .where(table.c.event_id != _event, table.c.updated_at < bindparam("before", type_=Instant()))
    .order_by(table.c.id)
)
_DELETE = delete(table).where(table.c.id == bindparam("row", type_=BigInteger()))
_SAVE = (
    update(table)
    .where(table.c.id == bindparam("row", type_=BigInteger()))
    .values({name: bindparam(f"new_{name}") for name in REGISTRATION_COLUMNS[1:]})
)


def _count(column: str, *where: Any) -> Any:
    value = func.coalesce(table.c[column], "")
    return select(value, func.count()).where(table.c.event_id == _event, *where).group_by(value)


_COUNTS = {"status": _count("status"), **{column: _count(column, _ACTIVE) for column in _COUNTED}}


@cache
def _add(database: Database) -> Any:
    return insert_new(database, table, ["event_id", "number"]).returning(table.c.id)


def registration_from(values: Sequence[Any]) -> Registration:
    """The registration of a row's `REGISTRATION_COLUMNS`."""
    return Registration(**dict(zip(REGISTRATION_COLUMNS, values, strict=True)))


class SqlRegistrations:
    """See `bot.ports.Registrations`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute
        self._connection = connection
        self._database = database
        self._add = _add(database)

    def add(self, registration: Registration) -> Registration | None:
        """A second active registration of one chat raises the database's IntegrityError."""
        row = dict(zip(REGISTRATION_COLUMNS, _values(registration), strict=True))
        del row["id"]
        meet(self._connection, self._database, (registration.email_key, registration.phone_key, registration.number))
        if SqlTombstones(self._connection, self._database).is_taken(registration.event_id, registration.number):
            return None
        given = self._execute(self._add, row).scalar()
        return None if given is None else replace(registration, id=given)

    def save(self, registration: Registration) -> None:
        """Raises LookupError for a registration that was never added."""
        meet(self._connection, self._database, (registration.email_key, registration.phone_key))
        values = zip(REGISTRATION_COLUMNS[1:], _values(registration)[1:], strict=True)
        row = {"row": registration.id, **{f"new_{name}": value for name, value in values}}
        if self._execute(_SAVE, row).rowcount != 1:
            raise LookupError(f"no registration with id {registration.id}")

    def by_number(self, event_id: str, number: str) -> Registration | None:
        row = self._execute(_BY_NUMBER, {"event": event_id, "number": number}).first()
        return None if row is None else registration_from(row)

    def sharing_contact(self, registration: Registration) -> list[Registration]:
        asked = {
            "event": registration.event_id,
            "chat": registration.chat_id,
            "email": registration.email_key,
            "phone": registration.phone_key,
        }
        return self._many(_SHARING, asked)

    def children_of(self, event_id: str, chat_id: int) -> list[Registration]:
        return self._many(_CHILDREN, {"event": event_id, "chat": chat_id})

    def find(self, event_id: str, text: str, limit: int) -> list[Registration]:
        words = text.split()
        if not words:
            return []
        named = and_(*(holds(self._database, table.c.search, word) for word in words))
        statement = _ALL.where(or_(table.c.number == text.strip(), named)).limit(limit)
        return self._many(statement, {"event": event_id})

    def counts(self, event_id: str) -> dict[str, dict[str, int]]:
        """A country or kind that was not said counts under ""."""
        return {
            name: {str(value): int(many) for value, many in self._execute(statement, {"event": event_id})}
            for name, statement in _COUNTS.items()
        }

    def all(self, event_id: str) -> list[Registration]:
        return self._many(_ALL, {"event": event_id})

    def untouched(self, event_id: str, since: datetime) -> list[Registration]:
        return self._many(_UNTOUCHED, {"event": event_id, "before": since})

    def delete(self, registration_id: int) -> None:
        self._execute(_DELETE, {"row": registration_id})

    def _many(self, statement: Any, asked: dict[str, Any]) -> list[Registration]:
        return [registration_from(row) for row in self._execute(statement, asked)]
