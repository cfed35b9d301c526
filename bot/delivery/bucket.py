"""How fast messages may leave: token buckets on monotonic seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Messages a second, and how many may leave at once after a rest. Telegram: about 30/s over all, 1/s a
    chat where bursts pass, 20 a minute in a group (5 at once and 15 more never exceed that in any minute)."""

    overall_per_s: float = 30.0
    overall_burst: float = 30.0
    chat_per_s: float = 1.0
    chat_burst: float = 5.0
    group_per_s: float = 15 / 60
    group_burst: float = 5.0


class TokenBucket:
    """Holds up to `burst` tokens and gains `per_s` a second; starts full. The caller brings the time."""

    __slots__ = ("_at", "_burst", "_level", "_per_s")

    def __init__(self, per_s: float, burst: float, now_s: float) -> None:
        if per_s <= 0 or burst < 1:
            raise ValueError("a bucket gains tokens and holds at least one")
        self._per_s = per_s
        self._burst = burst
        self._level = burst
        self._at = now_s

    def take(self, now_s: float) -> float:
        """0.0 and a token is gone; or the seconds until there is one, and nothing is taken."""
        wait_s = self.wait(now_s)
        if wait_s == 0.0:
            self._level -= 1.0
        return wait_s

    def wait(self, now_s: float) -> float:
        """Seconds until a token can be taken; 0.0 if now."""
        self._fill(now_s)
        # A wait cut short by rounding must not ask for a sleep of nothing, again and again.
        return 0.0 if self._level >= 1.0 - 1e-6 else (1.0 - self._level) / self._per_s

    def spend(self, now_s: float) -> None:
        """Take a token that may not be there yet: what follows waits the longer."""
        self._fill(now_s)
        self._level -= 1.0

    def is_full(self, now_s: float) -> bool:
        """True where forgetting the bucket and making it anew changes nothing."""
        self._fill(now_s)
        return self._level >= self._burst

    def _fill(self, now_s: float) -> None:
        if now_s > self._at:
            self._level = min(self._burst, self._level + (now_s - self._at) * self._per_s)
            self._at = now_s


class Pace:
    """The overall bucket and one a chat that wrote lately."""

    _SWEEP_EVERY = 1024

    def __init__(self, rates: Rates, now_s: float) -> None:
        self._rates = rates
        self._overall = TokenBucket(rates.overall_per_s, rates.overall_burst, now_s)
        self._chats: dict[int, TokenBucket] = {}
        self._until_sweep = self._SWEEP_EVERY

    @property
    def chats(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def overall_wait(self, now_s: float) -> float:
        """Seconds until any message may leave."""
        return self._overall.wait(now_s)

    def chat_wait(self, chat_id: int, now_s: float) -> float:
        """Seconds until this chat's next message may leave."""
        bucket = self._chats.get(chat_id)
        return bucket.wait(now_s) if bucket is not None else 0.0

    def spend(self, chat_id: int, now_s: float) -> None:
        """Count one message to `chat_id`."""
        self._overall.spend(now_s)
        bucket = self._chats.get(chat_id)
        if bucket is None:
            rates = self._rates
            is_group = chat_id < 0
            bucket = self._chats[chat_id] = TokenBucket(
                rates.group_per_s if is_group else rates.chat_per_s,
                rates.group_burst if is_group else rates.chat_burst,
                now_s,
            )
        bucket.spend(now_s)
        self._until_sweep -= 1
        if self._until_sweep <= 0:
            self._until_sweep = self._SWEEP_EVERY
            self._chats = {chat: kept for chat, kept in self._chats.items() if not kept.is_full(now_s)}
