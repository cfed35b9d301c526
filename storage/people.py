"""Who writes from one chat, and what one step of that chat needs to know."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    select,
    text,
    update,
)

from bot.records import Person, Situation
from storage.dialects import Database, upsert
from storage.drafts import DRAFT_COLUMNS, draft_from
from storage.registrations import registration_from
from storage.schema import drafts, group_greetings, inbox, outbox, people, registrations, timers
from storage.types import Instant, PlainText

PERSON_COLUMNS = tuple(column.name for column in people.columns)
_values = attrgetter(*PERSON_COLUMNS)
_DRAFT_AT = len(PERSON_COLUMNS)
_REGISTRATION_AT = _DRAFT_AT + len(DRAFT_COLUMNS)
_GREETED_AGAIN = timedelta(days=1)

_chat = bindparam("chat", type_=BigInteger())
_event = bindparam("event", type_=PlainText())
_newest = (
    select(func.max(registrations.c.id))
    .where(registrations.c.event_id == _event, registrations.c.chat_id == _chat, text("role <> 'child'"))
    .scalar_subquery()
)
_asked = select(literal_column("1").label("one")).subquery("asked")  # one row, whoever is known
_SITUATION = select(*people.columns, *drafts.columns, *registrations.columns).select_from(
    _asked.outerjoin(people, people.c.chat_id == _chat)
    .outerjoin(drafts, and_(drafts.c.chat_id == _chat, drafts.c.event_id == _event))
    .outerjoin(registrations, registrations.c.id == _newest)
)
_BLOCKED = update(people).where(people.c.chat_id == _chat).values(blocked_at=bindparam("at"))


@cache
def _save(database: Database) -> Any:
    return upsert(database, people, ["chat_id"], PERSON_COLUMNS[1:])


@cache
def _greet(database: Database) -> Any:
    due = group_greetings.c.greeted_at <= bindparam("before", type_=Instant())
    statement = upsert(database, group_greetings, ["chat_id"], ["greeted_at"], where=due)
    return statement.returning(group_greetings.c.chat_id)


class SqlPeople:
    """See `bot.ports.People`."""

    def __init__(self, connection: Connection, database: Database) -> None:
        self._execute = connection.execute
        self._save = _save(database)
        self._greet = _greet(database)

    def situation(self, chat_id: int, event_id: str) -> Situation:
        row = self._execute(_SITUATION, {"chat": chat_id, "event": event_id}).one()
        person = row[:_DRAFT_AT]
        draft = row[_DRAFT_AT:_REGISTRATION_AT]
        registration = row[_REGISTRATION_AT:]
        return Situation(
            person=None if person[0] is None else Person(**dict(zip(PERSON_COLUMNS, person, strict=True))),
            draft=None if draft[0] is None else draft_from(draft),
            registration=None if registration[0] is None else registration_from(registration),
        )

    def save(self, person: Person) -> None:
        self._execute(self._save, dict(zip(PERSON_COLUMNS, _values(person), strict=True)))

    def set_blocked(self, chat_id: int, at: datetime | None) -> None:
        self._execute(_BLOCKED, {"chat": chat_id, "at": at})

    def migrate_chat(self, old: int, new: int) -> None:
        """What the new chat already has stays; drafts and registrations exist only for private chats."""
        for table in (people, group_greetings):
            held = exists().where(table.alias("held").c.chat_id == new)
            self._execute(update(table).where(table.c.chat_id == old, ~held).values(chat_id=new))
            self._execute(delete(table).where(table.c.chat_id == old))
        for table in (inbox, outbox, timers):
            self._execute(update(table).where(table.c.chat_id == old).values(chat_id=new))

    def may_greet_group(self, chat_id: int, now: datetime) -> bool:
        row = {"chat_id": chat_id, "greeted_at": now, "before": now - _GREETED_AGAIN}
        return self._execute(self._greet, row).first() is not None
