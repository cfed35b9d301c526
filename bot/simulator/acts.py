"""What people do in their Telegram apps, as changes of the world and updates for the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.simulator.formatted import CAPTION_LIMIT, TEXT_LIMIT, FormattedText, as_typed
from bot.simulator.state import BOT_ID, BOT_USERNAME, CallbackQuery, Chat, Message
from bot.simulator.world import World

_SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


class ActRefused(Exception):
    """The app would not let a person do this; the text says why."""


def text_content(formatted: FormattedText, name: str = "text") -> dict[str, Any]:
    """A text or caption with its entities as message content."""
    if not formatted.text:
        return {}
    content: dict[str, Any] = {name: formatted.text}
    if formatted.entities:
        content[f"{name}_entities" if name == "caption" else "entities"] = list(formatted.entities)
    return content


def post(
    world: World, user_id: int, chat_id: int, content: Mapping[str, Any], *, reply_to: int | None = None
) -> Message:
    """A message of any content from a person. Raises ActRefused if their app would not send it."""
    user, chat = world.users[user_id], world.chats[chat_id]
    if chat.kind == "private":
        if user.deactivated:
            raise ActRefused(f"{user.first_name} has no account any more")
        if user.blocked:
            raise ActRefused(f"{user.first_name} has blocked the bot: unblock first")
        if not user.started:
            world.put_user(replace(user, started=True))
    message = world.add_message(chat_id, user_id, content, reply_to=reply_to)
    if chat.kind == "channel":
        world.queue_update("channel_post", world.api_message(message), f"chat:{chat_id}")
    elif chat.bot_status == "member" and (chat.kind == "private" or _passes_privacy(world, message)):
        world.queue_update("message", world.api_message(message), f"chat:{chat_id}")
    return message


def post_text(world: World, user_id: int, chat_id: int, text: str, *, reply_to: int | None = None) -> list[Message]:
    """Typed text: cleaned, and cut into several messages where it is longer than one holds."""
    typed = as_typed(text).text
    if not typed:
        raise ActRefused("an app does not send an empty message: use raw() to force one")
    pieces = [typed[start : start + TEXT_LIMIT] for start in range(0, len(typed), TEXT_LIMIT)]
    return [
        post(world, user_id, chat_id, text_content(as_typed(piece)), reply_to=reply_to)
        for piece in pieces
        if as_typed(piece).text
    ]


def caption_content(caption: str | None) -> dict[str, Any]:
    """A caption as typed, cut where it is too long."""
    return text_content(as_typed((caption or "")[:CAPTION_LIMIT]), "caption")


def edit_text(world: World, message: Message, text: str) -> Message:
    """A person changes their own message."""
    content = {key: value for key, value in message.content.items() if key not in {"text", "entities"}}
    edited = world.put_message(
        replace(message, content=text_content(as_typed(text)) | content, edit_date=int(world.at()))
    )
    kind = "edited_channel_post" if world.chats[message.chat_id].kind == "channel" else "edited_message"
    world.queue_update(kind, world.api_message(edited), f"chat:{message.chat_id}")
    return edited


def tap(
    world: World, user_id: int, chat_id: int, message_id: int, data: str, *, forgotten: bool = False
) -> CallbackQuery:
    """A tap on an inline button; `forgotten` as when the message is too old for the bot to see."""
    query = CallbackQuery(
        query_id=str(4_611_686_000_000_000 + world.serial()),
        user_id=user_id,
        chat_id=chat_id,
        message_id=message_id,
        data=data,
        at=world.at(),
    )
    world.queries[query.query_id] = query
    message = world.message(chat_id, message_id)
    shown = (
        {"chat": world.api_chat(chat_id), "message_id": message_id, "date": 0}
        if message is None or forgotten
        else world.api_message(message)
    )
    payload = {
        "id": query.query_id,
        "from": world.users[user_id].api(),
        "message": shown,
        "chat_instance": str(-chat_id * 7_919),
        "data": data,
    }
    world.queue_update("callback_query", payload, f"user:{user_id}")
    world.changed()
    return query


def pass_on(world: World, user_id: int, to_user_id: int, text: str) -> Message:
    """One person sends another a text, outside the bot: it is seen in the other's pane, the bot hears nothing."""
    if to_user_id not in world.users or not as_typed(text).text:
        raise ActRefused("choose a person and something to pass on")
    return world.add_message(to_user_id, user_id, text_content(as_typed(text)))


def set_blocked(world: World, user_id: int, blocked: bool) -> None:
    """Block or unblock the bot; nothing happens if it is so already."""
    user = world.users[user_id]
    if user.blocked == blocked:
        return
    world.put_user(replace(user, blocked=blocked))
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    _queue_membership(world, user_id, user_id, before, after)


def deactivate(world: World, user_id: int) -> None:
    """The person's account is gone."""
    world.put_user(replace(world.users[user_id], deactivated=True))


def set_bot_status(world: World, chat_id: int, user_id: int, status: str) -> None:
    """A person adds the bot to a group or channel, or puts it out: member, left or kicked."""
    chat = world.chats[chat_id]
    world.chats[chat_id] = replace(chat, bot_status=status)
    _queue_membership(world, chat_id, user_id, chat.bot_status, status)
    if status == "member" and chat.kind != "channel":
        post(world, user_id, chat_id, {"new_chat_members": [world.api_sender(BOT_ID)]})
    world.changed()


def migrate(world: World, chat_id: int, user_id: int) -> Chat:
    """A group becomes a supergroup with another id."""
    group = world.chats[chat_id]
    new = world.add_chat("supergroup", group.title or "")
    post(world, user_id, chat_id, {"migrate_to_chat_id": new.chat_id})
    world.chats[chat_id] = replace(world.chats[chat_id], migrated_to=new.chat_id)
    post(world, user_id, new.chat_id, {"migrate_from_chat_id": chat_id})
    world.changed()
    return world.chats[new.chat_id]


def _queue_membership(world: World, chat_id: int, user_id: int, before: str, after: str) -> None:
    def member(status: str) -> dict[str, Any]:
        described: dict[str, Any] = {"user": world.api_sender(BOT_ID), "status": status}
        return described | ({"until_date": 0} if status == "kicked" else {})

    payload = {
        "chat": world.api_chat(chat_id),
        "from": world.users[user_id].api(),
        "date": int(world.at()),
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
    world.queue_update("my_chat_member", payload, f"membership:{chat_id}")


def _passes_privacy(world: World, message: Message) -> bool:
    """In a group the bot sees commands to it, replies to it and service messages."""
    if any(name in message.content for name in _SERVICE):
        return True
    if message.reply_to is not None:
        replied = world.message(message.chat_id, message.reply_to)
        if replied is not None and replied.sender_id == BOT_ID:
            return True
    text = message.content.get("text", "")
    for entity in message.content.get("entities", ()):
        if entity["type"] == "bot_command":
            command = text.encode("utf-16-le")[entity["offset"] * 2 :][: entity["length"] * 2].decode("utf-16-le")
            addressee = command.partition("@")[2]
            if not addressee or addressee.lower() == BOT_USERNAME.lower():
                return True
    return False
