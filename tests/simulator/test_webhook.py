"""Delivery by webhook to a small receiver: lanes, parallelism, secret, repeats, a method in the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from bot.simulator import RepeatPace, SimulatedTelegram
from bot.simulator.bell import Bell
from bot.simulator.server import LoopbackServer

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="yes")]])


class Receiver:
    """Keeps what came; `answers` decides each answer, `gate` holds messages of a text until it is opened."""

    def __init__(self) -> None:
        self.came: list[tuple[Mapping[str, str], dict[str, Any]]] = []
        self.bell = Bell()
        self.answers: Callable[[dict[str, Any]], Response] = lambda _: Response()
        self.gates: dict[str, asyncio.Event] = {}
        self.server = LoopbackServer(Starlette(routes=[Route("/hook", self.receive, methods=["POST"])]))
        self.url = f"{self.server.url}/hook"

    async def receive(self, request: Request) -> Response:
        update = json.loads(await request.body())
        self.came.append((dict(request.headers), update))
        self.bell.ring()
        gate = self.gates.get(update.get("message", {}).get("text", ""))
        if gate is not None:
            await gate.wait()
        return self.answers(update)

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        assert await self.bell.until(lambda: len(self.came) >= count, 10), f"{len(self.came)} of {count} came"
        return [update for _, update in self.came]

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.came if "message" in update]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.server.start()
    yield receiver
    await receiver.server.stop()


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    pace = RepeatPace(first=0.01, most=0.02, most_asked=0.03)
    async with SimulatedTelegram(repeat_pace=pace) as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: SimulatedTelegram) -> AsyncIterator[Bot]:
    request = HTTPXRequest(httpx_kwargs={"trust_env": False})
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot", request=request) as bot:
        yield bot


async def test_an_update_is_posted_as_json_with_the_secret(
    telegram: SimulatedTelegram, bot: Bot, receiver: Receiver
) -> None:
    mona = telegram.add_person("منى", "ar", 501)
    mona.send("before the webhook")
    await bot.set_webhook(receiver.url, secret_token="a_secret-1")
    (update,) = await receiver.wait_for(1)
    headers, _ = receiver.came[0]
    assert headers["content-type"] == "application/json"
    assert headers["x-telegram-bot-api-secret-token"] == "a_secret-1"
    assert update["message"]["text"] == "before the webhook"
    await telegram.wait_until_quiet()
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.last_error_message) == (receiver.url, 0, None)


async def test_a_chats_messages_wait_for_each_other_and_others_go_on(
    telegram: SimulatedTelegram, bot: Bot, receiver: Receiver
) -> None:
    mona, karim = telegram.add_person("منى", "ar", 501), telegram.add_person("Karim", "en", 502)
    gate = receiver.gates["hold"] = asyncio.Event()
    await bot.set_webhook(receiver.url)
    mona.send("hold")
    mona.send("second")
    karim.send("karim")
    sent = await bot.send_message(501, "one", reply_markup=KEYS)
    mona.tap("yes")
    await receiver.wait_for(3)
    assert receiver.texts == ["hold", "karim"]
    assert any(
        one.get("callback_query", {}).get("message", {}).get("message_id") == sent.message_id
        for _, one in receiver.came
    )
    gate.set()
    await telegram.wait_until_quiet()
    assert receiver.texts == ["hold", "karim", "second"]


async def test_no_more_than_max_connections_at_once(telegram: SimulatedTelegram, bot: Bot, receiver: Receiver) -> None:
    people = [telegram.add_person(f"P{number}", "en", 600 + number) for number in range(5)]
    gate = receiver.gates["hold"] = asyncio.Event()
    await bot.set_webhook(receiver.url, max_connections=2)
    for person in people:
        person.send("hold")
    await receiver.wait_for(2)
    await bot.get_me()
    assert len(receiver.came) == 2
    gate.set()
    await telegram.wait_until_quiet()
    assert len(receiver.came) == 5


@pytest.mark.parametrize("status", [500, 503, 400, 302, 410])
async def test_what_is_not_taken_is_repeated_and_holds_its_own_lane(
    status: int, telegram: SimulatedTelegram, bot: Bot, receiver: Receiver
) -> None:
    mona, karim = telegram.add_person("منى", "ar", 501), telegram.add_person("Karim", "en", 502)
    failures = iter([status] * 3)
    receiver.answers = lambda update: Response(
        status_code=next(failures, 200) if update["message"]["text"] == "a" else 200,
        headers={"Retry-After": "3600"},
    )
    await bot.set_webhook(receiver.url)
    mona.send("a")
    mona.send("b")
    karim.send("karim")
    await telegram.wait_until_quiet()
    assert receiver.texts.count("a") == 4
    assert receiver.texts[-1] == "b"
    assert receiver.texts.index("karim") < receiver.texts.index("b")
    info = await bot.get_webhook_info()
    assert info.last_error_message is not None
    assert str(status) in info.last_error_message


async def test_repeats_end_when_the_update_expires(telegram: SimulatedTelegram, bot: Bot, receiver: Receiver) -> None:
    mona = telegram.add_person("منى", "ar", 501)
    receiver.answers = lambda _: Response(status_code=503)
    await bot.set_webhook(receiver.url)
    mona.send("a")
    await receiver.wait_for(2)
    telegram.clock.step(timedelta(hours=24))
    await telegram.wait_until_quiet()


async def test_a_webhook_that_says_gone_for_23_hours_is_removed(
    telegram: SimulatedTelegram, bot: Bot, receiver: Receiver
) -> None:
    mona = telegram.add_person("منى", "ar", 501)
    receiver.answers = lambda _: Response(status_code=410)
    await bot.set_webhook(receiver.url)
    mona.send("a")
    await receiver.wait_for(2)
    telegram.clock.step(timedelta(hours=23))
    assert await telegram.world.bell.until(lambda: telegram.world.webhook is None, 10)
    assert (await bot.get_webhook_info()).url == ""


async def test_nobody_there_is_told_as_an_error(telegram: SimulatedTelegram, bot: Bot, receiver: Receiver) -> None:
    mona = telegram.add_person("منى", "ar", 501)
    await receiver.server.stop()
    await bot.set_webhook(receiver.url)
    mona.send("a")
    hook = telegram.world
    assert await hook.bell.until(lambda: bool(hook.webhook and hook.webhook.last_error_message), 10)
    assert hook.webhook is not None
    assert "Connection failed" in str(hook.webhook.last_error_message)
    await bot.delete_webhook(drop_pending_updates=True)
    await telegram.wait_until_quiet()


async def test_a_method_in_the_answer_is_carried_out(telegram: SimulatedTelegram, bot: Bot, receiver: Receiver) -> None:
    mona = telegram.add_person("منى", "ar", 501)
    receiver.answers = lambda _: JSONResponse({"method": "sendMessage", "chat_id": 501, "text": "from the answer"})
    await bot.set_webhook(receiver.url)
    mona.send("a")
    assert (await mona.wait_for("from the answer")).text == "from the answer"


async def test_a_duplicate_is_delivered_twice(telegram: SimulatedTelegram, bot: Bot, receiver: Receiver) -> None:
    mona = telegram.add_person("منى", "ar", 501)
    telegram.faults.duplicate_next()
    mona.send("a")
    await bot.set_webhook(receiver.url)
    await telegram.wait_until_quiet()
    first, second = await receiver.wait_for(2)
    assert first["update_id"] == second["update_id"]


def test_repeats_come_at_once_then_ever_later() -> None:
    pace = RepeatPace()
    assert [pace.pause(failures, None) for failures in (1, 2, 3, 4, 9)] == [0, 2, 4, 8, 60]
    assert pace.pause(1, 100.0) == 100
    assert pace.pause(1, 9_999.0) == 3_600
