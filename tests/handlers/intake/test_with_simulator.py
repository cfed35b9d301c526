"""Intake, store and sender together, on both databases, with the simulator's people and the real time."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator

import pytest

from bot.clock import SteppedClock
from bot.delivery.bot_api import BotApi
from bot.delivery.sender import Sender
from bot.ports import Store, Transaction
from bot.records import NewMessage, OutboxItem, Received
from bot.screen import Button, Screen
from bot.simulator import SimulatedTelegram
from handlers.intake.ack import Acknowledger
from handlers.intake.polling import Polling
from handlers.intake.receiver import Receiver
from handlers.intake.webhook import WebhookServer, set_webhook, webhook_app
from storage.store import SqlStore

SECRET = "secret-of-the-hook"


class Echo:
    """A bot that says what it heard, with a button; a tap changes the message."""

    def __init__(self, telegram: SimulatedTelegram, store: Store, clock: SteppedClock) -> None:
        self.api = BotApi(telegram.token, telegram.url)
        self.store, self.clock = store, clock
        self.ack = Acknowledger(BotApi(telegram.token, telegram.url, parallel=4))
        self.sender = Sender(self.api, store, clock, rng=random.Random(5), on_migrated=self._on_migrated)
        self._work: set[asyncio.Task[None]] = set()
        self.receiver = Receiver(
            store,
            clock,
            on_received=self._on_received,
            acknowledge=self.ack.acknowledge,
            on_store_trouble=lambda _: None,
        )

    async def _on_migrated(self, old: int, new: int) -> None:
        await self.store.write(lambda tx: tx.people.migrate_chat(old, new))

    def _on_received(self, rows: list[Received]) -> None:
        self._work.add(asyncio.create_task(self._handle(rows)))

    async def _handle(self, rows: list[Received]) -> None:
        def work(tx: Transaction) -> list[OutboxItem]:
            tx.inbox.handled([row.id for row in rows], self.clock.now())
            return tx.outbox.put([self._reply(row) for row in rows], self.clock.now())

        self.sender.offer(await self.store.write(work))

    def _reply(self, row: Received) -> NewMessage:
        update = json.loads(row.raw)
        assert row.chat_id is not None
        if tapped := update.get("callback_query"):
            screen = Screen(template="tapped", text=f"<i>{tapped['data']}</i>")
            return NewMessage(chat_id=row.chat_id, screen=screen.to_dict(), edit=tapped["message"]["message_id"])
        buttons = ((Button(label="Press", data="pressed"),),)
        screen = Screen(template="echo", text=f"<b>{update['message']['text']}</b>", rows=buttons)
        return NewMessage(chat_id=row.chat_id, screen=screen.to_dict(), live=True)

    async def close(self) -> None:
        await asyncio.gather(*self._work)
        await self.sender.idle()
        await self.sender.stop()
        await self.ack.idle()
        await self.ack.close()
        await self.api.close()


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram() as telegram:
        yield telegram


@pytest.fixture
async def echo(telegram: SimulatedTelegram, store: SqlStore, clock: SteppedClock) -> AsyncIterator[Echo]:
    echo = Echo(telegram, store, clock)
    yield echo
    await echo.close()


async def converse(telegram: SimulatedTelegram, echo: Echo) -> None:
    people = [telegram.add_person(name) for name in ("Amal", "Basim", "Carol")]
    for person in people:
        person.start()
    for person in people:
        assert (await person.wait_for("/start")).text == "/start"
        person.send("مرحبا (hello)")
        await person.wait_for("(hello)")
        person.tap("Press")
        assert (await person.wait_for("pressed")).text == "pressed"
    await telegram.wait_until_quiet()
    await asyncio.gather(*echo._work)
    await echo.sender.idle()
    await echo.ack.idle()
    status = await echo.store.read(lambda tx: tx.status())
    assert (status.inbox.get("handled"), status.outbox) == (9, {})  # what is said to strangers is not kept
    assert echo.ack.answered == 3
    assert all(not person.spinning for person in people)


async def test_a_conversation_by_polling(telegram: SimulatedTelegram, echo: Echo) -> None:
    polling = Polling(
        token=telegram.token,
        url=telegram.url,
        store=echo.store,
        clock=echo.clock,
        receiver=echo.receiver,
        rng=random.Random(5),
    )
    loop = asyncio.create_task(polling.run())
    await converse(telegram, echo)
    polling.stop()
    await loop


async def test_a_conversation_by_webhook(telegram: SimulatedTelegram, echo: Echo) -> None:
    async def health() -> dict[str, str]:
        return {}

    app = webhook_app(path="/hook", secret=SECRET, receiver=echo.receiver, health=health)
    server = WebhookServer(app, "127.0.0.1", 0)
    await server.start()
    await set_webhook(echo.api, f"http://127.0.0.1:{server.port}/hook", SECRET, rng=random.Random(5))
    await converse(telegram, echo)
    await server.stop()
