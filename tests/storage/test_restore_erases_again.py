"""A backup does not bring back who was erased after it was made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from bot.records import Tombstone
from storage.backup import backup, restore
from storage.erased_file import append_erased, erased_file, identity, read_erased
from storage.store import SqlStore, open_store
from tests.storage.samples import EVENT, NOW, draft, person, registration, update

DAY = timedelta(days=1)
SECRETS = ("Zanzibar", "karim@example.org")


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(str(make_url(sqlite_url).database))


async def working(url: str, work: Any) -> Any:
    """Do it in a store that is opened for it and tidied after it, as the bot does after an erasure."""
    store = await open_store(url)
    try:
        result = await store.write(work)
        await store.tidy()
    finally:
        await store.close()
    return result


def fill(t: Any) -> None:
    t.people.save(person(7, zone="Zanzibar"))
    t.drafts.save(draft(7, data={"answers": {"name": "Zanzibar"}}))
    t.registrations.add(registration(7, "COP-1", answers={"email": "karim@example.org"}, search="zanzibar"))
    t.inbox.add([update(1, 7, '{"text": "Zanzibar"}')], NOW)
    t.people.save(person(8))
    t.registrations.add(registration(8, "COP-2"))


def bytes_of(path: Path) -> bytes:
    """Of the store and of what SQLite keeps beside it."""
    return b"".join(f.read_bytes() for f in (path, path.with_name(f"{path.name}-wal")) if f.exists())


def holds(path: Path, *secrets: str) -> list[str]:
    found = bytes_of(path).lower()
    return [secret for secret in secrets if secret.lower().encode() in found]


async def test_who_was_erased_after_the_backup_stays_erased_and_the_others_come_back(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    await working(sqlite_url, fill)
    await backup(sqlite_url, tmp_path / "b.db")
    await working(sqlite_url, lambda t: [t.erase_chat(7, EVENT, NOW + DAY), t.people.save(person(8, zone="Lost"))])
    restored = await restore(sqlite_url, tmp_path / "b.db", now=NOW + DAY)
    assert restored.erased_again == 1
    assert holds(path, *SECRETS) == []
    assert holds(tmp_path / "b.db", *SECRETS) == list(SECRETS), "the backup itself is what it was"

    def look(t: Any) -> Any:
        stones = [(s.number, s.erased_at) for s in t.tombstones.all()]
        return (
            t.held(7),
            [r.number for r in t.registrations.all(EVENT)],
            stones,
            t.registrations.add(registration(9, "COP-1")),
        )

    assert await working(sqlite_url, look) == ({}, ["COP-2"], [("COP-1", NOW + DAY)], None)


async def test_a_second_restore_of_the_same_backup_erases_again_too(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    await working(sqlite_url, fill)
    await backup(sqlite_url, tmp_path / "b.db")
    await working(sqlite_url, lambda t: t.erase_chat(7, EVENT, NOW + DAY))
    for n in (1, 2):
        restored = await restore(sqlite_url, tmp_path / "b.db", now=NOW + DAY * n)
        assert restored.erased_again == 1
        assert holds(path, *SECRETS) == []


async def test_who_registered_again_before_the_backup_is_not_erased_by_it(sqlite_url: str, tmp_path: Path) -> None:
    await working(sqlite_url, fill)
    await working(sqlite_url, lambda t: t.erase_chat(7, EVENT, NOW + DAY))
    await working(sqlite_url, lambda t: t.registrations.add(registration(7, "COP-3", created_at=NOW + DAY * 2)))
    await backup(sqlite_url, tmp_path / "b.db")
    restored = await restore(sqlite_url, tmp_path / "b.db", now=NOW + DAY * 3)
    assert restored.erased_again == 0
    found = await working(sqlite_url, lambda t: [r.number for r in t.registrations.all(EVENT)])
    assert found == ["COP-2", "COP-3"]


async def test_the_list_beside_the_database_outlives_the_loss_of_the_database(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    await working(sqlite_url, fill)
    await backup(sqlite_url, tmp_path / "b.db")
    await working(sqlite_url, lambda t: t.erase_chat(7, EVENT, NOW + DAY))
    path.unlink()
    restored = await restore(sqlite_url, tmp_path / "b.db", now=NOW + DAY)
    assert (restored.kept, restored.erased_again) == (None, 1)
    assert holds(path, *SECRETS) == []


async def test_a_damaged_store_is_replaced_with_the_help_of_the_list(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    await working(sqlite_url, fill)
    await backup(sqlite_url, tmp_path / "b.db")
    await working(sqlite_url, lambda t: t.erase_chat(7, EVENT, NOW + DAY))
    path.write_bytes(b"rubbish" * 1000)
    assert (await restore(sqlite_url, tmp_path / "b.db", now=NOW + DAY)).erased_again == 1
    assert holds(path, *SECRETS) == []


async def test_erasures_that_a_crash_left_in_the_log_are_read(sqlite_url: str, path: Path, tmp_path: Path) -> None:
    await working(sqlite_url, fill)
    await backup(sqlite_url, tmp_path / "b.db")
    store = await open_store(sqlite_url)
    await store.write(lambda t: t.erase_chat(7, EVENT, NOW + DAY))
    crashed = {name: path.with_name(name).read_bytes() for name in ("store.db", "store.db-wal")}
    await store.close()
    for name, content in crashed.items():
        path.with_name(name).write_bytes(content)
    assert not erased_file(path).exists(), "the crash came before the list was written"
    assert (await restore(sqlite_url, tmp_path / "b.db", now=NOW + DAY)).erased_again == 1
    assert holds(path, *SECRETS) == []


async def test_a_backup_of_before_erasing_was_known_is_erased_by_number_and_by_mark(
    sqlite_url: str, path: Path, tmp_path: Path
) -> None:
    """A backup of schema 0002 has no key of its own: the marks are read with the key of the store it replaces."""
    await working(sqlite_url, fill)
    await working(sqlite_url, lambda t: t.people.save(person(9, zone="Zanzibar")))
    old = tmp_path / "b.db"
    await backup(sqlite_url, old)
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DROP TABLE tombstones")
        connection.execute("DROP TABLE audit")
        connection.execute("DELETE FROM meta WHERE key = 'mark_key'")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    await working(sqlite_url, lambda t: [t.erase_chat(7, EVENT, NOW + DAY), t.erase_chat(9, EVENT, NOW + DAY)])
    assert (await restore(sqlite_url, old, now=NOW + DAY)).erased_again == 2
    assert holds(path, *SECRETS) == []


# --- the list --------------------------------------------------------------


async def test_the_list_is_for_its_owner_only_and_holds_no_chat(sqlite_url: str, path: Path) -> None:
    chat_id = 4_815_162_342
    await working(sqlite_url, lambda t: t.people.save(person(chat_id)))
    await working(sqlite_url, lambda t: t.erase_chat(chat_id, EVENT, NOW))
    file = erased_file(path)
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(chat_id) not in file.read_text()
    before = file.read_text()
    await working(sqlite_url, lambda t: None)
    assert file.read_text() == before, "a line is added once"


stones = st.lists(
    st.builds(
        Tombstone,
        event_id=st.sampled_from(["cop2020", "cop2021"]),
        number=st.none() | st.from_regex(r"COP-[0-9]{4}-[0-9]{4}", fullmatch=True),
        chat_mark=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
        erased_at=st.integers(0, 10**9).map(lambda s: NOW + timedelta(seconds=s, microseconds=s)),
    ),
    unique_by=identity,
    max_size=8,
)


@given(before=stones, after=stones, torn=st.integers(0, 40))
def test_the_list_reads_back_what_was_added_whatever_a_crash_cut_off(
    tmp_path_factory: pytest.TempPathFactory, before: list[Tombstone], after: list[Tombstone], torn: int
) -> None:
    file = tmp_path_factory.mktemp("list") / "store.db.erased"
    append_erased(file, before)
    if file.exists() and torn:
        file.write_bytes(file.read_bytes()[:-torn])
    append_erased(file, [*before, *after])
    found = read_erased(file)
    assert {identity(s) for s in found} == {identity(s) for s in (*before, *after)}
    assert append_erased(file, found) == 0


async def test_a_list_that_can_not_be_written_says_so_and_loses_nothing(sqlite_store: SqlStore, path: Path) -> None:
    from bot.ports import StoreUnavailable

    erased_file(path).mkdir()
    await sqlite_store.write(lambda t: [t.people.save(person()), t.erase_chat(7, EVENT, NOW)])
    with pytest.raises(StoreUnavailable):
        await sqlite_store.tidy()
    erased_file(path).rmdir()
    assert await sqlite_store.tidy()
    assert len(read_erased(erased_file(path))) == 1
