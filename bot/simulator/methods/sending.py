"""Methods that put something new into a chat."""

from __future__ import annotations

from typing import Any

from bot.simulator.acts import text_content
from bot.simulator.errors import ApiError, bad_request
from bot.simulator.methods.asked import caption_of, chat_of, keyboards_of, replied_to, text_of
from bot.simulator.methods.registry import method
from bot.simulator.params import Params
from bot.simulator.state import BOT_ID, StoredFile
from bot.simulator.world import World

_UPLOAD_BYTES = 50 * 1024 * 1024
_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


@method("sendMessage")
def send_message(world: World, params: Params) -> dict[str, Any]:
    chat = chat_of(world, params)
    content = text_content(text_of(world, params))
    keyboards = keyboards_of(world, params, chat)
    reply_to = replied_to(world, params, chat)
    world.actions.pop(chat.chat_id, None)
    message = world.add_message(
        chat.chat_id, BOT_ID, content, inline=keyboards.inline, reply=keyboards.reply, reply_to=reply_to
    )
    return world.api_message(message)


@method("sendDocument")
def send_document(world: World, params: Params) -> dict[str, Any]:
    chat = chat_of(world, params)
    _check_document(world, params)
    caption = caption_of(world, params)
    keyboards = keyboards_of(world, params, chat)
    reply_to = replied_to(world, params, chat)
    file = _document_of(world, params)
    document = file.api() | {"file_name": file.file_name, "mime_type": file.mime_type}
    message = world.add_message(
        chat.chat_id,
        BOT_ID,
        {"document": document, **text_content(caption, "caption")},
        inline=keyboards.inline,
        reply=keyboards.reply,
        reply_to=reply_to,
    )
    return world.api_message(message)


def _check_document(world: World, params: Params) -> None:
    upload = params.upload("document")
    if upload is None:
        if not params.text("document"):
            raise bad_request("there is no document in the request")
        if params.text("document") not in world.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
    elif not upload.data:
        raise bad_request("file must be non-empty")
    elif len(upload.data) > _UPLOAD_BYTES:
        raise ApiError(413)


def _document_of(world: World, params: Params) -> StoredFile:
    """The file sent before, or the one uploaded now, kept."""
    upload = params.upload("document")
    if upload is None:
        return world.files[params.text("document")]
    return world.add_file(upload.data, file_name=upload.file_name, mime_type=upload.mime_type, folder="documents")


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    chat = chat_of(world, params)
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.actions[chat.chat_id] = action
    world.changed()
    return True
