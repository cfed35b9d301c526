"""What differs between SQLite and PostgreSQL in a statement sits here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Literal
from zlib import crc32

from sqlalchemy import Column, Connection, Table, bindparam, func

from storage.schema import meta
from storage.types import PlainText

Database = Literal["sqlite", "postgresql"]
_SLOTS = 64


@cache
def _insert_of(database: Database) -> Callable[[Table], Any]:
    # imported one by one: who runs on SQLite pays for no PostgreSQL
    if database == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert


def insert_new(database: Database, table: Table, unique: Sequence[str]) -> Any:
    """INSERT that passes over a row whose `unique` columns are taken."""
    return _insert_of(database)(table).on_conflict_do_nothing(index_elements=list(unique))


def upsert(
    database: Database, table: Table, unique: Sequence[str], changed: Sequence[str], *, where: Any = None
) -> Any:
    """INSERT, or change the `changed` columns of the row with the same `unique` columns, if `where` holds."""
    statement = _insert_of(database)(table)
    return statement.on_conflict_do_update(
        index_elements=list(unique),
        set_={name: statement.excluded[name] for name in changed},
        where=where,
    )


@cache
def _touch(database: Database) -> Any:
    return upsert(database, meta, ["key"], ["value"])


def holds(database: Database, column: Column[Any], part: str) -> Any:
    """Whether `part` stands in `column`, character by character (LIKE on SQLite takes A for a)."""
    position = func.instr if database == "sqlite" else func.strpos
    return position(column, bindparam(None, part, PlainText())) > 0


def meet(connection: Connection, database: Database, keys: Iterable[str | None]) -> None:
    """See to it that of two transactions at once that name the same key, one runs again after the other.

    Without this, on PostgreSQL neither would see what the other writes. SQLite has one writer anyway.
    The rows say nothing of the keys: many share one of a few slots.
    """
    if database == "sqlite":
        return
    slots = sorted({crc32(key.encode("utf-8", "replace")) % _SLOTS for key in keys if key})
    for slot in slots:
        connection.execute(_touch(database), {"key": f"meeting:{slot}", "value": ""})
