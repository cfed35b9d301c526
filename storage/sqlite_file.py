"""A SQLite file: made for its owner only, and opened with every promise switched on."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from storage.errors import translate_errors


def file_uri(path: Path, mode: str = "rw") -> str:
    """`path` for sqlite3.connect(uri=True); "rw" opens only what exists, "ro" never writes."""
    return f"file:{quote(str(path.resolve()))}?mode={mode}"


def create_file(path: Path) -> None:
    """An empty database only its owner may read, unless there is one; what SQLite puts beside it inherits that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)


def writing_connection(path: Path, patience: float) -> sqlite3.Connection:
    """A connection with every promise switched on; waits `patience` seconds for a lock."""
    connection = sqlite3.connect(
        file_uri(path), uri=True, isolation_level=None, timeout=patience, check_same_thread=False
    )
    try:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def sync_connection(path: Path, patience: float) -> Connection:
    """A SQLAlchemy connection over `writing_connection` that leaves BEGIN and COMMIT to its owner."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: writing_connection(path, patience),
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
    )
    translate_errors(engine)
    connection = engine.connect()
    # for SQLAlchemy's books only: outside a transaction it would answer an error with a ROLLBACK of its own
    connection.begin()
    return connection
