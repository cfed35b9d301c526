"""One Bot API call from parameters to answer: faults, rates, method, record."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from bot.simulator.errors import ApiError, too_many_requests
from bot.simulator.faults import Fault
from bot.simulator.methods import METHODS
from bot.simulator.methods.asked import chat_id_of
from bot.simulator.methods.webhooks import webhook_change
from bot.simulator.params import Params
from bot.simulator.polling import LongPoll
from bot.simulator.queue import HeldUpdate
from bot.simulator.rates import RateKeeper
from bot.simulator.record import Call
from bot.simulator.world import World

_PACED = ("send", "edit", "copy", "forward")
_UNPACED = frozenset({"sendchataction"})
_BATCH_BYTES = 4 * 1024 * 1024
_PAGE = (
    "<html>\r\n<head><title>{status} Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>{status} Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back over HTTP; `cut` means the connection breaks instead."""

    status: int
    body: str
    media_type: str = "application/json"
    retry_after: int | None = None
    cut: bool = False


class Calls:
    """Carries out calls on one world and keeps the record of them."""

    def __init__(self, world: World, rates: RateKeeper) -> None:
        self._world = world
        self._rates = rates
        self._poll = LongPoll(world)
        self.record: list[Call] = []

    async def call(self, name: str, params: Params) -> Answer:
        """Carry out the method `name` (any case) and say what to answer."""
        world = self._world
        canonical = self._canonical(name)
        chat_id = chat_id_of(world, params) if params.has("chat_id") else None
        hits = world.faults.hitting(canonical, chat_id)
        delay = sum(fault.seconds for fault in hits if fault.kind == "slow")
        broken = next((fault for fault in hits if fault.kind != "slow"), None)
        refused = _refusal(broken)
        if broken is not None and broken.kind == "cut_before":
            self._record(canonical, params, chat_id, None, 0)
            return Answer(status=0, body="", cut=True)
        if broken is not None and broken.kind == "html":
            self._record(canonical, params, chat_id, None, broken.status)
            await asyncio.sleep(delay)
            return Answer(status=broken.status, body=_PAGE.format(status=broken.status), media_type="text/html")
        try:
            if refused is not None:
                raise refused
            self._check_pace(canonical, chat_id)
            body, plain = await self._carry_out(canonical, params)
            status, retry_after = 200, None
        except ApiError as error:
            plain, status = error.body(), error.status
            body, retry_after = json.dumps(plain), error.parameters.get("retry_after")
        world.save()
        self._record(canonical, params, chat_id, plain, status)
        if delay:
            await asyncio.sleep(delay)
        return _spoilt(Answer(status=status, body=body, retry_after=retry_after), broken)

    def _canonical(self, name: str) -> str:
        if name.lower() == "getupdates":
            return "getUpdates"
        known = METHODS.get(name.lower())
        return known[0] if known else name

    def _check_pace(self, name: str, chat_id: int | None) -> None:
        lowered = name.lower()
        if chat_id is None or lowered in _UNPACED or not lowered.startswith(_PACED):
            return
        if (wait := self._rates.retry_after(chat_id)) is not None:
            raise too_many_requests(wait)

    async def _carry_out(self, name: str, params: Params) -> tuple[str, dict[str, Any]]:
        if name == "getUpdates":
            updates = _batch(await self._poll.get_updates(params))
            body = ",".join(update.raw or json.dumps(update.body) for update in updates)
            return f'{{"ok": true, "result": [{body}]}}', {
                "ok": True,
                "result": [update.body for update in updates],
            }
        if name.lower() not in METHODS:
            raise ApiError(404, "method not found")
        before = self._world.webhook
        result = METHODS[name.lower()][1](self._world, params)
        plain: dict[str, Any] = {"ok": True, "result": result}
        if name in {"setWebhook", "deleteWebhook"}:
            plain["description"] = webhook_change(before, self._world.webhook)
        return json.dumps(plain), plain

    def _record(
        self, method: str, params: Params, chat_id: int | None, answer: dict[str, Any] | None, status: int
    ) -> None:
        self.record.append(
            Call(
                method=method,
                params=params.recorded(),
                chat_id=chat_id,
                answer=answer,
                status=status,
                at=self._world.now(),
            )
        )
        self._world.bell.ring()


def _refusal(fault: Fault | None) -> ApiError | None:
    if fault is None or fault.kind != "status":
        return None
    if fault.status == 429:
        if fault.retry_after is None:
            return ApiError(429, fault.text or "retry later")
        return too_many_requests(fault.retry_after)
    return ApiError(fault.status, fault.text)


def _spoilt(answer: Answer, fault: Fault | None) -> Answer:
    if fault is None or fault.kind == "status":
        return answer
    if fault.kind == "cut_after":
        return Answer(status=0, body="", cut=True)
    if fault.kind == "garbage":
        return Answer(status=200, body=answer.body[: len(answer.body) // 2] + "\x00<")
    return Answer(status=200, body='{"ok": true}')


def _batch(updates: list[HeldUpdate]) -> list[HeldUpdate]:
    """As many as fit into 4 MiB, at least one."""
    size = 0
    for count, update in enumerate(updates):
        size += len(update.raw or json.dumps(update.body))
        if size > _BATCH_BYTES and count:
            return updates[:count]
    return updates
