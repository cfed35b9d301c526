"""The state of pretend Telegram as JSON and back, so that a restart goes on with the same chats."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.simulator.queue import HeldUpdate
from bot.simulator.state import CallbackQuery, Chat, Message, Profile, StoredFile, User, Webhook

if TYPE_CHECKING:
    from bot.simulator.world import World

VERSION = 1


def snapshot(world: World) -> dict[str, Any]:
    """Everything a restart needs; what one process only scripts (faults) is left out."""
    return {
        "version": VERSION,
        "read_at": world.at(),
        "revision": world.revision,
        "next_message_id": world.next_message_id,
        "serial": world.last_serial,
        "profile": asdict(world.profile),
        "webhook": None if world.webhook is None else asdict(world.webhook),
        "users": [asdict(user) for user in world.users.values()],
        "chats": [asdict(chat) for chat in world.chats.values()],
        "messages": [_message(message) for history in world.histories.values() for message in history.values()],
        "queries": [asdict(query) for query in world.queries.values()],
        "files": [asdict(file) for file in world.files.values()],
        "next_update_id": world.queue.next_id,
        "allowed": None if world.queue.allowed is None else sorted(world.queue.allowed),
        "updates": [asdict(update) for update in world.queue.held],
    }


def restore(world: World, kept: dict[str, Any]) -> None:
    """Put a snapshot's state into a fresh world. Raises ValueError for another version."""
    if kept.get("version") != VERSION:
        raise ValueError(f"{world.path} was written by another version of the simulator: move it away to start afresh")
    world.revision = kept["revision"]
    world.next_message_id = kept["next_message_id"]
    world.last_serial = kept["serial"]
    world.profile = Profile(**kept["profile"])
    world.webhook = None if kept["webhook"] is None else Webhook(**kept["webhook"])
    world.users = {one["user_id"]: User(**one) for one in kept["users"]}
    world.chats = {one["chat_id"]: Chat(**one) for one in kept["chats"]}
    world.histories = {chat_id: {} for chat_id in world.chats}
    for one in kept["messages"]:
        world.histories[one["chat_id"]][one["message_id"]] = Message(**one)
    world.queries = {one["query_id"]: CallbackQuery(**one) for one in kept["queries"]}
    world.files = {one["file_id"]: StoredFile(**one) for one in kept["files"]}
    world.queue.next_id = kept["next_update_id"]
    world.queue.allowed = None if kept["allowed"] is None else frozenset(kept["allowed"])
    world.queue.held = [HeldUpdate(**one) for one in kept["updates"]]


def _message(message: Message) -> dict[str, Any]:
    # asdict would copy each content deeply, and a chat has many messages
    return {name: getattr(message, name) for name in Message.__slots__}
