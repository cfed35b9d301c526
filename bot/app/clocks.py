"""Which clock the bot runs on: the world's, or a rehearsal's that a restart takes up where it stood."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from datetime import datetime

from bot.clock import Clock, ShiftedClock, SystemClock
from bot.ports import Store, StoreUnavailable
from bot.settings import Settings

log = logging.getLogger(__name__)

CLOCK_KEY = "clock_reading"
CLOCK_KEPT_EVERY_S = 5.0


async def open_clock(settings: Settings, store: Store) -> Clock:
    """The system's clock; with CLOCK_START one that starts there, or goes on from its stored reading."""
    if settings.clock_start is None:
        return SystemClock()
    stored = await store.read(lambda tx: tx.meta.get(CLOCK_KEY))
    reading = datetime.fromisoformat(stored) if stored else settings.clock_start
    return ShiftedClock(max(reading, settings.clock_start))


async def keep_clock(clock: ShiftedClock, store: Store) -> None:
    """Store the reading every few seconds, so that a restart goes on from it."""
    while True:
        reading = clock.now().isoformat()
        try:
            await store.write(lambda tx, reading=reading: tx.meta.put(CLOCK_KEY, reading))  # type: ignore[misc]
        except StoreUnavailable as e:
            log.warning("the clock's reading waits for the store: %s", e)
        await asyncio.sleep(CLOCK_KEPT_EVERY_S)


async def obey_control(clock: ShiftedClock, store: Store, stop: asyncio.Event) -> None:
    """Jump the clock as the simulator says on standard input; end with it."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        clock.jump_to(datetime.fromisoformat(json.loads(line)["jump_to"]))
        reading = clock.now().isoformat()
        await store.write(lambda tx, reading=reading: tx.meta.put(CLOCK_KEY, reading))  # type: ignore[misc]
    stop.set()
