"""The Bot API through python-telegram-bot: one client with few connections, and a Screen as a message."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.delivery.outcome import Outcome, Sent, classify
from bot.screen import Button, Screen

if TYPE_CHECKING:
    import ssl

    from telegram import Bot, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove

TELEGRAM_URL = "https://api.telegram.org"
PARALLEL_CALLS = 12
_SPARE_CONNECTIONS = 4  # for notices and probes beside the sender's calls
MAX_CAPTION = 1024

# PTB asks to choose the type of `retry_after`; without a choice each 429 warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")


class BotApi:
    """PTB's `Bot` and the connections it owns; `url` is a Bot API server, without a path's last slash."""

    def __init__(
        self, token: str, url: str = TELEGRAM_URL, *, parallel: int = PARALLEL_CALLS, timeout_s: float = 20.0
    ) -> None:
        from telegram import Bot

        from bot.delivery.lean_request import LeanRequest

        self.url = url.rstrip("/")
        self.parallel = parallel
        self._request = LeanRequest(
            connections=parallel + _SPARE_CONNECTIONS,
            timeout_s=timeout_s,
            httpx_kwargs=client_options(self.url),
        )
        # Intake polls by itself; PTB insists on a second client and must not build its own.
        self.bot: Bot = Bot(
            token,
            base_url=f"{self.url}/bot",
            base_file_url=f"{self.url}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    async def probe(self) -> Outcome:
        """Ask Telegram who the bot is: Sent() if it answers, or what stands in the way."""
        from telegram.error import TelegramError

        try:
            await self.bot.get_me()
        except (TelegramError, *UNREADABLE) as problem:
            return classify(problem, "getMe")
        return Sent()

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


# What PTB raises, beside its own errors, where an answer of 200 lacks what it should hold.
UNREADABLE = (KeyError, TypeError, AttributeError, ValueError)


def client_options(url: str) -> dict[str, Any]:
    """httpx options for a Bot API server: no environment proxy before a server on loopback, and no CA list
    read where there is no TLS."""
    parts = urlsplit(url)
    options: dict[str, Any] = {}
    if parts.hostname in {"localhost", "127.0.0.1", "::1"}:
        options["trust_env"] = False
    if parts.scheme == "http":
        options["verify"] = _empty_tls()
    return options


def _empty_tls() -> ssl.SSLContext:
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def method_of(screen: Screen, edit: int | None) -> str:
    """The Bot API method that shows `screen`. Only text with inline buttons can take another message's place."""
    if screen.document:
        return "sendDocument"
    if edit is None or screen.reply_keyboard or screen.remove_keyboard:
        return "sendMessage"
    return "editMessageText"


async def send_screen(
    bot: Bot, chat_id: int, screen: Screen, edit: int | None = None, *, plain: bool = False
) -> int | None:
    """Show `screen` as a new message or in place of message `edit`; the id of the message that shows it.

    `plain`: its text is sent as it stands, not as HTML. Raises what PTB raises (see `outcome.classify`).
    """
    from telegram import LinkPreviewOptions

    method = method_of(screen, edit)
    parse_mode = None if plain else "HTML"
    if method == "editMessageText":
        await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=edit,
            parse_mode=parse_mode,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_inline(screen.rows) if screen.rows else None,
        )
        return edit
    message: Message
    if screen.document:
        message = await bot.send_document(
            chat_id,
            screen.document.content,
            caption=screen.text or None,
            filename=screen.document.name,
            parse_mode=parse_mode,
            reply_markup=_markup(screen),
        )
    else:
        message = await bot.send_message(
            chat_id,
            screen.text,
            parse_mode=parse_mode,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_markup(screen),
        )
    return message.message_id


def _markup(screen: Screen) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """Telegram takes one of the three; inline buttons are what the person needs most."""
    if screen.rows:
        return _inline(screen.rows)
    if screen.reply_keyboard:
        from telegram import KeyboardButton, ReplyKeyboardMarkup

        contact = KeyboardButton(screen.reply_keyboard.contact, request_contact=True)
        return ReplyKeyboardMarkup(
            [[contact], *screen.reply_keyboard.rows], resize_keyboard=True, one_time_keyboard=True
        )
    if screen.remove_keyboard:
        from telegram import ReplyKeyboardRemove

        return ReplyKeyboardRemove()
    return None


def _inline(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.label, callback_data=b.data, url=b.url) for b in row] for row in rows]
    )
