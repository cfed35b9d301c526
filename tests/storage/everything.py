"""A row of every table, made up from the schema, and a look at all that a store holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, Table, insert, select, text

from storage.schema import metadata
from storage.transaction import SqlTransaction
from storage.types import Instant, Json
from tests.storage.samples import NOW

SECRET = "Zanzibar"  # in no word of ours


def value_of(column: Column[Any], owner: str, chat_id: int, serial: int, at: datetime = NOW) -> Any:
    """Something that fits the column: the chat in its owner, the secret wherever there is text."""
    if column.name == owner:
        return chat_id
    if column.name == "state":
        return "waiting"
    if column.name == "status":
        return "confirmed"
    if column.name == "role":
        return "adult"
    match column.type:
        case Instant():
            return at
        case Json():
            return {"answers": {"name": SECRET}}
        case BigInteger() | Integer():
            return None if column.nullable else serial
        case Boolean():
            return False
    return f"{SECRET} {serial}"


def put_row(tx: SqlTransaction, table: Table, owner: str, chat_id: int, serial: int, at: datetime = NOW) -> None:
    """A row of that chat's."""
    generated = {c.name for c in table.primary_key.columns if c.name == "id"}
    row = {c.name: value_of(c, owner, chat_id, serial, at) for c in table.columns if c.name not in generated}
    if table.name == "inbox":
        row["raw"] = f'{{"text": "{SECRET}"}}'
    tx._connection.execute(insert(table), row)


def rows_of(tx: SqlTransaction) -> dict[str, list[str]]:
    """Every row of every table as text."""
    return {
        table.name: [repr(tuple(row)) for row in tx._connection.execute(select(text("*")).select_from(table))]
        for table in metadata.sorted_tables
    }
