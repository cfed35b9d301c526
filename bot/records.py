"""What the store keeps, as frozen values. Instants are aware and in UTC; JSON parts are plain dicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NewType

ChatId = NewType("ChatId", int)

RegistrationStatus = Literal["confirmed", "late", "withdrawn", "merged"]
Role = Literal["adult", "young", "child"]
GuardianshipStatus = Literal["waiting", "agreed", "confirmed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpdate:
    """An update as it came. `chat_id` orders it; None where it belongs to no chat. `raw` is the JSON text."""

    update_id: int
    chat_id: int | None
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An inbox row that waits. `id` rises in order of arrival."""

    id: int
    update_id: int
    chat_id: int | None
    raw: str
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who writes from one chat: what must be known before, beside and after a registration."""

    chat_id: int
    language: str | None = None
    language_hint: str | None = None
    country: str | None = None
    zone: str | None = None
    screen_message_id: int | None = None
    reply_keyboard: bool = False
    expecting: dict[str, Any] | None = None
    blocked_at: datetime | None = None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDraft:
    """A form in progress. `data` is `Draft.to_dict()`; `cancelled_at` is set while a cancel can be undone."""

    chat_id: int
    event_id: str
    data: dict[str, Any]
    begun_at: datetime
    updated_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A confirmed (or late, withdrawn, merged) registration. `answers` is {question id: JSON value}."""

    id: int = 0
    event_id: str
    number: str
    chat_id: int
    status: RegistrationStatus
    language: str
    country: str | None = None
    zone: str | None = None
    kind: str | None = None
    email_key: str | None = None
    phone_key: str | None = None
    search: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    form_version: str = ""
    consent_version: str = ""
    consented_at: datetime | None = None
    note: str = ""
    merged_into: str | None = None
    role: Role = "adult"
    guardian_chat_id: int | None = None
    created_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that one step of a chat needs, read in one query."""

    person: Person | None
    draft: StoredDraft | None
    registration: Registration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A screen to put in the outbox. `edit` is the message to change instead of sending a new one.

    `live` makes the message the chat's current screen once it is sent (its id comes back to the person).
    `fold`: an earlier waiting row of the chat with `fold` is dropped when this one is put.
    """

    chat_id: int
    screen: dict[str, Any]
    edit: int | None = None
    live: bool = False
    fold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """A row that waits to be sent. Rows of one chat go out in order of `id`."""

    id: int
    chat_id: int
    screen: dict[str, Any]
    edit: int | None = None
    live: bool = False
    attempts: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of an outbox row. "waiting" keeps it for another try; every other state drops its text."""

    id: int
    chat_id: int
    state: Literal["sent", "waiting", "set_aside", "blocked"]
    message_id: int | None = None
    live: bool = False
    attempts: int = 0
    not_before: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something due. One row a (kind, key); `chat_id` is whose it is, None for the service's own."""

    id: int
    kind: str
    key: str
    chat_id: int | None
    due_at: datetime
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardianship:
    """A young person's link to a guardian. What is refused, expired or revoked is deleted, not kept.

    `token_key` is the SHA-256 of the link's token, None once it is used; `code` is what the office route quotes.
    `agreed_how` is "chat", or what an organiser recorded of a consent given to the office.
    """

    id: int = 0
    event_id: str
    young_chat_id: int
    token_key: str | None
    code: str
    status: GuardianshipStatus = "waiting"
    guardian_chat_id: int | None = None
    guardian_name: str | None = None
    agreed_how: str = ""
    agreed_at: datetime | None = None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What was erased: a number that is never given again (None where there was none), and a mark of the chat.

    `chat_mark` lets a restore erase the chat again; it is None once no backup can be that old.
    """

    event_id: str
    number: str | None
    chat_mark: str | None
    erased_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """What an organiser looked at, took or changed: `what` names the act and the question, never an answer."""

    organiser: int
    what: str
    number: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a purge takes, table by table: what is older than its moment. `event_id`'s forms are over if said so."""

    event_id: str
    form_is_over: bool
    guardianships_are_over: bool
    settled: datetime
    silent: datetime
    audit: datetime
    greeted: datetime
    marks: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatus:
    """What an operator looks at. Counts by state; `set_aside` rows are (table, id, reason, at)."""

    inbox: dict[str, int]
    outbox: dict[str, int]
    registrations: dict[str, int]
    drafts: int
    timers: int
    next_due_at: datetime | None
    oldest_waiting_at: datetime | None
    blocked: int
    set_aside: list[tuple[str, int, str, datetime]]
    schema_version: str
