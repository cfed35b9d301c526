"""A consistent copy of a SQLite store while the bot runs, and the way back. PostgreSQL has its own tools."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.engine import URL

from bot.ports import StoreUnavailable
from bot.records import Tombstone
from storage.claim import FileClaim
from storage.erased_file import erased_file, identity, read_erased
from storage.erasure import erase_anew
from storage.errors import UnusableStore, unavailable
from storage.marks import KEY, key_of
from storage.migrate import is_current, migrate_sqlite, sqlite_version
from storage.schema import APPLICATION_ID, meta
from storage.sqlite_file import file_uri, sync_connection
from storage.store import parse_url
from storage.tombstones import all_tombstones
from storage.types import EPOCH

_PATIENCE_S = 30.0


async def backup(url: str, file: Path, *, replace: bool = False) -> None:
    """Copy the store at `url` to `file`, which appears only when it is whole and checked.

    Raises UnusableStore (not SQLite, nothing there, `file` exists and not `replace`) or StoreUnavailable.
    """
    path = _sqlite_path(url, f'pg_dump --format=custom --file="{file}"')
    if not path.exists():
        raise UnusableStore(f"there is no store at {path}")
    if file.exists() and (not replace or file.samefile(path)):
        raise UnusableStore(f"{file} exists already: name another file")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with _disk_errors(file):
            await _copy(path, part)
            await asyncio.to_thread(_check, part)
            _put_in_place(part, file, replace=replace)
    finally:
        part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the replaced store was kept, if there was one; how many chats of the backup were erased again."""

    kept: Path | None
    erased_again: int


async def restore(url: str, file: Path, *, now: datetime) -> Restored:
    """Put the backup `file` in the place of the store at `url`, without what was erased since it was made.

    Raises StoreInUse while the bot runs, UnusableStore if the file is not a sound backup of this bot's or
    was made by a newer program (an older one is brought up to date), StoreUnavailable if the disk fails.
    """
    path = _sqlite_path(url, f'pg_restore --clean --if-exists --single-transaction "{file}"')
    if not file.is_file():
        raise UnusableStore(f"there is no file {file}")
    path.parent.mkdir(parents=True, exist_ok=True)
    claim = FileClaim(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _disk_errors(path):
            version = await asyncio.to_thread(_check, file)
            await _copy(file, part)
            if not is_current(version, str(file)):
                await asyncio.to_thread(migrate_sqlite, part, _PATIENCE_S)
            again = await asyncio.to_thread(_erase_again, part, path)
            await asyncio.to_thread(_leave_wal, part)
            return Restored(await asyncio.to_thread(_swap, part, path, now), again)
    finally:
        part.unlink(missing_ok=True)
        claim.release()


def _sqlite_path(url: str, postgres_line: str) -> Path:
    where = parse_url(url)
    if isinstance(where, Path):
        return where
    name = URL.create(
        "postgresql", where.username, None, where.host, where.port, where.database, where.query
    ).render_as_string()
    raise UnusableStore(f'this command is for SQLite; for PostgreSQL use: {postgres_line} --dbname="{name}"')


@contextmanager
def _disk_errors(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise unavailable(error) or StoreUnavailable(f"{file}: {error}") from error
    except OSError as error:
        raise StoreUnavailable(f"{file}: {error.strerror}") from error


async def _copy(source: Path, target: Path) -> None:
    """SQLite's online backup: one snapshot, however much is written meanwhile."""
    import aiosqlite

    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    async with (
        aiosqlite.connect(file_uri(source), uri=True, timeout=_PATIENCE_S) as reading,
        aiosqlite.connect(file_uri(target), uri=True) as writing,
    ):
        await reading.execute("PRAGMA query_only = ON")
        await reading.backup(writing)
        # one file, with nothing beside it that could be left behind
        await writing.execute("PRAGMA journal_mode = DELETE")


def _check(file: Path) -> str | None:
    """The schema version of a sound store of this bot's; raises UnusableStore for anything else."""
    version = sqlite_version(file, _PATIENCE_S)
    with closing(sqlite3.connect(file_uri(file), uri=True, timeout=_PATIENCE_S)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if version is None or application != APPLICATION_ID:
        raise UnusableStore(f"{file} is a database, but not one of this bot's")
    if verdict != "ok":
        raise UnusableStore(f"{file} is damaged: {verdict}")
    is_current(version, str(file))
    return version


def _erase_again(part: Path, replaced: Path) -> int:
    """Erase in `part` what was erased in the store it replaces, or by the list beside it; how many chats."""
    erased, key = _erased_in(replaced)
    erased += read_erased(erased_file(replaced))
    with sync_connection(part, _PATIENCE_S) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        known = {identity(stone) for stone in all_tombstones(connection)}
        missing = {identity(stone): stone for stone in erased if identity(stone) not in known}
        key = key or key_of(connection)
        chats = erase_anew(connection, missing.values(), key)
        connection.execute(update(meta).where(meta.c.key == KEY).values(value=key))  # the marks go by it from now on
        connection.exec_driver_sql("COMMIT")
    connection.engine.dispose()
    return len(chats)


def _erased_in(store: Path) -> tuple[list[Tombstone], str | None]:
    """The tombstones and the key of their marks, from a store that may be damaged, older, or not there."""
    if not store.exists():
        return [], None
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file_uri(store, "ro"), uri=True)) as connection:
        stones = [
            Tombstone(event_id=event_id, number=number, chat_mark=mark, erased_at=EPOCH + timedelta(microseconds=at))
            for event_id, number, mark, at in connection.execute(
                "SELECT event_id, number, chat_mark, erased_at FROM tombstones ORDER BY id"
            )
        ]
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (KEY,)).fetchone()
        return stones, None if row is None else str(row[0])
    return [], None


def _leave_wal(file: Path) -> None:
    """One file again, with nothing beside it that could be left behind."""
    with closing(sqlite3.connect(file_uri(file), uri=True)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def _put_in_place(part: Path, file: Path, *, replace: bool) -> None:
    _sync(part)
    if replace:
        part.replace(file)
    else:
        try:
            file.hardlink_to(part)
        except FileExistsError:
            raise UnusableStore(f"{file} exists already: name another file") from None
    _sync(file.parent)


def _swap(part: Path, path: Path, now: datetime) -> Path | None:
    """At every instant there is a whole store at `path`: the old one until the last rename."""
    _sync(part)
    kept = _set_beside(path, now) if path.exists() else None
    for stale in ("-wal", "-shm"):  # beside the new store an old log would be replayed into it
        path.with_name(path.name + stale).unlink(missing_ok=True)
    part.replace(path)
    _sync(path.parent)
    return kept


def _set_beside(path: Path, now: datetime) -> Path:
    """A second name for the store at `path`, with what its log holds."""
    kept = path.with_name(f"{path.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    try:
        kept.hardlink_to(path)
    except FileExistsError:
        raise UnusableStore(f"{kept} exists already: try again in a second") from None
    log, kept_log = path.with_name(path.name + "-wal"), kept.with_name(kept.name + "-wal")
    if log.exists():
        shutil.copy(log, kept_log)
    # a damaged store can't take its log in, and SQLite may drop it: then the copy is all there is
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file_uri(path), uri=True)) as connection:
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            kept_log.unlink(missing_ok=True)
    return kept


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
