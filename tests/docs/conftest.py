"""The fixtures that the example in docs/developers.md says it uses."""

from tests.conversations.conftest import bot, bot_running, settings, store_url, telegram

__all__ = ["bot", "bot_running", "settings", "store_url", "telegram"]
