"""Keeping the bot's process alive, whatever kills it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

_STEADY_S = 10.0
_LONGEST_PAUSE_S = 30.0
_GOODBYE_S = 10.0
_LINES = 200
_LINE_LENGTH = 500


def restart_pause(short_lives: int) -> float:
    """Seconds before a restart: none the first time, longer when it dies again and again within seconds."""
    return 0.0 if short_lives <= 1 else min(2.0 ** (short_lives - 2), _LONGEST_PAUSE_S)


class Child:
    """One process, restarted whenever it ends. `environment` is asked anew at each start.

    At the end it gets SIGTERM and `goodbye_s` seconds, then SIGKILL. Should this process itself be
    killed, the bot sees the end of its stdin.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Callable[[], Mapping[str, str]],
        changed: Callable[[], object],
        monotonic: Callable[[], float],
        goodbye_s: float = _GOODBYE_S,
    ) -> None:
        self._command = list(command)
        self._environment = environment
        self._changed = changed
        self._monotonic = monotonic
        self._goodbye_s = goodbye_s
        self._process: asyncio.subprocess.Process | None = None
        self.state = "starting"
        self.starts = 0
        self.lines: deque[str] = deque(maxlen=_LINES)

    async def run(self) -> None:
        """Start it and start it again until cancelled; then end it politely."""
        short_lives = 0
        try:
            while True:
                began = self._monotonic()
                code = await self._live()
                short_lives = 1 if self._monotonic() - began >= _STEADY_S else short_lives + 1
                pause = restart_pause(short_lives)
                self._became(f"ended ({_ending(code)}), restarting" + (f" in {pause:g} s" if pause else ""))
                await asyncio.sleep(pause)
        finally:
            await self._end()

    def crash(self) -> None:
        """kill -9, as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    def tell_jump(self, moment: datetime) -> None:
        """Tell it that the clock was jumped to `moment`. One that is not there hears it at its start."""
        process = self._process
        if process is None or process.stdin is None or process.returncode is not None:
            return
        with contextlib.suppress(ConnectionError, RuntimeError):
            process.stdin.write(json.dumps({"jump_to": moment.isoformat()}).encode() + b"\n")

    async def _live(self) -> int:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(self._environment()),
            start_new_session=True,  # so that Ctrl-C reaches it through us, once
        )
        self.starts += 1
        self._became("running")
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        rest = b""
        # read in pieces: a line longer than a stream's limit must not end the supervision
        while piece := await self._process.stdout.read(65_536):
            *lines, rest = (rest + piece).split(b"\n")
            self._heard(lines)
        self._heard([rest] if rest else [])
        return await self._process.wait()

    def _heard(self, lines: list[bytes]) -> None:
        for line in lines:
            text = line.decode("utf-8", "replace").rstrip()
            sys.stderr.write(f"{text}\n")
            self.lines.append(text[:_LINE_LENGTH])
        if lines:
            self._changed()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(self._goodbye_s):
                await process.communicate()
        except TimeoutError:
            process.kill()
            await process.communicate()

    def _became(self, state: str) -> None:
        self.state = state
        self._changed()


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit {code}"
    return signal.Signals(-code).name
