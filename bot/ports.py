"""What the core asks of a store: the contract that `storage` keeps on SQLite and on PostgreSQL.

Work is a plain function of a `Transaction`; the store runs it, off the event loop, and commits once:
everything it wrote, or nothing. Work may be run again after a conflict, so it has no effect but through
the transaction and its return value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.records import (
    AuditEntry,
    Guardianship,
    Limits,
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
    Tombstone,
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

    def children_of(self, event_id: str, chat_id: int) -> list[Registration]:
        """The children whom a guardian registered from this chat and who still take part, oldest first."""
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

    def untouched(self, event_id: str, since: datetime) -> Iterable[Registration]:
        """Those of every other event that nobody changed since then."""
        ...

    def delete(self, registration_id: int) -> None: ...


class Timers(Protocol):
    def arm(self, timer: Timer) -> None:
        """Insert, or move the row of the same (kind, key). `timer.id` is ignored."""
        ...

    def disarm(self, kind: str, key: str) -> None: ...

    def due(self, now: datetime, limit: int) -> list[Timer]: ...

    def done(self, timer_id: int) -> None: ...

    def next_due_at(self) -> datetime | None: ...

    def upcoming(self, limit: int) -> list[Timer]: ...


class Guardianships(Protocol):
    """A young person has at most one: a new link takes the place of the old one, which is deleted."""

    def add(self, guardianship: Guardianship) -> Guardianship: ...

    def save(self, guardianship: Guardianship) -> None: ...

    def by_token(self, token_key: str) -> Guardianship | None:
        """By the SHA-256 of a link's token, whatever its event."""
        ...

    def by_code(self, event_id: str, code: str) -> Guardianship | None: ...

    def of_young(self, event_id: str, chat_id: int) -> Guardianship | None: ...

    def of_guardian(self, event_id: str, chat_id: int) -> list[Guardianship]:
        """Those that this chat agreed to, oldest first."""
        ...

    def delete(self, guardianship_id: int) -> None: ...


class Meta(Protocol):
    """Small facts of the service itself: polling offset, clock reading, content checksum."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class Tombstones(Protocol):
    """What was erased. `registrations.add` refuses the numbers."""

    def is_taken(self, event_id: str, number: str) -> bool: ...

    def all(self) -> list[Tombstone]: ...


class Audit(Protocol):
    """Who looked at, took or changed what. Rows are added and, a year on, purged: nothing else."""

    def add(self, entry: AuditEntry) -> None: ...

    def all(self) -> list[AuditEntry]:
        """In order."""
        ...


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
    def guardianships(self) -> Guardianships: ...
    @property
    def meta(self) -> Meta: ...
    @property
    def tombstones(self) -> Tombstones: ...
    @property
    def audit(self) -> Audit: ...

    def savepoint(self, work: Callable[[], T]) -> T:
        """Run `work`; if it raises, what it wrote is undone and the exception goes on."""
        ...

    def erase_chat(self, chat_id: int, event_id: str, now: datetime) -> list[str]:
        """All that is held about a chat goes, the children it registered too, and the young people whose guardian
        it is; the numbers that no longer stand. What waits to be sent to it goes as well."""
        ...

    def just_erased(self) -> set[int]:
        """The chats erased in this transaction since it was asked last."""
        ...

    def erase_again(self) -> int:
        """Erase what an older backup brought back of chats that were erased after it; how many chats."""
        ...

    def held(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        """All that is held about a chat, by table: JSON-able rows without what is somebody else's."""
        ...

    def purge(self, limits: Limits) -> dict[str, int]:
        """Delete what is past its time in every table but the registrations; how many rows, by reason."""
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
