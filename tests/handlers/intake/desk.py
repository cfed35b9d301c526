"""Intake between a scripted Bot API and a real store that can be put out of reach."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from bot.clock import SteppedClock
from bot.records import Received
from handlers.intake.polling import Polling
from handlers.intake.receiver import Receiver
from tests.delivery.flaky_store import FlakyStore
from tests.delivery.hand_ticker import HandTicker
from tests.delivery.loopback import TOKEN, Loopback


@dataclass(slots=True, eq=False)
class Desk:
    """What intake tells the rest of the bot."""

    store: FlakyStore
    clock: SteppedClock
    server: Loopback
    ticker: HandTicker = field(default_factory=HandTicker)
    received: list[Received] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    told: list[list[int]] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    receiver: Receiver = field(init=False)
    running: list[tuple[Polling, asyncio.Task[None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.receiver = Receiver(
            self.store,
            self.clock,
            on_received=self.received.extend,
            acknowledge=self.acknowledged.append,
            on_store_trouble=self.told.append,
        )

    def poll(self) -> Polling:
        """Start a poller; a second one, after `stop`, is a restart."""
        polling = Polling(
            token=TOKEN,
            url=self.server.url,
            store=self.store,
            clock=self.clock,
            receiver=self.receiver,
            rng=random.Random(5),
            sleep=self.ticker.sleep,
        )
        self.running.append((polling, asyncio.create_task(polling.run())))
        return polling

    async def stop(self) -> None:
        while self.running:
            polling, task = self.running.pop()
            polling.stop()
            await task

    async def kept(self) -> list[Received]:
        return await self.store.read(lambda tx: tx.inbox.waiting(1000))

    async def fact(self, key: str) -> str | None:
        return await self.store.read(lambda tx: tx.meta.get(key))


def message(update_id: int, chat_id: int = 1, text: str = "hi") -> dict[str, Any]:
    sender = {"id": chat_id, "is_bot": False, "first_name": "A"}
    chat = {"id": chat_id, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1, "chat": chat, "from": sender, "text": text},
    }


def tap(update_id: int, chat_id: int = 1) -> dict[str, Any]:
    query = {"id": f"tap{update_id}", "from": {"id": chat_id}, "data": "x", "message": {"chat": {"id": chat_id}}}
    return {"update_id": update_id, "callback_query": query}
