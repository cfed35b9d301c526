"""Scripted faults as the library sees them, and whether the effect took place."""

from __future__ import annotations

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.simulator import Person, SimulatedTelegram


async def test_a_cut_before_the_effect_leaves_nothing(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    fault = telegram.faults.cut_before_effect(method="sendMessage")
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(501, "a")
    assert isinstance(caught.value.__cause__, httpx.RemoteProtocolError | httpx.ReadError)
    assert mona.messages == []
    assert fault.hits == 1
    await bot.send_message(501, "b")
    assert [one.text for one in mona.messages] == ["b"]
    assert [call.ok for call in telegram.calls("sendMessage")] == [False, True]


async def test_a_cut_after_the_effect_leaves_the_message(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    telegram.faults.cut_after_effect(method="sendMessage", skip=1)
    await bot.send_message(501, "a")
    with pytest.raises(NetworkError):
        await bot.send_message(501, "b")
    assert [one.text for one in mona.messages] == ["a", "b"]
    assert [call.ok for call in telegram.calls("sendMessage")] == [True, True]


async def test_a_body_that_cannot_be_read_and_one_without_result(
    telegram: SimulatedTelegram, bot: Bot, mona: Person
) -> None:
    telegram.faults.garbage(method="sendMessage")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(501, "a")
    telegram.faults.missing_result(method="sendMessage")
    with pytest.raises(KeyError):
        await bot.send_message(501, "b")
    assert [one.text for one in mona.messages] == ["a", "b"]


async def test_too_many_requests_of_hours_for_one_chat(
    telegram: SimulatedTelegram, raw: httpx.AsyncClient, mona: Person
) -> None:
    telegram.add_person("Karim", "en", 502, started=True)
    telegram.faults.status(429, retry_after=7200, chat_id=501, times=None)
    answer = await raw.post("sendMessage", json={"chat_id": 501, "text": "a"})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "7200"
    assert answer.json()["parameters"] == {"retry_after": 7200}
    assert (await raw.post("sendMessage", json={"chat_id": 502, "text": "a"})).status_code == 200
    telegram.faults.clear()
    assert (await raw.post("sendMessage", json={"chat_id": 501, "text": "a"})).status_code == 200


async def test_a_429_without_retry_after_is_a_plain_network_error(
    telegram: SimulatedTelegram, bot: Bot, mona: Person
) -> None:
    telegram.faults.status(429)
    with pytest.raises(NetworkError, match="Too Many Requests"):
        await bot.send_message(501, "a")


async def test_server_errors_as_json_and_as_a_proxys_page(
    telegram: SimulatedTelegram, raw: httpx.AsyncClient, bot: Bot, mona: Person
) -> None:
    telegram.faults.status(500, text="sent message was immediately deleted")
    answer = await raw.post("sendMessage", json={"chat_id": 501, "text": "a"})
    assert answer.status_code == 500
    assert answer.json()["description"] == "Internal Server Error: sent message was immediately deleted"
    telegram.faults.status(502, html=True)
    answer = await raw.post("sendMessage", json={"chat_id": 501, "text": "a"})
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    telegram.faults.status(502, html=True)
    with pytest.raises(NetworkError):
        await bot.send_message(501, "a")
    assert mona.messages == []


async def test_a_slow_answer_times_out_after_its_effect(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    fault = telegram.faults.slow(30)
    with pytest.raises(TimedOut):
        await bot.send_message(501, "a", read_timeout=0.05)
    telegram.faults.remove(fault)
    telegram.faults.remove(fault)
    await bot.send_message(501, "b")
    assert [one.text for one in mona.messages] == ["a", "b"]


async def test_faults_without_a_method_spare_polling(telegram: SimulatedTelegram, bot: Bot, mona: Person) -> None:
    telegram.faults.status(400, text="any words", times=2)
    mona.send("a")
    assert len(await bot.get_updates(timeout=5)) == 1
    with pytest.raises(BadRequest, match="Any words"):
        await bot.get_me()
    telegram.faults.cut_before_effect(method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates(timeout=5)


async def test_the_record_tells_what_was_asked_and_answered(
    telegram: SimulatedTelegram, bot: Bot, mona: Person
) -> None:
    await bot.send_message(501, "a", reply_parameters={"message_id": mona.send("hi")})  # type: ignore[arg-type]
    (call,) = telegram.calls("sendmessage", chat_id=501)
    assert call.method == "sendMessage"
    assert call.params["text"] == "a"
    assert call.answer is not None
    assert call.answer["result"]["reply_to_message"]["text"] == "hi"
    assert call.at == telegram.clock.now()
    assert await telegram.wait_for_call("sendMessage") == [call]
