"""A database that is locked or has no room: one notice a chat an outage, nothing lost, and it recovers by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

import storage.sqlite_file
from bot.app.runtime import Runtime
from bot.ports import StoreUnavailable
from bot.simulator import SimulatedTelegram
from handlers.notices import outage_screen
from storage.store import open_store
from tests.conftest import PostgresServer
from tests.conversations.conftest import BotRunning
from tests.conversations.standing import standing
from tests.conversations.walk import SHORT, Walk, bare, draft, registers, says, settled

NOTICE = says("outage.notice", "en")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store waits for a lock only a moment, so that an outage need not last long."""
    monkeypatch.setitem(open_store.__kwdefaults__, "patience", 0.02)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else holds the database while the block runs."""
    path = Path(str(make_url(url).database))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def full(bot: Runtime) -> AsyncIterator[None]:
    """The disk has no room while the block runs: no connection that writes may make the file grow."""
    opens = storage.sqlite_file.writing_connection

    def limit(raw: sqlite3.Connection) -> None:
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    def limited(path: Path, patience: float) -> sqlite3.Connection:
        connection = opens(path, patience)
        limit(connection)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.sqlite_file, "writing_connection", limited)
        await bot.store._writer.put(limit, alone=True)  # type: ignore[attr-defined]
        yield


def notices(walk: Walk) -> int:
    return sum(NOTICE in bare(m.text) for m in walk.person.messages)


async def until_told(walk: Walk, times: int = 1) -> None:
    await walk.person.wait_for(lambda m: NOTICE in bare(m.text), 20)
    assert notices(walk) == times


async def test_people_who_write_while_the_database_is_locked_are_told_once_and_answered_after(
    impatient: None, bot: Runtime, telegram: SimulatedTelegram, store_url: str
) -> None:
    one = await standing(bot, telegram, "en", "given_name")
    two = await standing(bot, telegram, "ar", "given_name")
    with locked(store_url):
        one.person.send("Karim")
        two.person.send("ليلى")
        await until_told(one)
        await until_told(two)
        one.person.send("Haddadine")
        one.person.send("كريم حدادين")
        assert bot.receiver.store_is_away or bot.processor.store_trouble
        assert "store" in await bot.health()
    await settled(bot, telegram)
    assert (notices(one), notices(two)) == (1, 1)
    found = await draft(bot, one.person)
    assert (found.answers["given_name"], found.answers["family_name"], found.at) == (
        "Karim",
        "Haddadine",
        "organisation",
    )
    assert (await draft(bot, two.person)).at == "family_name"
    assert (one.at, two.at) == ("organisation", "family_name")
    assert await bot.health() == {}


async def test_a_second_outage_is_told_anew(
    impatient: None, bot: Runtime, telegram: SimulatedTelegram, store_url: str
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    for number, text in enumerate(("Karim", "Haddadine"), 1):
        with locked(store_url):
            walk.person.send(text)
            await until_told(walk, number)
        await settled(bot, telegram)
    assert (await draft(bot, walk.person)).at == "other_script_name"


async def test_a_full_disk_is_told_once_and_recovers_by_itself(bot: Runtime, telegram: SimulatedTelegram) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    await settled(bot, telegram)
    async with full(bot):
        for text in ("Karim", "Haddadine", "ن" * 4096):  # the last has no room in what there is
            walk.person.send(text)
        await until_told(walk)
        assert (await draft(bot, walk.person)).at == "given_name"
        walk.person.send_sticker()
    await settled(bot, telegram)
    found = await draft(bot, walk.person)
    assert (found.answers["given_name"], found.answers["family_name"]) == ("Karim", "Haddadine")
    assert walk.at == found.at == "other_script_name"
    assert notices(walk) == 1
    assert (await bot.store.read(lambda tx: tx.status())).set_aside == []


async def test_a_store_that_gives_way_between_receipt_and_work_loses_nothing(
    bot: Runtime, telegram: SimulatedTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = await standing(bot, telegram, "en", "given_name")
    away = True

    def work(*arguments: object) -> object:
        if away:
            raise StoreUnavailable("SQLite: database is locked")
        return done(*arguments)

    done = bot.processor._work
    monkeypatch.setattr(bot.processor, "_work", work)
    walk.person.send("Karim")
    await until_told(walk)
    walk.person.send("Haddadine")
    away = False
    await settled(bot, telegram)
    assert notices(walk) == 1
    assert (await draft(bot, walk.person)).at == "other_script_name"


async def test_the_bot_that_starts_on_a_locked_database_says_so_in_one_line(
    impatient: None, bot_running: BotRunning, telegram: SimulatedTelegram, store_url: str
) -> None:
    from bot.settings import Refusal

    with locked(store_url), pytest.raises(Refusal, match="store can't be reached"):
        async with bot_running():
            pass
    async with bot_running():
        assert await registers(telegram.add_person("Nour", language_code="en"), "en", SHORT)


async def test_a_postgres_that_drops_every_connection_is_met_again(
    postgres_server: PostgresServer, postgres_url: str, bot_running: BotRunning, telegram: SimulatedTelegram
) -> None:
    async with bot_running(database_url=postgres_url) as bot:
        walk = await standing(bot, telegram, "en", "given_name")
        await settled(bot, telegram)
        await postgres_server.cut_connections(postgres_url)
        walk.person.send("Karim")
        async with asyncio.timeout(60):
            await settled(bot, telegram)
        assert walk.at == "family_name"
        assert (await draft(bot, walk.person)).answers["given_name"] == "Karim"


def test_the_notice_is_in_both_languages_because_nobodys_can_be_looked_up() -> None:
    text = bare(outage_screen().text)
    assert says("outage.notice", "ar") in text
    assert says("outage.notice", "en") in text
