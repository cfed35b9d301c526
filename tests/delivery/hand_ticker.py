"""Monotonic time that a test moves by hand."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from itertools import count


class _Handle:
    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class HandTicker:
    """`slept` records every sleep that was asked for."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._due: list[tuple[float, int, _Handle]] = []
        self._order = count()
        self.slept: list[float] = []
        self.sleeping = asyncio.Condition()

    def now(self) -> float:
        return self._now

    def call_at(self, when_s: float, callback: Callable[[], None]) -> _Handle:
        handle = _Handle(callback)
        heapq.heappush(self._due, (when_s, next(self._order), handle))
        return handle

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.call_at(self._now + seconds, woken.set)
        async with self.sleeping:
            self.slept.append(seconds)
            self.sleeping.notify_all()
        await woken.wait()

    def advance(self, seconds: float) -> None:
        """Go forward and call what fell due, in order."""
        until = self._now + seconds
        while self._due and self._due[0][0] <= until:
            when, _, handle = heapq.heappop(self._due)
            self._now = max(self._now, when)
            if handle.callback is not None:
                handle.callback()
        self._now = until

    async def slept_times(self, times: int) -> None:
        """Wait until that many sleeps were asked for."""
        async with self.sleeping:
            await self.sleeping.wait_for(lambda: len(self.slept) >= times)
