"""Which guardian agreed for which young person, and the links that wait for one."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, bindparam, delete, insert, select, update

from bot.records import Guardianship
from storage.dialects import Database
from storage.schema import guardianships as table
from storage.types import PlainText

GUARDIANSHIP_COLUMNS = tuple(column.name for column in table.columns)
_values = attrgetter(*GUARDIANSHIP_COLUMNS)

_event = table.c.event_id == bindparam("event", type_=PlainText())
_ADD = insert(table).returning(table.c.id)
_SAVE = (
    update(table)
    .where(table.c.id == bindparam("row", type_=BigInteger()))
    .values({name: bindparam(f"new_{name}") for name in GUARDIANSHIP_COLUMNS[1:]})
)
_DELETE = delete(table).where(table.c.id == bindparam("row", type_=BigInteger()))


def _found(*where: ColumnElement[bool]) -> Any:
    return select(table).where(*where).order_by(table.c.id)


_BY_TOKEN = _found(table.c.token_key == bindparam("token", type_=PlainText()))
_BY_CODE = _found(_event, table.c.code == bindparam("code", type_=PlainText()))
_OF_YOUNG = _found(_event, table.c.young_chat_id == bindparam("chat", type_=BigInteger()))
_OF_GUARDIAN = _found(_event, table.c.guardian_chat_id == bindparam("chat", type_=BigInteger()))


class SqlGuardianships:
    """See `bot.ports.Guardianships`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute

    def add(self, guardianship: Guardianship) -> Guardianship:
        """A second one of the same young person, or a code that is taken, raises the database's IntegrityError."""
        row = dict(zip(GUARDIANSHIP_COLUMNS, _values(guardianship), strict=True))
        del row["id"]
        return replace(guardianship, id=self._execute(_ADD, row).scalar_one())

    def save(self, guardianship: Guardianship) -> None:
        """Raises LookupError for one that is not there (any more)."""
        values = zip(GUARDIANSHIP_COLUMNS[1:], _values(guardianship)[1:], strict=True)
        row = {"row": guardianship.id, **{f"new_{name}": value for name, value in values}}
        if self._execute(_SAVE, row).rowcount != 1:
            raise LookupError(f"no guardianship with id {guardianship.id}")

    def by_token(self, token_key: str) -> Guardianship | None:
        return self._one(_BY_TOKEN, {"token": token_key})

    def by_code(self, event_id: str, code: str) -> Guardianship | None:
        return self._one(_BY_CODE, {"event": event_id, "code": code})

    def of_young(self, event_id: str, chat_id: int) -> Guardianship | None:
        return self._one(_OF_YOUNG, {"event": event_id, "chat": chat_id})

    def of_guardian(self, event_id: str, chat_id: int) -> list[Guardianship]:
        return self._many(_OF_GUARDIAN, {"event": event_id, "chat": chat_id})

    def delete(self, guardianship_id: int) -> None:
        self._execute(_DELETE, {"row": guardianship_id})

    def _one(self, statement: Any, asked: dict[str, Any]) -> Guardianship | None:
        found = self._many(statement, asked)
        return found[0] if found else None

    def _many(self, statement: Any, asked: dict[str, Any]) -> list[Guardianship]:
        return [
            Guardianship(**dict(zip(GUARDIANSHIP_COLUMNS, row, strict=True))) for row in self._execute(statement, asked)
        ]
