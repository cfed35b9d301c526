"""Stores with many people in them, written straight into the tables: the bot never does that many at once."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.traffic import QUESTIONS, answer

EVENT = "bench"
FIRST_OTHER = 10_000_000
BEGUN_CHAT = FIRST_OTHER
_AT = 1_605_000_000_000_000  # microseconds: 10 November 2020
_MONTH = 30 * 86_400 * 1_000_000


def make_empty(path: Path) -> None:
    """A migrated store with nothing in it."""
    from storage.store import open_store

    async def make() -> None:
        await (await open_store(f"sqlite+aiosqlite:///{path}")).close()

    asyncio.run(make())


def draft_of(chat_id: int) -> str:
    """A plain form, half filled in."""
    half = {name: answer(n, chat_id) for n, name in enumerate(QUESTIONS[:6])}
    return json.dumps(
        {
            "at": QUESTIONS[6],
            "answers": half,
            "implied": [],
            "partial": None,
            "candidates": [],
            "form": "",
            "known": list(QUESTIONS),
            "last": QUESTIONS[5],
            "number": None,
        }
    )


def fill(path: Path, people: int) -> None:
    """`people` in the middle of the form, each with the timer that their draft has."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    _insert(
        connection,
        "people",
        ("chat_id", "language", "screen_message_id", "reply_keyboard", "created_at", "updated_at"),
        ((FIRST_OTHER + n, "en", n, 0, _AT, _AT) for n in range(people)),
    )
    _insert(
        connection,
        "drafts",
        ("chat_id", "event_id", "data", "begun_at", "updated_at"),
        ((FIRST_OTHER + n, EVENT, draft_of(FIRST_OTHER + n), _AT, _AT) for n in range(people)),
    )
    connection.commit()
    connection.close()
    fill_timers(path, people)


def fill_timers(path: Path, count: int) -> None:
    """`count` timers, due within the month that begins in a month."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    _insert(
        connection,
        "timers",
        ("kind", "key", "chat_id", "due_at", "data"),
        (
            ("forget_silent_draft", str(FIRST_OTHER + n), FIRST_OTHER + n, _AT + _MONTH + n * 7919 % _MONTH, "{}")
            for n in range(count)
        ),
    )
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    connection.execute("ANALYZE")
    connection.close()


def _insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    places = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608


def forget_pages(*paths: Path) -> None:
    """Have the system read these files anew."""
    os.sync()
    for path in paths:
        if path.exists():
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)
