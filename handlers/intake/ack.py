"""Taps are answered at once, so that the button stops spinning; the work comes after."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.delivery.bot_api import UNREADABLE, BotApi

if TYPE_CHECKING:
    from telegram import Bot

_log = logging.getLogger(__name__)

PARALLEL = 4
LONGEST_QUEUE = 500  # beyond it the first would be too old to be answered when its turn comes


class Acknowledger:
    """A small lane of its own, best effort: a failure is counted and no more."""

    def __init__(self, api: BotApi, *, parallel: int = PARALLEL) -> None:
        """`api` is this lane's alone; it is closed by `close`."""
        self._api = api
        self._bot: Bot = api.bot
        self._parallel = parallel
        self._waiting: asyncio.Queue[str] = asyncio.Queue(LONGEST_QUEUE)
        self._workers: set[asyncio.Task[None]] = set()
        self.answered = 0
        self.failed = 0
        self.dropped = 0

    def acknowledge(self, tap_id: str) -> None:
        """Answer this callback query soon. Never blocks, never raises."""
        try:
            self._waiting.put_nowait(tap_id)
        except asyncio.QueueFull:
            self.dropped += 1
            return
        if len(self._workers) < min(self._parallel, self._waiting.qsize() + len(self._workers)):
            worker = asyncio.get_running_loop().create_task(self._answer_all())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def idle(self) -> None:
        """Return once all that were taken are answered or have failed."""
        while self._workers:
            await asyncio.wait(self._workers)

    async def close(self) -> None:
        """Drop what waits and close the connections."""
        for worker in self._workers:
            worker.cancel()
        if self._workers:
            await asyncio.wait(self._workers)
        await self._api.close()

    async def _answer_all(self) -> None:
        from telegram.error import TelegramError

        while not self._waiting.empty():
            try:
                await self._bot.answer_callback_query(self._waiting.get_nowait())
            except (TelegramError, *UNREADABLE) as problem:
                self.failed += 1
                _log.info("a tap was not acknowledged: %s", type(problem).__name__)
            else:
                self.answered += 1
