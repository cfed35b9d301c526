"""All that is held about a chat, for the person to see and to take along: every table that `schema.OWNERS` names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from storage.schema import OWNERS, metadata

_OTHERS = {"the young person", "the guardian", "the organiser"}


def held(connection: Connection, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    """See `bot.ports.Transaction.held`. Tables in which nothing is held are left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in metadata.sorted_tables:
        rows = _rows(connection, table, chat_id)
        if rows:
            found[table.name] = rows
    return found


def _rows(connection: Connection, table: Table, chat_id: int) -> list[dict[str, Any]]:
    rows: dict[Any, dict[str, Any]] = {}
    order = list(table.primary_key.columns)
    for name, whose in OWNERS[table.name].owners.items():
        for row in connection.execute(select(table).where(table.c[name] == chat_id).order_by(*order)):
            values: dict[str, Any] = dict(zip(table.columns.keys(), row, strict=True))
            key = tuple(values[column.name] for column in order)
            rows.setdefault(key, {}).update(_own(table, values, whose))
    return list(rows.values())


def _own(table: Table, values: dict[str, Any], whose: str) -> dict[str, Any]:
    """What of a row is that one's, or nobody else's."""
    others = _OTHERS - {whose}
    only = whose == "the guardian"  # of a young person's row a guardian takes nothing but what they gave themselves
    return {
        column.name: value.isoformat() if isinstance(value := values[column.name], datetime) else value
        for column in table.columns
        if (column.info["whose"] == whose if only else column.info["whose"] not in others)
    }
