"""The little that intake reads of an update: enough to keep it, order it and answer a tap."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.records import NewUpdate

# Always sent: a list left out keeps the one of an earlier run, and `my_chat_member` tells of blocks.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_ID_LIMIT = 2**63  # what a database column holds
_UPDATE_ID = re.compile(r'"update_id"\s*:\s*(\d{1,18})\b')


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """`tap_id` is the callback query to answer; `expects_reply` that a person sent it in a private chat."""

    update: NewUpdate
    tap_id: str | None = None
    expects_reply: bool = False


def read_envelope(update: Any, raw: str | None = None) -> Envelope | None:
    """The envelope of a parsed update; None where it has no usable `update_id`.

    `raw` is its JSON text where that is at hand. What is kept is ASCII: any character that a database or UTF-8
    refuses stays a JSON escape.
    """
    if not isinstance(update, dict) or not _is_id(update_id := update.get("update_id")) or update_id < 0:
        return None
    chat_id, kind = _chat_of(update)
    tap = update.get("callback_query")
    tap_id = tap.get("id") if isinstance(tap, dict) else None
    if raw is None or not raw.isascii():
        raw = json.dumps(update, separators=(",", ":"))
    return Envelope(
        update=NewUpdate(update_id=update_id, chat_id=chat_id, raw=raw),
        tap_id=tap_id if isinstance(tap_id, str) else None,
        expects_reply=chat_id is not None and chat_id > 0 and kind in {"message", "callback_query"},
    )


def read_broken(text: str) -> Envelope | None:
    """An envelope for JSON that can't be read, by the first `update_id` seen in it: kept so that it can be
    marked and passed. None where there is none."""
    found = _UPDATE_ID.search(text)
    if found is None:
        return None
    raw = text.encode("ascii", "backslashreplace").decode()
    return Envelope(update=NewUpdate(update_id=int(found[1]), chat_id=None, raw=raw))


def _chat_of(update: dict[str, Any]) -> tuple[int | None, str]:
    """The chat that orders it, and its kind. A tap belongs to the chat of its message, else to who tapped;
    kinds that nobody knows yet likewise to their chat, else to whom they are from."""
    for kind, part in update.items():
        if not isinstance(part, dict):
            continue
        message = part.get("message") if kind == "callback_query" else None
        for holder, name in ((message, "chat"), (part, "chat"), (part, "from"), (part, "user")):
            owner = holder.get(name) if isinstance(holder, dict) else None
            if isinstance(owner, dict) and _is_id(owner.get("id")):
                return owner["id"], kind
    return None, ""


def _is_id(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and -_ID_LIMIT <= value < _ID_LIMIT
