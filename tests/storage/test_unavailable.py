from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from bot.ports import StoreUnavailable
from storage.errors import StoreInUse
from storage.store import SqlStore, open_store
from tests.conftest import PostgresServer
from tests.storage.samples import NOW, person, update


def put(key: str, value: str = "kept") -> Any:
    return lambda t: t.meta.put(key, value)


async def get(store: SqlStore, key: str) -> str | None:
    return await store.read(lambda t: t.meta.get(key))


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(str(make_url(sqlite_url).database))


@pytest.fixture
async def hasty(sqlite_url: str) -> AsyncIterator[SqlStore]:
    """A SQLite store that waits for no lock."""
    store = await open_store(sqlite_url, patience=0.0)
    yield store
    await store.close()


@pytest.fixture
def other(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else's connection to the same file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


async def test_a_locked_database_is_told_as_unavailable_and_recovers_by_itself(
    hasty: SqlStore, other: sqlite3.Connection
) -> None:
    await hasty.write(put("before"))
    other.execute("BEGIN EXCLUSIVE")
    outcomes = await asyncio.gather(*(hasty.write(put(f"{n}")) for n in range(3)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StoreUnavailable] * 3
    assert all(isinstance(outcome.__cause__, sqlite3.OperationalError) for outcome in outcomes)  # type: ignore[union-attr]
    assert await get(hasty, "before") == "kept"
    other.execute("ROLLBACK")
    await hasty.write(put("after"))
    assert [await get(hasty, key) for key in ("0", "after")] == [None, "kept"]


async def test_a_lock_that_ends_in_time_is_only_waited_for(sqlite_url: str, other: sqlite3.Connection) -> None:
    store = await open_store(sqlite_url, patience=30.0)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.ensure_future(store.write(put("patient")))
    await asyncio.sleep(0)
    other.execute("COMMIT")
    await writing
    assert await get(store, "patient") == "kept"
    await store.close()


class Full:
    """Makes a store's disk look full by forbidding its file to grow, and gives the room back."""

    def __init__(self, store: Any) -> None:
        self._store = store

    async def limit(self, more_pages: int) -> None:
        def work(raw: sqlite3.Connection) -> None:
            (pages,) = raw.execute("PRAGMA page_count").fetchone()
            raw.execute(f"PRAGMA max_page_count = {pages + more_pages}").fetchone()

        await self._store._writer.put(work, alone=True)


async def test_a_full_disk_is_told_as_unavailable_and_nothing_of_the_work_stays(
    sqlite_store: SqlStore,
) -> None:
    await sqlite_store.write(put("before"))
    await Full(sqlite_store).limit(more_pages=2)

    def too_much(t: Any) -> None:
        t.meta.put("start of the work", "lost")
        t.inbox.add([update(n, raw="x" * 4000) for n in range(40)], NOW)

    # the small neighbour of the same commit is not written either: it is told, and tried again
    outcomes = await asyncio.gather(
        sqlite_store.write(put("neighbour")), sqlite_store.write(too_much), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {StoreUnavailable}
    assert [await get(sqlite_store, key) for key in ("before", "start of the work", "neighbour")] == [
        "kept",
        None,
        None,
    ]
    # a new connection has no limit: the disk has room again
    await sqlite_store.write(too_much)
    assert len(await sqlite_store.read(lambda t: t.inbox.waiting(100))) == 40


async def test_a_work_that_swallows_the_failure_is_not_half_committed(sqlite_store: SqlStore) -> None:
    await Full(sqlite_store).limit(more_pages=2)

    def careless(t: Any) -> str:
        t.meta.put("first half", "lost")
        try:
            t.inbox.add([update(n, raw="x" * 4000) for n in range(40)], NOW)
        except StoreUnavailable:
            with suppress(StoreUnavailable):
                t.meta.put("second half", "lost")
            return "as if nothing had happened"
        raise AssertionError("the disk was not full")

    with pytest.raises(StoreUnavailable):
        await sqlite_store.write(careless)
    assert [await get(sqlite_store, key) for key in ("first half", "second half")] == [None, None]
    await sqlite_store.write(put("next"))


async def test_a_full_disk_goes_through_a_savepoint_as_unavailable(sqlite_store: SqlStore) -> None:
    await Full(sqlite_store).limit(more_pages=2)
    updates = [update(n, raw="x" * 4000) for n in range(40)]
    with pytest.raises(StoreUnavailable):
        await sqlite_store.write(lambda t: t.savepoint(lambda: t.inbox.add(updates, NOW)))
    await sqlite_store.write(put("next"))


async def test_a_file_that_is_away_is_unavailable_until_it_is_back(sqlite_url: str, path: Path) -> None:
    store = await open_store(sqlite_url)
    away = path.with_name("away.db")
    path.rename(away)
    with pytest.raises(StoreUnavailable):
        await store.write(put("lost"))
    with pytest.raises(StoreUnavailable):
        await store.read(lambda t: t.meta.get("lost"))
    assert not path.exists()
    away.rename(path)
    await store.write(put("back"))
    assert await get(store, "back") == "kept"
    await store.close()


async def test_a_lost_connection_to_postgres_recovers_by_itself(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    store = await open_store(postgres_url)
    await store.write(put("before"))
    await postgres_server.cut_connections(postgres_url)
    outcomes = [await _outcome(store.write(put(f"{n}"))) for n in range(3)]
    assert set(outcomes) <= {"kept", "unavailable"}
    assert outcomes[-1] == "kept"
    with pytest.raises(StoreInUse):
        await open_store(postgres_url)
    await store.close()


async def _outcome(writing: Any) -> str:
    try:
        await writing
    except StoreUnavailable:
        return "unavailable"
    return "kept"


async def test_a_postgres_that_refuses_connections_is_unavailable_until_it_takes_them(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    store = await open_store(postgres_url)
    name = make_url(postgres_url).database
    await postgres_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await postgres_server.cut_connections(postgres_url)
    assert [await _outcome(store.write(put("away"))) for _ in range(3)] == ["unavailable"] * 3
    with pytest.raises(StoreUnavailable):
        await store.read(lambda t: t.meta.get("away"))
    await postgres_server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await store.write(put("back"))
    assert await get(store, "back") == "kept"
    await store.close()


async def test_a_locked_row_of_postgres_is_unavailable_until_it_is_free(postgres_url: str) -> None:
    import asyncpg

    store = await open_store(postgres_url, patience=0.05)
    await store.write(lambda t: t.people.save(person()))
    other = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    holding = other.transaction()
    await holding.start()
    await other.execute("UPDATE people SET language = 'en'")
    with pytest.raises(StoreUnavailable):
        await store.write(lambda t: t.people.save(person(language="ar")))
    await holding.rollback()
    await store.write(lambda t: t.people.save(person(language="ar")))
    await other.close()
    await store.close()


async def test_a_store_that_another_process_took_over_writes_no_more(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    first = await open_store(postgres_url)
    await postgres_server.cut_connections(postgres_url)
    second = await open_store(postgres_url)
    with pytest.raises(StoreUnavailable):
        for n in range(10):
            await first.write(put(f"stale {n}"))
    await second.write(put("mine"))
    await second.close()
    await first.write(put("again"))
    await first.close()
