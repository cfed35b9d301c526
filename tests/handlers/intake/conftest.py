"""A desk for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import SteppedClock
from storage.store import SqlStore
from tests.delivery.flaky_store import FlakyStore
from tests.delivery.loopback import Loopback, loopback
from tests.handlers.intake.desk import Desk


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    async with loopback() as running:
        yield running


@pytest.fixture
async def desk(sqlite_store: SqlStore, clock: SteppedClock, server: Loopback) -> AsyncIterator[Desk]:
    desk = Desk(FlakyStore(sqlite_store), clock, server)
    yield desk
    await desk.stop()
