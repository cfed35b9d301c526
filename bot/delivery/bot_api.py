"""The Bot API through python-telegram-bot: one client with few connections, and a Screen as a message."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from bot.delivery.outcome import Outcome, Sent, classify
from bot.screen import Button, Screen

if TYPE_CHECKING:
    import ssl

    from telegram import Bot
    from telegram.request import RequestData

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
    if screen.deletes:
        return "deleteMessages"
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
    from bot.delivery.lean_request import PlainCall

    method = method_of(screen, edit)
    if method == "deleteMessages":
        await bot.delete_messages(chat_id, list(screen.deletes))
        return None
    if method == "sendDocument":
        return await _send_document(bot, chat_id, screen, plain=plain)
    asked = {"chat_id": str(chat_id), "text": screen.text, "link_preview_options": '{"is_disabled":true}'}
    if not plain:
        asked["parse_mode"] = "HTML"
    if (markup := _markup(screen)) is not None:
        asked["reply_markup"] = json.dumps(markup)
    if method == "editMessageText":
        asked["message_id"] = str(edit)
    elif screen.reply_to is not None:
        asked["reply_parameters"] = json.dumps({"message_id": screen.reply_to, "allow_sending_without_reply": True})
    # PTB's own methods make objects of all this and of the answer: half of what a whole step of the form costs.
    sent: Any = await bot.request.post(f"{bot.base_url}/{method}", cast("RequestData", PlainCall(asked)))
    return edit if method == "editMessageText" else int(sent["message_id"])


async def _send_document(bot: Bot, chat_id: int, screen: Screen, *, plain: bool) -> int:
    assert screen.document is not None  # noqa: S101 - its caller looked
    message = await bot.send_document(
        chat_id,
        screen.document.content,
        caption=screen.text or None,
        filename=screen.document.name,
        parse_mode=None if plain else "HTML",
        reply_markup=_markup(screen),  # type: ignore[arg-type]  # a dict goes as JSON, as in the other calls
    )
    return message.message_id


def _markup(screen: Screen) -> dict[str, Any] | None:
    """Telegram takes one of the three; inline buttons are what the person needs most."""
    if screen.rows:
        return {"inline_keyboard": [[_inline(button) for button in row] for row in screen.rows]}
    if screen.reply_keyboard:
        contact = {"text": screen.reply_keyboard.contact, "request_contact": True}
        rows = [[{"text": label} for label in row] for row in screen.reply_keyboard.rows]
        return {"keyboard": [[contact], *rows], "resize_keyboard": True, "one_time_keyboard": True}
    if screen.remove_keyboard:
        return {"remove_keyboard": True}
    return None


def _inline(button: Button) -> dict[str, str]:
    what = {"callback_data": button.data} if button.data is not None else {"url": button.url or ""}
    return {"text": button.label, **what}
