"""Starting the bot as an operator does, beside `import telegram.ext`: time and memory above an empty interpreter."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from bot.settings import ROOT
from bot.simulator import SimulatedTelegram

SETTLED_S = 3.0  # after "ready", before its memory is read
_TELL = "import sys; sys.stdout.write(open('/proc/self/status').read()); sys.stdout.flush()"


def _megabytes(status: str) -> float:
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


async def interpreter(code: str) -> dict[str, float]:
    """A Python process that runs `code` and ends."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", f"{code}; {_TELL}", stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    return {"seconds": time.perf_counter() - began, "mb": _megabytes(told.decode())}


async def bot(database: Path, folder: Path) -> dict[str, float]:
    """`python bot.py run` on that store: seconds from the shell to ready, and its memory a little later."""
    async with SimulatedTelegram() as telegram:
        environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{database}",
            "CLOCK_START": "2020-11-10T09:00:00+00:00",
        }
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "bot.py"),
            "run",
            env=environment,
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stderr is not None
        said = b""
        while b"ready: @" not in (line := await process.stderr.readline()):
            said += line
            if not line:
                raise RuntimeError(f"the bot did not start: {said.decode()}")
        ready = time.perf_counter() - began
        await asyncio.sleep(SETTLED_S)
        megabytes = _megabytes(Path(f"/proc/{process.pid}/status").read_text())
        process.terminate()
        await process.communicate()
        return {"seconds": ready, "mb": megabytes}
