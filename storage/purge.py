"""Taking what is past its time, table by table. The registrations go answer by answer: `bot.privacy.purging`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, ScalarSelect, delete, or_, select, update
from sqlalchemy.sql.dml import Delete

from bot.records import Limits
from storage.audit import purge_audit
from storage.schema import drafts, group_greetings, guardianships, inbox, outbox, people, registrations, timers
from storage.tombstones import forget_marks


def purge(connection: Connection, limits: Limits) -> dict[str, int]:
    """See `bot.ports.Transaction.purge`. Reasons that took nothing are told with 0."""
    here = drafts.c.event_id == limits.event_id
    of_event = guardianships.c.event_id == limits.event_id
    taken = {
        "settled": _many(connection, *(delete(t).where(t.c.settled_at < limits.settled) for t in (inbox, outbox))),
        "form_over": _many(connection, delete(drafts).where(here)) if limits.form_is_over else 0,
        "guardianship_over": (
            _many(connection, delete(guardianships).where(of_event)) if limits.guardianships_are_over else 0
        ),
        "greeted": _many(connection, delete(group_greetings).where(group_greetings.c.greeted_at < limits.greeted)),
        "audit": purge_audit(connection, limits.audit),
        "marks": forget_marks(connection, limits.marks),
    }
    _forget_profiles(connection)
    taken["silent"] = _many(connection, delete(people).where(people.c.updated_at < limits.silent, *_alone()))
    return taken


def _many(connection: Connection, *statements: Delete) -> int:
    return sum(connection.execute(statement).rowcount for statement in statements)


def _alone() -> list[ColumnElement[bool]]:
    """Nothing else is known of the chat: it wrote nothing lately either, for its inbox rows are settled and gone."""
    columns = (
        drafts.c.chat_id,
        registrations.c.chat_id,
        registrations.c.guardian_chat_id,
        guardianships.c.young_chat_id,
        guardianships.c.guardian_chat_id,
        timers.c.chat_id,
        inbox.c.chat_id,
        outbox.c.chat_id,
    )
    return [people.c.chat_id.not_in(_chats(column)) for column in columns]


def _chats(column: ColumnElement[int | None]) -> ScalarSelect[int | None]:
    return select(column).where(column.is_not(None)).scalar_subquery()


def _forget_profiles(connection: Connection) -> None:
    """Country and zone came from answers: they go with the last form and registration that has them."""
    said = or_(people.c.country.is_not(None), people.c.zone.is_not(None))
    without = [people.c.chat_id.not_in(_chats(column)) for column in (drafts.c.chat_id, registrations.c.chat_id)]
    connection.execute(update(people).where(said, *without).values(country=None, zone=None))
