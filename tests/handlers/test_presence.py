"""Name, descriptions and commands in both languages, set where they changed; the bot works without."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.content import Content, load
from bot.delivery.bot_api import BotApi
from bot.registration.screens import COMMANDS
from bot.settings import ROOT
from bot.simulator import UNLIMITED, SimulatedTelegram
from handlers.presence import set_presence
from storage.store import SqlStore


@pytest.fixture
def content() -> Content:
    loaded = load(ROOT / "content")
    assert loaded.content is not None
    return loaded.content


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram(rates=UNLIMITED) as simulated:
        yield simulated


@pytest.fixture
async def bot(telegram: SimulatedTelegram) -> AsyncIterator[Bot]:
    api = BotApi(telegram.token, telegram.url)
    await api.bot.initialize()
    yield api.bot
    await api.close()


async def test_all_of_it_is_set_in_both_languages_and_for_the_rest(
    bot: Bot, telegram: SimulatedTelegram, sqlite_store: SqlStore, content: Content
) -> None:
    await set_presence(bot, sqlite_store, content)
    for code, lang in (("ar", "ar"), ("en", "en"), ("", "en")):
        assert (await bot.get_my_name(language_code=code)).name == content.event.bot.name[lang]
        assert (await bot.get_my_description(language_code=code)).description == content.event.bot.description[lang]
        commands = await bot.get_my_commands(language_code=code)
        assert tuple(c.command for c in commands) == COMMANDS
    arabic = await bot.get_my_commands(language_code="ar")
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in c.description) for c in arabic)


async def test_what_did_not_change_is_not_set_again(
    bot: Bot, telegram: SimulatedTelegram, sqlite_store: SqlStore, content: Content
) -> None:
    await set_presence(bot, sqlite_store, content)
    calls = len(telegram.record)
    await set_presence(bot, sqlite_store, content)
    assert len(telegram.record) == calls


async def test_telegram_that_refuses_is_logged_and_asked_again_at_the_next_start(
    bot: Bot, telegram: SimulatedTelegram, sqlite_store: SqlStore, content: Content, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.faults.status(429, retry_after=3600, method="setMyName")
    await set_presence(bot, sqlite_store, content)
    assert "could not be set" in caplog.text
    await set_presence(bot, sqlite_store, content)
    assert (await bot.get_my_name(language_code="ar")).name == content.event.bot.name["ar"]
