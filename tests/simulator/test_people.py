"""Persons as tests use them: acting, seeing, waiting; and the world kept over a restart."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.simulator import ActRefused, Person, Rates, SimulatedTelegram

KEYS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("نعم", callback_data="y"), InlineKeyboardButton("Site", url="https://itu.int")]]
)


async def test_waiting_looks_only_at_what_is_new_since_the_last_act(bot: Bot, mona: Person) -> None:
    mona.send("a")
    old = await bot.send_message(501, "Question")
    assert (await mona.wait_for("Question")).message_id == old.message_id
    mona.send("b")
    with pytest.raises(AssertionError, match=r"(?s)no message fits 'Question'.*منى: b"):
        await mona.wait_for("Question", timeout_s=0)
    assert (await mona.wait_for("Question", anywhere=True)).message_id == old.message_id
    waiting = asyncio.create_task(mona.wait_for(lambda message: message.is_edited))
    await bot.edit_message_text("Question again", 501, old.message_id)
    assert (await waiting).text == "Question again"
    await bot.send_message(501, "and more")
    assert [one.text for one in await mona.wait_for_messages(2)] == ["Question again", "and more"]
    with pytest.raises(AssertionError, match="2 of 3 messages"):
        await mona.wait_for_messages(3, timeout_s=0)


async def test_a_button_is_found_by_label_data_or_part_of_it(bot: Bot, mona: Person) -> None:
    with pytest.raises(LookupError, match="the bot has not written yet"):
        _ = mona.last
    await bot.send_message(501, "one", reply_markup=KEYS)
    await bot.send_message(501, "two")
    for asked in ("نعم", "y", "عم"):
        mona.tap(asked)
    assert len(mona.spinning) == 3
    with pytest.raises(LookupError, match="no button 'لا'"):
        mona.tap("لا")
    with pytest.raises(ActRefused, match=r"opens https://itu\.int"):
        mona.tap("Site")
    mona.tap("y", mona.messages[0].message_id, forgotten=True)
    update = (await bot.get_updates(timeout=5))[-1]
    assert update.callback_query.message.date.year == 1970


async def test_a_reply_keyboard_opens_is_pressed_and_goes(bot: Bot, mona: Person) -> None:
    assert mona.keyboard == ()
    rows = [
        [KeyboardButton("My number", request_contact=True)],
        [KeyboardButton("Here", request_location=True)],
        ["Skip"],
    ]
    await bot.send_message(501, "number?", reply_markup=ReplyKeyboardMarkup(rows))
    assert [button.text for row in mona.keyboard for button in row] == ["My number", "Here", "Skip"]
    mona.press_reply("My number")
    mona.press_reply("Here")
    mona.press_reply("Skip")
    contact, place, text = [one.message for one in await bot.get_updates(timeout=5)]
    assert contact.contact.user_id == 501
    assert place.location.latitude == pytest.approx(30.0444)
    assert text.text == "Skip"
    with pytest.raises(LookupError, match="no 'Back' on the reply keyboard"):
        mona.press_reply("Back")
    await bot.send_message(501, "thanks", reply_markup=ReplyKeyboardRemove())
    assert mona.keyboard == ()


async def test_an_app_does_not_send_what_it_cannot(telegram: SimulatedTelegram, mona: Person) -> None:
    with pytest.raises(ActRefused, match="empty message"):
        mona.send(" \u200f ")
    mona.block()
    with pytest.raises(ActRefused, match="blocked the bot"):
        mona.send("a")
    mona.block()
    mona.unblock()
    mona.deactivate()
    with pytest.raises(ActRefused, match="no account any more"):
        mona.send("a")
    with pytest.raises(ValueError, match="there is a user 501 already"):
        telegram.add_person("Again", "en", 501)
    assert [one.user_id for one in telegram.people()] == [501]


async def test_a_restart_goes_on_with_the_same_chats_ids_and_updates(tmp_path: Path) -> None:
    path = tmp_path / "telegram.json"
    async with (
        SimulatedTelegram(path=path) as telegram,
        httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}/", trust_env=False) as raw,
    ):
        mona = telegram.add_person("منى", "ar", 501)
        mona.send("سلام \ud83d")
        mona.send_document("a.txt", b"content", mime_type="text/plain")
        await raw.post("sendMessage", json={"chat_id": 501, "text": "<b>ok</b>", "parse_mode": "HTML"})
        await raw.post("setMyCommands", json={"commands": [{"command": "help", "description": "h"}]})
        await raw.post("getUpdates", json={"allowed_updates": ["message"]})
        held = list(telegram.world.queue.held)
        before = mona.transcript()
    async with (
        SimulatedTelegram(path=path) as telegram,
        httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}/", trust_env=False) as raw,
    ):
        mona = telegram.person(501)
        assert mona.transcript() == before
        assert mona.last.html == "<b>ok</b>"
        assert telegram.world.queue.held == held
        assert telegram.world.queue.allowed == {"message"}
        updates = (await raw.post("getUpdates")).json()["result"]
        file = (await raw.post("getFile", json={"file_id": updates[1]["message"]["document"]["file_id"]})).json()
        url = f"{telegram.url}/file/bot{telegram.token}/{file['result']['file_path']}"
        assert (await raw.get(url)).content == b"content"
        mona.send("next")
        (following,) = (await raw.post("getUpdates", json={"offset": updates[-1]["update_id"] + 1})).json()["result"]
        assert following["update_id"] == updates[-1]["update_id"] + 1
        assert following["message"]["message_id"] == 4


def test_a_state_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "telegram.json"
    path.write_text('{"version": 0}')
    with pytest.raises(ValueError, match="another version of the simulator"):
        SimulatedTelegram(path=path)


async def test_overall_rate_and_a_group_are_limited_and_time_heals() -> None:
    at = 0.0
    rates = Rates(overall=30, overall_burst=25, chat_burst=3)
    async with (
        SimulatedTelegram(rates=rates, monotonic=lambda: at) as telegram,
        httpx.AsyncClient(base_url=f"{telegram.url}/bot{telegram.token}/", trust_env=False) as raw,
    ):
        group = telegram.add_chat("group", "Delegation")
        telegram.add_person("منى", "ar", 501, started=True)

        async def statuses(chat_id: int, count: int) -> list[int]:
            answers = [await raw.post("sendMessage", json={"chat_id": chat_id, "text": "a"}) for _ in range(count)]
            return [answer.status_code for answer in answers]

        assert await statuses(501, 4) == [200, 200, 200, 429]
        assert await statuses(group.chat_id, 21) == [200] * 20 + [429]
        at = 1.0
        assert await statuses(501, 2) == [200, 429]
        at = 3.0
        assert await statuses(group.chat_id, 2) == [200, 429]
