"""How long to wait before the next try."""

from __future__ import annotations

import random


class Backoff:
    """Doubles from `first_s` to `most_s`, each time shortened by up to half at random, so that many who wait
    for the same thing do not come back at once."""

    def __init__(self, rng: random.Random, *, first_s: float = 1.0, most_s: float = 60.0) -> None:
        self._rng = rng
        self._first_s = first_s
        self._most_s = most_s
        self._next_s = first_s

    def next_s(self) -> float:
        """Seconds to wait now; the next answer is about twice as long."""
        wait_s = self._next_s * (0.5 + self._rng.random() / 2)
        self._next_s = min(self._most_s, self._next_s * 2)
        return wait_s

    def reset(self) -> None:
        """What was waited for works again."""
        self._next_s = self._first_s
