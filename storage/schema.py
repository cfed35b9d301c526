"""The tables. Every column says whose data it holds, why, and how long (`info`, and the comment on it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, UniqueConstraint, text
from sqlalchemy.types import TypeEngine

from storage.types import Instant, Json, JsonText, PlainText, RowId

SCHEMA_VERSION = "0007"
APPLICATION_ID = 0x52454749  # "REGI", written into a SQLite file's header: restore knows ours by it
KNOWN_VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")  # oldest first; another is a newer program's

metadata = MetaData()
_Type = TypeEngine[Any] | type[TypeEngine[Any]]


def _column(
    name: str, kind: _Type, *, whose: str, why: str, kept: str, null: bool = False, **options: Any
) -> Column[Any]:
    return Column(
        name,
        kind,
        nullable=null,
        comment=f"{whose}: {why}; kept {kept}",
        info={"whose": whose, "why": why, "kept": kept},
        **options,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """How the rows of a table leave. A table without one can't be made (`OWNERS`).

    `owners` are the columns that hold a chat's (or an organiser's) id, each with whose columns that chat takes along
    in its export; none where no row is anybody's. `erase`: the rows of the first owner are deleted, or settled
    (what waits is marked as handled and belongs to nobody any more), or kept for the reason in `why`.
    `purge` says what takes the rows that nobody erases.
    """

    owners: Mapping[str, str]
    erase: Literal["delete", "settle", "keep"]
    purge: str
    why: str = ""


def _care(erase: Literal["delete", "settle", "keep"], purge: str, *, why: str = "", **owners: str) -> dict[str, Any]:
    return {"care": Care(owners=owners, erase=erase, purge=purge, why=why)}


def _literal(condition: str) -> dict[str, Any]:
    """A partial index's condition; queries must repeat it word for word to be served by the index."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


_SERVICE, _PERSON, _GROUP = "the service", "the person", "the group"
_YOUNG, _GUARDIAN, _ORGANISER = "the young person", "the guardian", "the organiser"
_SETTLED = "until the purge of settled rows"
_WAITING = "until it is handled or set aside"
_UNSENT = "until it is sent or given up"
_PROFILE = "until the person erases it, or 30 silent days without a form or a registration"
_DRAFT = "until it is confirmed, cancelled for an hour or expired"
_REGISTRATION = "until the person erases it or the purge after the event"
_TIMER = "until it is done or disarmed"
_LINK = "until it is refused, expires, is revoked or the consent ends"
_FOREVER = "as long as the service runs"
_GREETED = "30 days"
_AUDITED = "a year"

inbox = Table(
    "inbox",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="order of arrival", kept=_SETTLED, primary_key=True),
    _column("update_id", BigInteger, whose=_SERVICE, why="the same update twice", kept=_SETTLED),
    _column("chat_id", BigInteger, whose=_PERSON, why="order within the chat", kept=_SETTLED, null=True),
    _column("raw", JsonText, whose=_PERSON, why="the update as it came", kept=_WAITING, null=True),
    _column("state", PlainText, whose=_SERVICE, why="waiting, handled or set_aside", kept=_SETTLED),
    _column("attempts", Integer, whose=_SERVICE, why="failed tries are bounded", kept=_SETTLED),
    _column("reason", PlainText, whose=_SERVICE, why="why it failed, for the operator", kept=_SETTLED),
    _column("received_at", Instant, whose=_PERSON, why="how long it waits", kept=_SETTLED),
    _column("settled_at", Instant, whose=_PERSON, why="when it may be purged", kept=_SETTLED, null=True),
    UniqueConstraint("update_id", name="uq_inbox_update_id"),
    sqlite_autoincrement=True,  # an id is never given twice, even after a purge
    info=_care("settle", "settled", chat_id=_PERSON),
)
Index("ix_inbox_waiting", inbox.c.id, **_literal("state = 'waiting'"))
Index("ix_inbox_set_aside", inbox.c.id, **_literal("state = 'set_aside'"))
Index("ix_inbox_settled", inbox.c.settled_at, **_literal("settled_at IS NOT NULL"))

