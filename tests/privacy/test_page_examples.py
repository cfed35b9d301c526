"""What docs/privacy.md tells an operator of PostgreSQL to type does what it says."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.privacy.purging import purge
from storage.store import open_store
from tests.conversations.walk import content
from tests.docs.pages import page
from tests.privacy.test_retention import END, EVENT, registration

BEFORE = END - timedelta(days=5)


async def test_who_was_erased_after_a_dump_is_erased_again_by_the_lines_of_the_page(postgres_url: str) -> None:
    import asyncpg

    block = next(b.text for b in page("docs/privacy.md").blocks if "pg_restore" in b.text)
    columns = re.search(r"\\copy \(SELECT (.+?) FROM tombstones\)", block)
    assert columns is not None and columns[1] == "event_id, number, chat_mark, erased_at"
    create, _, insert, drop = re.findall(r'-c "(.+?)"', block)[1:]

    store = await open_store(postgres_url)
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        whole = registration()
        await store.write(lambda tx: tx.registrations.add(whole))
        await store.write(lambda tx: tx.erase_chat(whole.chat_id, EVENT.id, BEFORE + timedelta(days=4, hours=1)))
        rows = await connection.fetch(f"SELECT {columns[1]} FROM tombstones")  # noqa: S608
        await connection.execute("DELETE FROM tombstones")  # as the dump of the day before has it
        await store.write(lambda tx: tx.registrations.add(whole))

        await connection.execute(create)
        await connection.executemany("INSERT INTO erased VALUES ($1, $2, $3, $4)", [tuple(row) for row in rows])
        await connection.execute(insert)
        await connection.execute(insert)  # a line that is there already changes nothing
        await connection.execute(drop)
        taken = await store.write(lambda tx: purge(tx, content(), BEFORE))
        assert taken["erased_before"] == 1
        assert await store.read(lambda tx: tx.held(whole.chat_id)) == {}
        assert await store.read(lambda tx: tx.tombstones.is_taken(EVENT.id, whole.number))
    finally:
        await connection.close()
        await store.close()
