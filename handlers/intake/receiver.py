"""From envelope to inbox, for polling and webhook alike."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from bot.clock import Clock
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import Received
from handlers.intake.envelope import Envelope

_log = logging.getLogger(__name__)


class Receiver:
    """Commits updates, then tells who handles them. While the store is away each person who writes is told of
    it once, from memory."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        on_received: Callable[[list[Received]], None],
        acknowledge: Callable[[str], None],
        on_store_trouble: Callable[[list[int]], None],
    ) -> None:
        """None of the three may block or raise. `on_received` gets only what was new; `acknowledge` a callback
        query's id; `on_store_trouble` private chats, each once an outage."""
        self._store = store
        self._clock = clock
        self._on_received = on_received
        self._acknowledge = acknowledge
        self._on_store_trouble = on_store_trouble
        self._told: set[int] = set()
        self._acknowledged: set[int] = set()
        self.store_is_away = False

    async def keep(self, envelopes: Sequence[Envelope], facts: Mapping[str, str] | None = None) -> None:
        """Commit the updates with `facts` (for `meta`) in one transaction. Raises StoreUnavailable."""
        updates = [envelope.update for envelope in envelopes]

        def work(tx: Transaction) -> list[Received]:
            kept = tx.inbox.add(updates, self._clock.now())
            for key, value in (facts or {}).items():
                tx.meta.put(key, value)
            return kept

        try:
            received = await self._store.write(work)
        except StoreUnavailable:
            self._tell_of_trouble(envelopes)
            raise
        if self.store_is_away:
            _log.warning("the store takes updates again")
            self.store_is_away = False
            self._told.clear()
        new = {row.update_id for row in received}
        self._answer_taps([e for e in envelopes if e.update.update_id in new])
        self._acknowledged.clear()
        if received:
            self._on_received(received)

    def _answer_taps(self, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            if envelope.tap_id is not None and envelope.update.update_id not in self._acknowledged:
                self._acknowledged.add(envelope.update.update_id)
                self._acknowledge(envelope.tap_id)

    def _tell_of_trouble(self, envelopes: Sequence[Envelope]) -> None:
        if not self.store_is_away:
            _log.error("the store takes no updates; Telegram keeps them until it does")
            self.store_is_away = True
        self._answer_taps(envelopes)
        waiting = dict.fromkeys(e.update.chat_id for e in envelopes if e.expects_reply)
        new = [chat_id for chat_id in waiting if chat_id is not None and chat_id not in self._told]
        if new:
            self._told.update(new)
            self._on_store_trouble(new)
