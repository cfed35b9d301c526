"""What Telegram shows of the bot before anyone writes: name, descriptions and commands, in both languages."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

from bot.content import Content
from bot.ports import Store
from bot.registration.screens import COMMANDS
from bot.texts import texts_for

if TYPE_CHECKING:
    from telegram import Bot

log = logging.getLogger(__name__)

META_KEY = "presence"
FALLBACK = "en"  # what is shown to apps in neither language


async def set_presence(bot: Bot, store: Store, content: Content) -> None:
    """Set all of it where it changed since it was last set. A failure is logged; the bot works without."""
    from telegram.error import TelegramError

    wanted = {
        lang: {
            "name": content.event.bot.name[lang],
            "description": content.event.bot.description[lang],
            "short": content.event.bot.short_description[lang],
            "commands": [(name, texts_for(lang).plain(f"command.{name}")) for name in COMMANDS],
        }
        for lang in ("ar", "en")
    }
    digest = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    if await store.read(lambda tx: tx.meta.get(META_KEY)) == digest:
        return
    try:
        for lang, code in (("ar", "ar"), ("en", "en"), (FALLBACK, None)):
            texts = wanted[lang]
            await bot.set_my_name(str(texts["name"]), language_code=code)
            await bot.set_my_description(str(texts["description"]), language_code=code)
            await bot.set_my_short_description(str(texts["short"]), language_code=code)
            await bot.set_my_commands([(str(n), str(what)) for n, what in texts["commands"]], language_code=code)
    except TelegramError as e:
        log.warning("name, descriptions and commands could not be set now: %s", type(e).__name__)
        return
    await store.write(lambda tx: tx.meta.put(META_KEY, digest))
