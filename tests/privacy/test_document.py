"""Every table says how its rows are exported, erased and purged, and it is so: no table can be forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table

from bot.privacy.purging import REASONS
from storage.schema import OWNERS, Care, metadata
from storage.store import SqlStore
from tests.docs.pages import page, unquoted
from tests.docs.privacy_table import columns_table, shown_table
from tests.storage.everything import SECRET, put_row, rows_of
from tests.storage.samples import EVENT, NOW

CHAT = 4_815_162_342
OWNED = [(table, owner) for table in metadata.sorted_tables for owner in OWNERS[table.name].owners]
BY_OWNER = pytest.mark.parametrize(("table", "owner"), OWNED, ids=[f"{t.name}.{o}" for t, o in OWNED])
ELSEWHERE = {"done", "never"}  # a timer goes when it is done; facts of the service stay


def gaps(tables: MetaData) -> list[str]:
    """What of these tables nobody has thought about."""
    found = []
    for table in tables.sorted_tables:
        care = table.info.get("care")
        if not isinstance(care, Care):
            found.append(f"{table.name}: does not say how its rows leave (info=_care(...))")
            continue
        someones = [c.name for c in table.columns if c.name.endswith("chat_id") or c.name == "organiser"]
        found += [f"{table.name}.{name}: is nobody's" for name in someones if name not in care.owners]
        if care.purge not in {*REASONS, *ELSEWHERE}:
            found.append(f"{table.name}: nothing purges it ({care.purge})")
        if care.erase == "keep" and not care.why:
            found.append(f"{table.name}: is kept from erasing, and does not say why")
    return found


def test_no_table_is_without_care() -> None:
    assert gaps(metadata) == []
    assert set(OWNERS) == set(metadata.tables)


def test_a_new_table_that_nobody_has_thought_about_is_found() -> None:
    tables = MetaData()
    Table("poems", tables, Column("id", Integer, primary_key=True), Column("chat_id", BigInteger))
    care = Care(owners={}, erase="keep", purge="some day")
    Table("songs", tables, Column("id", Integer, primary_key=True), Column("chat_id", BigInteger), info={"care": care})
    assert gaps(tables) == [
        "poems: does not say how its rows leave (info=_care(...))",
        "songs.chat_id: is nobody's",
        "songs: nothing purges it (some day)",
        "songs: is kept from erasing, and does not say why",
    ]


@BY_OWNER
async def test_what_is_held_about_somebody_is_in_their_export(store: SqlStore, table: Table, owner: str) -> None:
    await store.write(lambda tx: put_row(tx, table, owner, CHAT, 1))
    await store.write(lambda tx: put_row(tx, table, owner, CHAT + 1, 2))
    held = await store.read(lambda tx: tx.held(CHAT))
    assert list(held) == [table.name]
    (row,) = held[table.name]
    assert row[owner] == CHAT
    whose = OWNERS[table.name].owners[owner]
    theirs = {c.name for c in table.columns if c.info["whose"] == whose}
    assert theirs <= set(row)


@BY_OWNER
async def test_what_is_held_about_somebody_is_erased(store: SqlStore, table: Table, owner: str) -> None:
    await store.write(lambda tx: put_row(tx, table, owner, CHAT, 1))
    await store.write(lambda tx: put_row(tx, table, owner, CHAT + 1, 2))
    await store.write(lambda tx: tx.erase_chat(CHAT, EVENT, NOW))
    rows = await store.read(rows_of)
    if OWNERS[table.name].erase == "keep":
        assert len(rows[table.name]) == 2
        return
    assert not [row for found in rows.values() for row in found if str(CHAT) in row]
    stays = [row for row in rows[table.name] if str(CHAT + 1) in row]
    assert len(stays) == 1, "and nobody else is"
    if owner == "guardian_chat_id":
        return  # the young person behind it is erased as a chat of their own
    assert not [row for row in rows[table.name] if row not in stays and SECRET in row]


def test_every_reason_of_the_purge_is_in_the_page() -> None:
    told = {unquoted(row[0]) for row in page("docs/privacy.md").rows("## What goes by itself")}
    assert told == set(REASONS)


def test_the_columns_in_the_page_are_those_of_the_schema() -> None:
    assert shown_table() == columns_table()