outbox = Table(
    "outbox",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="order of sending", kept=_SETTLED, primary_key=True),
    _column("chat_id", BigInteger, whose=_PERSON, why="where it goes", kept=_SETTLED),
    _column("template", PlainText, whose=_SERVICE, why="which screen it is, for the operator", kept=_SETTLED),
    _column("screen", Json, whose=_PERSON, why="the text and buttons to send", kept=_UNSENT, null=True),
    _column("edit", BigInteger, whose=_PERSON, why="the message it changes", kept=_SETTLED, null=True),
    _column("live", Boolean, whose=_SERVICE, why="it becomes the current screen", kept=_SETTLED),
    _column("fold", Boolean, whose=_SERVICE, why="a later screen replaces it", kept=_SETTLED),
    _column("state", PlainText, whose=_SERVICE, why="waiting, sent, set_aside or blocked", kept=_SETTLED),
    _column("attempts", Integer, whose=_SERVICE, why="tries are bounded", kept=_SETTLED),
    _column("not_before", Instant, whose=_SERVICE, why="Telegram asked to wait", kept=_SETTLED, null=True),
    _column("reason", PlainText, whose=_SERVICE, why="why it failed, for the operator", kept=_SETTLED),
    _column("message_id", BigInteger, whose=_PERSON, why="what was sent", kept=_SETTLED, null=True),
    _column("created_at", Instant, whose=_PERSON, why="how long it waits", kept=_SETTLED),
    _column("settled_at", Instant, whose=_PERSON, why="when it may be purged", kept=_SETTLED, null=True),
    sqlite_autoincrement=True,
    info=_care("delete", "settled", chat_id=_PERSON),
)
Index("ix_outbox_waiting", outbox.c.id, **_literal("state = 'waiting'"))
Index("ix_outbox_waiting_chat", outbox.c.chat_id, **_literal("state = 'waiting'"))
Index("ix_outbox_set_aside", outbox.c.id, **_literal("state = 'set_aside'"))
Index("ix_outbox_settled", outbox.c.settled_at, **_literal("settled_at IS NOT NULL"))

people = Table(
    "people",
    metadata,
    _column(
        "chat_id",
        BigInteger,
        whose=_PERSON,
        why="who writes",
        kept=_PROFILE,
        primary_key=True,
        autoincrement=False,
    ),
    _column("language", PlainText, whose=_PERSON, why="the language picked", kept=_PROFILE, null=True),
    _column("language_hint", PlainText, whose=_PERSON, why="which to offer first", kept=_PROFILE, null=True),
    _column("country", PlainText, whose=_PERSON, why="digits and months", kept=_PROFILE, null=True),
    _column("zone", PlainText, whose=_PERSON, why="times are shown in it", kept=_PROFILE, null=True),
    _column("screen_message_id", BigInteger, whose=_PERSON, why="screen to edit", kept=_PROFILE, null=True),
    _column("reply_keyboard", Boolean, whose=_PERSON, why="a keyboard to take away", kept=_PROFILE),
    _column("expecting", Json, whose=_PERSON, why="what a text would answer", kept=_PROFILE, null=True),
    _column("blocked_at", Instant, whose=_PERSON, why="nothing is sent since", kept=_PROFILE, null=True),
    _column("created_at", Instant, whose=_PERSON, why="first contact", kept=_PROFILE),
    _column("updated_at", Instant, whose=_PERSON, why="when the purge is due", kept=_PROFILE),
    info=_care("delete", "silent", chat_id=_PERSON),
)

drafts = Table(
    "drafts",
    metadata,
    _column(
        "chat_id",
        BigInteger,
        whose=_PERSON,
        why="whose form it is",
        kept=_DRAFT,
        primary_key=True,
        autoincrement=False,
    ),
    _column("event_id", PlainText, whose=_SERVICE, why="which event", kept=_DRAFT, primary_key=True),
    _column("data", Json, whose=_PERSON, why="answers so far and the current question", kept=_DRAFT),
    _column("begun_at", Instant, whose=_PERSON, why="grace after the closing", kept=_DRAFT),
    _column("updated_at", Instant, whose=_PERSON, why="when it expires", kept=_DRAFT),
    _column("cancelled_at", Instant, whose=_PERSON, why="the cancel can be undone", kept=_DRAFT, null=True),
    info=_care("delete", "form_over", chat_id=_PERSON),
)

