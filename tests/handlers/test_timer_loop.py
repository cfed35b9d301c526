"""What is due is carried out once, in order; one timer that fails stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

import handlers.timer_loop
from bot.clock import SteppedClock
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import NewMessage, OutboxItem, Timer
from handlers.timer_loop import LOOK_AGAIN, RETRY_LATER, TimerLoop
from storage.store import SqlStore

HOUR = timedelta(hours=1)


class Bell:
    """Carries timers out by writing down their keys; `breaks` names one that raises."""

    def __init__(self, breaks: str = "") -> None:
        self.rung: list[str] = []
        self.breaks = breaks
        self.sent: list[OutboxItem] = []
        self.tidied = 0
        self.busy_at = 0

    def fire(self, tx: Transaction, timer: Timer, now: datetime) -> Sequence[NewMessage]:
        tx.timers.done(timer.id)
        if timer.key == self.breaks:
            raise ZeroDivisionError("Secret")
        self.rung.append(timer.key)
        return [NewMessage(chat_id=7, screen={"template": "rung", "text": timer.key})]

    async def tidy(self) -> bool:
        self.tidied += 1
        return self.tidied != self.busy_at

    def loop(self, store: Store, clock: SteppedClock) -> TimerLoop:
        return TimerLoop(
            store=store,
            clock=clock,
            fire=self.fire,
            send=self.sent.extend,
            tidy=self.tidy,
            tidied_after={"tidied"},
        )


async def arm(store: Store, *timers: tuple[str, datetime]) -> None:
    def put(tx: Transaction) -> None:
        for key, due_at in timers:
            tx.timers.arm(Timer(id=0, kind="bell", key=key, chat_id=7, due_at=due_at))

    await store.write(put)


async def test_only_what_is_due_is_carried_out_and_only_once(store: SqlStore, clock: SteppedClock) -> None:
    bell = Bell()
    await arm(store, ("late", clock.now() + HOUR), ("second", clock.now()), ("first", clock.now() - HOUR))
    loop = bell.loop(store, clock)
    assert await loop.run_once() == 2
    assert await loop.run_once() == 0
    assert bell.rung == ["first", "second"]
    assert [item.screen["text"] for item in bell.sent] == ["first", "second"]


async def test_one_that_raises_is_put_off_undone_and_stops_no_other(
    store: SqlStore, clock: SteppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    bell = Bell(breaks="poison")
    await arm(store, ("poison", clock.now() - HOUR), ("fine", clock.now()))
    loop = bell.loop(store, clock)
    assert await loop.run_once() == 2
    assert bell.rung == ["fine"]
    assert "ZeroDivisionError" in caplog.text
    assert "Secret" not in caplog.text
    assert await store.read(lambda tx: tx.timers.next_due_at()) == clock.now() + RETRY_LATER
    bell.breaks = ""
    clock.step(RETRY_LATER)
    await loop.run_once()
    assert bell.rung == ["fine", "poison"]


async def until(condition: object) -> None:
    async with asyncio.timeout(10):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0)


async def test_the_loop_wakes_when_the_clock_reaches_what_is_due(sqlite_store: SqlStore, clock: SteppedClock) -> None:
    bell = Bell()
    await arm(sqlite_store, ("soon", clock.now() + timedelta(seconds=5)))
    running = asyncio.create_task(bell.loop(sqlite_store, clock).run())
    await asyncio.sleep(0)
    assert bell.rung == []
    clock.step(LOOK_AGAIN)
    await until(lambda: bell.rung == ["soon"])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_loop_outlives_a_store_that_is_away(
    sqlite_store: SqlStore, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.timer_loop, "OUTAGE_S", 0.0)
    bell = Bell()
    await arm(sqlite_store, ("due", clock.now()))
    writes, refused = sqlite_store.write, []

    async def write(work: object) -> object:
        if len(refused) < 3:
            refused.append(1)
            raise StoreUnavailable("SQLite: database is locked")
        return await writes(work)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite_store, "write", write)
    running = asyncio.create_task(bell.loop(sqlite_store, clock).run())
    await until(lambda: bell.rung == ["due"])
    assert len(refused) == 3
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_after_an_erasure_the_store_is_tidied_and_again_if_it_was_busy(
    store: SqlStore, clock: SteppedClock
) -> None:
    bell = Bell()
    bell.busy_at = 1
    loop = bell.loop(store, clock)
    await arm(store, ("plain", clock.now()))
    await loop.run_once()
    assert bell.tidied == 0
    timer = Timer(id=0, kind="tidied", key="store", chat_id=None, due_at=clock.now())
    await store.write(lambda tx: tx.timers.arm(timer))
    await loop.run_once()
    assert bell.tidied == 1
    await loop.run_once()
    assert bell.tidied == 2
    await loop.run_once()
    assert bell.tidied == 2


async def test_what_was_put_for_a_chat_that_a_later_timer_erased_is_not_sent(
    store: SqlStore, clock: SteppedClock
) -> None:
    bell = Bell()

    def fire(tx: Transaction, timer: Timer, now: datetime) -> Sequence[NewMessage]:
        if timer.key == "erase":
            tx.timers.done(timer.id)
            tx.erase_chat(7, "e", now)
            return []
        return bell.fire(tx, timer, now)

    loop = TimerLoop(
        store=store, clock=clock, fire=fire, send=bell.sent.extend, tidy=bell.tidy, tidied_after=frozenset()
    )
    await arm(store, ("first", clock.now() - HOUR), ("erase", clock.now()))
    await loop.run_once()
    assert bell.rung == ["first"]
    assert bell.sent == []
    assert await store.read(lambda tx: tx.outbox.waiting(10)) == []
