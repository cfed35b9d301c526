"""A sender over a real store and a scripted server, and what a test asks of them."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

from bot.clock import SteppedClock
from bot.delivery.bot_api import BotApi
from bot.delivery.bucket import Rates
from bot.delivery.outcome import Outcome
from bot.delivery.sender import Sender
from bot.ports import Transaction
from bot.records import NewMessage, OutboxItem, Person
from bot.screen import Screen
from tests.delivery.flaky_store import FlakyStore
from tests.delivery.hand_ticker import HandTicker
from tests.delivery.loopback import Loopback

FAST = Rates(overall_per_s=1e6, overall_burst=1e6, chat_per_s=1e6, chat_burst=1e6, group_per_s=1e6, group_burst=1e6)


@dataclass(slots=True, kw_only=True, eq=False)
class Office:
    server: Loopback
    api: BotApi
    store: FlakyStore
    clock: SteppedClock
    ticker: HandTicker
    rates: Rates = FAST
    migrated: list[tuple[int, int]] = field(default_factory=list)
    probes: int = 0
    answered: asyncio.Condition = field(default_factory=asyncio.Condition)
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        self.api.probe = self.probe  # type: ignore[method-assign]
        self.restart()

    def restart(self, rates: Rates | None = None) -> None:
        """A new sender, as after `kill -9`: it knows nothing but the store."""
        self.rates = rates or self.rates

        async def on_migrated(old: int, new: int) -> None:
            self.migrated.append((old, new))
            await self.store.write(lambda tx: tx.people.migrate_chat(old, new))

        self.sender = Sender(
            self.api,
            self.store,
            self.clock,
            rng=random.Random(5),
            on_migrated=on_migrated,
            rates=self.rates,
            ticker=self.ticker,
        )

    async def put(
        self, chat_id: int, *texts: str, edit: int | None = None, live: bool = False, fold: bool = False
    ) -> list[OutboxItem]:
        """Commit one row a text, in one transaction."""
        rows = [
            NewMessage(
                chat_id=chat_id,
                screen=Screen(template="greeting", text=text).to_dict(),
                edit=edit,
                live=live,
                fold=fold,
            )
            for text in texts
        ]
        now = self.clock.now()

        def put(tx: Transaction) -> list[OutboxItem]:
            if (
                chat_id > 0 and tx.people.situation(chat_id, "e").person is None
            ):  # what is said to strangers is not kept
                tx.people.save(Person(chat_id=chat_id, created_at=now, updated_at=now))
            return tx.outbox.put(rows, now)

        return await self.store.write(put)

    async def send(self, chat_id: int, *texts: str, edit: int | None = None, live: bool = False) -> None:
        """Put, offer, and wait until nothing more goes."""
        self.sender.offer(await self.put(chat_id, *texts, edit=edit, live=live))
        await self.sender.idle()

    async def waiting(self) -> list[OutboxItem]:
        return await self.store.read(lambda tx: tx.outbox.waiting(1000))

    async def counts(self) -> dict[str, int]:
        status = await self.store.read(lambda tx: tx.status())
        return {state: count for state, count in status.outbox.items() if count}

    async def reasons(self) -> list[str]:
        status = await self.store.read(lambda tx: tx.status())
        return [reason for _, _, reason, _ in status.set_aside]

    async def person(self, chat_id: int) -> Person:
        situation = await self.store.read(lambda tx: tx.people.situation(chat_id, "e"))
        assert situation.person is not None
        return situation.person

    async def until_waiting(self, rows: int) -> None:
        """Until only that many rows are left in memory and none is under way."""
        while (status := self.sender.status()).waiting > rows or status.in_flight or status.unsettled:
            await asyncio.sleep(0.001)

    async def probe(self) -> Outcome:
        outcome = await BotApi.probe(self.api)
        async with self.answered:
            self.probes += 1
            self.answered.notify_all()
        return outcome

    async def until_probe(self) -> None:
        """Let the next probe, which sleeps before it asks, go now, and wait for its answer."""
        wanted = self.probes + 1
        await self.ticker.slept_times(wanted)
        self.ticker.advance(120)
        async with self.answered:
            await self.answered.wait_for(lambda: self.probes == wanted)
