"""The same updates in the same order, given to a bot that nobody kills: what the store should hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from bot.content import Content
from bot.ports import Transaction
from bot.registration.visit import Service
from handlers.router import route
from storage.store import SqlStore, open_store

PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a chat has: language, draft, and its registrations but for what is drawn or read off a clock."""

    language: str | None
    draft: dict[str, Any] | None
    registrations: tuple[tuple[str, str, dict[str, Any]], ...]


async def states(store: SqlStore, event_id: str, chats: Sequence[int]) -> dict[int, State]:
    """The state of each chat."""

    def read(tx: Transaction) -> dict[int, State]:
        every = list(tx.registrations.all(event_id))
        found = {}
        for chat in chats:
            situation = tx.people.situation(chat, event_id)
            own = [r for r in every if r.chat_id == chat]
            new = {r.number: f"number {place}" for place, r in enumerate(own)}
            draft = dict(situation.draft.data) if situation.draft else None
            if draft is not None:
                draft["number"] = new.get(draft["number"])
                draft.pop("consent", None)  # holds the moment of it
            found[chat] = State(
                language=situation.person.language if situation.person else None,
                draft=draft,
                registrations=tuple((r.status, r.language, r.answers) for r in own),
            )
        return found

    return await store.read(read)


async def undisturbed(
    path: Path,
    raws: Sequence[str],
    *,
    content: Content,
    bot_username: str,
    now: datetime,
    chats: Sequence[int],
    numbers: Sequence[str],
) -> dict[int, State]:
    """The states after `raws` on an empty store at `path`. `numbers` are drawn in this order, as buttons name them."""
    drawn = (int("".join(filter(str.isdecimal, number))[:-1]) for number in numbers)
    draws = chain(drawn, range(10**6))  # more are drawn only where the two differ
    service = Service(
        content=content,
        bot_username=bot_username,
        is_rehearsal=True,
        organisers=(),
        randbelow=lambda _below: next(draws),
    )
    store = await open_store(f"sqlite+aiosqlite:///{path}")
    try:
        for first in range(0, len(raws), PAGE):

            def work(tx: Transaction, page: Sequence[str] = raws[first : first + PAGE]) -> None:
                for raw in page:
                    _take_tapped_for_current(tx, raw, content.event.id)
                    route(service, tx, raw, now)

            await store.write(work)
        return await states(store, content.event.id, chats)
    finally:
        await store.close()


def _take_tapped_for_current(tx: Transaction, raw: str, event_id: str) -> None:
    """Nothing is sent here, so no message becomes the current screen; people withdraw only on the current one."""
    tap = json.loads(raw).get("callback_query")
    if tap is None:
        return
    person = tx.people.situation(tap["message"]["chat"]["id"], event_id).person
    if person is not None:
        tx.people.save(replace(person, screen_message_id=tap["message"]["message_id"]))
