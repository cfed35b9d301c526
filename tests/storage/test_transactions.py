from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.ports import StoreUnavailable
from storage.store import SqlStore
from tests.storage.samples import EVENT, NOW, message, person, update


async def facts(store: SqlStore, *keys: str) -> list[str | None]:
    return await store.read(lambda t: [t.meta.get(key) for key in keys])


async def test_a_work_that_raises_writes_nothing_and_its_neighbours_commit(store: SqlStore) -> None:
    def good(n: int) -> Any:
        return lambda t: t.meta.put(f"good {n}", "kept")

    def bad(n: int) -> Any:
        def work(t: Any) -> None:
            t.meta.put(f"bad {n}", "lost")
            t.inbox.add([update(n)], NOW)
            raise KeyError(n)

        return work

    works = [store.write(bad(n) if n % 3 == 0 else good(n)) for n in range(30)]
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    for n, outcome in enumerate(outcomes):
        assert (isinstance(outcome, KeyError) and outcome.args == (n,)) if n % 3 == 0 else outcome is None
    assert await facts(store, "bad 0", "good 1", "good 2", "bad 3", "good 29") == [
        None,
        "kept",
        "kept",
        None,
        "kept",
    ]
    assert (await store.read(lambda t: t.status())).inbox == {}


async def test_a_work_whose_statement_fails_leaves_the_others_whole(store: SqlStore) -> None:
    def wrong(t: Any) -> None:
        t.meta.put("before the error", "lost")
        t.people.save(person(created_at=NOW.replace(tzinfo=None)))

    works = [store.write(lambda t: t.meta.put("first", "kept")), store.write(wrong)]
    works.append(store.write(lambda t: t.meta.put("last", "kept")))
    outcomes = await asyncio.gather(*works, return_exceptions=True)
    assert [outcome is None for outcome in outcomes] == [True, False, True]
    assert await facts(store, "first", "before the error", "last") == ["kept", None, "kept"]


async def test_a_savepoint_undoes_what_its_work_wrote_and_the_rest_stands(store: SqlStore) -> None:
    def handler(t: Any) -> None:
        t.meta.put("handler", "wrote")
        t.outbox.put([message()], NOW)
        raise ZeroDivisionError

    def work(t: Any) -> int:
        (row,) = t.inbox.add([update(1)], NOW)
        with pytest.raises(ZeroDivisionError):
            t.savepoint(lambda: handler(t))
        return int(t.inbox.failed(row.id, "ZeroDivisionError"))

    assert await store.write(work) == 1
    assert await facts(store, "handler") == [None]
    assert await store.read(lambda t: t.outbox.waiting(5)) == []


async def test_savepoints_nest(store: SqlStore) -> None:
    def inner(t: Any) -> None:
        t.meta.put("inner", "lost")
        raise ZeroDivisionError

    def outer(t: Any) -> str:
        t.meta.put("outer", "kept")
        with pytest.raises(ZeroDivisionError):
            t.savepoint(lambda: inner(t))
        return "done"

    assert await store.write(lambda t: t.savepoint(lambda: outer(t))) == "done"
    assert await facts(store, "outer", "inner") == ["kept", None]


async def test_a_failed_statement_in_a_savepoint_leaves_the_transaction_usable(store: SqlStore) -> None:
    naive = NOW.replace(tzinfo=None)

    def work(t: Any) -> None:
        t.meta.put("before", "kept")
        with pytest.raises(Exception, match="aware"):
            t.savepoint(lambda: t.people.set_blocked(1, naive))
        t.meta.put("after", "kept")

    await store.write(work)
    assert await facts(store, "before", "after") == ["kept", "kept"]


async def test_a_step_sees_what_it_wrote(store: SqlStore) -> None:
    def work(t: Any) -> Any:
        t.people.save(person(language="ar"))
        return t.people.situation(7, EVENT).person

    assert await store.write(work) == person(language="ar")


async def test_reading_can_not_write(store: SqlStore) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        await store.read(lambda t: t.meta.put("a", "b"))
    assert await facts(store, "a") == [None]


async def test_a_reading_sees_one_moment_while_others_write(store: SqlStore) -> None:
    await store.write(lambda t: t.meta.put("n", "0"))

    async def count() -> None:
        for n in range(1, 30):
            await store.write(lambda t, n=n: [t.meta.put("n", str(n)), t.meta.put("same", str(n))])  # type: ignore[misc]

    writing = asyncio.create_task(count())
    while not writing.done():
        first, same, again = await facts(store, "n", "same", "n")
        assert first == again
        assert same in (first, None)
    await writing


async def test_one_chat_stepped_from_many_sides_at_once_loses_no_step(store: SqlStore) -> None:
    await store.write(lambda t: t.people.save(person(expecting={"n": 0})))

    def step(t: Any) -> None:
        known = t.people.situation(7, EVENT).person
        t.people.save(person(expecting={"n": known.expecting["n"] + 1}))

    await asyncio.gather(*(store.write(step) for _ in range(8)))
    found = await store.read(lambda t: t.people.situation(7, EVENT))
    assert found.person == person(expecting={"n": 8})


async def test_a_cancelled_caller_does_not_disturb_the_others(store: SqlStore) -> None:
    first = asyncio.create_task(store.write(lambda t: t.meta.put("first", "")))
    await asyncio.sleep(0)
    first.cancel()
    await store.write(lambda t: t.meta.put("second", "kept"))
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await facts(store, "second") == ["kept"]


async def test_a_closed_store_takes_no_work_and_closes_twice(store: SqlStore) -> None:
    await store.close()
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.write(lambda t: t.meta.get("a"))
    with pytest.raises(StoreUnavailable):
        await store.read(lambda t: t.meta.get("a"))


async def test_what_waits_when_the_store_closes_is_still_written(sqlite_url: str) -> None:
    from storage.store import open_store

    store = await open_store(sqlite_url)
    writing = [asyncio.create_task(store.write(lambda t, n=n: t.meta.put(str(n), ""))) for n in range(300)]  # type: ignore[misc]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writing)
    store = await open_store(sqlite_url)
    assert await store.read(lambda t: t.meta.get("299")) == ""
    await store.close()
