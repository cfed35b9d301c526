"""In groups one line with the way to the private chat, at most once a day; in channels silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.runtime import Runtime
from bot.clock import SteppedClock
from bot.simulator import SimulatedTelegram
from bot.simulator.people import Person
from bot.simulator.state import BOT_USERNAME, Chat
from tests.conftest import DATABASES
from tests.conversations.standing import standing
from tests.conversations.walk import draft, settled


@pytest.fixture
def person(telegram: SimulatedTelegram) -> Person:
    return telegram.add_person("Nour", language_code="en")


@pytest.fixture
def group(telegram: SimulatedTelegram) -> Chat:
    return telegram.add_chat("group", "Delegates")


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_a_group_gets_one_line_with_the_link_at_most_once_a_day(
    bot: Runtime, telegram: SimulatedTelegram, clock: SteppedClock, person: Person, group: Chat
) -> None:
    for _ in range(3):
        person.send("/start", chat=group)
    await settled(bot, telegram)
    (said,) = person.messages_in(group.chat_id)
    assert f"https://t.me/{BOT_USERNAME}?start=" in said.html
    assert said.labels == ()
    clock.step(timedelta(hours=23, minutes=59))
    person.send("/help", chat=group)
    await settled(bot, telegram)
    assert len(person.messages_in(group.chat_id)) == 1
    clock.step(timedelta(minutes=1))
    person.send("/help", chat=group)
    await settled(bot, telegram)
    assert len(person.messages_in(group.chat_id)) == 2
    assert person.messages == []


async def test_a_bot_that_is_added_to_a_group_says_its_line_once(
    bot: Runtime, telegram: SimulatedTelegram, person: Person
) -> None:
    group = telegram.add_chat("supergroup", "Delegates", by=person)
    person.send("/start", chat=group)
    await settled(bot, telegram)
    assert len(person.messages_in(group.chat_id)) == 1


async def test_a_command_to_another_bot_and_talk_among_people_are_left_alone(
    bot: Runtime, telegram: SimulatedTelegram, person: Person, group: Chat
) -> None:
    person.send("/start@AnotherBot", chat=group)
    person.send("who comes on Monday?", chat=group)
    person.raw_message({"text": "my number is 123"}, chat=group)
    await settled(bot, telegram)
    assert person.messages_in(group.chat_id) == []


async def test_what_is_written_in_a_group_is_no_answer_to_the_form(
    bot: Runtime, telegram: SimulatedTelegram, group: Chat
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    before = await draft(bot, walk.person)
    walk.person.send(f"/start@{BOT_USERNAME}", chat=group)
    walk.person.send("/cancel", chat=group)
    await settled(bot, telegram)
    assert await draft(bot, walk.person) == before


async def test_in_a_channel_the_bot_is_silent(bot: Runtime, telegram: SimulatedTelegram, person: Person) -> None:
    channel = telegram.add_chat("channel", "News", by=person)
    person.send("/start", chat=channel)
    person.send(f"@{BOT_USERNAME} hello", chat=channel)
    await settled(bot, telegram)
    assert person.messages_in(channel.chat_id) == []
    assert telegram.calls("sendMessage") == []


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_a_group_that_becomes_a_supergroup_is_the_same_group(
    bot: Runtime, telegram: SimulatedTelegram, person: Person, group: Chat
) -> None:
    person.send("/start", chat=group)
    await settled(bot, telegram)
    new = telegram.migrate(group, person)
    person.send("/start", chat=new)
    await settled(bot, telegram)
    assert person.messages_in(new.chat_id) == []  # it was greeted today
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []


async def test_a_line_to_a_group_that_migrated_meanwhile_reaches_the_new_one(
    bot: Runtime, telegram: SimulatedTelegram, person: Person, group: Chat
) -> None:
    late = telegram.faults.status(429, retry_after=1, method="sendMessage")
    person.send("/start", chat=group)
    await telegram.wait_for_call("sendMessage")
    new = telegram.migrate(group, person)
    await person.world.bell.until(lambda: bool(person.messages_in(new.chat_id)), 20)
    assert len(person.messages_in(new.chat_id)) == 1
    assert late.hits == 1


async def test_a_group_that_threw_the_bot_out_stops_nothing(
    bot: Runtime, telegram: SimulatedTelegram, person: Person, group: Chat
) -> None:
    person.send("/start", chat=group)
    telegram.set_bot_status(group, person, "kicked")
    walk = await standing(bot, telegram, "en", "given_name")
    walk.person.send("Karim")
    assert await walk.shown() == "family_name"
