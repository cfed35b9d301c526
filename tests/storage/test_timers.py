from __future__ import annotations

from datetime import timedelta
from typing import Any

from storage.store import SqlStore
from tests.storage.samples import NOW, timer

HOUR = timedelta(hours=1)


async def keys_due(store: SqlStore, hours: float, limit: int = 10) -> list[str]:
    due = await store.read(lambda t: t.timers.due(NOW + HOUR * hours, limit))
    return [found.key for found in due]


async def arm(store: SqlStore, *timers: Any) -> None:
    await store.write(lambda t: [t.timers.arm(each) for each in timers])


async def test_what_is_due_comes_earliest_first(store: SqlStore) -> None:
    await arm(store, timer("expiry", "c", NOW + HOUR * 3), timer("expiry", "b", NOW + HOUR * 2))
    await arm(store, timer("undo", "a", NOW + HOUR, chat_id=7, data={"text": "\x00منى"}))
    assert await keys_due(store, 0.9) == []
    assert await keys_due(store, 1) == ["a"]
    assert await keys_due(store, 9) == ["a", "b", "c"]
    assert await keys_due(store, 9, limit=2) == ["a", "b"]
    (first,) = await store.read(lambda t: t.timers.upcoming(1))
    assert (first.kind, first.chat_id, first.data) == ("undo", 7, {"text": "\x00منى"})
    assert first.due_at == NOW + HOUR
    assert await store.read(lambda t: t.timers.next_due_at()) == NOW + HOUR


async def test_nothing_armed_is_never_due(store: SqlStore) -> None:
    assert await store.read(lambda t: t.timers.next_due_at()) is None
    assert await store.read(lambda t: t.timers.upcoming(5)) == []


async def test_arming_again_moves_the_timer(store: SqlStore) -> None:
    await arm(store, timer("expiry", "a", NOW), timer("undo", "a", NOW))
    await arm(store, timer("expiry", "a", NOW + HOUR, data={"n": 2}))
    moved = await store.read(lambda t: t.timers.upcoming(5))
    assert [(each.kind, each.due_at, each.data) for each in moved] == [
        ("undo", NOW, {}),
        ("expiry", NOW + HOUR, {"n": 2}),
    ]


async def test_a_timer_armed_again_while_it_was_worked_on_is_not_lost(store: SqlStore) -> None:
    await arm(store, timer("purge", "daily", NOW))
    (due,) = await store.read(lambda t: t.timers.due(NOW, 1))
    await arm(store, timer("purge", "daily", NOW + HOUR))
    await store.write(lambda t: t.timers.done(due.id))
    assert await keys_due(store, 1) == ["daily"]


async def test_done_and_disarmed_timers_are_gone(store: SqlStore) -> None:
    await arm(store, timer("expiry", "a", NOW), timer("expiry", "b", NOW), timer("undo", "b", NOW))
    first, *_ = await store.read(lambda t: t.timers.upcoming(5))
    await store.write(lambda t: t.timers.done(first.id))
    await store.write(lambda t: t.timers.disarm("expiry", "b"))
    await store.write(lambda t: t.timers.disarm("expiry", "never armed"))
    assert [(left.kind, left.key) for left in await store.read(lambda t: t.timers.upcoming(5))] == [("undo", "b")]
