"""A fault of ours in one update: tried again, set aside without its text, told, and nobody else waits for it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import handlers.processor
from bot.app.commands import status_lines
from bot.app.runtime import Runtime
from bot.dialogue.events import Said
from bot.dialogue.kinds import Typed
from bot.registration import desk
from bot.simulator import SimulatedTelegram
from tests.conftest import DATABASES
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing
from tests.conversations.walk import SHORT, bare, draft, registers, says, settled

POISON = "Poison Al-Secret"


class Poison:
    """The desk that breaks at one text. `tries` counts; `cured` mends it; `half` breaks after a write."""

    def __init__(self) -> None:
        self.tries = 0
        self.cured = False
        self.half = False
        self._words = desk.words

    def words(self, visit: Any, said: Said) -> None:
        if not self.cured and said.given == Typed(text=POISON):
            self.tries += 1
            if self.half:
                self._words(visit, Said(Typed(text="Half")))
            raise ZeroDivisionError(f"cannot divide {POISON}")
        self._words(visit, said)


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Poison:
    poisoned = Poison()
    monkeypatch.setattr(desk, "words", poisoned.words)
    monkeypatch.setattr(handlers.processor, "RETRY_S", (0.001, 0.001))
    return poisoned


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
@pytest.mark.parametrize("half", [False, True], ids=["at once", "after it wrote"])
async def test_a_handler_that_raises_is_retried_set_aside_and_apologised_for(
    poison: Poison, bot: Runtime, telegram: SimulatedTelegram, half: bool, caplog: pytest.LogCaptureFixture
) -> None:
    poison.half = half
    walk = await standing(bot, telegram, "en", "given_name")
    before = await draft(bot, walk.person)
    walk.person.send(POISON)
    await walk.person.wait_for(says("failed.apology", "en"))
    await settled(bot, telegram)
    assert f"try {handlers.processor.TRIES} of {handlers.processor.TRIES} failed" in caplog.text
    # each try is made together with others' updates first, then alone
    assert handlers.processor.TRIES <= poison.tries <= 2 * handlers.processor.TRIES
    assert await draft(bot, walk.person) == before
    status = await bot.store.read(lambda tx: tx.status())
    lines, should_look = status_lines(status, bot.clock.now())
    assert should_look
    assert sum("set aside: inbox" in line and "ZeroDivisionError" in line for line in lines) == 1
    assert "Secret" not in "\n".join(lines)
    assert await bot.store.read(lambda tx: tx.inbox.waiting(10)) == []
    assert "Secret" not in caplog.text
    walk.person.send("Karim")
    assert await walk.shown() == "family_name"
    assert (await draft(bot, walk.person)).answers["given_name"] == "Karim"


async def test_the_chats_next_updates_and_everybody_else_go_on(
    poison: Poison, bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "ar", "given_name")
    walk.person.send(POISON)
    walk.person.send("ليلى")
    walk.person.send("المنصوري")
    await asyncio.gather(*(registers(telegram.add_person(n, language_code="en"), "en", SHORT) for n in "ABC"))
    await settled(bot, telegram)
    found = await draft(bot, walk.person)
    assert (found.answers["given_name"], found.answers["family_name"]) == ("ليلى", "المنصوري")
    told = [bare(m.text) for m in walk.person.messages]
    assert sum(says("failed.apology", "ar") in text for text in told) == 1


async def attempts(bot: Runtime) -> int | None:
    """How often the update that waits was tried; None where nothing waits."""
    rows = await bot.store.read(lambda tx: tx.inbox.waiting(1))
    return rows[0].attempts if rows else None


async def test_a_fault_that_a_new_version_mends_costs_nothing(
    poison: Poison, bot_running: BotRunning, telegram: SimulatedTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.processor, "RETRY_S", (60.0, 60.0))
    async with bot_running() as bot, asyncio.timeout(30):
        walk = await standing(bot, telegram, "en", "given_name")
        walk.person.send(POISON)
        while await attempts(bot) != 1:
            await asyncio.sleep(0)
    poison.cured = True
    async with bot_running() as bot:
        assert await walk.shown() == "family_name"
        assert (await draft(bot, walk.person)).answers["given_name"] == POISON
        assert says("failed.apology", "en") not in "\n".join(m.text for m in walk.person.messages)


async def test_tries_are_counted_across_restarts(
    poison: Poison, bot_running: BotRunning, telegram: SimulatedTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.processor, "RETRY_S", (60.0, 60.0))
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", "given_name")
    walk.person.send(POISON)
    for tried in (1, 2, None):
        async with bot_running() as bot, asyncio.timeout(30):
            await telegram.wait_until_quiet()
            while await attempts(bot) != tried:
                await asyncio.sleep(0)
    async with bot_running() as bot:
        await settled(bot, telegram)
    told = [m.text for m in walk.person.messages]
    assert sum(says("failed.apology", "en") in text for text in told) == 1


async def test_an_update_that_cannot_be_parsed_is_marked_and_passed(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    telegram.world.queue_unparsable()
    telegram.world.queue_unparsable('{"update_id": %d, "message": {"chat": 5, "text": ["Secret"]}}')
    walk.person.send("Karim")
    assert await walk.shown() == "family_name"
    await settled(bot, telegram)
    aside = (await bot.store.read(lambda tx: tx.status())).set_aside
    assert [reason.split(":")[0] for _, _, reason, _ in aside] == ["unparsable"] * 2
    assert "Secret" not in str(aside)


async def test_an_update_that_comes_twice_has_no_effect_the_second_time(
    bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    telegram.faults.duplicate_next(2)
    walk.person.send("Karim")
    walk.person.send("Haddadine")
    await settled(bot, telegram)
    found = await draft(bot, walk.person)
    assert (found.answers["given_name"], found.answers["family_name"]) == ("Karim", "Haddadine")
    assert found.at == "other_script_name"
