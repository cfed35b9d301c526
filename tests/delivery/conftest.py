"""A loopback Bot API, the bot that talks to it, and a sender over a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import SteppedClock
from bot.delivery.bot_api import BotApi
from bot.records import Person
from storage.store import SqlStore
from tests.delivery.flaky_store import FlakyStore
from tests.delivery.hand_ticker import HandTicker
from tests.delivery.loopback import TOKEN, Loopback, loopback
from tests.delivery.office import Office


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with loopback() as running:
        yield running


@pytest.fixture
async def api(server: Loopback) -> AsyncIterator[BotApi]:
    api = BotApi(TOKEN, server.url)
    yield api
    await api.close()


@pytest.fixture
def ticker() -> HandTicker:
    return HandTicker()


@pytest.fixture
async def office(
    server: Loopback, api: BotApi, sqlite_store: SqlStore, clock: SteppedClock, ticker: HandTicker
) -> AsyncIterator[Office]:
    """A sender at work, with two people (chats 1 and 2) the store knows."""
    store = FlakyStore(sqlite_store)
    office = Office(server=server, api=api, store=store, clock=clock, ticker=ticker)
    for chat_id in (1, 2):
        person = Person(chat_id=chat_id, created_at=clock.now(), updated_at=clock.now())
        await store.write(lambda tx, person=person: tx.people.save(person))
    yield office
    if server.hold is not None:
        server.hold.set()
    await office.sender.stop()
