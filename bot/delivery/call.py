"""One row's way to Telegram: the call, and the second tries that its answer itself asks for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.delivery.bot_api import UNREADABLE, method_of, send_screen
from bot.delivery.outcome import EditRefused, Outcome, Refused, Sent, classify
from bot.delivery.plain import as_plain
from bot.records import OutboxItem
from bot.screen import Screen

if TYPE_CHECKING:
    from telegram import Bot

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """The last outcome; `edit` is the message that was then to be edited, None where a new one was sent."""

    outcome: Outcome
    edit: int | None


async def call(bot: Bot, chat_id: int, screen: Screen, edit: int | None, *, plain: bool = False) -> Outcome:
    """One call, and what its answer means."""
    from telegram.error import TelegramError

    try:
        message_id = await send_screen(bot, chat_id, screen, edit, plain=plain)
    except (TelegramError, *UNREADABLE) as problem:
        return classify(problem, method_of(screen, edit))
    return Sent(message_id)


async def carry(bot: Bot, item: OutboxItem, on_repeat: Callable[[], None]) -> Attempt:
    """Send the row. An edit that can't be made becomes a new message; what Telegram refuses goes once more as
    plain text. `on_repeat` is called before each further call."""
    try:
        screen = Screen.from_dict(item.screen)
    except (KeyError, TypeError, AttributeError, ValueError):
        return Attempt(outcome=Refused("the row holds no screen"), edit=None)
    edit = item.edit if method_of(screen, item.edit) == "editMessageText" else None
    plain = False
    while True:
        outcome = await call(bot, item.chat_id, screen, edit, plain=plain)
        if isinstance(outcome, EditRefused) and edit is not None:
            edit = None
        elif isinstance(outcome, Refused) and not plain:
            _log.error("row %d (%s) refused, goes as plain text: %s", item.id, screen.template, outcome.reason)
            plain = True
            screen = as_plain(screen, outcome.reason)
        else:
            return Attempt(outcome=outcome, edit=edit)
        on_repeat()
