from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.records import Settled
from storage.schema import SCHEMA_VERSION
from storage.store import SqlStore
from tests.storage.samples import NOW, draft, limits, message, person, registration, timer, update

DAY = timedelta(days=1)


async def test_an_empty_store_says_so(store: SqlStore) -> None:
    status = await store.read(lambda t: t.status())
    assert (status.inbox, status.outbox, status.registrations, status.set_aside) == ({}, {}, {}, [])
    assert (status.drafts, status.timers, status.blocked) == (0, 0, 0)
    assert (status.next_due_at, status.oldest_waiting_at) == (None, None)
    assert status.schema_version == SCHEMA_VERSION


async def test_the_status_counts_and_tells_what_waits_longest(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        t.inbox.add([update(1)], NOW + DAY)
        t.outbox.put([message()], NOW)
        t.drafts.save(draft())
        t.registrations.add(registration())
        t.timers.arm(timer("expiry", "a", NOW + DAY))

    await store.write(fill)
    status = await store.read(lambda t: t.status())
    assert (status.inbox, status.outbox) == ({"waiting": 1}, {"waiting": 1})
    assert (status.registrations, status.drafts, status.timers) == ({"confirmed": 1}, 1, 1)
    assert (status.next_due_at, status.oldest_waiting_at) == (NOW + DAY, NOW)


async def test_set_aside_rows_come_newest_first(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        t.people.save(person())
        rows = t.inbox.add([update(1), update(2)], NOW)
        (item,) = t.outbox.put([message()], NOW)
        t.inbox.set_aside(rows[0].id, "first", NOW)
        t.inbox.set_aside(rows[1].id, "third", NOW + DAY * 2)
        t.outbox.settle([Settled(id=item.id, chat_id=7, state="set_aside", reason="second")], NOW + DAY)

    await store.write(fill)
    status = await store.read(lambda t: t.status())
    assert [(table, reason) for table, _, reason, _ in status.set_aside] == [
        ("inbox", "third"),
        ("outbox", "second"),
        ("inbox", "first"),
    ]


async def test_the_purge_takes_settled_rows_of_before_and_leaves_what_waits(store: SqlStore) -> None:
    def fill(t: Any) -> None:
        t.people.save(person())
        old, new, _ = t.inbox.add([update(1), update(2), update(3)], NOW)
        sent, _ = t.outbox.put([message(), message()], NOW)
        t.inbox.handled([old.id], NOW)
        t.inbox.handled([new.id], NOW + DAY)
        t.outbox.settle([Settled(id=sent.id, chat_id=7, state="sent", message_id=1)], NOW)

    await store.write(fill)
    assert (await store.write(lambda t: t.purge(limits(NOW))))["settled"] == 0
    assert (await store.write(lambda t: t.purge(limits(NOW + DAY))))["settled"] == 2
    status = await store.read(lambda t: t.status())
    assert (status.inbox, status.outbox) == ({"handled": 1, "waiting": 1}, {"waiting": 1})
    assert await store.tidy()


async def test_facts_of_the_service_are_kept_and_replaced(store: SqlStore) -> None:
    assert await store.read(lambda t: t.meta.get("offset")) is None
    await store.write(lambda t: t.meta.put("offset", "1"))
    await store.write(lambda t: t.meta.put("offset", "2"))
    assert await store.read(lambda t: t.meta.get("offset")) == "2"
