"""One loop over the one table of what is due. A new sort of timer is one more kind of row, not another loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import Timer
from handlers.where import where

log = logging.getLogger(__name__)

Fire = Callable[[Transaction, Timer, datetime], None]

AT_ONCE = 100
LOOK_AGAIN = timedelta(seconds=30)  # a timer armed meanwhile is seen within this; none is due sooner than an hour
RETRY_LATER = timedelta(hours=1)
OUTAGE_S = 2.0


class TimerLoop:
    """Carries out due timers, each in a savepoint; one that raises is put off, logged, and stops no other."""

    def __init__(self, *, store: Store, clock: Clock, fire: Fire) -> None:
        self._store, self._clock, self._fire = store, clock, fire

    async def run_once(self) -> int:
        """Carry out what is due now; how many that was."""
        return await self._store.write(self._work)

    def _work(self, tx: Transaction) -> int:
        now = self._clock.now()
        due = tx.timers.due(now, AT_ONCE)
        for timer in due:
            try:
                tx.savepoint(lambda timer=timer: self._fire(tx, timer, now))  # type: ignore[misc]
            except StoreUnavailable:
                raise
            except Exception as e:  # noqa: BLE001 - one timer's fault must not stop the others; it stays in the table
                log.error(  # noqa: TRY400 - a traceback may hold what a person wrote
                    "timer %d (%s) is put off for an hour: %s", timer.id, timer.kind, where(e)
                )
                tx.timers.arm(replace(timer, due_at=now + RETRY_LATER))
        return len(due)

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                while await self.run_once():
                    pass
                next_due = await self._store.read(lambda tx: tx.timers.next_due_at())
            except StoreUnavailable as e:
                log.warning("timers wait for the store: %s", e)
                await asyncio.sleep(OUTAGE_S)
                continue
            soon = self._clock.now() + LOOK_AGAIN
            await self._clock.wait_until(min(next_due, soon) if next_due else soon)
