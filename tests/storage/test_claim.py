from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import StoreInUse
from storage.store import open_store

ROOT = Path(__file__).parents[2]
HOLDER = """
import asyncio, sys
from storage.store import open_store
async def main():
    store = await open_store(sys.argv[1])
    print("open", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await store.close()
asyncio.run(main())
"""


async def test_two_processes_can_not_run_on_one_store(database_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, database_url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreInUse, match="in use by another process of the bot"):
            await open_store(database_url)
        beside = await open_store(database_url, lock=False)
        await beside.write(lambda t: t.meta.put("purge", "beside the bot"))
        assert (await beside.read(lambda t: t.status())).timers == 0
        await beside.close()
        holder.kill()
    after = await open_store(database_url)
    assert await after.read(lambda t: t.meta.get("purge")) == "beside the bot"
    await after.close()


async def test_closing_gives_the_store_to_the_next(database_url: str) -> None:
    for _ in range(3):
        store = await open_store(database_url)
        await store.close()


async def test_the_process_that_holds_the_store_is_named(sqlite_url: str) -> None:
    import os

    store = await open_store(sqlite_url)
    with pytest.raises(StoreInUse, match=f"pid {os.getpid()}"):
        await open_store(sqlite_url)
    await store.close()
