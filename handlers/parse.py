"""From Telegram's update to the core's own words. Anything that needs no reply becomes `Ignored`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.incoming import (
    Contact,
    Edited,
    Ignored,
    Incoming,
    InGroup,
    Membership,
    Migrated,
    Sender,
    Tap,
    Text,
    Unreadable,
)

if TYPE_CHECKING:
    from telegram import CallbackQuery, ChatMemberUpdated, Message, Update

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?\Z", re.DOTALL)

ATTACHMENTS = (
    "animation", "audio", "checklist", "dice", "document", "game", "invoice", "location", "paid_media", "photo", "poll",
    "sticker", "story", "venue", "video", "video_note", "voice",
)  # fmt: skip


class Unparsable(Exception):
    """The update is not what Telegram documents; it is marked and passed."""


def parse(raw: str, bot_username: str) -> Incoming:
    """What the update says. `raw` is its JSON. Raises Unparsable."""
    from telegram import Update

    try:
        data = json.loads(raw)
        if (incoming := usual(data)) is not None:
            return incoming
        update = Update.de_json(data, None)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError) as e:
        raise Unparsable(type(e).__name__) from e
    try:
        return _incoming(update, bot_username)
    except (AttributeError, TypeError) as e:  # a field of another type than documented
        raise Unparsable(type(e).__name__) from e


def usual(data: Any) -> Text | Tap | None:
    """What nearly every update is: a text, or a tap on a message of the bot, in a private chat. None for all else.

    PTB says the same of them, at fifty times the cost: it makes an object of each field.
    """
    match data:
        case {
            "message": {
                "message_id": int(message_id),
                "date": int(),
                "chat": {"id": int(chat_id), "type": "private"},
                "from": {"id": int(user_id), **who},
                "text": str(text),
            }
        }:
            return text_of(_usual_sender(chat_id, user_id, who), text, message_id)
        case {
            "callback_query": {
                "id": str(),
                "message": {
                    "message_id": int(message_id),
                    "date": int(date),
                    "chat": {"id": int(chat_id), "type": "private"},
                    **message,
                },
                "from": {"id": int(user_id), **who},
                "data": str(pressed),
            }
        }:
            sender = _usual_sender(chat_id, user_id, who)
            replied = message.get("reply_to_message")
            replied = replied if isinstance(replied, dict) else {}
            return Tap(
                sender=sender,
                data=pressed,
                message_id=message_id if date else None,
                replied_text=_str(replied.get("text") or replied.get("caption")),
                replied_id=_int(replied.get("message_id")),
            )
        case _:
            return None


def _str(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _usual_sender(chat_id: int, user_id: int, who: Mapping[object, object]) -> Sender:
    hint = who.get("language_code")
    return Sender(chat_id=chat_id, user_id=user_id, language_hint=hint if isinstance(hint, str) else None)


def _incoming(update: Update, bot_username: str) -> Incoming:
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return Ignored(why="a kind of update that wants no reply")
    if message.migrate_to_chat_id is not None:
        return Migrated(old_chat_id=message.chat.id, new_chat_id=message.migrate_to_chat_id)
    if message.chat.type != "private":
        return _in_group(message, bot_username)
    if update.edited_message is not None:
        return Edited(sender=_sender(message))
    return _message(message)


def _sender(message: Message) -> Sender:
    user = message.from_user
    return Sender(
        chat_id=message.chat.id,
        user_id=user.id if user else message.chat.id,
        language_hint=user.language_code if user else None,
    )


def _message(message: Message) -> Incoming:
    sender = _sender(message)
    if message.text is not None:
        return text_of(sender, message.text, message.message_id)
    if message.contact is not None:
        own = message.contact.user_id is not None and message.contact.user_id == sender.user_id
        return Contact(sender=sender, phone=str(message.contact.phone_number), own=own)
    found = next((name for name in ATTACHMENTS if getattr(message, name)), None)
    if found is not None:
        return Unreadable(sender=sender, what=found, caption=message.caption or "", message_id=message.message_id)
    if message.api_kwargs:
        return Unreadable(sender=sender, what="other")
    return Ignored(why="a service message")


def text_of(sender: Sender, text: str, message_id: int | None = None) -> Text:
    """A text, with its command split off where it is one."""
    match = _COMMAND.match(text.strip())
    if match is None:
        return Text(sender=sender, text=text, message_id=message_id)
    command, argument = match[1].lower(), (match[3] or "").strip()
    return Text(sender=sender, text=text, command=command, argument=argument, message_id=message_id)


def _tap(query: CallbackQuery) -> Incoming:
    message = query.message
    if message is None or query.data is None or message.chat.type != "private":
        return Ignored(why="a button outside a private chat")
    sender = Sender(chat_id=message.chat.id, user_id=query.from_user.id, language_hint=query.from_user.language_code)
    replied = getattr(message, "reply_to_message", None)
    return Tap(
        sender=sender,
        data=query.data,
        message_id=message.message_id if message.is_accessible else None,
        replied_text=(replied.text or replied.caption) if replied else None,
        replied_id=replied.message_id if replied else None,
    )


def _membership(change: ChatMemberUpdated) -> Incoming:
    status: Any = change.new_chat_member.status
    if change.chat.type == "private":
        sender = Sender(
            chat_id=change.chat.id, user_id=change.from_user.id, language_hint=change.from_user.language_code
        )
        return Membership(sender=sender, blocked=status == "kicked", at=change.date)
    if change.chat.type in ("group", "supergroup") and status in ("member", "administrator"):
        return InGroup(chat_id=change.chat.id, language_hint=change.from_user.language_code)
    return Ignored(why="a change of membership that wants no reply")


def _in_group(message: Message, bot_username: str) -> Incoming:
    if message.chat.type not in ("group", "supergroup"):
        return Ignored(why="a channel")
    text = message.text or ""
    command = _COMMAND.match(text.strip())
    to_other = command is not None and command[2] is not None and command[2].lower() != bot_username.lower()
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    to_bot = answered is not None and (answered.username or "").lower() == bot_username.lower()
    if not to_other and (command is not None or f"@{bot_username.lower()}" in text.lower() or to_bot):
        hint = message.from_user.language_code if message.from_user else None
        return InGroup(chat_id=message.chat.id, language_hint=hint)
    return Ignored(why="talk in a group")
