"""A chat's updates one after the other, different chats together: from the inbox to the outbox.

Updates that wait are taken in batches, a few of each chat, and carried out in one transaction: each in a savepoint
of its own, all marked handled and all their screens put in the outbox by the same commit. What a crash leaves is
either all of that or nothing, and the inbox row still waits. An update whose handler raises is tried again
`TRIES` times, then set aside without its text; the chat goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock, monotonic
from bot.faq.decision import Decision
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import NewMessage, OutboxItem, Received
from handlers.parse import Unparsable
from handlers.reading import says_something
from handlers.router import Handle
from handlers.where import where

log = logging.getLogger(__name__)

TRIES = 3
RETRY_S = (0.2, 1.0)  # before the second and the third try
CHATS_A_BATCH = 64
UPDATES_A_CHAT = 8
BURST = 40.0  # updates a chat may send at once before it is slowed down
REFILL_S = 5.0  # updates a second after that
QUIET_KEPT = 1024  # chats that came fast lately, remembered before it is looked which are quiet again
OUTAGE_S = (0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(slots=True)
class Line:
    """The updates of one chat that wait here. `spent` is how much of its burst it has used up."""

    rows: deque[Received] = field(default_factory=deque)
    held_until: float = 0.0
    spent: float = 0.0
    seen_at: float = 0.0
    warned: bool = False


@dataclass(slots=True)
class Batch:
    """What one transaction did."""

    handled: list[int] = field(default_factory=list)
    failed: list[tuple[Received, int]] = field(default_factory=list)
    items: list[OutboxItem] = field(default_factory=list)
    warned: set[int] = field(default_factory=set)


class Processor:
    """Carries out what `offer` brings. `send` gets the outbox rows after each commit, in order."""

    def __init__(
        self,
        *,
        store: Store,
        handle: Handle,
        understand: Callable[[Sequence[str]], Sequence[Decision | None]] | None = None,
        clock: Clock,
        send: Callable[[Sequence[OutboxItem]], None],
        apology: Callable[[Transaction, int], NewMessage],
        flood_notice: Callable[[Transaction, int], NewMessage],
        outage_notice: Callable[[Sequence[int]], Awaitable[None]],
        burst: float = BURST,
        refill_s: float = REFILL_S,
    ) -> None:
        """`burst` updates a chat may send at once, then `refill_s` a second; what comes faster waits.

        `understand` is asked in a thread, before the transaction, what each raw update says (None: nothing to tell).
        """
        self._burst, self._refill_s = burst, refill_s
        self._understand = understand
        self._store, self._handle, self._clock, self._send = store, handle, clock, send
        self._apology, self._flood_notice, self._outage_notice = apology, flood_notice, outage_notice
        self._lines: dict[int, Line] = {}
        self._quiet: dict[int, Line] = {}  # nothing waits, but they came fast a moment ago
        self._ready = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._told: set[int] = set()
        self._sweep_at = QUIET_KEPT
        self._waiting = 0
        self.store_trouble: str | None = None

    async def load(self) -> int:
        """Take up what waits in the store from before the start; how many updates that is."""
        after, count = 0, 0
        while rows := await self._store.read(lambda tx, after=after: tx.inbox.waiting(500, after)):  # type: ignore[misc]
            self.offer(rows)
            after, count = rows[-1].id, count + len(rows)
        return count

    def offer(self, rows: Sequence[Received]) -> None:
        """Take on committed inbox rows. Never blocks."""
        for row in rows:
            chat_id = row.chat_id or 0
            if chat_id not in self._lines:
                self._lines[chat_id] = self._quiet.pop(chat_id) if chat_id in self._quiet else Line()
            self._lines[chat_id].rows.append(row)
        self._waiting += len(rows)
        if rows:
            self._idle.clear()
            self._ready.set()

    async def idle(self) -> None:
        """Return when nothing waits."""
        await self._idle.wait()

    def waiting(self) -> int:
        """How many updates wait in memory."""
        return self._waiting

    def remembered(self) -> int:
        """Of how many chats something is known: waiting updates, or that they came fast a moment ago."""
        return len(self._lines) + len(self._quiet)

    async def run(self) -> None:
        """Work until cancelled."""
        failures = 0
        while True:
            taken, wait_s = self._take()
            if not taken:
                self._ready.clear()
                if not self._waiting:
                    self._idle.set()
                await self._pause(wait_s)
                continue
            understood = await self._understood(taken)
            try:
                batch = await self._store.write(
                    lambda tx, taken=taken, understood=understood: self._work(tx, taken, understood)  # type: ignore[misc]
                )
            except StoreUnavailable as e:
                self.store_trouble = str(e)
                await self._trouble(taken)
                await asyncio.sleep(OUTAGE_S[min(failures, len(OUTAGE_S) - 1)])
                failures += 1
                continue
            if failures:
                log.warning("the store is back after %d tries", failures)
                failures, self.store_trouble = 0, None
                self._told.clear()
            self._settle(taken, batch)
            self._send(batch.items)

    async def _pause(self, wait_s: float | None) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), wait_s)
        except TimeoutError:
            return

    def _take(self) -> tuple[dict[int, list[Received]], float | None]:
        """The next rows of up to CHATS_A_BATCH chats, left in their lines until settled; or how long to wait."""
        now, soonest = monotonic(), None
        taken: dict[int, list[Received]] = {}
        for chat_id, line in self._lines.items():
            if len(taken) == CHATS_A_BATCH:
                break
            self._refill(line, now)
            if line.spent > self._burst - 1.0:
                line.held_until = max(line.held_until, now + UPDATES_A_CHAT / self._refill_s)
                line.spent = self._burst - 1.0
            if line.held_until > now:
                soonest = min(soonest or line.held_until, line.held_until)
                continue
            taken[chat_id] = [line.rows[i] for i in range(min(UPDATES_A_CHAT, len(line.rows)))]
        return taken, None if soonest is None else soonest - now

    async def _understood(self, taken: dict[int, list[Received]]) -> dict[int, Decision]:
        """What the texts among the rows say, by row; those that say nothing to the FAQ are left out."""
        rows = [row for rows in taken.values() for row in rows if says_something(row.raw)]
        if self._understand is None or not rows:
            return {}
        decisions = await asyncio.to_thread(self._understand, [row.raw for row in rows])
        return {row.id: said for row, said in zip(rows, decisions, strict=True) if said is not None}

    def _work(self, tx: Transaction, taken: dict[int, list[Received]], understood: Mapping[int, Decision]) -> Batch:
        now = self._clock.now()
        tx.just_erased()  # of a work before, that was undone
        try:
            batch, messages = tx.savepoint(lambda: self._together(tx, taken, understood, now))
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - undone whole; one by one it shows whose fault it is, and it is kept and counted
            batch, messages = self._one_by_one(tx, taken, understood, now)
        tx.inbox.handled(batch.handled, now)
        batch.items = tx.outbox.put(folded(messages), now)
        return batch

    def _together(
        self, tx: Transaction, taken: dict[int, list[Received]], understood: Mapping[int, Decision], now: datetime
    ) -> tuple[Batch, list[NewMessage]]:
        """All of them as if none could fail: a savepoint for each costs a third of its work."""
        batch, messages = Batch(), list[NewMessage]()
        for chat_id, rows in taken.items():
            self._warn(tx, chat_id, batch, messages)
            for row in rows:
                self._add(tx, messages, self._handle(tx, row.raw, now, understood.get(row.id)))
                batch.handled.append(row.id)
        return batch, messages

    def _one_by_one(
        self, tx: Transaction, taken: dict[int, list[Received]], understood: Mapping[int, Decision], now: datetime
    ) -> tuple[Batch, list[NewMessage]]:
        """Each in a savepoint of its own, so that one which fails takes nothing of the others with it."""
        batch, messages = Batch(), list[NewMessage]()
        for chat_id, rows in taken.items():
            self._warn(tx, chat_id, batch, messages)
            for row in rows:
                try:
                    said = tx.savepoint(
                        lambda row=row: self._handle(tx, row.raw, now, understood.get(row.id))  # type: ignore[misc]
                    )
                    self._add(tx, messages, said)
                    batch.handled.append(row.id)
                except Unparsable as e:
                    tx.inbox.set_aside(row.id, f"unparsable: {e}", now)
                    batch.handled.append(row.id)
                    log.warning("update %d could not be parsed and was passed: %s", row.update_id, e)
                except StoreUnavailable:
                    raise
                except Exception as e:  # noqa: BLE001 - one update's fault must not stop the others; it is kept and counted
                    attempts = self._failed(tx, row, e, now, messages)
                    batch.failed.append((row, attempts))
                    if attempts < TRIES:
                        break
        return batch, messages

    def _add(self, tx: Transaction, messages: list[NewMessage], said: list[NewMessage]) -> None:
        """What was to be said to a chat that has just been erased is not said; the last words to it are in `said`."""
        erased = tx.just_erased()
        if erased:
            messages[:] = [message for message in messages if message.chat_id not in erased]
        messages += said

    def _warn(self, tx: Transaction, chat_id: int, batch: Batch, messages: list[NewMessage]) -> None:
        line = self._lines[chat_id]
        if chat_id and line.spent > self._burst / 2 and len(line.rows) > UPDATES_A_CHAT and not line.warned:
            messages.append(self._flood_notice(tx, chat_id))
            batch.warned.add(chat_id)

    def _failed(
        self, tx: Transaction, row: Received, error: Exception, now: datetime, messages: list[NewMessage]
    ) -> int:
        reason = type(error).__name__
        attempts = tx.inbox.failed(row.id, reason)
        log.error("update %d: try %d of %d failed: %s", row.update_id, attempts, TRIES, where(error))
        if attempts >= TRIES:
            tx.inbox.set_aside(row.id, reason, now)
            if row.chat_id is not None and row.chat_id > 0:
                messages.append(self._apology(tx, row.chat_id))
        return attempts

    def _settle(self, taken: dict[int, list[Received]], batch: Batch) -> None:
        done = set(batch.handled) | {row.id for row, attempts in batch.failed if attempts >= TRIES}
        retry = {row.chat_id or 0: attempts for row, attempts in batch.failed if attempts < TRIES}
        for chat_id in taken:
            line = self._lines.pop(chat_id)  # and to the end, so that nobody stands before the others for long
            while line.rows and line.rows[0].id in done:
                line.rows.popleft()
                line.spent += 1.0
                self._waiting -= 1
            line.warned = line.spent > self._burst / 2 and (line.warned or chat_id in batch.warned)
            if chat_id in retry:
                line.held_until = monotonic() + RETRY_S[min(retry[chat_id], len(RETRY_S)) - 1]
            if line.rows:
                self._lines[chat_id] = line
            elif line.spent > UPDATES_A_CHAT:  # else there is nothing to remember
                self._quiet[chat_id] = line
        if len(self._quiet) > self._sweep_at:
            self._sweep()

    def _refill(self, line: Line, now: float) -> None:
        line.spent = max(0.0, line.spent - (now - line.seen_at) * self._refill_s)
        line.seen_at = now

    def _sweep(self) -> None:
        """Forget the chats that have been quiet long enough."""
        now = monotonic()
        for line in self._quiet.values():
            self._refill(line, now)
        self._quiet = {chat_id: line for chat_id, line in self._quiet.items() if line.spent > 0.0}
        self._sweep_at = max(QUIET_KEPT, 2 * len(self._quiet))

    async def _trouble(self, taken: dict[int, list[Received]]) -> None:
        new = [chat_id for chat_id in taken if chat_id > 0 and chat_id not in self._told]
        self._told.update(new)
        if new:
            await self._outage_notice(new)


def folded(messages: Sequence[NewMessage]) -> list[NewMessage]:
    """Without the screens that a later one of the same chat and batch replaces, and without repeated words:
    who did the same thing five times reads one answer to it."""
    kept: list[NewMessage] = []
    later_screens: set[int] = set()
    later: dict[int, list[NewMessage]] = {}
    for message in reversed(messages):
        same_chat = later.setdefault(message.chat_id, [])
        if message in same_chat or (message.fold and message.chat_id in later_screens):
            continue
        if message.fold:
            later_screens.add(message.chat_id)
        same_chat.append(message)
        kept.append(message)
    return kept[::-1]
