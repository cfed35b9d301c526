"""Looks for what a person typed in every byte that the bot keeps: tables, files, the log beside them, logs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from storage.schema import metadata
from storage.store import SqlStore
from tests.conversations.walk import Act, Write

SHORTEST = 4  # characters: shorter answers ("Dr") are in other words too


def typed_in(answers: Mapping[str, Act], asked: Iterable[str]) -> list[str]:
    """What was typed at these questions, and what became of it in the store."""
    texts = [act.text for question, act in answers.items() if question in set(asked) and isinstance(act, Write)]
    digits = [re.sub(r"[^\d+]", "", given) for given in texts if given.startswith("+")]
    return [given for given in [*texts, *digits] if len(given) >= SHORTEST]


def found_in(content: bytes, secrets: Iterable[str]) -> list[str]:
    """Which of them stand there: as UTF-8, as JSON writes them, folded for the search."""
    seen = content.lower()

    def forms(secret: str) -> set[bytes]:
        return {secret.lower().encode(), secret.encode(), json.dumps(secret)[1:-1].lower().encode()}

    return [secret for secret in secrets if any(form in seen or form in content for form in forms(secret))]


def files_beside(database: Path) -> bytes:
    """The SQLite file and all that stands beside it: its log, its index, the lock, the list of erasures, copies."""
    return b"".join(part.read_bytes() for part in sorted(database.parent.glob(f"{database.name}*")) if part.is_file())


async def rows_in(store: SqlStore) -> bytes:
    """Every row of every table, as text."""

    def work(tx: object) -> str:
        execute = tx._connection.execute  # type: ignore[attr-defined]
        tables = metadata.sorted_tables
        return "\n".join(str(tuple(row)) for table in tables for row in execute(select(text("*")).select_from(table)))

    return (await store.read(work)).encode()


async def files_of_postgres(url: str) -> bytes:
    """The files of the database's tables and indexes, after they were written anew and to the disk."""
    import asyncpg

    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("VACUUM FULL")
        await connection.execute("CHECKPOINT")
        folder = await connection.fetchval("SHOW data_directory")
        oid = await connection.fetchval("SELECT oid FROM pg_database WHERE datname = current_database()")
    finally:
        await connection.close()
    found = [part for part in (Path(folder) / "base" / str(oid)).iterdir() if part.is_file()]
    assert len(found) > 100
    return b"".join(part.read_bytes() for part in found)


def database_of(url: str) -> Path | None:
    """The SQLite file; None for PostgreSQL."""
    parsed = make_url(url)
    return Path(str(parsed.database)) if parsed.drivername.startswith("sqlite") else None


async def kept(store: SqlStore, url: str) -> bytes:
    """All that the bot keeps, whatever it keeps it in."""
    database = database_of(url)
    on_disk = await files_of_postgres(url) if database is None else files_beside(database)
    return await rows_in(store) + on_disk
