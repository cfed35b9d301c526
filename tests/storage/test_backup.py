from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from bot.ports import StoreUnavailable
from storage import backup as module
from storage.backup import backup, restore
from storage.errors import StoreInUse, UnusableStore
from storage.schema import KNOWN_VERSIONS, SCHEMA_VERSION
from storage.store import SqlStore, open_store
from tests.storage.samples import EVENT, NOW, draft, person, registration


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(str(make_url(sqlite_url).database))


async def write(url: str, work: Any) -> None:
    store = await open_store(url)
    await store.write(work)
    await store.close()


async def numbers(url: str) -> list[str]:
    store = await open_store(url)
    found = await store.read(lambda t: t.registrations.all(EVENT))
    await store.close()
    return [row.number for row in found]


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


async def test_a_backup_made_while_the_bot_writes_is_consistent(
    sqlite_url: str, sqlite_store: SqlStore, tmp_path: Path
) -> None:
    ended = False

    async def keep_writing(chat_id: int) -> int:
        n = 0
        while not ended:
            n += 1
            known, saved = person(chat_id, expecting={"n": n}), draft(chat_id, data={"n": n, "pad": "x" * 500})
            await sqlite_store.write(lambda t: [t.people.save(known), t.drafts.save(saved)])  # noqa: B023
        return n

    writing = [asyncio.create_task(keep_writing(chat_id)) for chat_id in range(1, 9)]
    copies = [tmp_path / f"copy {n}.db" for n in range(3)]
    for copy in copies:
        await backup(sqlite_url, copy)
    ended = True
    assert min(await asyncio.gather(*writing)) > 0
    for copy in copies:
        opened = await open_store(f"sqlite+aiosqlite:///{copy}")
        for chat_id in range(1, 9):
            found = await opened.read(lambda t, chat_id=chat_id: t.people.situation(chat_id, EVENT))  # type: ignore[misc]
            assert ((found.person and found.person.expecting) or {}).get("n") == (found.draft and found.draft.data["n"])
        await opened.close()


