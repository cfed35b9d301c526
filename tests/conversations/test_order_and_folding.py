"""What waited during an outage is answered once; what comes too fast is delayed and folded, never dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from bot.app.runtime import Runtime
from bot.clock import SteppedClock
from bot.dialogue.draft import REVIEW
from bot.simulator import SimulatedTelegram
from handlers.processor import Processor
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing
from tests.conversations.walk import (
    SHORT,
    Walk,
    bare,
    button,
    draft,
    label,
    registers,
    says,
    settled,
    shown_by,
)


@pytest.fixture
def outage(clock: SteppedClock) -> Callable[[], None]:
    """While the bot is down. So long that it asks for updates anew, and so gets at once all that waits: asked for the
    same ones again within half a second, Telegram gives one."""
    return lambda: clock.step(timedelta(days=7))


@pytest.fixture
def quick_refill(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pace of who floods, ten times as fast."""
    monkeypatch.setattr("bot.app.runtime.Processor", partial(Processor, refill_s=50.0))


@pytest.mark.parametrize(
    ("at", "pressed"),
    [
        pytest.param("for_whom", label("me", "for_whom", "en"), id="an answer"),
        pytest.param("title", button("back", "en"), id="back"),
        pytest.param("title", button("skip", "en"), id="skip"),
        pytest.param("given_name", button("why", "en"), id="why"),
        pytest.param("given_name", button("other_language", "en"), id="the other language"),
        pytest.param(REVIEW, button("correct", "en"), id="correct"),
        pytest.param(REVIEW, button("cancel", "en"), id="cancel"),
        pytest.param(REVIEW, button("confirm", "en"), id="confirm"),
    ],
)
async def test_five_presses_that_waited_during_an_outage_give_one_screen(
    bot_running: BotRunning, telegram: SimulatedTelegram, outage: Callable[[], None], at: str, pressed: str
) -> None:
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", at)
        await settled(bot, telegram)
    screen = walk.screen
    outage()
    for _ in range(5):
        walk.person.tap(pressed, screen)
    before = len(telegram.calls("sendMessage")) + len(telegram.calls("editMessageText"))
    async with bot_running() as bot:
        await settled(bot, telegram)
        assert len(telegram.calls("sendMessage")) + len(telegram.calls("editMessageText")) == before + 1
    assert len(walk.person.news()) == 1


@pytest.mark.parametrize("text", ["/my", "/start", "/help", "/whoami", "/unknown", "/registrations", "hello?"])
async def test_the_same_words_five_times_during_an_outage_are_answered_once(
    bot_running: BotRunning, telegram: SimulatedTelegram, outage: Callable[[], None], text: str
) -> None:
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", "kind")
        await settled(bot, telegram)
    outage()
    for _ in range(5):
        walk.person.send(text)
    seen = len(walk.person.messages)
    async with bot_running() as bot:
        await settled(bot, telegram)
    news = walk.person.messages[seen:]
    assert 1 <= len(news) <= 2  # what is said, and where the person stands
    assert [shown_by(m) for m in news].count(("kind", "en")) == 1


async def test_a_burst_of_answers_is_taken_whole_and_shows_the_last_question(
    bot_running: BotRunning, telegram: SimulatedTelegram, outage: Callable[[], None]
) -> None:
    async with bot_running() as bot:
        walk = await standing(bot, telegram, "en", "given_name")
        await settled(bot, telegram)
    seen = len(walk.person.messages)
    outage()
    for text in ("Karim", "Haddadine", "كريم حدادين", "Ministry", "Head of Policy"):
        walk.person.send(text)
    async with bot_running() as bot:
        await settled(bot, telegram)
        found = await draft(bot, walk.person)
    assert found.at == "email"
    assert found.answers["position"] == "Head of Policy"
    assert [shown_by(m) for m in walk.person.messages[seen:]] == [("email", "en")]


async def test_what_comes_too_fast_is_delayed_with_one_notice_and_no_answer_is_dropped(
    quick_refill: None, bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    await settled(bot, telegram)
    for n in range(79):
        walk.person.send(f"{n}")
    walk.person.send("Karim")
    await settled(bot, telegram)
    assert (await draft(bot, walk.person)).answers["given_name"] == "Karim"
    assert walk.at == "family_name"
    texts = [bare(m.text) for m in walk.person.messages]
    assert sum(says("flood.notice", "en") in text for text in texts) == 1
    assert len(texts) < 30  # folded: eighty messages are not answered one by one


async def test_one_person_who_floods_does_not_hold_up_another(
    quick_refill: None, bot: Runtime, telegram: SimulatedTelegram
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    for n in range(300):
        walk.person.send(f"{n}")
    await registers(telegram.add_person("Other", language_code="ar"), "ar", SHORT)
    assert bot.processor.waiting() > 0  # the flood still waits for its turn


async def test_one_chats_screens_come_in_the_order_of_its_acts(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = Walk(telegram.add_person("Nour", language_code="en"), "en")
    await walk.begin()
    await walk.to("given_name")
    walk.person.send("/help")
    walk.person.send_sticker()
    walk.person.send("Karim")
    await settled(bot, telegram)
    told = "\n".join(bare(m.text) for m in walk.person.messages)
    places = [told.index(says(i, "en")) for i in ("help.text", "unreadable.sticker")] + [told.index("family name?")]
    assert places == sorted(places)
