"""The rehearsal: pretend Telegram, its chat page, the bot's process and a clock that can be jumped."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import ShiftedClock
from bot.simulator.chat_page import page_routes
from bot.simulator.child import Child
from bot.simulator.faults import Fault
from bot.simulator.telegram import SimulatedTelegram

SLOW_S = 3.0
TOO_MANY_FOR_S = 20.0
RETRY_AFTER_S = 10
_READING_EVERY_S = 5.0
_JUST_AFTER = timedelta(milliseconds=50)

NextDue = Callable[[], Awaitable[datetime | None]]


async def simulate(
    *,
    command: Sequence[str],
    env: Mapping[str, str],
    data_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    start: datetime,
    next_due: NextDue,
    on_ready: Callable[[str], None],
) -> None:
    """Serve until SIGINT or SIGTERM, keeping `command` alive as the bot.

    The bot gets `env` and TELEGRAM_API_URL, TELEGRAM_BOT_TOKEN, CLOCK_START (ISO, UTC) and
    BOT_CONTROL=stdin; each jump of the clock comes to its stdin as a line `{"jump_to": "<ISO>"}`.
    The clock starts at `start` (aware), or goes on from the reading kept in `data_dir` if that is later. A taken port
    gives way to the next free one; `on_ready` gets the page's address.
    """
    rehearsal = Rehearsal(
        command=command, env=env, data_dir=data_dir, host=host, port=port, start=start, next_due=next_due
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    try:
        async with rehearsal.telegram:
            on_ready(f"{rehearsal.telegram.url}/")
            tasks = [asyncio.create_task(rehearsal.child.run()), asyncio.create_task(rehearsal.keep_reading())]
            stopped = asyncio.create_task(stop.wait())
            done, _ = await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
            for task in (*tasks, stopped):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            rehearsal.write_reading()
            for task in done:
                task.result()  # a bot that cannot even be started is an error, not a quiet end
    finally:
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(one)


class Rehearsal:
    """What the page's top bar shows and does."""

    def __init__(
        self,
        *,
        command: Sequence[str],
        env: Mapping[str, str],
        data_dir: Path,
        host: str,
        port: int,
        start: datetime,
        next_due: NextDue,
    ) -> None:
        self._reading = data_dir / "simulator" / "clock"
        self.clock = ShiftedClock(max(start, self._kept_reading() or start))
        self.telegram = SimulatedTelegram(
            now=self.clock.now, path=data_dir / "simulator" / "telegram.json", host=host, port=port
        )
        self.telegram.more_routes = page_routes(self.telegram, self)
        if not self.telegram.people():
            self.telegram.add_person("منى", "ar")
            self.telegram.add_person("Karim", "en")
        self._env = dict(env)
        self._next_due = next_due
        self._slow: Fault | None = None
        self._too_many: Fault | None = None
        self.child = Child(command, self._environment, self.telegram.world.changed, time.monotonic)

    def describe(self) -> dict[str, Any]:
        """The state of clock, bot and faults for the page."""
        faults = self.telegram.faults.active
        return {
            "is_running": True,
            "bot": self.child.state,
            "starts": self.child.starts,
            "log": list(self.child.lines)[-40:],
            "slow": self._slow in faults,
            "too_many": self._too_many in faults,
        }

    async def control(self, action: str, seconds: float) -> str:
        """Carry out a button of the top bar; what to tell, or nothing."""
        if action == "jump":
            self._jump(self.clock.now() + timedelta(seconds=max(0.0, seconds)))
        elif action == "next":
            due = await self._next_due()
            if due is None:
                return "Nothing is due."
            self._jump(due.astimezone(UTC) + _JUST_AFTER)
        elif action == "crash":
            self.child.crash()
        elif action == "slow":
            self._slow = self._toggled(self._slow, lambda faults: faults.slow(SLOW_S))
        elif action == "too_many":
            self._toggle_too_many()
        else:
            return f"There is no button {action!r}."
        self.telegram.world.changed()
        return ""

    async def keep_reading(self) -> None:
        """Write the clock's reading now and then, so that a restart goes on from it."""
        while True:
            self.write_reading()
            await asyncio.sleep(_READING_EVERY_S)

    def write_reading(self) -> None:
        """Write the clock's reading."""
        self._reading.parent.mkdir(parents=True, exist_ok=True)
        draft = self._reading.with_suffix(".new")
        draft.write_text(self.clock.now().isoformat(), "utf-8")
        draft.replace(self._reading)

    def _kept_reading(self) -> datetime | None:
        with contextlib.suppress(FileNotFoundError):
            return datetime.fromisoformat(self._reading.read_text("utf-8").strip())
        return None

    def _environment(self) -> dict[str, str]:
        return self._env | {
            "TELEGRAM_API_URL": self.telegram.url,
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "CLOCK_START": self.clock.now().isoformat(),
            "BOT_CONTROL": "stdin",
            "PYTHONUNBUFFERED": "1",
        }

    def _jump(self, moment: datetime) -> None:
        if moment <= self.clock.now():
            return
        self.clock.jump_to(moment)
        self.telegram.world.expire_updates()
        self.child.tell_jump(self.clock.now())
        self.write_reading()

    def _toggled(self, fault: Fault | None, add: Callable[[Any], Fault]) -> Fault | None:
        faults = self.telegram.faults
        if fault is not None and fault in faults.active:
            faults.remove(fault)
            return None
        return add(faults)

    def _toggle_too_many(self) -> None:
        fault = self._too_many = self._toggled(
            self._too_many, lambda faults: faults.status(429, retry_after=RETRY_AFTER_S, times=None)
        )
        if fault is not None:
            asyncio.get_running_loop().call_later(TOO_MANY_FOR_S, self._end_fault, fault)

    def _end_fault(self, fault: Fault) -> None:
        self.telegram.faults.remove(fault)
        self.telegram.world.changed()
