"""Updates: offsets, expiry, second polls, allowed kinds, and what arrives twice, reordered or strange."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Conflict

from bot.simulator import Person, SimulatedTelegram
from bot.simulator.errors import ApiError
from bot.simulator.params import Params
from bot.simulator.polling import LongPoll

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="yes")]])


async def ids(raw: httpx.AsyncClient, **values: object) -> list[int]:
    answer = await raw.post("getUpdates", json=values)
    return [one["update_id"] for one in answer.json()["result"]]


async def test_an_offset_confirms_all_below_it(raw: httpx.AsyncClient, mona: Person) -> None:
    for text in "abcd":
        mona.send(text)
    first, second, third, fourth = await ids(raw)
    assert [second, third, fourth] == [first + 1, first + 2, first + 3]
    assert await ids(raw, offset=first + 2) == [third, fourth]
    assert await ids(raw, offset=0) == [third, fourth]
    assert await ids(raw, offset=-1) == [fourth]
    assert await ids(raw, offset=first) == [fourth]
    assert await ids(raw, offset=fourth + 1) == []


async def test_limit_is_kept_and_a_peek_at_the_same_offset_shows_one(raw: httpx.AsyncClient, mona: Person) -> None:
    for text in "abc":
        mona.send(text)
    first, *_ = await ids(raw, limit=2)
    assert len(await ids(raw, offset=first, limit=2)) == 2
    assert len(await ids(raw, offset=first)) == 1


async def test_a_long_poll_ends_as_soon_as_something_comes(bot: Bot, mona: Person) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    mona.send("hello")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_second_long_poll_ends_the_first(
    telegram: SimulatedTelegram, bot: Bot, raw: httpx.AsyncClient, mona: Person
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.world.bell.heard()
    second = asyncio.create_task(raw.post("getUpdates", json={"timeout": 50}, timeout=60))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    mona.send("hello")
    assert len((await second).json()["result"]) == 1


async def test_a_repeated_conflict_is_told_three_seconds_late(telegram: SimulatedTelegram) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    poll = LongPoll(telegram.world, lambda: 100.0, sleep)
    polls = []
    for offset in range(3):
        polls.append(asyncio.create_task(poll.get_updates(Params({"timeout": 50, "offset": offset}))))
        await asyncio.sleep(0)
    for overtaken in polls[:2]:
        with pytest.raises(ApiError, match="terminated by other getUpdates request"):
            await overtaken
    assert pauses == [3.0]
    polls[2].cancel()
    await asyncio.gather(polls[2], return_exceptions=True)


async def test_no_polling_under_a_webhook(telegram: SimulatedTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.world.bell.heard()
    await bot.set_webhook("https://bot.example.org/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert telegram.record[-1].answer == {"ok": True, "result": True, "description": "Webhook was deleted"}


async def test_messages_are_held_for_24_hours_and_taps_for_150_seconds(
    telegram: SimulatedTelegram, bot: Bot, raw: httpx.AsyncClient, mona: Person
) -> None:
    await bot.send_message(501, "one", reply_markup=KEYS)
    mona.send("hello")
    mona.tap("yes")
    telegram.clock.step(timedelta(seconds=149))
    assert len(await ids(raw)) == 2
    telegram.clock.step(timedelta(seconds=1))
    assert len(await ids(raw, limit=99, offset=1)) == 1
    telegram.clock.step(timedelta(hours=24))
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 0


async def test_only_allowed_kinds_are_made_and_the_list_is_remembered(
    bot: Bot, raw: httpx.AsyncClient, mona: Person
) -> None:
    await bot.send_message(501, "one", reply_markup=KEYS)
    await raw.post("getUpdates", json={"allowed_updates": ["callback_query", "telepathy"]})
    mona.send("not wanted")
    mona.tap("yes")
    (update,) = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    mona.send("still not wanted")
    await raw.post("getUpdates", json={"offset": update.update_id + 1, "allowed_updates": []})
    mona.send("wanted")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "wanted"


async def test_an_id_may_jump_lower_and_a_stale_offset_hides_nothing(
    telegram: SimulatedTelegram, raw: httpx.AsyncClient, mona: Person
) -> None:
    mona.send("a")
    (first,) = await ids(raw)
    assert await ids(raw, offset=first + 1) == []
    telegram.world.queue.jump(5_000)
    mona.send("b")
    assert await ids(raw, offset=first + 1) == [5_000]
    assert await ids(raw, offset=5_001) == []


async def test_updates_come_twice_or_swapped_by_script(
    telegram: SimulatedTelegram, raw: httpx.AsyncClient, mona: Person
) -> None:
    telegram.faults.duplicate_next()
    mona.send("a")
    first, again = await ids(raw)
    assert first == again
    telegram.faults.swap_next()
    mona.send("b")
    mona.send("c")
    answer = await raw.post("getUpdates", json={"offset": first + 1})
    found = [(one["update_id"], one["message"]["text"]) for one in answer.json()["result"]]
    assert found == [(first + 2, "c"), (first + 1, "b")]


async def test_an_unknown_kind_and_an_unparsable_update_can_be_queued(
    telegram: SimulatedTelegram, bot: Bot, raw: httpx.AsyncClient
) -> None:
    unknown = telegram.world.queue_unknown_kind()
    broken = telegram.world.queue_unparsable()
    found = (await raw.post("getUpdates")).json()["result"]
    assert [one["update_id"] for one in found] == [unknown, broken]
    assert Update.de_json(found[0], bot).api_kwargs == {"hologram": {"shape": "cube"}}
    with pytest.raises((AttributeError, TypeError)):
        Update.de_json(found[1], bot)


async def test_every_kind_of_message_a_person_can_send_parses(bot: Bot, mona: Person) -> None:
    mona.send_sticker()
    mona.send_photo("<b>a & /help")
    mona.send_voice()
    mona.send_document(caption="letter")
    mona.send_location()
    mona.send_poll()
    mona.send_dice()
    mona.forward("/start forwarded")
    mona.share_contact("+201001234567")
    mona.share_contact("+201001234568", 777)
    mona.share_contact("+201001234569", None)
    mona.edit("changed", mona.send("first"))
    mona.raw({"message": {"message_id": 1, "date": 0, "chat": {"id": 501, "type": "private"}, "text": "\ud83d"}})
    updates = await bot.get_updates(timeout=5)
    messages = [one.message for one in updates if one.message]
    assert [one.contact.user_id for one in messages if one.contact] == [501, 777, None]
    assert messages[1].caption == "<b>a & /help"
    assert messages[7].forward_origin.sender_user_name == "Somebody"
    assert [one.edited_message.text for one in updates if one.edited_message] == ["changed"]
    assert messages[-1].text == "\ud83d"
    assert messages[-1].from_user is None


async def test_a_long_paste_comes_as_several_messages(bot: Bot, mona: Person) -> None:
    mona.send("ب" * 4096 + "end")
    updates = await bot.get_updates(timeout=5)
    assert [len(one.message.text) for one in updates] == [4096, 3]


async def test_quiet_is_when_everything_is_confirmed(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    await telegram.wait_until_quiet()
    mona.send("a")
    with pytest.raises(AssertionError, match="still holds"):
        await telegram.wait_until_quiet(timeout_s=0)
    (update,) = await bot.get_updates(timeout=5)
    waiting = asyncio.create_task(telegram.wait_until_quiet())
    polling = asyncio.create_task(bot.get_updates(update.update_id + 1, timeout=50))
    await waiting
    mona.send("b")
    await polling
