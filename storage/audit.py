"""Who of the organisers looked at, took or changed what. Rows are added; only the purge takes them, a year on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.records import AuditEntry
from storage.dialects import Database
from storage.schema import audit as table

_ADD = insert(table)
_ALL = select(table.c.organiser, table.c.what, table.c.number, table.c.at).order_by(table.c.id)


@dataclass(frozen=True, slots=True)
class SqlAudit:
    """See `bot.ports.Audit`."""

    connection: Connection
    database: Database

    def add(self, entry: AuditEntry) -> None:
        row = {"organiser": entry.organiser, "what": entry.what, "number": entry.number, "at": entry.at}
        self.connection.execute(_ADD, row)

    def all(self) -> list[AuditEntry]:
        return [
            AuditEntry(organiser=organiser, what=what, number=number, at=at)
            for organiser, what, number, at in self.connection.execute(_ALL)
        ]


def purge_audit(connection: Connection, before: datetime) -> int:
    """Take the rows that are older; how many."""
    return connection.execute(delete(table).where(table.c.at < before)).rowcount
