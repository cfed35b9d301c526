"""Changed content is taken up by the running bot if it has no fault, else refused and the organisers told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from pathlib import Path

from bot.clock import Clock
from bot.content import Content, checksum_of, load
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import NewMessage, OutboxItem
from bot.screen import Screen
from bot.texts import Markup, escape, texts_for

log = logging.getLogger(__name__)

LOOK_S = 2.0
SHOWN_FAULTS = 10


class ContentWatch:
    """Looks at the files; `take(content)` is called with new content that passed its checks."""

    def __init__(
        self,
        *,
        directory: Path,
        current: Content,
        take: Callable[[Content], None],
        store: Store,
        clock: Clock,
        organisers: Collection[int],
        event_id: str,
        send: Callable[[list[OutboxItem]], None],
    ) -> None:
        self._directory, self._take, self._store, self._clock = directory, take, store, clock
        self._organisers, self._event_id, self._send = organisers, event_id, send
        self._seen = current.checksum

    async def look(self) -> bool:
        """Look once; whether new content was taken up."""
        checksum = await asyncio.to_thread(checksum_of, self._directory)
        if checksum == self._seen:
            return False
        self._seen = checksum
        loaded = await asyncio.to_thread(load, self._directory)
        self._seen = loaded.checksum
        if loaded.content is None:
            for fault in loaded.faults:
                log.error("changed content refused: %s", fault)
            await self._tell("organisers.content_refused", [str(f) for f in loaded.faults])
            return False
        self._take(loaded.content)
        log.info("changed content taken up")
        await self._tell("organisers.content_taken", [])
        return True

    async def _tell(self, template: str, faults: list[str]) -> None:
        shown = Markup("\n".join(escape(f) for f in faults[:SHOWN_FAULTS]))

        def put(tx: Transaction) -> list[OutboxItem]:
            messages = []
            for chat_id in sorted(self._organisers):
                person = tx.people.situation(chat_id, self._event_id).person
                if person is not None and person.blocked_at is None:
                    t = texts_for(person.language or "en", person.country)
                    screen = Screen(template=template, text=t.t(template, faults=shown))
                    messages.append(NewMessage(chat_id=chat_id, screen=screen.to_dict()))
            return tx.outbox.put(messages, self._clock.now()) if messages else []

        try:
            self._send(await self._store.write(put))
        except StoreUnavailable as e:
            log.warning("organisers could not be told about the content: %s", e)

    async def run(self) -> None:
        """Look every few seconds until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)
