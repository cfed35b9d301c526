"""One loop over the one table of what is due. A new sort of timer is one more kind of row, not another loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import NewMessage, OutboxItem, Timer
from handlers.where import where

log = logging.getLogger(__name__)

Fire = Callable[[Transaction, Timer, datetime], Sequence[NewMessage]]
Send = Callable[[Iterable[OutboxItem]], None]

AT_ONCE = 100
LOOK_AGAIN = timedelta(seconds=30)  # a timer armed meanwhile is seen within this; none is due sooner than an hour
RETRY_LATER = timedelta(hours=1)
OUTAGE_S = 2.0


class TimerLoop:
    """Carries out due timers, each in a savepoint; one that raises is put off, logged, and stops no other.

    What they have to say goes into the outbox with them, and to `send` after the commit.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        fire: Fire,
        send: Send,
        tidy: Callable[[], Awaitable[bool]],
        tidied_after: Collection[str],
    ) -> None:
        """After a timer of a kind in `tidied_after`, and after its commit, `tidy` is called: False asks for later."""
        self._store, self._clock, self._fire, self._send = store, clock, fire, send
        self._tidy, self._tidied_after = tidy, tidied_after
        self._untidy = False

    async def run_once(self) -> int:
        """Carry out what is due now; how many that was."""
        due, kinds, said = await self._store.write(self._work)
        self._send(said)
        if self._untidy or not kinds.isdisjoint(self._tidied_after):
            self._untidy = True  # also if the store is away now
            self._untidy = not await self._tidy()
        return due

    def _work(self, tx: Transaction) -> tuple[int, set[str], list[OutboxItem]]:
        now = self._clock.now()
        tx.just_erased()  # of a work before, that was undone
        due = tx.timers.due(now, AT_ONCE)
        said: list[OutboxItem] = []
        for timer in due:
            try:
                items = tx.savepoint(partial(self._carry_out, tx, timer, now))
            except StoreUnavailable:
                raise
            except Exception as e:  # noqa: BLE001 - one timer's fault must not stop the others; it stays in the table
                log.error(  # noqa: TRY400 - a traceback may hold what a person wrote
                    "timer %d (%s) is put off for an hour: %s", timer.id, timer.kind, where(e)
                )
                tx.timers.arm(replace(timer, due_at=now + RETRY_LATER))
            else:
                erased = tx.just_erased()
                said = [item for item in said if item.chat_id not in erased] + items
        return len(due), {timer.kind for timer in due}, said

    def _carry_out(self, tx: Transaction, timer: Timer, now: datetime) -> list[OutboxItem]:
        return tx.outbox.put(self._fire(tx, timer, now), now)

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
