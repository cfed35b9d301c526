"""Outcomes on their way into the store: many in one transaction, kept in memory while the store is away."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence

from bot.clock import Clock
from bot.delivery.backoff import Backoff
from bot.delivery.ticker import Ticker
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import Settled

_log = logging.getLogger(__name__)

BATCH = 256


class Settler:
    """What is known is never forgotten: an outcome leaves only after its commit."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        ticker: Ticker,
        rng: random.Random,
        on_settled: Callable[[Settled], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        """`on_failure` hears of what is neither a success nor StoreUnavailable: a defect, nothing goes on."""
        self._store = store
        self._clock = clock
        self._ticker = ticker
        self._backoff = Backoff(rng, first_s=0.2, most_s=10.0)
        self._on_settled = on_settled
        self._on_failure = on_failure
        self._pending: list[Settled] = []
        self._writing = 0
        self._task: asyncio.Task[None] | None = None
        self.store_is_away = False

    @property
    def unsettled(self) -> int:
        """How many outcomes are known here and not in the store."""
        return len(self._pending) + self._writing

    def add(self, outcome: Settled) -> None:
        """Record it soon; `on_settled` tells when it is in the store."""
        self._pending.append(outcome)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._write_all())
            self._task.add_done_callback(self._ended)

    async def close(self, within_s: float) -> None:
        """Write what is left; give up after `within_s` seconds of a store that is away."""
        if self._task is not None:
            _, late = await asyncio.wait([self._task], timeout=within_s)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        if self.unsettled:
            _log.error("%d outcomes of sends are not in the store: these messages may repeat", self.unsettled)

    async def _write_all(self) -> None:
        while self._pending:
            batch, self._pending = self._pending[:BATCH], self._pending[BATCH:]
            self._writing = len(batch)
            await self._write(batch)
            self._writing = 0
            for outcome in batch:
                self._on_settled(outcome)
        self._task = None  # here, not when the task is seen to be done: `add` may come in between

    async def _write(self, batch: Sequence[Settled]) -> None:
        def settle(tx: Transaction) -> None:
            tx.outbox.settle(batch, self._clock.now())

        while True:
            try:
                await self._store.write(settle)
            except StoreUnavailable:
                if not self.store_is_away:
                    _log.error("the store takes no outcomes of sends; they are kept in memory")
                self.store_is_away = True
                await self._ticker.sleep(self._backoff.next_s())
            else:
                self.store_is_away = False
                self._backoff.reset()
                return

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (problem := task.exception()) is not None:
            self._on_failure(problem)