async def test_a_backup_is_one_file_for_its_owner_only(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    await backup(sqlite_url, folder / "b.db")
    assert names(folder) == {"b.db"}
    assert (folder / "b.db").stat().st_mode & 0o777 == 0o600


async def test_a_backup_overwrites_nothing_without_being_told(sqlite_url: str, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    target.write_text("precious")
    with pytest.raises(UnusableStore, match="exists already"):
        await backup(sqlite_url, target)
    assert target.read_text() == "precious"
    await backup(sqlite_url, target, replace=True)
    assert target.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(UnusableStore, match="exists already"):
        await backup(sqlite_url, path, replace=True)


async def test_two_backups_to_one_file_at_once_leave_the_first(sqlite_url: str, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    part = tmp_path / "part"
    await backup(sqlite_url, part)
    target.write_text("came first")
    with pytest.raises(UnusableStore, match="exists already"):
        module._put_in_place(part, target, replace=False)
    assert target.read_text() == "came first"


async def test_a_backup_that_can_not_be_written_leaves_no_piece(sqlite_url: str, tmp_path: Path) -> None:
    before = names(tmp_path)
    with pytest.raises(StoreUnavailable):
        await backup(sqlite_url, tmp_path / "no such folder" / "b.db")
    assert names(tmp_path) == before


async def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnusableStore, match="there is no store"):
        await backup(f"sqlite+aiosqlite:///{tmp_path / 'none.db'}", tmp_path / "b.db")


async def test_a_restore_brings_back_the_day_of_the_backup(sqlite_url: str, path: Path, tmp_path: Path) -> None:
    await write(sqlite_url, lambda t: t.registrations.add(registration(1, "FIRST")))
    await backup(sqlite_url, tmp_path / "b.db")
    await write(sqlite_url, lambda t: t.registrations.add(registration(2, "SECOND")))
    kept = (await restore(sqlite_url, tmp_path / "b.db", now=NOW)).kept
    assert await numbers(sqlite_url) == ["FIRST"]
    assert kept == path.with_name("store.db.before-restore-20201110T090000Z")
    assert await numbers(f"sqlite+aiosqlite:///{kept}") == ["FIRST", "SECOND"]
    assert (tmp_path / "b.db").exists()


async def test_a_restore_on_a_new_machine_needs_no_store(sqlite_url: str, tmp_path: Path) -> None:
    await write(sqlite_url, lambda t: t.registrations.add(registration(1, "FIRST")))
    await backup(sqlite_url, tmp_path / "b.db")
    fresh = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'store.db'}"
    assert (await restore(fresh, tmp_path / "b.db", now=NOW)).kept is None
    assert await numbers(fresh) == ["FIRST"]


async def test_a_restore_is_refused_while_the_bot_runs(sqlite_url: str, sqlite_store: SqlStore, tmp_path: Path) -> None:
    await backup(sqlite_url, tmp_path / "b.db")
    await sqlite_store.write(lambda t: t.registrations.add(registration(1, "FIRST")))
    with pytest.raises(StoreInUse):
        await restore(sqlite_url, tmp_path / "b.db", now=NOW)
    assert len(list(await sqlite_store.read(lambda t: t.registrations.all(EVENT)))) == 1


async def test_what_a_crash_left_in_the_log_is_kept_with_the_replaced_store(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    await backup(sqlite_url, tmp_path / "b.db")
    crashed = sqlite3.connect(path)
    crashed.execute("INSERT INTO meta VALUES ('in the log', 'yes')")
    crashed.commit()
    kept = (await restore(sqlite_url, tmp_path / "b.db", now=NOW)).kept
    crashed.close()
    for url, value in ((f"sqlite+aiosqlite:///{kept}", "yes"), (sqlite_url, None)):
        store = await open_store(url)
        assert await store.read(lambda t: t.meta.get("in the log")) == value
        await store.close()


async def test_a_damaged_store_can_be_replaced_and_nothing_of_it_is_replayed(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    await write(sqlite_url, lambda t: t.registrations.add(registration(1, "FIRST")))
    await backup(sqlite_url, tmp_path / "b.db")
    path.write_bytes(b"rubbish" * 1000)
    path.with_name("store.db-wal").write_bytes(b"more rubbish")
    kept = (await restore(sqlite_url, tmp_path / "b.db", now=NOW)).kept
    assert await numbers(sqlite_url) == ["FIRST"]
    assert kept is not None
    assert kept.read_bytes().startswith(b"rubbish")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"more rubbish"


async def test_restoring_twice_keeps_both_replaced_stores(sqlite_url: str, path: Path, tmp_path: Path) -> None:
    await backup(sqlite_url, tmp_path / "b.db")
    first = (await restore(sqlite_url, tmp_path / "b.db", now=NOW)).kept
    with pytest.raises(UnusableStore, match="try again in a second"):
        await restore(sqlite_url, tmp_path / "b.db", now=NOW)
    second = (await restore(sqlite_url, tmp_path / "b.db", now=NOW + timedelta(seconds=1))).kept
    assert first is not None and first.exists()
    assert second is not None and second.exists()


def _letter(file: Path) -> None:
    file.write_text("Dear colleague, " * 100)


def _songs(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE songs (name)")


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _unsigned(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA application_id = 0")


def _damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)


FAULTS = {
    _letter: "is not a database",
    _songs: "not one of this bot's",
    _newer: "newer than this program",
    _unsigned: "not one of this bot's",
    _damaged: "is damaged",
    Path.unlink: "there is no file",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
async def test_a_file_that_is_no_sound_backup_replaces_nothing(
    sqlite_url: str, path: Path, tmp_path: Path, fault: Any
) -> None:
    await write(sqlite_url, lambda t: t.registrations.add(registration(1, "FIRST")))
    file = tmp_path / "b.db"
    if fault is not _songs:
        await backup(sqlite_url, file)
    fault(file)
    before = path.read_bytes()
    with pytest.raises(UnusableStore, match=FAULTS[fault]):
        await restore(sqlite_url, file, now=NOW)
    assert path.read_bytes() == before
    assert not [name for name in names(tmp_path) if ".part" in name or "before-restore" in name]


async def test_an_older_backup_is_brought_up_to_date_first(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version and the step up from it are stand-ins: that the step runs on the copy is what counts."""
    from storage import migrate

    migrated: list[Path] = []

    def stand_in(file: Path, _patience: float) -> None:
        migrated.append(file)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (SCHEMA_VERSION,))

    file = tmp_path / "b.db"
    await backup(sqlite_url, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(migrate, "KNOWN_VERSIONS", ("0000", *KNOWN_VERSIONS))
    monkeypatch.setattr(module, "migrate_sqlite", stand_in)
    await restore(sqlite_url, file, now=NOW)
    assert len(migrated) == 1
    assert migrated[0] != file
    assert await numbers(sqlite_url) == []


async def test_postgres_is_left_to_its_own_tools(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://bot:secret@db.example.org/event"
    with pytest.raises(UnusableStore, match="pg_dump --format=custom") as refused:
        await backup(url, tmp_path / "b")
    assert '"postgresql://bot@db.example.org/event"' in str(refused.value)
    with pytest.raises(UnusableStore, match="pg_restore --clean") as refused:
        await restore(url, tmp_path / "b", now=NOW)
    assert "secret" not in str(refused.value)


async def test_what_was_purged_is_gone_from_the_files(sqlite_url: str, path: Path) -> None:
    from tests.storage.samples import message

    secret = "a sentence that must not survive"
    store = await open_store(sqlite_url)
    await store.write(lambda t: [t.outbox.put([message(text=secret)], NOW), t.drafts.save(draft(data={"q": secret}))])
    assert any(secret.encode() in file.read_bytes() for file in path.parent.glob("store.db*"))

    def erase(t: Any) -> None:
        from bot.records import Settled

        t.outbox.settle([Settled(id=t.outbox.waiting(1)[0].id, chat_id=7, state="sent", message_id=1)], NOW)
        t.drafts.delete(7, EVENT)

    await store.write(erase)
    assert await store.tidy()
    assert not any(secret.encode() in file.read_bytes() for file in path.parent.glob("store.db*"))
    await store.close()
