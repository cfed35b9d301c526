"""Monotonic time and waiting, passed in so that tests never wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol


class Cancellable(Protocol):
    def cancel(self) -> None: ...


class Ticker(Protocol):
    """Seconds that only go forward; `now()` has no meaning but in differences."""

    def now(self) -> float: ...

    def call_at(self, when_s: float, callback: Callable[[], None]) -> Cancellable:
        """Call `callback` on the event loop once `now()` has reached `when_s`."""
        ...

    async def sleep(self, seconds: float) -> None: ...


class LoopTicker:
    """The running event loop's own time."""

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def call_at(self, when_s: float, callback: Callable[[], None]) -> Cancellable:
        return asyncio.get_running_loop().call_at(when_s, callback)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
