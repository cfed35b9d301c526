"""What an operator looks at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, column, func, select, text
from sqlalchemy import table as light_table

from bot.records import StoreStatus
from storage.schema import drafts, inbox, outbox, people, registrations, timers

_SHOWN = 100  # set-aside rows listed, newest first; the counts are whole
_WAITING = text("state = 'waiting'")
_SET_ASIDE = text("state = 'set_aside'")
_VERSION = select(light_table("alembic_version", column("version_num")).c.version_num)


def _by(table: Table, name: str, connection: Connection) -> dict[str, int]:
    counts = connection.execute(select(table.c[name], func.count()).group_by(table.c[name]))
    return {str(value): int(many) for value, many in counts}


def _set_aside(connection: Connection) -> list[tuple[str, int, str, datetime]]:
    found: list[tuple[str, int, str, datetime]] = []
    for table in (inbox, outbox):
        newest = (
            select(table.c.id, table.c.reason, table.c.settled_at)
            .where(_SET_ASIDE)
            .order_by(table.c.id.desc())
            .limit(_SHOWN)
        )
        found += [(table.name, row_id, reason, at) for row_id, reason, at in connection.execute(newest)]
    return sorted(found, key=lambda row: row[3], reverse=True)[:_SHOWN]


def _oldest_waiting(connection: Connection) -> datetime | None:
    moments: list[datetime] = []
    for moment in (inbox.c.received_at, outbox.c.created_at):
        first = select(moment).where(_WAITING).order_by(moment.table.c.id).limit(1)
        moments += [at for (at,) in connection.execute(first)]
    return min(moments, default=None)


def read_status(connection: Connection) -> StoreStatus:
    """Counts by state, what waits longest, and what was set aside."""

    def count(table: Table, *where: object) -> int:
        return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()  # type: ignore[arg-type]

    return StoreStatus(
        inbox=_by(inbox, "state", connection),
        outbox=_by(outbox, "state", connection),
        registrations=_by(registrations, "status", connection),
        drafts=count(drafts),
        timers=count(timers),
        next_due_at=connection.execute(select(func.min(timers.c.due_at))).scalar(),
        oldest_waiting_at=_oldest_waiting(connection),
        blocked=count(people, people.c.blocked_at.is_not(None)),
        set_aside=_set_aside(connection),
        schema_version=connection.execute(_VERSION).scalar_one(),
    )
