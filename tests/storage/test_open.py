from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.ports import StoreUnavailable
from storage.errors import UnusableStore
from storage.store import open_store, parse_url

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://u:secret@h/d", "sqlite://", "sqlite+aiosqlite:///:memory:"])
def test_a_url_the_bot_can_not_use_is_refused_with_the_two_it_can(url: str) -> None:
    with pytest.raises(UnusableStore, match=r"sqlite\+aiosqlite:///PATH or postgresql\+asyncpg://") as refused:
        parse_url(url)
    assert "secret" not in str(refused.value)


async def test_a_new_store_is_made_with_its_folder_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "البيانات 100%.db"
    store = await open_store(f"sqlite+aiosqlite:///{path}")
    await store.write(lambda t: t.meta.put("a", "b"))
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    await store.close()
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]


async def test_the_promises_of_sqlite_are_switched_on(sqlite_store: object) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}
    found = await sqlite_store._writer.put(  # type: ignore[attr-defined]
        lambda raw: {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}, alone=True
    )
    assert found == wanted


async def test_what_is_not_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleague, " * 100)
    with pytest.raises(UnusableStore, match="is not a database"):
        await open_store(f"sqlite+aiosqlite:///{path}")
    assert path.read_text().startswith("Dear")


async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (name)")
    with pytest.raises(UnusableStore, match="not one of this bot's"):
        await open_store(f"sqlite+aiosqlite:///{path}")


async def test_a_postgres_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        await open_store(f"postgresql+asyncpg://postgres@/nothing?host={tmp_path}")


def test_a_current_store_opens_without_alembic_and_without_postgres(sqlite_url: str) -> None:
    script = (
        "import asyncio, sys\n"
        "from storage.store import open_store\n"
        "async def main():\n"
        "    store = await open_store(sys.argv[1])\n"
        "    await store.write(lambda t: t.status())\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
        "print([name for name in ('alembic', 'asyncpg', 'telegram') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, sqlite_url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


async def test_a_folder_that_can_not_be_made_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match=r"file/store\.db: "):
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/file/store.db")
