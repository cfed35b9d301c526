from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.store import SqlStore
from tests.storage.samples import NOW, update


async def test_updates_wait_in_the_order_they_came(store: SqlStore) -> None:
    kept = await store.write(lambda t: t.inbox.add([update(12, raw="b"), update(11, raw="a")], NOW))
    assert [(row.update_id, row.raw) for row in kept] == [(12, "b"), (11, "a")]
    assert await store.read(lambda t: t.inbox.waiting(10)) == kept


async def test_a_hundred_updates_keep_their_order(store: SqlStore) -> None:
    ids = [500 - n for n in range(100)]
    kept = await store.write(lambda t: t.inbox.add([update(n) for n in ids], NOW))
    assert [row.update_id for row in kept] == ids
    assert [row.id for row in kept] == sorted(row.id for row in kept)


async def test_the_same_update_twice_is_kept_once(store: SqlStore) -> None:
    await store.write(lambda t: t.inbox.add([update(1, raw="first")], NOW))
    again = await store.write(lambda t: t.inbox.add([update(1, raw="second"), update(2), update(2)], NOW))
    assert [row.update_id for row in again] == [2]
    waiting = await store.read(lambda t: t.inbox.waiting(10))
    assert [(row.update_id, row.raw) for row in waiting] == [(1, "first"), (2, "{}")]


async def test_an_update_that_was_handled_is_not_taken_again(store: SqlStore) -> None:
    (row,) = await store.write(lambda t: t.inbox.add([update(1)], NOW))
    await store.write(lambda t: t.inbox.handled([row.id], NOW))
    assert await store.write(lambda t: t.inbox.add([update(1)], NOW)) == []
    assert await store.read(lambda t: t.inbox.waiting(10)) == []


async def test_the_same_update_from_many_at_once_is_kept_once(store: SqlStore) -> None:
    each = await asyncio.gather(*(store.write(lambda t: t.inbox.add([update(1), update(2)], NOW)) for _ in range(12)))
    assert sorted(row.update_id for kept in each for row in kept) == [1, 2]


async def test_no_updates_are_no_work(store: SqlStore) -> None:
    assert await store.write(lambda t: t.inbox.add([], NOW)) == []
    await store.write(lambda t: t.inbox.handled([], NOW))


async def test_waiting_rows_are_read_page_by_page(store: SqlStore) -> None:
    kept = await store.write(lambda t: t.inbox.add([update(n) for n in range(5)], NOW))
    page = await store.read(lambda t: t.inbox.waiting(2, kept[1].id))
    assert page == kept[2:4]


async def test_failed_tries_are_counted_and_the_update_still_waits(store: SqlStore) -> None:
    (row,) = await store.write(lambda t: t.inbox.add([update(1, None, "{}")], NOW))
    assert await store.write(lambda t: t.inbox.failed(row.id, "KeyError")) == 1
    assert await store.write(lambda t: t.inbox.failed(row.id, "KeyError")) == 2
    (waiting,) = await store.read(lambda t: t.inbox.waiting(10))
    assert (waiting.attempts, waiting.chat_id, waiting.raw) == (2, None, "{}")


async def test_a_failed_try_of_an_unknown_row_is_a_defect(store: SqlStore) -> None:
    with pytest.raises(LookupError):
        await store.write(lambda t: t.inbox.failed(99, "KeyError"))


async def test_what_is_set_aside_is_seen_in_the_status_without_its_text(store: SqlStore) -> None:
    first, second = await store.write(lambda t: t.inbox.add([update(1, raw="secret"), update(2)], NOW))
    await store.write(lambda t: t.inbox.set_aside(first.id, "KeyError", NOW + timedelta(seconds=1)))
    assert [row.id for row in await store.read(lambda t: t.inbox.waiting(10))] == [second.id]
    status = await store.read(lambda t: t.status())
    assert status.inbox == {"waiting": 1, "set_aside": 1}
    assert status.set_aside == [("inbox", first.id, "KeyError", NOW + timedelta(seconds=1))]


async def test_a_row_set_aside_is_not_handled_afterwards(store: SqlStore) -> None:
    (row,) = await store.write(lambda t: t.inbox.add([update(1)], NOW))
    await store.write(lambda t: t.inbox.set_aside(row.id, "KeyError", NOW))
    await store.write(lambda t: t.inbox.handled([row.id], NOW))
    assert (await store.read(lambda t: t.status())).inbox == {"set_aside": 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(value=st.text() | st.dictionaries(st.text(), st.text()), escaped=st.booleans(), number=st.integers(0))
async def test_any_json_comes_back_as_the_same_value(
    store: SqlStore, value: object, escaped: bool, number: int
) -> None:
    raw = json.dumps(value, ensure_ascii=escaped)
    added = update(number % 2**53, raw=raw)
    kept = await store.write(lambda t: t.inbox.add([added], NOW))
    waiting = await store.read(lambda t: t.inbox.waiting(1000, kept[0].id - 1 if kept else 0))
    if kept:
        assert json.loads(waiting[0].raw) == value


async def test_what_no_database_takes_is_kept_as_its_json_escape(store: SqlStore) -> None:
    await store.write(lambda t: t.inbox.add([update(1, raw='{"text": "\x00 \ud83d مرحبا"}')], NOW))
    (row,) = await store.read(lambda t: t.inbox.waiting(1))
    assert row.raw == '{"text": "\\u0000 \\ud83d مرحبا"}'
