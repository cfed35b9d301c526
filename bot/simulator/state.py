"""What pretend Telegram knows, as values. Dates are Unix seconds; contents are Bot API JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

BOT_ID = 42
BOT_USERNAME = "CopDialogueBot"
TOKEN = f"{BOT_ID}:simulator-for-rehearsal-on-loopback"

ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, or the bot, or another bot. `started`: has written to the bot at least once."""

    user_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def api(self) -> dict[str, Any]:
        """The Bot API's User."""
        user: dict[str, Any] = {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                user[name] = value
        return user


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat the bot could know. A private chat has its person's id."""

    chat_id: int
    kind: ChatType
    title: str | None = None
    username: str | None = None
    bot_status: str = "member"
    migrated_to: int | None = None
    next_message_id: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message; `content` holds text, entities, document and the like, `reply` a reply keyboard."""

    chat_id: int
    message_id: int
    date: int
    sender_id: int
    content: Mapping[str, Any]
    edit_date: int | None = None
    inline: Mapping[str, Any] | None = None
    reply: Mapping[str, Any] | None = None
    reply_to: int | None = None
    deleted: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackQuery:
    """A tap on an inline button, until and after the bot answered it."""

    query_id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False
    text: str = ""
    is_alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file at Telegram; its bytes are kept beside."""

    file_id: str
    file_unique_id: str
    file_path: str
    file_name: str
    mime_type: str
    file_size: int

    def api(self) -> dict[str, Any]:
        """The fields every file kind has."""
        return {"file_id": self.file_id, "file_unique_id": self.file_unique_id, "file_size": self.file_size}


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where updates are delivered; errors as getWebhookInfo tells them."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass(slots=True)
class Profile:
    """What people see of the bot, by language ("" is every other language)."""

    names: dict[str, str] = field(default_factory=lambda: {"": "COP Dialogue"})
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    menu_buttons: dict[str, dict[str, Any]] = field(default_factory=dict)
