"""A whole bot in this process, on a real store, over real HTTP to the simulator, with a clock that is stepped."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest

from bot.app.runtime import Runtime, running
from bot.clock import SteppedClock
from bot.delivery.bucket import Rates
from bot.settings import Settings
from bot.simulator import UNLIMITED, SimulatedTelegram

BotRunning = Callable[..., AbstractAsyncContextManager[Runtime]]

# Pacing has its own tests (tests/delivery); here people read and answer faster than Telegram would let us write.
UNPACED = Rates(overall_per_s=1e6, overall_burst=1e6, chat_per_s=1e6, chat_burst=1e6, group_per_s=1e6, group_burst=1e6)


@pytest.fixture(autouse=True)
def logs_end_with_the_test() -> Iterator[None]:
    """The bot logs to the standard error of its own test only."""
    yield
    root = logging.getLogger()
    for handler in [h for h in root.handlers if h.get_name() == "bot"]:
        root.removeHandler(handler)


@pytest.fixture
async def telegram(clock: SteppedClock) -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram(now=clock.now, rates=UNLIMITED) as simulated:
        yield simulated


@pytest.fixture
def store_url(request: pytest.FixtureRequest) -> str:
    """SQLite; `parametrize("store_url", DATABASES, indirect=True)` runs a test on each database."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
def settings(telegram: SimulatedTelegram, store_url: str) -> Settings:
    return Settings(
        telegram_bot_token=telegram.token,
        telegram_api_url=telegram.url,
        database_url=store_url,
    )


@pytest.fixture
def bot_running(settings: Settings, clock: SteppedClock) -> BotRunning:
    """Starts the bot; leaving the block stops it, and it can be started again on the same store."""

    @asynccontextmanager
    async def start(**changed: object) -> AsyncIterator[Runtime]:
        async with running(replace(settings, **changed), clock=clock, rates=UNPACED) as runtime:  # type: ignore[arg-type]
            yield runtime

    return start


@pytest.fixture
async def bot(bot_running: BotRunning) -> AsyncIterator[Runtime]:
    async with bot_running() as runtime:
        yield runtime
