"""Long polling that confirms an update only after its commit."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.clock import Clock, monotonic
from bot.delivery.backoff import Backoff
from bot.delivery.bot_api import client_options
from bot.ports import Store, StoreUnavailable
from handlers.intake.envelope import ALLOWED_UPDATES, Envelope, read_broken, read_envelope
from handlers.intake.receiver import Receiver

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)

OFFSET_KEY = "polling_offset"
OFFSET_AT_KEY = "polling_offset_at"
LONG_POLL_S = 50
REFUSED_RETRY_S = 60.0
OFFSET_GOOD_FOR = timedelta(days=6)  # after a week of silence Telegram's ids may begin anew, and lower
_BROKEN_TRIES = 3
_OK, _BAD_REQUEST, _UNAUTHORIZED, _NOT_FOUND, _CONFLICT, _TOO_MANY = 200, 400, 401, 404, 409, 429


class Polling:
    """`run` is the loop; `stop` ends it between two commits. `trouble` says what is wrong, "" where nothing is."""

    def __init__(
        self,
        *,
        token: str,
        url: str,
        store: Store,
        clock: Clock,
        receiver: Receiver,
        rng: random.Random,
        long_poll_s: int = LONG_POLL_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._base = f"{url.rstrip('/')}/bot{token}"
        self._options = client_options(url)
        self._store = store
        self._clock = clock
        self._receiver = receiver
        self._long_poll_s = long_poll_s
        self._sleep = sleep
        self._backoff = Backoff(rng)
        self._store_backoff = Backoff(rng, first_s=0.2, most_s=10.0)
        self._offset: int | None = None
        self._offset_at_s = monotonic()
        self._limit = 100
        self._broken = 0
        self._stopping = False
        self._asking: asyncio.Future[Any] | None = None
        self._last_good_s: float | None = None
        self.trouble = ""

    def last_good_age_s(self) -> float | None:
        """Seconds since Telegram last answered well; None before it ever did."""
        return None if self._last_good_s is None else monotonic() - self._last_good_s

    async def run(self) -> None:
        """Poll until `stop`. Raises only what nobody expected."""
        import httpx

        timeout = httpx.Timeout(10.0, read=self._long_poll_s + 10.0)
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(timeout=timeout, limits=limits, **self._options) as client:
            await self._read_offset()
            # A webhook would keep every update from us; what waits for it stays (nothing is dropped).
            while not self._stopping:
                if await self._ask(client, "deleteWebhook", {"drop_pending_updates": "false"}) is not None:
                    break
            while not self._stopping:
                await self._poll(client)

    def stop(self) -> None:
        """End `run` soon; a batch that is being committed is committed."""
        self._stopping = True
        if self._asking is not None:
            self._asking.cancel()

    async def _read_offset(self) -> None:
        while not self._stopping:
            try:
                kept, kept_at = await self._store.read(lambda tx: (tx.meta.get(OFFSET_KEY), tx.meta.get(OFFSET_AT_KEY)))
            except StoreUnavailable:
                self.trouble = "the store can't be read"
                await self._rest(self._store_backoff.next_s())
            else:
                if kept and kept_at and self._clock.now() - datetime.fromisoformat(kept_at) < OFFSET_GOOD_FOR:
                    self._offset = int(kept)
                self._store_backoff.reset()
                return

    async def _poll(self, client: httpx.AsyncClient) -> None:
        if monotonic() - self._offset_at_s > OFFSET_GOOD_FOR.total_seconds():
            self._offset = None  # what comes twice is passed over by its id
        params = {
            "timeout": str(self._long_poll_s),
            "limit": str(self._limit),
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            params["offset"] = str(self._offset)
        batch = await self._ask(client, "getUpdates", params)
        if not isinstance(batch, list) or not batch:
            return
        envelopes = [envelope for update in batch if (envelope := read_envelope(update)) is not None]
        if len(envelopes) < len(batch):
            _log.error("%d of %d updates have no id and are passed", len(batch) - len(envelopes), len(batch))
        if envelopes:
            await self._keep(envelopes)
        else:
            await self._wait("updates without ids", self._backoff.next_s())

    async def _keep(self, envelopes: list[Envelope]) -> None:
        """Hold the batch until it is committed; only then the next offset confirms it."""
        offset = max(envelope.update.update_id for envelope in envelopes) + 1
        facts = {OFFSET_KEY: str(offset), OFFSET_AT_KEY: self._clock.now().isoformat()}
        while True:
            try:
                await self._receiver.keep(envelopes, facts)
            except StoreUnavailable:
                self.trouble = "the store takes no updates"
                await self._rest(self._store_backoff.next_s())
                if self._stopping:
                    return
            else:
                break
        self._store_backoff.reset()
        self.trouble = ""
        self._offset, self._offset_at_s = offset, monotonic()
        self._limit, self._broken = 100, 0

    async def _ask(self, client: httpx.AsyncClient, method: str, params: dict[str, str]) -> Any:
        """The `result` of a call, or None after having waited as its failure asks for."""
        import httpx

        try:
            response: httpx.Response = await self._cancellable(client.post(f"{self._base}/{method}", data=params))
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            return None
        except httpx.HTTPError as problem:
            await self._wait(f"no answer: {type(problem).__name__}", self._backoff.next_s())
            return None
        text = response.content.decode("utf-8", "replace")
        answer = _parsed(text)
        if response.status_code == _OK and isinstance(answer, dict) and "result" in answer:
            self._is_well()
            return answer["result"]
        if response.status_code == _OK:
            await self._meet_broken(text)
        else:
            await self._meet_refusal(response.status_code, answer if isinstance(answer, dict) else {})
        return None

    async def _cancellable(self, call: Awaitable[httpx.Response]) -> httpx.Response:
        asking: asyncio.Future[httpx.Response] = asyncio.ensure_future(call)
        self._asking = asking
        try:
            return await asking
        finally:
            self._asking = None

    async def _meet_refusal(self, status: int, answer: dict[str, Any]) -> None:
        if status in {_UNAUTHORIZED, _NOT_FOUND}:
            await self._wait("Telegram refuses the token", REFUSED_RETRY_S)
        elif status == _CONFLICT:
            await self._wait("another program polls with this token, or a webhook is set", self._backoff.next_s())
        elif status == _TOO_MANY:
            asked = answer.get("parameters", {}).get("retry_after", 0)
            await self._wait("too many requests", max(float(asked), self._backoff.next_s()))
        else:
            await self._wait(f"Telegram answers {status}", self._backoff.next_s())

    async def _meet_broken(self, text: str) -> None:
        """An answer that can't be read. Asked for one update at a time, the one that breaks it shows its id; if
        it stays so it is kept as it came, marked when handled, and passed."""
        self._limit = 1
        self._broken += 1
        envelope = read_broken(text) if self._broken >= _BROKEN_TRIES else None
        if envelope is not None:
            _log.error("update %d can't be read and is passed", envelope.update.update_id)
            await self._keep([envelope])
        else:
            await self._wait("an answer that can't be read", self._backoff.next_s())

    def _is_well(self) -> None:
        if self.trouble:
            _log.warning("polling goes on")
        self.trouble = ""
        self._last_good_s = monotonic()
        self._backoff.reset()

    async def _wait(self, trouble: str, seconds: float) -> None:
        if trouble != self.trouble:
            _log.error("polling waits: %s", trouble)
        self.trouble = trouble
        await self._rest(seconds)

    async def _rest(self, seconds: float) -> None:
        """Sleep that `stop` ends."""
        if self._stopping:
            return
        self._asking = asyncio.ensure_future(self._sleep(seconds))
        try:
            await self._asking
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        finally:
            self._asking = None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
