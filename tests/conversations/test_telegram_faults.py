"""Telegram slow, full, broken or cut off, before and after it acted: each screen arrives, few of them twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.app.runtime import Runtime
from bot.simulator import SimulatedTelegram
from bot.simulator.faults import Fault
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing
from tests.conversations.walk import SHORT, draft, registers, settled, shown_by

Break = Callable[[SimulatedTelegram], Fault]
SEND = {"method": "sendMessage"}
BEFORE: dict[str, Break] = {
    "429 with retry_after": lambda t: t.faults.status(429, retry_after=1, method="sendMessage"),
    "429 without retry_after": lambda t: t.faults.status(429, method="sendMessage"),
    "500": lambda t: t.faults.status(500, method="sendMessage"),
    "a proxy's page of 502": lambda t: t.faults.status(502, html=True, method="sendMessage"),
    "cut off before the effect": lambda t: t.faults.cut_before_effect(method="sendMessage"),
}
AFTER: dict[str, Break] = {
    "cut off after the effect": lambda t: t.faults.cut_after_effect(method="sendMessage"),
    "an answer that can't be read": lambda t: t.faults.garbage(method="sendMessage"),
    "an answer without result": lambda t: t.faults.missing_result(method="sendMessage"),
}


@pytest.mark.parametrize("breaks", BEFORE.values(), ids=BEFORE.keys())
async def test_a_screen_that_was_not_taken_is_sent_again_once(
    bot: Runtime, telegram: SimulatedTelegram, breaks: Break
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    seen = len(walk.person.messages)
    breaks(telegram)
    walk.person.send("Karim")
    assert await walk.shown() == "family_name"
    await settled(bot, telegram)
    assert [shown_by(m) for m in walk.person.messages[seen:]] == [("family_name", "en")]
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []


@pytest.mark.parametrize("breaks", AFTER.values(), ids=AFTER.keys())
async def test_a_screen_that_may_have_arrived_comes_twice_at_most_and_the_form_goes_on(
    bot: Runtime, telegram: SimulatedTelegram, breaks: Break
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    seen = len(walk.person.messages)
    breaks(telegram)
    walk.person.send("Karim")
    await walk.shown()
    await settled(bot, telegram)
    shown = [shown_by(m) for m in walk.person.messages[seen:]]
    assert set(shown) == {("family_name", "en")}
    assert len(shown) <= 2
    await walk.confirm()


async def test_an_edit_that_was_cut_off_is_made_again(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "for_whom")
    stood = walk.screen.message_id
    telegram.faults.cut_after_effect(method="editMessageText")
    walk.person.tap("Only me", walk.screen)
    await settled(bot, telegram)
    assert (walk.at, walk.screen.message_id) == ("kind", stood)
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []


async def test_taps_that_could_not_be_acknowledged_are_carried_out(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "for_whom")
    telegram.faults.status(500, method="answerCallbackQuery", times=None)
    walk.person.tap("Only me", walk.screen)
    assert await walk.shown() == "kind"


async def test_one_chat_that_must_wait_does_not_hold_up_another(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    telegram.faults.status(429, retry_after=10_000, chat_id=walk.person.user_id, times=None)
    walk.person.send("Karim")
    assert await registers(telegram.add_person("Other", language_code="en"), "en", SHORT)
    assert (await draft(bot, walk.person)).at == "family_name"


async def test_getting_updates_that_fails_for_a_while_goes_on_by_itself(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    telegram.faults.status(502, html=True, method="getUpdates")
    telegram.faults.cut_after_effect(method="getUpdates")
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", "given_name")
        assert walk.at == "given_name"


async def test_screens_that_wait_for_telegram_are_sent_after_a_restart(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", "given_name")
        refused = telegram.faults.status(429, retry_after=1, method="sendMessage", times=None)
        walk.person.send("Karim")
        await settled(bot, telegram)
        assert (await draft(bot, walk.person)).at == "family_name"
    telegram.faults.remove(refused)
    async with bot_running():
        assert await walk.shown() == "family_name"
