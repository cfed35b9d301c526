"""Delivery by webhook, as Telegram does it: a queue a lane, side by side, repeated until it is taken."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.simulator.calls import Calls
from bot.simulator.params import Params
from bot.simulator.queue import HeldUpdate
from bot.simulator.state import Webhook
from bot.simulator.world import World

if TYPE_CHECKING:
    import httpx

_GONE_S = 23 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatPace:
    """Seconds between repeats: at once, then `first`, doubled up to `most`. `answer` is how long the bot may take."""

    first: float = 2.0
    most: float = 60.0
    answer: float = 60.0
    most_asked: float = 3600.0

    def pause(self, failures: int, asked: float | None) -> float:
        """How long to wait after so many failures in a row; `asked` is the receiver's Retry-After."""
        if asked is not None:
            return min(asked, self.most_asked)
        return 0.0 if failures <= 1 else min(self.first * float(2 ** (failures - 2)), self.most)


class WebhookDelivery:
    """Runs while the simulator does; idle while no webhook is set."""

    def __init__(
        self,
        world: World,
        calls: Calls,
        pace: RepeatPace,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._world = world
        self._calls = calls
        self._pace = pace
        self._sleep = sleep
        self._monotonic = monotonic
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._gone_since: float | None = None

    async def run(self) -> None:
        """Deliver until cancelled."""
        import httpx

        async with httpx.AsyncClient(trust_env=False, timeout=self._pace.answer) as client:
            try:
                while True:
                    self._world.expire_updates()
                    if (hook := self._world.webhook) is not None:
                        self._begin(client, hook)
                    await self._world.bell.heard()
            finally:
                for task in self._busy.values():
                    task.cancel()
                await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def is_idle(self) -> bool:
        """No delivery is under way."""
        return not self._busy

    def _begin(self, client: httpx.AsyncClient, hook: Webhook) -> None:
        for update in list(self._world.queue.lanes()):
            if update.lane in self._busy:
                continue
            if len(self._busy) >= hook.max_connections:
                return
            self._busy[update.lane] = asyncio.create_task(self._lane(client, update.lane))

    async def _lane(self, client: httpx.AsyncClient, lane: str) -> None:
        """Deliver one update of the lane, or repeat until it is taken or expires."""
        failures = 0
        try:
            while (hook := self._world.webhook) is not None:
                self._world.expire_updates()
                update = next((one for one in self._world.queue.held if one.lane == lane), None)
                if update is None:
                    return
                failed, asked = await self._deliver(client, hook, update)
                if failed is None:
                    self._world.queue.confirm(update)
                    return
                failures += 1
                self._failed(failed)
                await self._sleep(self._pace.pause(failures, asked))
        finally:
            self._busy.pop(lane, None)
            self._world.changed()

    async def _deliver(
        self, client: httpx.AsyncClient, hook: Webhook, update: HeldUpdate
    ) -> tuple[str | None, float | None]:
        """Why it failed (None: taken), and the wait the receiver asked for."""
        import httpx

        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret_token
        body = update.raw or json.dumps(update.body)
        try:
            answer = await client.post(hook.url, content=body.encode(), headers=headers)
        except httpx.TimeoutException:
            return "Read timeout expired", None
        except httpx.TransportError as error:
            return f"Connection failed: {type(error).__name__}", None
        if not answer.is_success:
            if answer.status_code == 410:
                self._note_gone()
            else:
                self._gone_since = None
            asked = answer.headers.get("retry-after", "")
            text = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            return text, float(asked) if asked.isdigit() else None
        self._gone_since = None
        await self._method_in(answer)
        return None, None

    async def _method_in(self, answer: httpx.Response) -> None:
        """The answer may hold a method: it runs, and nobody sees its result."""
        with contextlib.suppress(ValueError):
            found = answer.json() if answer.content else None
            if isinstance(found, dict) and isinstance(found.get("method"), str):
                await self._calls.call(found.pop("method"), Params(found))

    def _failed(self, text: str) -> None:
        if self._world.webhook is not None:
            self._world.webhook = replace(
                self._world.webhook, last_error_date=int(self._world.at()), last_error_message=text
            )
        self._world.changed()

    def _note_gone(self) -> None:
        at = self._world.at()
        if self._gone_since is None:
            self._gone_since = at
        elif at - self._gone_since >= _GONE_S:
            self._world.webhook = None
