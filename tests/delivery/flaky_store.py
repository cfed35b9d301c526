"""A real store that can be put out of reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.ports import Store, StoreUnavailable, Transaction

T = TypeVar("T")


class FlakyStore:
    """While `is_away`, nothing is read or written. `refused` counts what was turned away."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.is_away = False
        self.refused = 0
        self.writes = 0

    def _turn_away(self) -> None:
        if self.is_away:
            self.refused += 1
            raise StoreUnavailable("away")

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self._turn_away()
        self.writes += 1
        return await self._store.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        self._turn_away()
        return await self._store.read(work)

    async def close(self) -> None:
        await self._store.close()
