"""Waking whoever waits for a change, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Rung by plain code, heard by coroutines of one event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everyone who waits now."""
        for waiter in list(self._waiting):
            if not waiter.done():
                waiter.set_result(None)

    async def heard(self) -> None:
        """Return at the next ring. Look at the state first: nothing rings between a look and this call."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    async def until(self, is_so: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until `is_so()`; False if `timeout_s` real seconds passed before."""
        try:
            async with asyncio.timeout(timeout_s):
                while not is_so():
                    await self.heard()
        except TimeoutError:
            return is_so()
        return True