registrations = Table(
    "registrations",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="order of creation", kept=_REGISTRATION, primary_key=True),
    _column("event_id", PlainText, whose=_SERVICE, why="which event", kept=_REGISTRATION),
    _column("number", PlainText, whose=_PERSON, why="to be quoted and found by", kept=_REGISTRATION),
    _column("chat_id", BigInteger, whose=_PERSON, why="who may see and change it", kept=_REGISTRATION),
    _column("status", PlainText, whose=_PERSON, why="whether a place is held", kept=_REGISTRATION),
    _column("language", PlainText, whose=_PERSON, why="counts, mail language", kept=_REGISTRATION),
    _column("country", PlainText, whose=_PERSON, why="counts", kept=_REGISTRATION, null=True),
    _column("zone", PlainText, whose=_PERSON, why="times are shown in it", kept=_REGISTRATION, null=True),
    _column("kind", PlainText, whose=_PERSON, why="counts by participant", kept=_REGISTRATION, null=True),
    _column("email_key", PlainText, whose=_PERSON, why="two of one person", kept=_REGISTRATION, null=True),
    _column("phone_key", PlainText, whose=_PERSON, why="two of one person", kept=_REGISTRATION, null=True),
    _column("search", PlainText, whose=_PERSON, why="organisers find by name", kept=_REGISTRATION),
    _column("answers", Json, whose=_PERSON, why="what was asked for", kept=_REGISTRATION),
    _column("form_version", PlainText, whose=_SERVICE, why="what was asked", kept=_REGISTRATION),
    _column("consent_version", PlainText, whose=_SERVICE, why="proof of consent", kept=_REGISTRATION),
    _column("consented_at", Instant, whose=_PERSON, why="proof of consent", kept=_REGISTRATION, null=True),
    _column("note", PlainText, whose="the organisers", why="why they changed it", kept=_REGISTRATION),
    _column("merged_into", PlainText, whose=_PERSON, why="where it went on", kept=_REGISTRATION, null=True),
    _column("created_at", Instant, whose=_PERSON, why="order, late or not", kept=_REGISTRATION),
    _column("updated_at", Instant, whose=_PERSON, why="last correction", kept=_REGISTRATION),
    _column("withdrawn_at", Instant, whose=_PERSON, why="when it ended", kept=_REGISTRATION, null=True),
    _column(
        "role",
        PlainText,
        whose=_PERSON,
        why="adult, young or child: what may be shown of it",
        kept=_REGISTRATION,
        server_default="adult",
    ),
    _column("guardian_chat_id", BigInteger, whose=_GUARDIAN, why="who consented", kept=_REGISTRATION, null=True),
    UniqueConstraint("event_id", "number", name="uq_registrations_number"),
    sqlite_autoincrement=True,
    info=_care("delete", "kept_long_enough", chat_id=_PERSON, guardian_chat_id=_GUARDIAN),
)
Index(
    "uq_registrations_active",
    registrations.c.event_id,
    registrations.c.chat_id,
    unique=True,
    **_literal("status IN ('confirmed', 'late') AND role <> 'child'"),
)
Index("ix_registrations_chat", registrations.c.event_id, registrations.c.chat_id, registrations.c.id)
Index(
    "ix_registrations_email",
    registrations.c.event_id,
    registrations.c.email_key,
    **_literal("email_key IS NOT NULL"),
)
Index(
    "ix_registrations_phone",
    registrations.c.event_id,
    registrations.c.phone_key,
    **_literal("phone_key IS NOT NULL"),
)

