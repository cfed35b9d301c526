"""The state of pretend Telegram: chats, messages, files, and what waits for the bot.

Plain code without waiting: the time is passed in, and whoever waits for a change hears `bell`.
Acts of people are in `acts.py`, methods of the bot in `methods/`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.simulator.bell import Bell
from bot.simulator.cleaning import clean_name
from bot.simulator.errors import bad_request, forbidden
from bot.simulator.faults import Faults
from bot.simulator.queue import UpdateQueue
from bot.simulator.state import (
    BOT_ID,
    BOT_USERNAME,
    TOKEN,
    CallbackQuery,
    Chat,
    ChatType,
    Message,
    Profile,
    StoredFile,
    User,
    Webhook,
)

_FIRST_UPDATE_ID = 701_000_000
_FIRST_GROUP_ID = -4_100_000_001
_FIRST_SUPERGROUP_ID = -1_002_100_000_001
_UNKNOWN_BODY = '{"update_id": %d, "message": {"message_id": "one", "date": null, "chat": 7}}'


class World:
    """Everything Telegram knows. With `path` it is read from there, and `save` writes it back."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        token: str = TOKEN,
        strict: bool = True,
        path: Path | None = None,
    ) -> None:
        self.now = now
        self.token = token
        self.strict = strict
        self.path = path
        self.bell = Bell()
        self.faults = Faults()
        self.revision = 0
        self.profile = Profile()
        self.webhook: Webhook | None = None
        self.queue = UpdateQueue(_FIRST_UPDATE_ID)
        self.users: dict[int, User] = {
            BOT_ID: User(user_id=BOT_ID, first_name="COP Dialogue", username=BOT_USERNAME, is_bot=True)
        }
        self.chats: dict[int, Chat] = {}
        self.histories: dict[int, dict[int, Message]] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.files: dict[str, StoredFile] = {}
        self.contents: dict[str, bytes] = {}
        self.actions: dict[int, str] = {}
        self.next_message_id = 1
        self.last_serial = 0
        self._saved_revision = 0
        self._withheld: list[tuple[str, dict[str, Any], float, str]] = []
        if path is not None and path.exists():
            from bot.simulator.snapshot import restore

            restore(self, json.loads(path.read_text("utf-8")))

    def at(self) -> float:
        """Telegram's clock in Unix seconds."""
        return self.now().timestamp()

    def serial(self) -> int:
        """A number never given before."""
        self.last_serial += 1
        return self.last_serial

    def changed(self) -> int:
        """Count a change and wake whoever waits for one."""
        self.revision += 1
        self.bell.ring()
        return self.revision

    def save(self) -> None:
        """Write the state beside its file and put it in place at once, if there is anything new."""
        if self.path is None or self._saved_revision == self.revision:
            return
        from bot.simulator.snapshot import snapshot

        self._saved_revision = self.revision
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(snapshot(self)), "utf-8")
        draft.replace(self.path)

    # people and chats

    def put_user(self, user: User) -> None:
        """Know the person (as now described) and the private chat with them."""
        self.users[user.user_id] = user
        self.chats.setdefault(user.user_id, Chat(chat_id=user.user_id, kind="private"))
        self.histories.setdefault(user.user_id, {})
        self.changed()

    def new_user_id(self) -> int:
        """An id no user has."""
        return max(700_000_000, *self.users) + 1

    def add_chat(self, kind: ChatType, title: str, *, username: str | None = None) -> Chat:
        """A group, supergroup or channel with the bot in it."""
        ids = [chat_id for chat_id in self.chats if chat_id < 0 and (chat_id > -(10**12)) == (kind == "group")]
        first = _FIRST_GROUP_ID if kind == "group" else _FIRST_SUPERGROUP_ID
        chat = Chat(chat_id=min([first + 1, *ids]) - 1, kind=kind, title=clean_name(title, 128), username=username)
        self.chats[chat.chat_id] = chat
        self.histories[chat.chat_id] = {}
        self.changed()
        return chat

    def api_chat(self, chat_id: int) -> dict[str, Any]:
        """The Bot API's Chat."""
        chat = self.chats[chat_id]
        if chat.kind == "private":
            user = self.users[chat_id].api()
            names = {key: value for key, value in user.items() if key in {"first_name", "last_name", "username"}}
            return {"id": chat_id, "type": "private", **names}
        described: dict[str, Any] = {"id": chat_id, "type": chat.kind, "title": chat.title}
        return described | ({"username": chat.username} if chat.username else {})

    def chat_to_send_to(self, chat_id: int) -> Chat:
        """The chat, if the bot may write there now. Raises ApiError in Telegram's words."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.kind == "private":
            user = self.users[chat_id]
            if user.is_bot:
                raise forbidden("bot can't send messages to bots")
            if user.deactivated:
                raise forbidden("user is deactivated")
            if user.blocked:
                raise forbidden("bot was blocked by the user")
            if not user.started:
                raise forbidden("bot can't initiate conversation with a user")
            return chat
        if chat.migrated_to is not None:
            error = bad_request("group chat was upgraded to a supergroup chat")
            error.parameters = {"migrate_to_chat_id": chat.migrated_to}
            raise error
        if chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {'group' if chat.kind == 'group' else chat.kind} chat")
        if chat.bot_status != "member":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    # messages

    def add_message(
        self,
        chat_id: int,
        sender_id: int,
        content: Mapping[str, Any],
        *,
        inline: Mapping[str, Any] | None = None,
        reply: Mapping[str, Any] | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Put a message at the end of a chat."""
        chat = self.chats[chat_id]
        if chat.kind in {"supergroup", "channel"}:
            message_id = chat.next_message_id
            self.chats[chat_id] = replace(chat, next_message_id=message_id + 1)
        else:
            message_id = self.next_message_id
            self.next_message_id += 1
        message = Message(
            chat_id=chat_id,
            message_id=message_id,
            date=int(self.at()),
            sender_id=sender_id,
            content=dict(content),
            inline=inline,
            reply=reply,
            reply_to=reply_to,
        )
        return self.put_message(message)

    def put_message(self, message: Message) -> Message:
        """Store the message as it now is."""
        stored = replace(message, revision=self.changed())
        self.histories[message.chat_id][message.message_id] = stored
        return stored

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """The message unless it is unknown or deleted."""
        found = self.histories.get(chat_id, {}).get(message_id)
        return None if found is None or found.deleted else found

    def api_message(self, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
        """The Bot API's Message."""
        chat = self.chats[message.chat_id]
        api: dict[str, Any] = {"message_id": message.message_id}
        if chat.kind == "channel":
            api["sender_chat"] = self.api_chat(message.chat_id)
        else:
            api["from"] = self.api_sender(message.sender_id)
        api |= {"chat": self.api_chat(message.chat_id), "date": message.date}
        if message.edit_date is not None:
            api["edit_date"] = message.edit_date
        if with_reply and message.reply_to is not None:
            replied = self.message(message.chat_id, message.reply_to)
            if replied is not None:
                api["reply_to_message"] = self.api_message(replied, with_reply=False)
        api |= message.content
        if message.inline is not None:
            api["reply_markup"] = message.inline
        return api

    def api_sender(self, user_id: int) -> dict[str, Any]:
        """The Bot API's User of a sender."""
        user = self.users[user_id].api()
        return user | ({"first_name": self.profile.names.get("", "")} if user_id == BOT_ID else {})

    # files

    def add_file(self, data: bytes, *, file_name: str, mime_type: str, folder: str) -> StoredFile:
        """Keep a file; the same name may come twice."""
        number = self.serial()
        file = StoredFile(
            file_id=f"BQACAgQAAxkBAAI{number:07d}",
            file_unique_id=f"AgAD{number:07d}",
            file_path=f"{folder}/file_{number}{Path(file_name).suffix}",
            file_name=file_name,
            mime_type=mime_type,
            file_size=len(data),
        )
        self.files[file.file_id] = file
        if self.path is not None:
            place = self._place_of(file)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        else:
            self.contents[file.file_id] = data
        return file

    def read_file(self, file: StoredFile) -> bytes:
        """The bytes of a file."""
        if file.file_id in self.contents:
            return self.contents[file.file_id]
        return self._place_of(file).read_bytes()

    def _place_of(self, file: StoredFile) -> Path:
        if self.path is None:
            raise LookupError(f"no content is kept of {file.file_id}")
        return self.path.parent / "telegram-files" / Path(file.file_path).name

    # updates

    def queue_update(self, kind: str, payload: dict[str, Any], lane: str) -> None:
        """Hold an update for the bot if it wants the kind; scripted update faults apply."""
        if not self.queue.wants(kind):
            return
        at = self.at()
        faults = self.faults.updates
        if faults.swap > 0:
            faults.swap -= 1
            self._withheld.append((kind, payload, at, lane))
            return
        if self._withheld:
            # the withheld ones have the lower ids and come later
            reserved = self.queue.next_id
            self.queue.next_id += len(self._withheld)
            self.queue.put(kind, payload, at=at, lane=lane)
            following = self.queue.next_id
            self.queue.next_id = reserved
            for late_kind, late_payload, late_at, late_lane in self._withheld:
                self.queue.put(late_kind, late_payload, at=late_at, lane=late_lane)
            self.queue.next_id = following
            self._withheld.clear()
        else:
            held = self.queue.put(kind, payload, at=at, lane=lane)
            if faults.duplicate > 0:
                faults.duplicate -= 1
                self.queue.held.append(held)
        self.changed()

    def queue_unknown_kind(self, kind: str = "hologram", payload: dict[str, Any] | None = None) -> int:
        """Hold an update of a kind nobody knows; its id."""
        held = self.queue.put(kind, payload or {"shape": "cube"}, at=self.at(), lane=kind)
        self.changed()
        return held.update_id

    def queue_unparsable(self, raw: str | None = None) -> int:
        """Hold an update no library can parse: valid JSON with the wrong types, or `raw`; its id.

        `%d` in `raw` stands for the update's id.
        """
        text = (raw or _UNKNOWN_BODY).replace("%d", str(self.queue.next_id))
        held = self.queue.put("message", {}, at=self.at(), lane="unparsable", raw=text)
        self.changed()
        return held.update_id

    def expire_updates(self) -> None:
        """Drop what waited too long by Telegram's clock."""
        if self.queue.expire(self.at()):
            self.changed()
