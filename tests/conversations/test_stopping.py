"""However the bot ends, nothing of it runs on and what was sent is written down."""

from __future__ import annotations

import pytest

from bot.simulator import SimulatedTelegram
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing


async def test_a_fault_that_ends_the_process_stops_every_loop_first(
    bot_running: BotRunning, telegram: SimulatedTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with bot_running() as bot:
            await standing(bot, telegram, "en", "given_name")
            raise ZeroDivisionError
    assert all(task.done() for task in bot.tasks)
    assert bot.sender.status().in_flight == 0
    assert "takes no outcomes" not in caplog.text


async def test_a_stop_while_screens_are_under_way_sends_each_of_them_once(
    bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", "given_name")
        seen = len(walk.person.messages)
        telegram.faults.slow(0.05, method="sendMessage", times=1)
        walk.person.send("Karim")
        await telegram.wait_for_call("sendMessage", len(telegram.calls("sendMessage")) + 1)
    async with bot_running() as bot:
        walk.person.send("Haddadine")
        await walk.person.wait_for(lambda m: "other script" in m.text)
    assert [m.text.count("family name?") for m in walk.person.messages[seen:]] == [1, 0]
