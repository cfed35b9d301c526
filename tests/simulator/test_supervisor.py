"""The bot as a child process: kept alive, told of jumps, with its clock and state kept over restarts."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.simulator.child import Child, restart_pause
from bot.simulator.supervisor import simulate

START = datetime(2020, 11, 9, 9, 0, tzinfo=UTC)
DUE = START + timedelta(days=3)
ECHO = [sys.executable, str(Path(__file__).with_name("echo_bot.py"))]

pytestmark = pytest.mark.slow


class Visitor:
    """The page's requests, without a browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.told = ""

    async def act(self, user_id: int, act: str, **more: object) -> int:
        answer = await self._client.post("/sim/act", json={"user_id": user_id, "act": act, **more})
        return answer.status_code

    async def control(self, action: str, seconds: float = 0) -> str:
        answer = await self._client.post("/sim/control", json={"action": action, "seconds": seconds})
        return str(answer.json()["told"])

    async def until(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The stream's first event for which it is so."""
        async with asyncio.timeout(20), self._client.stream("GET", "/sim/events") as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: ") and is_so(event := json.loads(line[6:])):
                    return event
        raise AssertionError("the stream ended")


@asynccontextmanager
async def rehearsal(data_dir: Path, command: list[str] | None = None, port: int = 0) -> AsyncIterator[Visitor]:
    async def next_due() -> datetime | None:
        return DUE

    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        simulate(
            command=command or ECHO,
            env={"PATH": os.environ["PATH"]},
            data_dir=data_dir,
            port=port,
            start=START,
            next_due=next_due,
            on_ready=ready.set_result,
        )
    )
    await asyncio.wait([ready, running], return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        await running
    async with httpx.AsyncClient(base_url=ready.result(), trust_env=False, timeout=20) as client:
        yield Visitor(client)
    signal.raise_signal(signal.SIGTERM)
    await running


def people(event: dict[str, Any]) -> dict[str, int]:
    return {person["name"]: person["id"] for person in event["people"]}


async def test_a_killed_bot_is_restarted_and_answers_what_came_meanwhile(tmp_path: Path) -> None:
    async with rehearsal(tmp_path) as visitor:
        first = await visitor.until(lambda event: event["panel"]["bot"] == "running")
        assert list(people(first)) == ["منى", "Karim"]
        karim = people(first)["Karim"]
        assert await visitor.act(karim, "start") == 200
        await visitor.until(lambda event: any("you said /start" in one["text"] for one in event["messages"]))
        await visitor.control("crash")
        assert await visitor.act(karim, "send", text="still there?") == 200
        again = await visitor.until(
            lambda event: any("you said still there?" in one["text"] for one in event["messages"])
        )
        assert again["panel"]["starts"] == 2


async def test_a_bot_with_endless_lines_is_still_heard(tmp_path: Path) -> None:
    shout = "import sys, time; print('a' * 300_000 + 'z', flush=True); print('end', flush=True); time.sleep(60)"
    async with rehearsal(tmp_path, command=[sys.executable, "-c", shout]) as visitor:
        event = await visitor.until(lambda event: "end" in event["panel"]["log"])
        assert event["panel"]["starts"] == 1


async def test_the_clock_jumps_forward_and_the_bot_is_told(tmp_path: Path) -> None:
    async with rehearsal(tmp_path) as visitor:
        before = await visitor.until(lambda event: any("started at" in line for line in event["panel"]["log"]))
        assert before["clock"] >= START.isoformat()
        assert before["panel"]["log"][0].endswith("with stdin")
        await visitor.control("jump", 86_400)
        after = await visitor.until(lambda event: any("jumped to" in line for line in event["panel"]["log"]))
        assert datetime.fromisoformat(after["clock"]) >= START + timedelta(days=1)
        await visitor.control("next")
        due = await visitor.until(lambda event: datetime.fromisoformat(event["clock"]) >= DUE)
        assert datetime.fromisoformat(due["clock"]) < DUE + timedelta(minutes=1)
        assert await visitor.control("jump", -3600) == ""
        still = await visitor.until(lambda event: True)
        assert datetime.fromisoformat(still["clock"]) >= DUE


async def test_a_restart_of_everything_goes_on_with_the_same_chats_and_clock(tmp_path: Path) -> None:
    async with rehearsal(tmp_path) as visitor:
        first = await visitor.until(lambda event: event["panel"]["bot"] == "running")
        await visitor.act(people(first)["Karim"], "start")
        await visitor.until(lambda event: any("you said" in one["text"] for one in event["messages"]))
        await visitor.control("jump", 3600)
    async with rehearsal(tmp_path) as visitor:
        second = await visitor.until(lambda event: event["panel"]["bot"] == "running")
        assert people(second) == people(first)
        assert [one["text"] for one in second["messages"]] == ["/start", "you said /start"]
        assert datetime.fromisoformat(second["clock"]) >= START + timedelta(hours=1)


async def test_slow_network_and_too_many_requests_are_switched_on_and_off(tmp_path: Path) -> None:
    async with rehearsal(tmp_path) as visitor:
        first = await visitor.until(lambda event: event["panel"]["bot"] == "running")
        await visitor.control("slow")
        await visitor.control("too_many")
        on = await visitor.until(lambda event: event["panel"]["slow"] and event["panel"]["too_many"])
        assert on["panel"]["bot"] == "running"
        await visitor.control("slow")
        await visitor.control("too_many")
        await visitor.until(lambda event: not event["panel"]["slow"] and not event["panel"]["too_many"])
        assert await visitor.control("dance") == "There is no button 'dance'."
        assert await visitor.act(people(first)["Karim"], "fly") == 400


async def test_a_taken_port_gives_way_to_the_next(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with rehearsal(tmp_path, port=port) as visitor:
            assert visitor._client.base_url.port > port


async def test_a_command_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    async def nothing_due() -> None:
        return None

    with pytest.raises(FileNotFoundError):
        await simulate(
            command=[str(tmp_path / "missing")],
            env={},
            data_dir=tmp_path,
            port=0,
            start=START,
            next_due=nothing_due,
            on_ready=lambda _: None,
        )


async def test_a_bot_that_will_not_go_is_killed() -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    changed = asyncio.Event()
    child = Child([sys.executable, "-c", stubborn], dict, changed.set, lambda: 0.0, goodbye_s=0.05)
    child.crash()
    child.tell_jump(DUE)
    running = asyncio.create_task(child.run())
    while "up" not in child.lines:
        await changed.wait()
        changed.clear()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert child.starts == 1


async def test_a_bot_that_ends_by_itself_says_how_and_is_started_again() -> None:
    states: list[str] = []
    changed = asyncio.Event()

    def note() -> None:
        states.append(child.state)
        changed.set()

    child = Child([sys.executable, "-c", "raise SystemExit(3)"], dict, note, lambda: 0.0)
    running = asyncio.create_task(child.run())
    while child.starts < 2:
        await changed.wait()
        changed.clear()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert states[:2] == ["running", "ended (exit 3), restarting"]


def test_a_bot_that_keeps_dying_is_restarted_ever_later() -> None:
    assert [restart_pause(lives) for lives in (1, 2, 3, 4, 9)] == [0, 1, 2, 4, 30]
