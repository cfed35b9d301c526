"""Telegram's pace limits, on monotonic time: overall, a chat, a group."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Calls that send or edit. Rates are a second, `group_a_minute` a minute; a burst is what may come at once."""

    overall: float = 30.0
    overall_burst: int = 30
    chat: float = 1.0
    chat_burst: int = 20
    group_a_minute: int = 20


UNLIMITED = Rates(overall=math.inf, chat=math.inf, group_a_minute=10**9)


class _Bucket:
    def __init__(self, rate: float, burst: float, at: float) -> None:
        self._rate, self._burst = rate, burst
        self._level, self._at = burst, at

    def wait(self, at: float) -> float:
        """Seconds until one more fits; 0 if it fits now."""
        if math.isinf(self._rate):
            return 0.0
        self._level = min(self._burst, self._level + (at - self._at) * self._rate)
        self._at = at
        return max(0.0, (1 - self._level) / self._rate)

    def take(self) -> None:
        self._level -= 1


class RateKeeper:
    """Counts what is sent and says how long to wait when it is too much."""

    def __init__(self, rates: Rates, monotonic: Callable[[], float]) -> None:
        self._rates = rates
        self._monotonic = monotonic
        self._overall = _Bucket(rates.overall, rates.overall_burst, monotonic())
        self._chats: dict[int, _Bucket] = {}

    def retry_after(self, chat_id: int) -> int | None:
        """Count one call to the chat; None if it may pass, else whole seconds to wait (not counted)."""
        at = self._monotonic()
        buckets = (self._overall, self._chat(chat_id, at))
        wait = max(bucket.wait(at) for bucket in buckets)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in buckets:
            bucket.take()
        return None

    def _chat(self, chat_id: int, at: float) -> _Bucket:
        if chat_id not in self._chats:
            a_minute = self._rates.group_a_minute
            self._chats[chat_id] = (
                _Bucket(a_minute / 60, a_minute, at)
                if chat_id < 0
                else _Bucket(self._rates.chat, self._rates.chat_burst, at)
            )
        return self._chats[chat_id]
