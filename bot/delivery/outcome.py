"""What an answer of the Bot API means for what was asked, as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

UNSENT_RETRY_S = 1.0
UNNAMED_FLOOD_S = 5.0


@dataclass(frozen=True, slots=True)
class Sent:
    """It is done, now or before. `message_id` is None where the answer did not say."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class RetryAt:
    """It was surely not done; again after `after_s` seconds.

    `chat`: Telegram limits this chat. `unsent`: it never reached Telegram.
    """

    after_s: float
    scope: Literal["chat", "unsent"]


@dataclass(frozen=True, slots=True)
class Blocked:
    """The chat can't be written to until it writes itself. `unknown_chat`: Telegram does not know the chat at
    all, which for every chat at once means a wrong token or a wrong database."""

    reason: str
    unknown_chat: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram won't take it as it is: our fault. `reason` holds none of the message's text."""

    reason: str


@dataclass(frozen=True, slots=True)
class EditRefused:
    """The message to edit is gone or too old: a new message can take its place."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been done, or not."""

    reason: str


@dataclass(frozen=True, slots=True)
class MigratedTo:
    """The group became a supergroup with this id; nothing was sent."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class BotStopped:
    """The token is refused: no chat can be reached."""

    reason: str


Outcome: TypeAlias = Sent | RetryAt | Blocked | Refused | EditRefused | Unknown | MigratedTo | BotStopped

_DONE = (
    "message is not modified",
    "query is too old",
    "message to delete not found",
    "message can't be deleted",
    "sent message was immediately deleted",
)
_UNKNOWN_CHAT = ("chat not found", "peer_id_invalid")
_NO_RIGHTS = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "group chat was deactivated",
)
_NO_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message_edit_time_expired",
    "there is no text in the message to edit",
)
_QUOTED = re.compile(r"""\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)""")
_NOT_SENT = frozenset({"PoolTimeout", "ConnectTimeout", "ConnectError", "ProxyError", "UnsupportedProtocol"})


def classify(exception: Exception, method: str) -> Outcome:
    """What `exception`, raised by PTB for the Bot API's `method`, means. Exceptions carry no status, so class
    and text decide; `BadRequest` and `TimedOut` are network errors to PTB and come before them."""
    from telegram import error

    text = str(exception).lower()
    match exception:
        case error.RetryAfter():
            return RetryAt(_seconds(exception.retry_after), "chat")
        case error.ChatMigrated():
            return MigratedTo(exception.new_chat_id)
        case error.InvalidToken():
            return BotStopped(_safe(text))
        case error.Forbidden():
            return Blocked(_safe(text))
        case error.BadRequest():
            return _bad_request(text, method)
        case error.Conflict():
            return RetryAt(UNSENT_RETRY_S, "unsent")
        case error.NetworkError():
            return _network(exception, text)
        case _:  # an answer of 200 that can't be read, or without `result` (a bare KeyError)
            return Unknown(f"unreadable answer: {type(exception).__name__}")


def _bad_request(text: str, method: str) -> Outcome:
    if _has(text, _DONE):
        return Sent()
    if _has(text, _NO_EDIT) and method.startswith("edit"):
        return EditRefused()
    if _has(text, _UNKNOWN_CHAT):
        return Blocked(_safe(text), unknown_chat=True)
    if _has(text, _NO_RIGHTS):
        return Blocked(_safe(text))
    return Refused(_safe(text))


def _network(exception: Exception, text: str) -> Outcome:
    cause = exception.__cause__
    if type(cause).__name__ in _NOT_SENT:
        return RetryAt(UNSENT_RETRY_S, "unsent")
    if isinstance(cause, UnicodeError):
        return Refused("text that can't be encoded")
    if _has(text, _DONE):
        return Sent()
    if text.startswith("too many requests"):  # no or zero `retry_after`
        return RetryAt(UNNAMED_FLOOD_S, "chat")
    if text.startswith("request entity too large"):
        return Refused("request entity too large")
    return Unknown(type(cause).__name__ if cause is not None else _safe(text))


def _seconds(retry_after: int | float | timedelta) -> float:
    """PTB gives an int, or a timedelta where PTB_TIMEDELTA is set."""
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)


def _has(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)


def _safe(text: str) -> str:
    """Telegram quotes pieces of the message ("unsupported start tag "ali""): not for logs and tables."""
    return _QUOTED.sub("…", text.partition(". parsing the server response")[0])[:120]
