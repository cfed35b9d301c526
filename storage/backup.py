"""A consistent copy of a SQLite store while the bot runs, and the way back. PostgreSQL has its own tools."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from bot.ports import StoreUnavailable
from storage.claim import FileClaim
from storage.errors import UnusableStore, unavailable
from storage.migrate import is_current, migrate_sqlite, sqlite_version
from storage.schema import APPLICATION_ID
from storage.sqlite_file import file_uri
from storage.store import parse_url

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


async def restore(url: str, file: Path, *, now: datetime) -> Path | None:
    """Put the backup `file` in the place of the store at `url`; where the replaced store was kept, if any.

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
                await asyncio.to_thread(_leave_wal, part)
            return await asyncio.to_thread(_swap, part, path, now)
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


def _leave_wal(file: Path) -> None:
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
