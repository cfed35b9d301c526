"""What the core asks of a store: the contract that `storage` keeps on SQLite and on PostgreSQL.

Work is a plain function of a `Transaction`; the store runs it, off the event loop, and commits once:
everything it wrote, or nothing. Work may be run again after a conflict, so it has no effect but through
the transaction and its return value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.records import (
    NewMessage,
    NewUpdate,
    OutboxItem,
    Person,
    Received,
    Registration,
    Settled,
    Situation,
    StoredDraft,
    StoreStatus,
    Timer,
)

T = TypeVar("T")


class StoreUnavailable(Exception):
    """The store can't take work now: it is locked, its disk is full, or it is away. Nothing was written."""


class Inbox(Protocol):
    def add(self, updates: Sequence[NewUpdate], now: datetime) -> list[Received]:
        """Keep what is new, in order; an `update_id` already kept is passed over and not returned."""
        ...

    def waiting(self, limit: int, after_id: int = 0) -> list[Received]: ...

    def handled(self, ids: Sequence[int], now: datetime) -> None:
        """Mark as handled and drop the text."""
        ...

    def failed(self, row_id: int, reason: str) -> int:
        """Count one more failed try; returns how many there were."""
        ...

    def set_aside(self, row_id: int, reason: str, now: datetime) -> None:
        """Give up on it: kept without its text, seen in `status`."""
        ...


class Outbox(Protocol):
    def put(self, messages: Sequence[NewMessage], now: datetime) -> list[OutboxItem]:
        """Append; with `fold`, earlier waiting folding rows of that chat go first."""
        ...

    def waiting(self, limit: int, after_id: int = 0) -> list[OutboxItem]: ...

    def settle(self, results: Sequence[Settled], now: datetime) -> None:
        """Record outcomes. Sent and live: the message id becomes the person's current screen.
        Blocked: the chat is marked blocked and its other waiting rows are dropped."""
        ...


class People(Protocol):
    def situation(self, chat_id: int, event_id: str) -> Situation:
        """The person, their draft and their newest registration (withdrawn too), in one query."""
        ...

    def save(self, person: Person) -> None: ...

    def set_blocked(self, chat_id: int, at: datetime | None) -> None: ...

    def migrate_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: its rows follow."""
        ...

    def may_greet_group(self, chat_id: int, now: datetime) -> bool:
        """True at most once a day a group; asking counts as greeting."""
        ...


class Drafts(Protocol):
    def save(self, draft: StoredDraft) -> None: ...

    def delete(self, chat_id: int, event_id: str) -> None: ...


class Registrations(Protocol):
    def add(self, registration: Registration) -> Registration | None:
        """Insert; None where the number is taken (draw another)."""
        ...

    def save(self, registration: Registration) -> None: ...

    def by_number(self, event_id: str, number: str) -> Registration | None: ...

    def sharing_contact(self, registration: Registration) -> list[Registration]:
        """Confirmed or late registrations of other chats with the same e-mail or phone key, oldest first."""
        ...

    def find(self, event_id: str, text: str, limit: int) -> list[Registration]:
        """By number, or by words all found in `search` (folded by the caller)."""
        ...

    def counts(self, event_id: str) -> dict[str, dict[str, int]]:
        """{"status"|"kind"|"country"|"language": {value: how many}}; all but "status" over confirmed and late."""
        ...

    def all(self, event_id: str) -> Iterable[Registration]:
        """In order of creation."""
        ...


class Timers(Protocol):
    def arm(self, timer: Timer) -> None:
        """Insert, or move the row of the same (kind, key). `timer.id` is ignored."""
        ...

    def disarm(self, kind: str, key: str) -> None: ...

    def due(self, now: datetime, limit: int) -> list[Timer]: ...

    def done(self, timer_id: int) -> None: ...

    def next_due_at(self) -> datetime | None: ...

    def upcoming(self, limit: int) -> list[Timer]: ...


class Meta(Protocol):
    """Small facts of the service itself: polling offset, clock reading, content checksum."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class Transaction(Protocol):
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def people(self) -> People: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def meta(self) -> Meta: ...

    def savepoint(self, work: Callable[[], T]) -> T:
        """Run `work`; if it raises, what it wrote is undone and the exception goes on."""
        ...

    def purge(self, before: datetime) -> dict[str, int]:
        """Delete settled inbox and outbox rows older than `before`; how many, by table."""
        ...

    def status(self) -> StoreStatus: ...


class Store(Protocol):
    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and commit. Raises StoreUnavailable, or what `work` raised."""
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` that only reads, beside the writer."""
        ...

    async def close(self) -> None: ...
