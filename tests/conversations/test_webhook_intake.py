"""The same bot behind a webhook: Telegram posts to LISTEN, and hears 200 only after the commit."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.app.runtime import Runtime
from bot.ports import StoreUnavailable
from bot.settings import Refusal
from bot.simulator import SimulatedTelegram
from tests.conftest import DATABASES
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing
from tests.conversations.walk import SHORT, Walk, draft, registers, registration, settled

SECRET = "a-secret-of-thirty-two-characters"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def hook(port: int) -> dict[str, str]:
    """The settings of a bot behind a webhook."""
    return {
        "webhook_url": f"http://127.0.0.1:{port}/hook",
        "webhook_secret": SECRET,
        "listen": f"127.0.0.1:{port}",
    }


@pytest.fixture
async def bot(bot_running: BotRunning, hook: dict[str, str]) -> AsyncIterator[Runtime]:
    async with bot_running(**hook) as runtime:
        yield runtime


@pytest.fixture
async def client(port: int) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize("store_url", DATABASES, indirect=True)
async def test_two_people_register_by_webhook(bot: Runtime, telegram: SimulatedTelegram) -> None:
    people = {lang: telegram.add_person(lang, language_code=lang) for lang in ("ar", "en")}
    numbers = await asyncio.gather(*(registers(person, lang) for lang, person in people.items()))
    assert [(await registration(bot, person)).number for person in people.values()] == numbers
    assert telegram.calls("getUpdates") == []


async def test_a_restart_from_polling_to_webhook_and_back_loses_nothing(
    bot_running: BotRunning, hook: dict[str, str], telegram: SimulatedTelegram
) -> None:
    walk = Walk(telegram.add_person("Nour"), "en", SHORT)
    async with bot_running():
        await walk.begin()
        await walk.answer()
    walk.person.tap("I agree", walk.screen)
    async with bot_running(**hook):
        assert await walk.shown() == "for_whom"
        await walk.answer()
    async with bot_running() as bot:
        await walk.confirm()
        assert (await registration(bot, walk.person)).status == "confirmed"


async def test_health_says_ok_or_why_not(
    bot: Runtime, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "problems": {}})
    monkeypatch.setattr(bot.processor, "store_trouble", "SQLite: database is locked")
    answer = await client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "problems": {"store": "SQLite: database is locked"}}


async def test_a_post_with_a_wrong_secret_does_nothing(
    bot: Runtime, telegram: SimulatedTelegram, client: httpx.AsyncClient
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    message = {"message_id": 99, "date": 1, "chat": {"id": walk.person.user_id, "type": "private"}, "text": "Karim"}
    body = {"update_id": 5, "message": message}
    for headers in ({}, {HEADER: "wrong"}, {HEADER: SECRET[:-1]}):
        assert (await client.post("/hook", json=body, headers=headers)).status_code == 403
    await settled(bot, telegram)
    assert (await draft(bot, walk.person)).at == "given_name"
    assert (await client.post("/hook", json=body, headers={HEADER: SECRET})).status_code == 200
    await settled(bot, telegram)
    assert (await draft(bot, walk.person)).at == walk.at == "family_name"


async def test_a_store_that_is_down_is_answered_503_and_telegram_repeats(
    bot: Runtime, telegram: SimulatedTelegram, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    writes = bot.store.write

    async def refused(_work: object) -> object:
        raise StoreUnavailable("SQLite: database is locked")

    monkeypatch.setattr(bot.receiver._store, "write", refused, raising=False)
    body = json.dumps({"update_id": 7, "message": {"text": "x", "chat": {"id": 5, "type": "private"}}})
    headers = {HEADER: SECRET, "Content-Type": "application/json"}
    assert (await client.post("/hook", content=body, headers=headers)).status_code == 503
    walk.person.send("Karim")
    await walk.person.wait_for(lambda m: "takes longer" in m.text)
    monkeypatch.setattr(bot.receiver._store, "write", writes)
    assert await walk.shown() == "family_name"


async def test_a_port_that_is_taken_is_refused_with_the_settings_name(
    bot_running: BotRunning, hook: dict[str, str], port: int
) -> None:
    with socket.create_server(("127.0.0.1", port)), pytest.raises(Refusal, match="LISTEN"):
        async with bot_running(**hook):
            pass