guardianships = Table(
    "guardianships",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="order of creation", kept=_LINK, primary_key=True),
    _column("event_id", PlainText, whose=_SERVICE, why="which event", kept=_LINK),
    _column("young_chat_id", BigInteger, whose=_YOUNG, why="who waits for consent", kept=_LINK),
    _column("token_key", PlainText, whose=_YOUNG, why="SHA-256 that knows the link again", kept=_LINK, null=True),
    _column("code", PlainText, whose=_YOUNG, why="what a guardian quotes to the office", kept=_LINK),
    _column("status", PlainText, whose=_YOUNG, why="how far the consent is", kept=_LINK),
    _column("guardian_chat_id", BigInteger, whose=_GUARDIAN, why="who is told", kept=_LINK, null=True),
    _column("guardian_name", PlainText, whose=_GUARDIAN, why="who consented", kept=_LINK, null=True),
    _column("agreed_how", PlainText, whose=_GUARDIAN, why="in chat, or how the office was told", kept=_LINK),
    _column("agreed_at", Instant, whose=_GUARDIAN, why="proof of consent", kept=_LINK, null=True),
    _column("created_at", Instant, whose=_YOUNG, why="how long the link holds", kept=_LINK),
    _column("expires_at", Instant, whose=_YOUNG, why="when the link ends", kept=_LINK),
    UniqueConstraint("event_id", "code", name="uq_guardianships_code"),
    UniqueConstraint("event_id", "young_chat_id", name="uq_guardianships_young"),
    UniqueConstraint("token_key", name="uq_guardianships_token"),
    sqlite_autoincrement=True,
    info=_care("delete", "guardianship_over", young_chat_id=_YOUNG, guardian_chat_id=_GUARDIAN),
)
Index("ix_guardianships_guardian", guardianships.c.event_id, guardianships.c.guardian_chat_id)

timers = Table(
    "timers",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="which arming it is", kept=_TIMER, primary_key=True),
    _column("kind", PlainText, whose=_SERVICE, why="what is due", kept=_TIMER),
    _column("key", PlainText, whose=_SERVICE, why="one of a kind for each key", kept=_TIMER),
    _column("chat_id", BigInteger, whose=_PERSON, why="whose it is", kept=_TIMER, null=True),
    _column("due_at", Instant, whose=_PERSON, why="when it is due", kept=_TIMER),
    _column("data", Json, whose=_PERSON, why="what it needs when it is due", kept=_TIMER),
    UniqueConstraint("kind", "key", name="uq_timers_kind_key"),
    sqlite_autoincrement=True,
    info=_care("delete", "done", chat_id=_PERSON),
)
Index("ix_timers_due", timers.c.due_at, timers.c.id)

meta = Table(
    "meta",
    metadata,
    _column("key", PlainText, whose=_SERVICE, why="name of a fact", kept=_FOREVER, primary_key=True),
    _column("value", PlainText, whose=_SERVICE, why="polling offset, clock reading", kept=_FOREVER),
    info=_care("keep", "never", why="facts of the service, nobody's"),
)

group_greetings = Table(
    "group_greetings",
    metadata,
    _column(
        "chat_id",
        BigInteger,
        whose=_GROUP,
        why="which group was greeted",
        kept=_GREETED,
        primary_key=True,
        autoincrement=False,
    ),
    _column("greeted_at", Instant, whose=_GROUP, why="one line a day", kept=_GREETED),
    info=_care("delete", "greeted", chat_id=_GROUP),
)

tombstones = Table(
    "tombstones",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="order of erasing", kept=_FOREVER, primary_key=True),
    _column("event_id", PlainText, whose=_SERVICE, why="which event", kept=_FOREVER),
    _column("number", PlainText, whose=_SERVICE, why="it is never given again", kept=_FOREVER, null=True),
    _column("chat_mark", PlainText, whose=_PERSON, why="a restore erases the chat again", kept=_AUDITED, null=True),
    _column("erased_at", Instant, whose=_PERSON, why="what is older is erased again", kept=_FOREVER),
    UniqueConstraint("event_id", "number", name="uq_tombstones_number"),
    sqlite_autoincrement=True,
    info=_care("keep", "marks", why="a number and a mark, what was behind them is gone"),
)

audit = Table(
    "audit",
    metadata,
    _column("id", RowId, whose=_SERVICE, why="order of what was done", kept=_AUDITED, primary_key=True),
    _column("organiser", BigInteger, whose=_ORGANISER, why="who did it; 0 is the command line", kept=_AUDITED),
    _column("what", PlainText, whose=_ORGANISER, why="what was done, no answer and no word of it", kept=_AUDITED),
    _column("number", PlainText, whose=_ORGANISER, why="to which registration", kept=_AUDITED, null=True),
    _column("at", Instant, whose=_ORGANISER, why="when", kept=_AUDITED),
    sqlite_autoincrement=True,
    info=_care("keep", "audit", why="who looked and changed must stay to be seen", organiser=_ORGANISER),
)
Index("ix_audit_at", audit.c.at)

OWNERS: Mapping[str, Care] = {table.name: table.info["care"] for table in metadata.tables.values()}
