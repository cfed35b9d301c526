"""Parameters several methods share, read and checked in Telegram's words."""

from __future__ import annotations

import re

from bot.simulator.errors import bad_request
from bot.simulator.formatted import CAPTION_LIMIT, TEXT_LIMIT, FormattedText, formatted_text
from bot.simulator.keyboards import Keyboards, checked_markup
from bot.simulator.params import Params
from bot.simulator.state import BOT_ID, Chat, Message
from bot.simulator.world import World


def chat_id_of(world: World, params: Params) -> int | None:
    """The chat a call is about, or None if it names none that could exist."""
    asked = params.text("chat_id").strip()
    if re.fullmatch(r"-?\d{1,18}", asked):
        return int(asked)
    if asked.startswith("@"):
        name = asked[1:].lower()
        return next((one.chat_id for one in world.chats.values() if (one.username or "").lower() == name), None)
    return None


def chat_of(world: World, params: Params) -> Chat:
    """The chat to write to."""
    if not params.text("chat_id").strip():
        raise bad_request("chat_id is empty")
    chat_id = chat_id_of(world, params)
    if chat_id is None:
        raise bad_request("chat not found")
    return world.chat_to_send_to(chat_id)


def own_message_to_edit(world: World, params: Params) -> Message:
    """The bot's own message that `chat_id` and `message_id` name."""
    chat = chat_of(world, params)
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = world.message(chat.chat_id, message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender_id != BOT_ID or message.reply is not None:
        raise bad_request("message can't be edited")
    return message


def text_of(world: World, params: Params) -> FormattedText:
    """The `text` of a message."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    return formatted_text(
        params.text("text"),
        parse_mode=params.text("parse_mode").lower(),
        entities=params.json("entities"),
        limit=TEXT_LIMIT,
        strict=world.strict,
    )


def caption_of(world: World, params: Params) -> FormattedText:
    """The `caption` of a file, empty if there is none."""
    return formatted_text(
        params.text("caption"),
        parse_mode=params.text("parse_mode").lower(),
        entities=params.json("caption_entities"),
        limit=CAPTION_LIMIT,
        strict=world.strict,
        may_be_empty=True,
    )


def keyboards_of(world: World, params: Params, chat: Chat) -> Keyboards:
    """The `reply_markup`."""
    return checked_markup(params.json("reply_markup"), is_private=chat.kind == "private", strict=world.strict)


def replied_to(world: World, params: Params, chat: Chat) -> int | None:
    """The message to reply to, from `reply_parameters` or the older names."""
    given = params.json("reply_parameters")
    if given is None:
        message_id = params.integer("reply_to_message_id")
        may_miss = params.boolean("allow_sending_without_reply")
    else:
        if not isinstance(given, dict) or not isinstance(given.get("message_id"), int):
            raise bad_request("can't parse reply parameters JSON object")
        message_id = given["message_id"]
        may_miss = given.get("allow_sending_without_reply") is True
    if not message_id:
        return None
    if world.message(chat.chat_id, message_id) is None:
        if may_miss:
            return None
        raise bad_request("message to be replied not found")
    return message_id
