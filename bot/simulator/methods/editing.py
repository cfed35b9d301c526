"""Methods that change, delete or answer what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.simulator.acts import text_content
from bot.simulator.errors import bad_request
from bot.simulator.methods.asked import caption_of, chat_of, keyboards_of, own_message_to_edit, text_of
from bot.simulator.methods.registry import method
from bot.simulator.params import Params
from bot.simulator.state import BOT_ID, Message
from bot.simulator.world import World

_DELETE_S = 48 * 3600
_ANSWER_S = 15
_NOTICE_LIMIT = 200
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    message = own_message_to_edit(world, params)
    content = text_content(text_of(world, params))
    inline = _inline_of(world, params, message)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edited(world, message, content, inline)


@method("editMessageCaption")
def edit_message_caption(world: World, params: Params) -> dict[str, Any]:
    message = own_message_to_edit(world, params)
    caption = text_content(caption_of(world, params), "caption")
    inline = _inline_of(world, params, message)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    kept = {key: value for key, value in message.content.items() if not key.startswith("caption")}
    return _edited(world, message, kept | caption, inline)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> dict[str, Any]:
    message = own_message_to_edit(world, params)
    return _edited(world, message, message.content, _inline_of(world, params, message))


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    chat = chat_of(world, params)
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    _delete(world, chat.chat_id, message_id)
    return True


@method("deleteMessages")
def delete_messages(world: World, params: Params) -> bool:
    chat = chat_of(world, params)
    message_ids = params.json("message_ids")
    if not isinstance(message_ids, list) or not 1 <= len(message_ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message_id in message_ids:
        if world.message(chat.chat_id, message_id) is not None:
            _delete(world, chat.chat_id, message_id)
    return True


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answered or world.at() - query.at > _ANSWER_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > _NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    world.queries[query.query_id] = replace(query, answered=True, text=text, is_alert=params.boolean("show_alert"))
    world.changed()
    return True


def _inline_of(world: World, params: Params, message: Message) -> Mapping[str, Any] | None:
    keyboards = keyboards_of(world, params, world.chats[message.chat_id])
    if keyboards.reply is not None:
        raise bad_request("inline keyboard expected")
    return keyboards.inline


def _edited(
    world: World, message: Message, content: Mapping[str, Any], inline: Mapping[str, Any] | None
) -> dict[str, Any]:
    if content == message.content and inline == message.inline:
        raise bad_request(_UNCHANGED)
    edited = world.put_message(replace(message, content=dict(content), inline=inline, edit_date=int(world.at())))
    return world.api_message(edited)


def _delete(world: World, chat_id: int, message_id: int) -> None:
    message = world.message(chat_id, message_id)
    if message is None:
        raise bad_request("message to delete not found")
    is_private = world.chats[chat_id].kind == "private"
    if world.at() - message.date >= _DELETE_S or (message.sender_id != BOT_ID and not is_private):
        raise bad_request("message can't be deleted for everyone")
    world.put_message(replace(message, deleted=True))
