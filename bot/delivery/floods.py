"""Several chats told "too many requests" within a short time: then it is the bot that is too fast."""

from __future__ import annotations

WINDOW_S = 10.0
CHATS = 3
LONGEST_S = 30.0


class Floods:
    """Remembers the last few 429s and says how long everything should hold still."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[float, float]] = {}
        self._until_s = 0.0

    def note(self, chat_id: int, after_s: float, now_s: float) -> None:
        """A chat got a 429 of `after_s` seconds. Hours for some chats must not silence all: everything holds
        for the shortest of what was asked, and never longer than LONGEST_S."""
        self._seen = {c: (at, after) for c, (at, after) in self._seen.items() if now_s - at <= WINDOW_S}
        self._seen[chat_id] = (now_s, after_s)
        if len(self._seen) >= CHATS:
            shortest_s = min(after for _, after in self._seen.values())
            self._until_s = now_s + min(shortest_s, LONGEST_S)
            self._seen.clear()

    def wait(self, now_s: float) -> float:
        """Seconds until anything may leave; 0.0 if now."""
        return max(0.0, self._until_s - now_s)
