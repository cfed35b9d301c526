"""Sends what the outbox holds: each chat in order, chats in parallel, at Telegram's pace, and settles it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.delivery.bot_api import BotApi
from bot.delivery.bucket import Pace, Rates
from bot.delivery.call import Attempt, call, carry
from bot.delivery.departures import Departures
from bot.delivery.floods import Floods
from bot.delivery.gate import Gate
from bot.delivery.line import Line
from bot.delivery.outcome import (
    Blocked,
    BotStopped,
    EditRefused,
    MigratedTo,
    Refused,
    RetryAt,
    Sent,
    Unknown,
)
from bot.delivery.settler import Settler
from bot.delivery.ticker import LoopTicker, Ticker
from bot.ports import Store, StoreUnavailable, Transaction
from bot.records import OutboxItem, Settled
from bot.screen import Screen

_log = logging.getLogger(__name__)

PAGE = 500
SEND_TRIES = 2  # whose outcome is unknown: the second may repeat a message, a third would again
EDIT_TRIES = 6  # an edit may be repeated, but one that is never answered must not keep its chat for ever
STRANGERS_TO_STOP = 3
SURE_S = 10.0  # a row that waited longer in memory is looked up before it goes: its chat may have been erased
_STORE_RETRY_S = 1.0
_STRANGER_RETRY_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderStatus:
    """`paused`: why nothing is sent, "" where it is. Counts are of rows in memory, `chats` of chats with rows."""

    paused: str
    waiting: int
    in_flight: int
    unsettled: int
    chats: int
    store_is_away: bool


class Sender:
    """A chat's next row goes when the outcome of the one before is in the store: after `kill -9` at most one
    message a chat repeats. Made and used on one event loop."""

    def __init__(
        self,
        api: BotApi,
        store: Store,
        clock: Clock,
        *,
        rng: random.Random,
        on_migrated: Callable[[int, int], Awaitable[None]],
        rates: Rates | None = None,
        ticker: Ticker | None = None,
    ) -> None:
        """`on_migrated(old, new)` moves a chat's rows in the store; it may raise StoreUnavailable."""
        self._api = api
        self._store = store
        self._clock = clock
        self._ticker = ticker or LoopTicker()
        self._on_migrated = on_migrated
        self._pace = Pace(rates or Rates(), self._ticker.now())
        self._floods = Floods()
        self._departures = Departures(self._pace, self._floods, self._ticker, self._pump)
        self._gate = Gate(api.probe, ticker=self._ticker, rng=rng, on_answer=self._unpark)
        self._settler = Settler(
            store,
            clock,
            ticker=self._ticker,
            rng=rng,
            on_settled=self._on_settled,
            on_failure=self._on_defect,
        )
        self._lines: dict[int, Line] = {}
        self._parked: set[int] = set()
        self._strangers: set[int] = set()
        self._proven = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._loading = False
        self._stopping = False
        self._defect: BaseException | None = None
        self._changed = asyncio.Event()

    async def load(self) -> int:
        """Take up what the store holds; how many rows. Nothing is sent before all of it is here, so that no
        chat's newer row passes an older one. Raises StoreUnavailable."""
        self._loading = True
        found, after = 0, 0
        while True:
            page = await self._store.read(partial(_page, after=after))
            self.offer(page)
            found += len(page)
            if len(page) < PAGE:
                break
            after = page[-1].id
        self._loading = False
        self._pump()
        return found

    def offer(self, items: Iterable[OutboxItem]) -> None:
        """Send these rows; call it after the commit that put them."""
        had_rows: dict[int, bool] = {}
        for item in items:
            line = self._line(item.chat_id)
            before = had_rows.setdefault(item.chat_id, len(line.rows) > line.busy)
            if not line.rows:
                line.sure_until_s = self._ticker.now() + SURE_S
            if not line.add(item):
                continue
            if item.not_before is not None:
                wait_s = (item.not_before - self._clock.now()).total_seconds()
                line.hold_until_s = max(line.hold_until_s, self._ticker.now() + wait_s)
            line.doubted |= before
            self._departures.add(line)
        self._pump()

    async def notice_direct(self, chat_id: int, screen: Screen) -> bool:
        """Send without the store, once, best effort; whether Telegram took it."""
        self._pace.spend(chat_id, self._ticker.now())
        return isinstance(await call(self._api.bot, chat_id, screen, None), Sent)

    def status(self) -> SenderStatus:
        """For `status` and `/health`."""
        return SenderStatus(
            paused=self._gate.reason,
            waiting=sum(len(line.rows) for line in self._lines.values()),
            in_flight=len(self._tasks),
            unsettled=self._settler.unsettled,
            chats=len(self._lines),
            store_is_away=self._settler.store_is_away,
        )

    async def idle(self) -> None:
        """Return once nothing is under way, unsettled or about to go. Rows that Telegram or the gate holds back
        may remain. Raises the defect that stopped the sender, if one did."""
        while not self._is_idle():
            self._changed.clear()
            await self._changed.wait()
        if self._defect is not None:
            raise self._defect

    async def watch(self) -> None:
        """Wait for a defect (an exception nobody expected) and raise it; the process should then end."""
        while self._defect is None:
            self._changed.clear()
            await self._changed.wait()
        raise self._defect

    async def stop(self, within_s: float = 10.0) -> None:
        """Begin nothing more, finish and settle what is under way; each within `within_s` seconds."""
        self._stopping = True
        self._departures.close()
        await self._gate.close()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within_s)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        await self._settler.close(within_s)

    # What may go, and when

    def _line(self, chat_id: int) -> Line:
        line = self._lines.get(chat_id)
        if line is None:
            line = self._lines[chat_id] = Line(chat_id=chat_id)
        return line

    def _pump(self) -> None:
        """Start all that may start now."""
        while self._may_start() and (line := self._departures.pop()) is not None:
            line.busy = True
            task = asyncio.get_running_loop().create_task(self._deliver(line))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        self._changed.set()

    def _may_start(self) -> bool:
        halted = self._stopping or self._loading or self._defect is not None
        return self._gate.is_open and not halted and len(self._tasks) < self._api.parallel

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            self._on_defect(problem)
        self._pump()

    def _on_defect(self, problem: BaseException) -> None:
        _log.critical("sending ends after a defect", exc_info=problem)
        self._defect = problem
        self._changed.set()

    def _is_idle(self) -> bool:
        if self._defect is not None:
            return True
        under_way = self._tasks or self._settler.unsettled or self._loading
        return not (under_way or (self._gate.is_open and self._departures.is_about_to_go()))

    # One row

    async def _deliver(self, line: Line) -> None:
        in_doubt = line.doubted or self._ticker.now() > line.sure_until_s
        if in_doubt and not await self._is_still_wanted(line):
            return
        item = line.rows[0]
        attempt = await carry(self._api.bot, item, partial(self._spend, line.chat_id))
        if not isinstance(attempt.outcome, RetryAt | Unknown | BotStopped):
            self._gate.succeeded()
        await self._conclude(line, item, attempt)

    def _spend(self, chat_id: int) -> None:
        self._pace.spend(chat_id, self._ticker.now())

    async def _conclude(self, line: Line, item: OutboxItem, attempt: Attempt) -> None:
        outcome = attempt.outcome
        template = str(item.screen.get("template", ""))
        match outcome:
            case Sent(message_id):
                self._proven = True
                self._strangers.clear()
                self._settle(item, "sent", message_id=message_id or attempt.edit)
            case RetryAt(after_s, "chat"):
                self._gate.succeeded()
                now_s = self._ticker.now()
                line.hold_until_s = now_s + after_s
                self._floods.note(line.chat_id, after_s, now_s)
                self._settle(item, "waiting", after_s=after_s, reason="too many requests")
            case RetryAt():
                self._park(line)
                line.busy = False
                self._gate.failed("no connection")
            case BotStopped(reason):
                self._park(line)
                line.busy = False
                self._gate.stop(reason)
            case Blocked(reason, unknown_chat) if unknown_chat and not self._proven:
                self._meet_stranger(line, item, reason)
            case Blocked(reason):
                self._settle(item, "blocked", reason=reason)
            case Unknown(reason):
                self._park(line)
                tries = item.attempts + 1
                limit = SEND_TRIES if attempt.edit is None else EDIT_TRIES
                if tries >= limit:
                    _log.error("row %d (%s) set aside: unknown %d times, %s", item.id, template, tries, reason)
                self._settle(
                    item,
                    "set_aside" if tries >= limit else "waiting",
                    attempts=tries,
                    reason=f"unknown whether it arrived: {reason}",
                )
                self._gate.failed(reason)
            case MigratedTo(chat_id) if chat_id != line.chat_id:
                await self._migrate(line, chat_id)
            case Refused() | EditRefused() | MigratedTo():
                reason = outcome.reason if isinstance(outcome, Refused) else type(outcome).__name__
                _log.error("row %d (%s) set aside: refused, %s", item.id, template, reason)
                self._settle(item, "set_aside", reason=f"{template}: {reason}")

    def _settle(
        self,
        item: OutboxItem,
        state: str,
        *,
        message_id: int | None = None,
        attempts: int | None = None,
        after_s: float | None = None,
        reason: str = "",
    ) -> None:
        self._settler.add(
            Settled(
                id=item.id,
                chat_id=item.chat_id,
                state=state,  # type: ignore[arg-type]
                message_id=message_id,
                live=item.live,
                attempts=item.attempts if attempts is None else attempts,
                not_before=None if after_s is None else self._clock.now() + timedelta(seconds=after_s),
                reason=reason,
            )
        )

    def _on_settled(self, outcome: Settled) -> None:
        line = self._lines[outcome.chat_id]
        line.settled(outcome)
        self._free(line)
        self._pump()

    def _free(self, line: Line) -> None:
        line.busy = False
        if not line.rows:
            del self._lines[line.chat_id]
            self._parked.discard(line.chat_id)
        self._departures.add(line)

    def _park(self, line: Line) -> None:
        line.parked = True
        self._parked.add(line.chat_id)

    def _unpark(self) -> None:
        for chat_id in self._parked:
            line = self._lines[chat_id]
            line.parked = False
            self._departures.add(line)
        self._parked.clear()
        self._pump()

    def _meet_stranger(self, line: Line, item: OutboxItem, reason: str) -> None:
        """Until one chat was reached, unknown chats may mean that token and database do not belong together:
        blocking them would drop everybody's rows."""
        is_new = line.chat_id not in self._strangers
        self._strangers.add(line.chat_id)
        if len(self._strangers) >= STRANGERS_TO_STOP:
            self._park(line)
            line.busy = False
            self._gate.stop("no chat is known to this token: wrong token or wrong database")
        elif is_new:
            line.busy = False
            line.hold_until_s = self._ticker.now() + _STRANGER_RETRY_S
            self._departures.add(line)
        else:
            self._settle(item, "blocked", reason=reason)

    async def _is_still_wanted(self, line: Line) -> bool:
        """Drop the rows that are no longer in the store; whether the first is left to be sent now."""
        line.doubted = False
        asked = [row.id for row in line.rows]
        try:
            kept = await self._store.read(partial(_still_waiting, ids=asked))
        except StoreUnavailable:
            line.doubted = True
            line.hold_until_s = self._ticker.now() + _STORE_RETRY_S
        else:
            line.sure_until_s = self._ticker.now() + SURE_S
            gone = set(asked) - kept
            line.rows = [row for row in line.rows if row.id not in gone]
            if line.rows and line.rows[0].id in kept:
                return True
        self._free(line)
        return False

    async def _migrate(self, line: Line, chat_id: int) -> None:
        try:
            await self._on_migrated(line.chat_id, chat_id)
        except StoreUnavailable:
            line.hold_until_s = self._ticker.now() + _STORE_RETRY_S
            self._free(line)
            return
        moved, line.rows = line.rows, []
        self._free(line)
        self.offer(replace(row, chat_id=chat_id) for row in moved)


def _page(tx: Transaction, after: int) -> list[OutboxItem]:
    return tx.outbox.waiting(PAGE, after)


def _still_waiting(tx: Transaction, ids: list[int]) -> set[int]:
    return {row.id for row_id in ids for row in tx.outbox.waiting(1, row_id - 1) if row.id == row_id}
