"""Methods that look something up: chats, members, files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.simulator.errors import bad_request
from bot.simulator.methods.asked import chat_id_of
from bot.simulator.methods.registry import method
from bot.simulator.params import Params
from bot.simulator.state import BOT_ID
from bot.simulator.world import World

_DOWNLOAD_BYTES = 20 * 1024 * 1024


@method("getChat")
def get_chat(world: World, params: Params) -> dict[str, Any]:
    chat_id = chat_id_of(world, params)
    chat = world.chats.get(chat_id) if chat_id is not None else None
    if chat is None or (chat.kind == "private" and not world.users[chat.chat_id].started):
        raise bad_request("chat not found")
    return world.api_chat(chat.chat_id) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    chat_id = chat_id_of(world, params)
    chat = world.chats.get(chat_id) if chat_id is not None else None
    if chat is None:
        raise bad_request("chat not found")
    user_id = params.integer("user_id")
    if user_id not in world.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    status = chat.bot_status if user_id == BOT_ID else "member"
    return {"user": world.api_sender(user_id), "status": status} | ({"until_date": 0} if status == "kicked" else {})


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    chat_id = chat_id_of(world, params)
    chat = world.chats.get(chat_id) if chat_id is not None else None
    if chat is None or chat.kind == "private":
        raise bad_request("chat not found" if chat is None else "chat member status can't be changed in private chats")
    world.chats[chat.chat_id] = replace(chat, bot_status="left")
    world.changed()
    return True


@method("getFile")
def get_file(world: World, params: Params) -> dict[str, Any]:
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.file_size > _DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file.api() | {"file_path": file.file_path}
