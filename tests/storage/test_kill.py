from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage.store import open_store
from tests.storage.samples import EVENT

ROOT = Path(__file__).parents[2]
# Each work writes three rows that belong together; each line on the way out was committed before it.
WORKER = """
import asyncio, sys
from datetime import UTC, datetime
from bot.records import NewMessage, Person, StoredDraft
from storage.store import open_store
NOW = datetime(2020, 11, 10, tzinfo=UTC)
async def main():
    store = await open_store(sys.argv[1])
    async def chat(chat_id):
        for n in range(1, 100_000):
            def work(t):
                t.people.save(Person(chat_id=chat_id, expecting={"n": n}, created_at=NOW, updated_at=NOW))
                t.drafts.save(
                    StoredDraft(chat_id=chat_id, event_id="cop-2020", data={"n": n}, begun_at=NOW, updated_at=NOW)
                )
                t.outbox.put([NewMessage(chat_id=chat_id, screen={"n": n})], NOW)
            await store.write(work)
            print(chat_id, n, flush=True)
    await asyncio.gather(*(chat(chat_id) for chat_id in range(1, 9)))
asyncio.run(main())
"""


@pytest.mark.parametrize("seed", range(3))
async def test_kill_9_in_the_middle_of_writing_leaves_all_or_nothing_of_each_work(database_url: str, seed: int) -> None:
    committed: dict[int, int] = {}
    lines_to_see = random.Random(seed).randint(20, 200)
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, database_url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        for seen, line in enumerate(worker.stdout, 1):
            if seen == lines_to_see:
                worker.send_signal(signal.SIGKILL)
            if line.endswith("\n"):
                chat_id, n = map(int, line.split())
                committed[chat_id] = n
    assert worker.returncode == -signal.SIGKILL

    store = await open_store(database_url)
    waiting = await store.read(lambda t: t.outbox.waiting(100_000))
    for chat_id in range(1, 9):
        found = await store.read(lambda t, chat_id=chat_id: t.people.situation(chat_id, EVENT))  # type: ignore[misc]
        done = committed.get(chat_id, 0)
        if found.person is None:
            assert (done, found.draft) == (0, None)
            continue
        assert found.draft is not None
        n = found.draft.data["n"]
        assert found.person.expecting == {"n": n}
        assert [item.screen["n"] for item in waiting if item.chat_id == chat_id] == list(range(1, n + 1))
        assert done <= n <= done + 1
    await store.close()
    if (path := make_url(database_url).database) and path.endswith(".db"):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
