"""Marks of chats that were erased: enough to know a chat again in an older backup, and not its number."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, select

from storage.schema import meta

KEY = "mark_key"  # in `meta`; made with the schema, so that every backup has it


def mark_of(key: str, chat_id: int) -> str:
    """HMAC-SHA256 of a chat's id."""
    return hmac.new(key.encode("ascii"), str(chat_id).encode("ascii"), hashlib.sha256).hexdigest()


def new_key() -> str:
    """A key for a new store."""
    return secrets.token_hex(32)


def key_of(connection: Connection) -> str:
    """The store's key. Raises LookupError where it was taken away."""
    value: str | None = connection.execute(select(meta.c.value).where(meta.c.key == KEY)).scalar()
    if value is None:
        raise LookupError(f"the store's {KEY} is missing in the table meta: restore a backup")
    return value
