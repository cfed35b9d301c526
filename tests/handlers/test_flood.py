"""What one chat sends faster than a person can: delayed, never dropped, told once, and then forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count

import pytest

from bot.clock import SteppedClock
from bot.ports import Transaction
from bot.records import NewMessage, NewUpdate, OutboxItem, Received
from handlers import processor
from handlers.processor import Processor
from storage.store import SqlStore

CHAT = 7


def message(tx: Transaction, chat_id: int) -> NewMessage:
    return NewMessage(chat_id=chat_id, screen={"template": "flood.notice", "text": "slowly"})


async def no_outage(_chats: object) -> None: ...


@asynccontextmanager
async def working(
    store: SqlStore, clock: SteppedClock, *, burst: float, refill_s: float
) -> AsyncIterator[tuple[Processor, list[str], list[OutboxItem]]]:
    """A processor at work; the texts it handled and the rows it gave out."""
    handled: list[str] = []
    out: list[OutboxItem] = []

    def handle(tx: Transaction, raw: str, now: datetime, _understood: object) -> list[NewMessage]:
        handled.append(raw)
        return []

    one = Processor(
        store=store,
        handle=handle,
        clock=clock,
        send=out.extend,
        apology=message,
        flood_notice=message,
        outage_notice=no_outage,
        burst=burst,
        refill_s=refill_s,
    )
    task = asyncio.create_task(one.run())
    yield one, handled, out
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def keep(store: SqlStore, chats: list[int], first: int = 1) -> list[Received]:
    updates = [NewUpdate(update_id=first + n, chat_id=chat, raw=f'"{first + n}"') for n, chat in enumerate(chats)]
    return await store.write(lambda tx: tx.inbox.add(updates, datetime.fromisoformat("2020-11-10T09:00:00+00:00")))


async def test_a_flood_is_handled_whole_and_in_order_with_one_notice(
    sqlite_store: SqlStore, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = count()
    monkeypatch.setattr(processor, "monotonic", lambda: next(looks) / 1000)  # a millisecond passes at each look
    async with working(sqlite_store, clock, burst=40.0, refill_s=5000.0) as (one, handled, out):
        one.offer(await keep(sqlite_store, [CHAT] * 200))
        await one.idle()
    assert handled == [f'"{n}"' for n in range(1, 201)]
    assert [row.screen["template"] for row in out] == ["flood.notice"]


async def test_a_quick_person_is_not_told_to_slow_down(sqlite_store: SqlStore, clock: SteppedClock) -> None:
    async with working(sqlite_store, clock, burst=40.0, refill_s=5.0) as (one, handled, out):
        one.offer(await keep(sqlite_store, [CHAT] * 15))
        await one.idle()
    assert len(handled) == 15
    assert out == []


async def test_what_comes_too_fast_waits_and_lets_others_pass(sqlite_store: SqlStore, clock: SteppedClock) -> None:
    async with working(sqlite_store, clock, burst=10.0, refill_s=40.0) as (one, handled, _out):
        rows = await keep(sqlite_store, [CHAT] * 60 + [8])
        one.offer(rows)
        await one.idle()
    assert handled.index('"61"') < 40, "the other chat waited behind the flood"
    assert len(handled) == 61


async def test_chats_that_came_fast_once_are_not_remembered_for_ever(
    sqlite_store: SqlStore, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor, "QUIET_KEPT", 10)
    now_s = [1000.0]
    monkeypatch.setattr(processor, "monotonic", lambda: now_s[0])
    async with working(sqlite_store, clock, burst=40.0, refill_s=5.0) as (one, _handled, _out):
        for burst in range(60):
            one.offer(await keep(sqlite_store, [100 + burst] * 10, first=1 + burst * 10))
            await one.idle()
            now_s[0] += 60.0
        assert one.remembered() <= 25
