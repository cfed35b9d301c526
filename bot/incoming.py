"""What a chat does, in the core's own words. `handlers.parse` makes these from Telegram's updates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.faq.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who acts. `language_hint` is the app's language tag, a first guess only."""

    chat_id: int
    user_id: int
    language_hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Text as typed. `command` is the lower-case name without `/` and `@bot`, `argument` what follows it.

    `understood` is what the FAQ made of it before the transaction; None for a command, or where it was not asked.
    """

    sender: Sender
    text: str
    command: str | None = None
    argument: str = ""
    message_id: int | None = None
    understood: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """A pressed inline button. `message_id` is None where the message can no longer be edited.

    `replied_text` is the text of the message that the pressed one answers, `replied_id` its id; None where it
    answers none, or that one is deleted. Telegram brings them with the press.
    """

    sender: Sender
    data: str
    message_id: int | None
    replied_text: str | None = None
    replied_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A shared contact. `own` says that it is the sender's own number."""

    sender: Sender
    phone: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A message with nothing to read as text: sticker, photo, voice… `what` is Telegram's field name.

    `caption` is the text under it, "" where there is none; `understood` is what the FAQ made of that.
    """

    sender: Sender
    what: str
    caption: str = ""
    message_id: int | None = None
    understood: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An earlier message was edited: answers are not changed by that, and the person is told how they are."""

    sender: Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The person blocked the bot, or unblocked it."""

    sender: Sender
    blocked: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InGroup:
    """Something said to the bot in a group, or the bot was added to one."""

    chat_id: int
    language_hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A group became a supergroup with another id."""

    old_chat_id: int
    new_chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """Nothing that wants a reply: a channel, a service message, an unknown kind."""

    why: str


Private = Text | Tap | Contact | Unreadable | Edited | Membership
Incoming = Private | InGroup | Migrated | Ignored
