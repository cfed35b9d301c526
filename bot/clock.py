"""What time it is for the bot: what is due, closed or expired asks here.

Pacing, back-off and leases use `monotonic()`, which no rehearsal moves.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """`now()` is aware and in UTC."""

    def now(self) -> datetime: ...

    async def wait_until(self, moment: datetime) -> None:
        """Return when `now()` has reached `moment`, or earlier when the clock was jumped: ask again."""
        ...

    @property
    def is_real(self) -> bool:
        """False while the clock runs elsewhere than the world's: the bot then says "rehearsal"."""
        ...


def monotonic() -> float:
    """Seconds that only go forward, for pacing and leases."""
    return time.monotonic()


class SystemClock:
    """The world's time."""

    is_real = True

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds()))


class ShiftedClock:
    """Starts elsewhere and runs at real speed; can be jumped forward, never back."""

    is_real = False

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware moment")
        self._start = start.astimezone(UTC)
        self._since = time.monotonic()
        self._jumped = asyncio.Event()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def jump_to(self, moment: datetime) -> None:
        """Forward to `moment`; a moment already past changes nothing."""
        if moment > self.now():
            self._start, self._since = moment.astimezone(UTC), time.monotonic()
            self._jumped.set()

    async def wait_until(self, moment: datetime) -> None:
        self._jumped.clear()
        wait = (moment - self.now()).total_seconds()
        if wait > 0:
            try:
                await asyncio.wait_for(self._jumped.wait(), timeout=wait)
            except TimeoutError:
                return


class SteppedClock:
    """Stands still until it is stepped: for tests and rehearsals."""

    is_real = False

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware moment")
        self._now = start.astimezone(UTC)
        self._stepped = asyncio.Event()

    def now(self) -> datetime:
        return self._now

    def step(self, by: timedelta) -> None:
        """Go forward by `by`; going back raises ValueError."""
        if by < timedelta(0):
            raise ValueError("a clock is only stepped forward")
        self._now += by
        self._stepped.set()

    async def wait_until(self, moment: datetime) -> None:
        self._stepped.clear()
        if moment > self._now:
            await self._stepped.wait()
