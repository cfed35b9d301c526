"""Screens on their way out: put with the step that made them, settled when Telegram has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, bindparam, delete, exists, insert, select, text, true, update

from bot.records import NewMessage, OutboxItem, Settled
from storage.dialects import Database
from storage.schema import outbox, people

_WAITING = text("state = 'waiting'")
_chat = bindparam("chat", type_=BigInteger())

_PUT = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_FOLD = delete(outbox).where(outbox.c.chat_id == _chat, _WAITING, outbox.c.fold == true())
_PAGE = (
    select(
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.screen,
        outbox.c.edit,
        outbox.c.live,
        outbox.c.attempts,
        outbox.c.not_before,
    )
    .where(_WAITING, outbox.c.id > bindparam("after", type_=BigInteger()))
    .order_by(outbox.c.id)
    .limit(bindparam("page", type_=Integer()))
)
_one = (outbox.c.id == bindparam("row", type_=BigInteger()), _WAITING)
_AGAIN = (
    update(outbox)
    .where(*_one)
    .values({name: bindparam(f"new_{name}") for name in ("attempts", "not_before", "reason")})
)
_SETTLE = (
    update(outbox)
    .where(*_one)
    .values(
        {
            **{name: bindparam(f"new_{name}") for name in ("state", "attempts", "reason", "message_id", "settled_at")},
            "screen": None,
        }
    )
)
_LIVE = update(people).where(people.c.chat_id == _chat).values(screen_message_id=bindparam("message"))
_BLOCK = update(people).where(people.c.chat_id == _chat).values(blocked_at=bindparam("at"))
_DROP = (
    update(outbox)
    .where(outbox.c.chat_id == _chat, _WAITING)
    .values(state="blocked", screen=None, settled_at=bindparam("at"))
)
# The last words to somebody who was erased leave nothing. Settled rows of people go with the purge.
_STRANGERS = delete(outbox).where(
    outbox.c.settled_at == bindparam("at"),
    outbox.c.chat_id > 0,
    ~exists().where(people.c.chat_id == outbox.c.chat_id),
)


class SqlOutbox:
    """See `bot.ports.Outbox`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute

    def put(self, messages: Sequence[NewMessage], now: datetime) -> list[OutboxItem]:
        """Folding rows of an earlier `put` go; those of one `put` stand together."""
        if not messages:
            return []
        folding = dict.fromkeys(message.chat_id for message in messages if message.fold)
        if folding:
            self._execute(_FOLD, [{"chat": chat_id} for chat_id in folding])
        given = self._execute(_PUT, [_row(message, now) for message in messages]).scalars()
        return [
            OutboxItem(
                id=row_id,
                chat_id=message.chat_id,
                screen=message.screen,
                edit=message.edit,
                live=message.live,
            )
            for row_id, message in zip(given, messages, strict=True)
        ]

    def waiting(self, limit: int, after_id: int = 0) -> list[OutboxItem]:
        found = self._execute(_PAGE, {"after": after_id, "page": limit})
        return [
            OutboxItem(
                id=row_id,
                chat_id=chat_id,
                screen=screen,
                edit=edit,
                live=live,
                attempts=attempts,
                not_before=not_before,
            )
            for row_id, chat_id, screen, edit, live, attempts, not_before in found
        ]

    def settle(self, results: Sequence[Settled], now: datetime) -> None:
        again = [
            {
                "row": result.id,
                "new_attempts": result.attempts,
                "new_not_before": result.not_before,
                "new_reason": result.reason,
            }
            for result in results
            if result.state == "waiting"
        ]
        settled = [
            {
                "row": result.id,
                "new_state": result.state,
                "new_attempts": result.attempts,
                "new_reason": result.reason,
                "new_message_id": result.message_id,
                "new_settled_at": now,
            }
            for result in results
            if result.state != "waiting"
        ]
        live = [
            {"chat": result.chat_id, "message": result.message_id}
            for result in results
            if result.state == "sent" and result.live and result.message_id is not None
        ]
        blocked = [
            {"chat": chat_id, "at": now}
            for chat_id in dict.fromkeys(r.chat_id for r in results if r.state == "blocked")
        ]
        for statement, rows in (
            (_AGAIN, again),
            (_SETTLE, settled),
            (_LIVE, live),
            (_BLOCK, blocked),
            (_DROP, blocked),
        ):
            if rows:
                self._execute(statement, rows)
        if settled:
            self._execute(_STRANGERS, {"at": now})


def _row(message: NewMessage, now: datetime) -> dict[str, Any]:
    return {
        "chat_id": message.chat_id,
        "template": str(message.screen.get("template", "")),
        "screen": message.screen,
        "edit": message.edit,
        "live": message.live,
        "fold": message.fold,
        "state": "waiting",
        "attempts": 0,
        "reason": "",
        "created_at": now,
    }
