"""Records that tests change one field of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.records import Limits, NewMessage, NewUpdate, Person, Registration, StoredDraft, Timer

NOW = datetime(2020, 11, 10, 9, 0, 0, 123456, tzinfo=UTC)
EVENT = "cop-2020"


def update(update_id: int, chat_id: int | None = 7, raw: str = "{}") -> NewUpdate:
    return NewUpdate(update_id=update_id, chat_id=chat_id, raw=raw)


def message(chat_id: int = 7, text: str = "hello", **changed: Any) -> NewMessage:
    return NewMessage(chat_id=chat_id, screen={"template": "greeting", "text": text}, **changed)


def person(chat_id: int = 7, **changed: Any) -> Person:
    return Person(**{"chat_id": chat_id, "created_at": NOW, "updated_at": NOW, **changed})


def draft(chat_id: int = 7, **changed: Any) -> StoredDraft:
    given = {
        "chat_id": chat_id,
        "event_id": EVENT,
        "data": {"answers": {}},
        "begun_at": NOW,
        "updated_at": NOW,
    }
    return StoredDraft(**{**given, **changed})


def registration(chat_id: int = 7, number: str = "K7M2-9", **changed: Any) -> Registration:
    given = {
        "event_id": EVENT,
        "number": number,
        "chat_id": chat_id,
        "status": "confirmed",
        "language": "ar",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Registration(**{**given, **changed})


def timer(kind: str, key: str, due_at: datetime, **changed: Any) -> Timer:
    return Timer(**{"id": 0, "kind": kind, "key": key, "chat_id": None, "due_at": due_at, **changed})


def limits(settled: datetime, **changed: Any) -> Limits:
    """Of a purge that takes settled rows older than that, and nothing else."""
    never = datetime(1970, 1, 2, tzinfo=UTC)
    rest = dict.fromkeys(("silent", "audit", "greeted", "marks"), never)
    flags = {"form_is_over": False, "guardianships_are_over": False}
    return Limits(**{"event_id": EVENT, "settled": settled, **rest, **flags, **changed})
