from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.delivery.bot_api import BotApi
from handlers.intake import ack
from handlers.intake.ack import Acknowledger
from tests.delivery.loopback import TOKEN, Answer, Loopback, refusal


@pytest.fixture
async def acknowledger(server: Loopback) -> AsyncIterator[Acknowledger]:
    acknowledger = Acknowledger(BotApi(TOKEN, server.url, parallel=2), parallel=2)
    yield acknowledger
    await acknowledger.close()


async def test_taps_are_answered_a_few_at_a_time(server: Loopback, acknowledger: Acknowledger) -> None:
    server.hold = asyncio.Event()
    for n in range(5):
        acknowledger.acknowledge(f"t{n}")
    await server.called(2)
    assert len(server.calls) == 2
    server.hold.set()
    await acknowledger.idle()
    assert sorted(c.params["callback_query_id"] for c in server.calls) == ["t0", "t1", "t2", "t3", "t4"]
    assert acknowledger.answered == 5


async def test_one_tap_needs_one_worker(server: Loopback, acknowledger: Acknowledger) -> None:
    acknowledger.acknowledge("a")
    await acknowledger.idle()
    acknowledger.acknowledge("b")
    await acknowledger.idle()
    assert acknowledger.answered == 2
    assert server.connections == 1


async def test_failures_are_counted_and_harm_nothing(server: Loopback, acknowledger: Acknowledger) -> None:
    server.script(
        refusal(400, "Bad Request: query is too old"),
        refusal(429, "Too Many Requests", retry_after=9),
        Answer(cut="before"),
        Answer(body=b"{}"),
        Answer(body=b"rubbish"),
    )
    for n in range(6):
        acknowledger.acknowledge(f"t{n}")
    await acknowledger.idle()
    assert (acknowledger.failed, acknowledger.answered) == (5, 1)


async def test_beyond_the_queue_taps_are_dropped_and_counted(server: Loopback, acknowledger: Acknowledger) -> None:
    server.hold = asyncio.Event()
    for n in range(ack.LONGEST_QUEUE + 3):
        acknowledger.acknowledge(f"t{n}")
    assert acknowledger.dropped == 3


async def test_closing_drops_what_waits(server: Loopback) -> None:
    acknowledger = Acknowledger(BotApi(TOKEN, server.url))
    server.hold = asyncio.Event()
    acknowledger.acknowledge("a")
    await server.called(1)
    await acknowledger.close()
    assert acknowledger.answered == 0
