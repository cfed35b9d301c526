"""Which chat may send next: those whose turn it is, and those that wait for a moment."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from itertools import count

from bot.delivery.bucket import Pace
from bot.delivery.floods import Floods
from bot.delivery.line import Line
from bot.delivery.ticker import Cancellable, Ticker


class Departures:
    """First come, first served, at the pace of all and of each; a chat that waits for its own lets others pass."""

    def __init__(self, pace: Pace, floods: Floods, ticker: Ticker, on_due: Callable[[], None]) -> None:
        """`on_due` is called when `pop` is worth asking again."""
        self._pace = pace
        self._floods = floods
        self._ticker = ticker
        self._on_due = on_due
        self._ready: deque[Line] = deque()
        self._held: list[tuple[float, int, Line]] = []
        self._order = count()
        self._wake: Cancellable | None = None
        self._wake_at_s = 0.0

    def add(self, line: Line) -> None:
        """Queue `line`, unless something keeps it; not before its `hold_until_s`."""
        if not line.is_free:
            return
        line.queued = True
        if line.hold_until_s > self._ticker.now():
            self._hold(line, line.hold_until_s)
        else:
            self._ready.append(line)

    def pop(self) -> Line | None:
        """A line whose first row is to be sent now, already counted; None if there is none at the moment."""
        now_s = self._ticker.now()
        while self._held and self._held[0][0] <= now_s:
            self._ready.append(heapq.heappop(self._held)[2])
        wait_s = 0.0
        while self._ready:
            wait_s = max(self._floods.wait(now_s), self._pace.overall_wait(now_s))
            if wait_s > 0:
                break
            line = self._ready.popleft()
            chat_wait_s = self._pace.chat_wait(line.chat_id, now_s)
            if chat_wait_s > 0:
                self._hold(line, now_s + chat_wait_s)
                continue
            self._pace.spend(line.chat_id, now_s)
            line.queued = False
            return line
        moments = [now_s + wait_s] if wait_s > 0 else []
        if self._held:
            moments.append(self._held[0][0])
        if moments:
            self._wake_up_at(min(moments))
        return None

    def is_about_to_go(self) -> bool:
        """Something goes now or as soon as our own pace allows; what Telegram holds back does not count."""
        now_s = self._ticker.now()
        if self._floods.wait(now_s) > 0:
            return False
        return bool(self._ready) or any(line.hold_until_s <= now_s for _, _, line in self._held)

    def close(self) -> None:
        """Call `on_due` no more."""
        if self._wake is not None:
            self._wake.cancel()

    def _hold(self, line: Line, until_s: float) -> None:
        heapq.heappush(self._held, (until_s, next(self._order), line))

    def _wake_up_at(self, when_s: float) -> None:
        if self._wake is not None:
            if self._ticker.now() < self._wake_at_s <= when_s:
                return
            self._wake.cancel()
        self._wake_at_s = when_s
        self._wake = self._ticker.call_at(when_s, self._on_due)
