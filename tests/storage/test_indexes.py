"""Questions asked all day cost the same beside millions of settled rows: an index serves each of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from bot.records import Settled
from storage.sqlite_file import sync_connection
from storage.store import SqlStore
from storage.transaction import SqlTransaction
from tests.storage.samples import EVENT, NOW, limits, message, registration

QUESTIONS: dict[str, tuple[Any, set[str]]] = {
    "inbox.waiting": (lambda t: t.inbox.waiting(10, 5), {"ix_inbox_waiting"}),
    "inbox.handled": (lambda t: t.inbox.handled([1], NOW), {"PRIMARY KEY"}),
    "outbox.waiting": (lambda t: t.outbox.waiting(10, 5), {"ix_outbox_waiting"}),
    "outbox.put": (lambda t: t.outbox.put([message(fold=True)], NOW), {"ix_outbox_waiting_chat"}),
    "outbox.settle": (
        lambda t: t.outbox.settle([Settled(id=1, chat_id=7, state="blocked", live=True)], NOW),
        {"PRIMARY KEY", "ix_outbox_waiting_chat", "sqlite_autoindex_people_1"},
    ),
    "situation": (
        lambda t: t.people.situation(7, EVENT),
        {"PRIMARY KEY", "ix_registrations_chat", "sqlite_autoindex_drafts_1"},
    ),
    "timers.due": (lambda t: t.timers.due(NOW, 10), {"ix_timers_due"}),
    "timers.next_due_at": (lambda t: t.timers.next_due_at(), {"ix_timers_due"}),
    "timers.upcoming": (lambda t: t.timers.upcoming(5), {"ix_timers_due"}),
    "registrations.by_number": (
        lambda t: t.registrations.by_number(EVENT, "A"),
        {"sqlite_autoindex_registrations_1"},
    ),
    "registrations.sharing_contact": (
        lambda t: t.registrations.sharing_contact(registration(email_key="m", phone_key="p")),
        {"ix_registrations_email", "ix_registrations_phone"},
    ),
    "purge": (lambda t: t.purge(limits(NOW)), {"ix_inbox_settled", "ix_outbox_settled"}),
}


def plans(path: Path, work: Any) -> list[str]:
    """How SQLite would run each statement of `work`."""
    asked: list[tuple[str, Any]] = []
    with sync_connection(path, 1.0) as connection:

        @event.listens_for(connection.engine, "before_cursor_execute")
        def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _ctx: Any, many: bool) -> None:
            asked.append((statement, parameters[0] if many else parameters))

        work(SqlTransaction(connection, "sqlite"))
    connection.engine.dispose()
    found = []
    with closing(sqlite3.connect(path)) as plain:
        for statement, parameters in asked:
            found += [row[3] for row in plain.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_asked_all_day_is_answered_from_an_index(sqlite_url: str, question: str) -> None:
    work, indexes = QUESTIONS[question]
    path = Path(str(make_url(sqlite_url).database))
    steps = plans(path, work)
    for index in indexes:
        assert any(index in step for step in steps), (index, steps)
    for step in steps:
        assert "TEMP B-TREE" not in step or question == "registrations.sharing_contact", steps
        if step.startswith("SCAN") and question != "purge":  # once a day it may walk a table
            assert "USING INDEX ix_" in step or "INDEX ix_" in step or "CONSTANT ROW" in step or "asked" in step, step


async def test_postgres_takes_the_partial_index_for_what_waits(postgres_url: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    await connection.execute(
        "INSERT INTO inbox (update_id, state, attempts, reason, received_at, settled_at) "
        "SELECT n, CASE WHEN n % 1000 = 0 THEN 'waiting' ELSE 'handled' END, 0, '', now(), now() "
        "FROM generate_series(1, 20000) AS n"
    )
    await connection.execute("ANALYZE inbox")
    plan = await connection.fetch(
        "EXPLAIN SELECT id FROM inbox WHERE state = 'waiting' AND id > 5 ORDER BY id LIMIT 10"
    )
    await connection.close()
    assert any("ix_inbox_waiting" in line[0] for line in plan), plan


async def test_a_tick_steps_over_nothing_however_much_is_pending(sqlite_store: SqlStore) -> None:
    from tests.storage.samples import timer

    def steps_of_a_tick(t: Any) -> int:
        raw = t._connection.connection.driver_connection
        count = 0

        def step() -> int:
            nonlocal count
            count += 1
            return 0

        raw.set_progress_handler(step, 1)
        t.timers.due(NOW, 10)
        raw.set_progress_handler(None, 1)
        return count

    from datetime import timedelta

    few = await sqlite_store.write(steps_of_a_tick)
    await sqlite_store.write(
        lambda t: [t.timers.arm(timer("expiry", str(n), NOW + timedelta(hours=1 + n))) for n in range(3000)]
    )
    many = await sqlite_store.write(steps_of_a_tick)
    assert few <= many < few + 20
