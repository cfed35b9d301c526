"""Pretend Telegram and a PTB bot that talks to it over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator import Person, SimulatedTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: SimulatedTelegram) -> AsyncIterator[Bot]:
    async with Bot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    ) as bot:
        yield bot


@pytest.fixture
async def raw(telegram: SimulatedTelegram) -> AsyncIterator[httpx.AsyncClient]:
    """A bare HTTP client whose paths are methods."""
    base = f"{telegram.url}/bot{telegram.token}/"
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def mona(telegram: SimulatedTelegram) -> Person:
    """A person the bot may write to."""
    return telegram.add_person("منى", "ar", 501, started=True)


@pytest.fixture
def karim(telegram: SimulatedTelegram) -> Person:
    """A person who has not written yet."""
    return telegram.add_person("Karim", "en", 502)
