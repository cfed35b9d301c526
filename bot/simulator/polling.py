"""getUpdates: the long poll, and what Telegram does to a second one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.simulator.errors import ApiError
from bot.simulator.params import Params
from bot.simulator.queue import HeldUpdate
from bot.simulator.world import World

_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "terminated by setWebhook request"
_CONFLICT_PAUSE_S = 3.0
_PEEK_PAUSE_S = 3
_PEEK_LIMIT_S = 0.5


class LongPoll:
    """One bot's polling. Waits in real time; what has expired is asked of the world's clock."""

    def __init__(
        self,
        world: World,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._world = world
        self._sleep = sleep
        self._monotonic = monotonic
        self._turn = 0
        self._last_offset: int | None = None
        self._last_start = -10.0
        self._next_conflict = 0.0

    async def get_updates(self, params: Params) -> list[HeldUpdate]:
        """Updates from the offset on, waiting for one up to `timeout`. Raises ApiError 409."""
        world = self._world
        offset = params.integer("offset")
        limit = params.integer("limit", 100, 1, 100)
        timeout = params.integer("timeout", 0, 0, 50)
        if world.webhook is not None:
            raise ApiError(409, _WEBHOOK_ACTIVE)
        if world.queue.allow(params.json("allowed_updates")):
            world.changed()
        self._turn += 1
        turn = self._turn
        world.bell.ring()  # an older poll hears that it is no longer the one
        started = self._monotonic()
        if offset == self._last_offset:
            if started < self._last_start + _PEEK_LIMIT_S:
                limit = 1
            if started < self._last_start + _PEEK_PAUSE_S:
                timeout = max(timeout, _PEEK_PAUSE_S)
        self._last_offset, self._last_start = offset, started
        world.expire_updates()
        before = len(world.queue.held)
        found = world.queue.fetch(offset, limit)
        if len(world.queue.held) != before:
            world.changed()
        if not found and timeout:
            await world.bell.until(lambda: bool(world.queue.held) or self._is_over(turn), timeout)
            if self._turn != turn:
                raise await self._conflict(_OTHER_POLL)
            if world.webhook is not None:
                raise await self._conflict(_WEBHOOK_SET)
            world.expire_updates()
            found = world.queue.held[:limit]
        return found

    def _is_over(self, turn: int) -> bool:
        return self._turn != turn or self._world.webhook is not None

    async def _conflict(self, text: str) -> ApiError:
        now = self._monotonic()
        if now < self._next_conflict:
            await self._sleep(_CONFLICT_PAUSE_S)
        else:
            self._next_conflict = now + _CONFLICT_PAUSE_S
        return ApiError(409, text)
