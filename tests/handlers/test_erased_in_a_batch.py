"""Several updates of one chat in one transaction, and one of them erases it: only the last words are said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.clock import SteppedClock
from bot.ports import Transaction
from bot.records import NewMessage, NewUpdate, OutboxItem, Person
from handlers.processor import Processor
from storage.store import SqlStore

CHAT, OTHER = 7, 8


def saying(text: str, chat_id: int = CHAT) -> NewMessage:
    return NewMessage(chat_id=chat_id, screen={"template": "said", "text": text})


async def carried_out(
    store: SqlStore, clock: SteppedClock, acts: dict[str, Callable[[Transaction, datetime], list[NewMessage]]]
) -> list[str]:
    """The updates in one batch; what is left to be sent, and it is what was handed to the sender."""
    out: list[OutboxItem] = []

    async def no_outage(_chats: object) -> None: ...

    processor = Processor(
        store=store,
        handle=lambda tx, raw, now, _: acts[raw.strip('"')](tx, now),
        clock=clock,
        send=out.extend,
        apology=lambda tx, chat_id: saying("sorry", chat_id),
        flood_notice=lambda tx, chat_id: saying("slowly", chat_id),
        outage_notice=no_outage,
    )
    updates = [NewUpdate(update_id=n, chat_id=CHAT, raw=f'"{name}"') for n, name in enumerate(acts, 1)]
    processor.offer(await store.write(lambda tx: tx.inbox.add(updates, clock.now())))
    task = asyncio.create_task(processor.run())
    await processor.idle()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    waiting = await store.read(lambda tx: tx.outbox.waiting(100))
    assert [item.id for item in waiting] == [item.id for item in out]
    return [item.screen["text"] for item in waiting]


def answers(tx: Transaction, now: datetime) -> list[NewMessage]:
    tx.people.save(Person(chat_id=CHAT, created_at=now, updated_at=now))
    return [saying("your answers: Zanzibar"), saying("news of somebody", OTHER)]


def erases(tx: Transaction, now: datetime) -> list[NewMessage]:
    tx.erase_chat(CHAT, "e", now)
    return [saying("erased")]


def breaks(tx: Transaction, now: datetime) -> list[NewMessage]:
    tx.erase_chat(CHAT, "e", now)
    raise ZeroDivisionError


async def test_what_was_to_be_said_before_the_erasure_is_not_said(store: SqlStore, clock: SteppedClock) -> None:
    told = await carried_out(store, clock, {"answers": answers, "erases": erases})
    assert told == ["news of somebody", "erased"]
    assert list(await store.read(lambda tx: tx.held(CHAT))) == ["outbox"]


async def test_words_after_the_erasure_are_a_strangers(store: SqlStore, clock: SteppedClock) -> None:
    told = await carried_out(store, clock, {"erases": erases, "answers": answers})
    assert told == ["erased", "your answers: Zanzibar", "news of somebody"]


async def test_an_erasure_that_failed_takes_no_words_away(store: SqlStore, clock: SteppedClock) -> None:
    told = await carried_out(
        store, clock, {"answers": answers, "breaks": breaks, "more": lambda tx, now: [saying("more")]}
    )
    assert told[:2] == ["your answers: Zanzibar", "news of somebody"]
    assert told[-1] == "more"
    assert "people" in await store.read(lambda tx: tx.held(CHAT))
