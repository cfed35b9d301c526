"""A whole bot in this process, on a real store, over real HTTP to the simulator, with a clock that is stepped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.app.runtime import Runtime, running
from bot.clock import SteppedClock
from bot.settings import Settings
from bot.simulator import UNLIMITED, SimulatedTelegram

BotRunning = Callable[..., AbstractAsyncContextManager[Runtime]]


@pytest.fixture
async def telegram(clock: SteppedClock) -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram(now=clock.now, rates=UNLIMITED) as simulated:
        yield simulated


@pytest.fixture
def settings(telegram: SimulatedTelegram, tmp_path: Path) -> Settings:
    return Settings(
        telegram_bot_token=telegram.token,
        telegram_api_url=telegram.url,
        database_url=f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}",
    )


@pytest.fixture
def bot_running(settings: Settings, clock: SteppedClock) -> BotRunning:
    """Starts the bot; leaving the block stops it, and it can be started again on the same store."""

    @asynccontextmanager
    async def start(**changed: object) -> AsyncIterator[Runtime]:
        from dataclasses import replace

        async with running(replace(settings, **changed), clock=clock) as runtime:
            yield runtime

    return start


@pytest.fixture
async def bot(bot_running: BotRunning) -> AsyncIterator[Runtime]:
    async with bot_running() as runtime:
        yield runtime
