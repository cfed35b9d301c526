"""Whether anything may be sent at all: shut while Telegram can't be reached or refuses the token."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from bot.delivery.backoff import Backoff
from bot.delivery.outcome import BotStopped, Outcome, RetryAt, Unknown
from bot.delivery.ticker import Ticker

_log = logging.getLogger(__name__)

FAILURES_TO_SHUT = 3
STOPPED_RETRY_S = 60.0


class Gate:
    """After a failure it asks with a harmless call until Telegram answers, so that no message's one repeat is
    spent on a server that is down. Several failures in a row, or a refused token, shut it for everybody."""

    def __init__(
        self,
        probe: Callable[[], Awaitable[Outcome]],
        *,
        ticker: Ticker,
        rng: random.Random,
        on_answer: Callable[[], None],
    ) -> None:
        """`on_answer` is called each time a probe was answered, with the gate open again."""
        self._probe = probe
        self._ticker = ticker
        self._backoff = Backoff(rng)
        self._on_answer = on_answer
        self._failures = 0
        self._probing: asyncio.Task[None] | None = None
        self.reason = ""

    @property
    def is_open(self) -> bool:
        return not self.reason

    def succeeded(self) -> None:
        """A call was answered."""
        self._failures = 0

    def failed(self, reason: str) -> None:
        """A call was not answered, or its answer can't be relied on."""
        self._failures += 1
        if self._failures >= FAILURES_TO_SHUT and self.is_open:
            self.reason = f"Telegram can't be reached: {reason}"
            _log.warning("sending pauses: %s", self.reason)
        self._start_probing()

    def stop(self, reason: str) -> None:
        """The token is refused, or the bot knows none of its chats."""
        if not self.reason.startswith("stopped"):
            _log.critical("sending stops: %s; tried again every %d s", reason, STOPPED_RETRY_S)
        self.reason = f"stopped: {reason}"
        self._start_probing()

    async def close(self) -> None:
        """End the probing."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait([self._probing])

    def _start_probing(self) -> None:
        if self._probing is None:
            self._probing = asyncio.get_running_loop().create_task(self._ask_until_answered())

    async def _ask_until_answered(self) -> None:
        while True:
            stopped = self.reason.startswith("stopped")
            await self._ticker.sleep(STOPPED_RETRY_S if stopped else self._backoff.next_s())
            match await self._probe():
                case BotStopped(reason):
                    self.stop(reason)
                case Unknown() | RetryAt(scope="unsent"):
                    continue
                case _:
                    break
        if self.reason:
            _log.warning("sending goes on")
        self.reason = ""
        self._failures = 0
        self._backoff.reset()
        self._probing = None
        self._on_answer()
