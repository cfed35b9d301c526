"""The bot's own process, as a supervisor would run it, and its deaths."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bot.settings import ROOT
from bot.simulator import SimulatedTelegram

Mode = Literal["polling", "webhook"]

CLOCK_START = "2020-11-10T09:00:00+00:00"
WHILE_STARTING = 0.2  # of the kills come before the bot is ready
STARTING_S, SERVING_S = 1.5, 2.0
READY_WITHIN_S = 60.0


class EndedByItself(Exception):
    """The bot's process ended though nobody killed it."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class Victim:
    """`python bot.py run` on one store, started again after each death. `log_path` gets what it writes."""

    def __init__(self, telegram: SimulatedTelegram, folder: Path) -> None:
        self.database = folder / "bot.db"
        self.url = f"sqlite+aiosqlite:///{self.database}"
        self.log_path = folder / "bot.log"
        self.starts = 0
        self._telegram = telegram
        self._port = free_port()
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._is_ready = asyncio.Event()

    def _environment(self, mode: Mode) -> dict[str, str]:
        hook = {
            "WEBHOOK_URL": f"http://127.0.0.1:{self._port}/updates",
            "WEBHOOK_SECRET": "chaos-on-loopback",
            "LISTEN": f"127.0.0.1:{self._port}",
        }
        kept = {name: value for name, value in os.environ.items() if name not in {*hook, "BOT_CONTROL", "ORGANISERS"}}
        return kept | {
            "TELEGRAM_BOT_TOKEN": self._telegram.token,
            "TELEGRAM_API_URL": self._telegram.url,
            "DATABASE_URL": self.url,
            "CLOCK_START": CLOCK_START,
            "LOG_FORMAT": "text",
            **(hook if mode == "webhook" else {}),
        }

    async def start(self, mode: Mode) -> None:
        """Start it; it is not ready yet."""
        self._is_ready.clear()
        self.starts += 1
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "bot.py"),
            "run",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=self._environment(mode),
        )
        self._listening = asyncio.create_task(self._listen(self._process))

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        with self.log_path.open("ab") as log:
            async for line in process.stdout:
                log.write(line)
                if b"ready: @" in line:
                    self._is_ready.set()

    async def ready(self) -> None:
        """Until it serves. Raises EndedByItself if it ends before."""
        assert self._process is not None
        waits = [asyncio.create_task(self._is_ready.wait()), asyncio.create_task(self._process.wait())]
        done, pending = await asyncio.wait(waits, timeout=READY_WITHIN_S, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        if waits[0] not in done:
            raise EndedByItself(f"not ready after {READY_WITHIN_S:.0f} s, or ended: exit {self._process.returncode}")

    async def kill(self) -> None:
        """kill -9. Raises EndedByItself if it was gone already."""
        assert self._process is not None
        if self._process.returncode is not None:
            raise EndedByItself(f"the bot ended by itself: exit {self._process.returncode}")
        self._process.kill()
        await self._gone()

    async def end(self) -> int:
        """Ask it to end, as an operator would; its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self._gone()

    async def _gone(self) -> int:
        assert self._process is not None
        assert self._listening is not None
        code = await self._process.wait()
        await self._listening
        return code


async def kill_again_and_again(
    victim: Victim, mode: Mode, kills: int, rng: random.Random, on_death: Callable[[], None]
) -> None:
    """Start it and kill it at a random instant, `kills` times: some while it starts, most while it serves.

    `on_death` is called once the dead process can reach nobody any more.
    """
    for _ in range(kills):
        await victim.start(mode)
        if rng.random() < WHILE_STARTING:
            await asyncio.sleep(rng.uniform(0, STARTING_S))
        else:
            await victim.ready()
            await asyncio.sleep(rng.uniform(0, SERVING_S))
        await victim.kill()
        await asyncio.sleep(0.05)  # what it had sent is in the simulator's sockets and is answered now
        on_death()
