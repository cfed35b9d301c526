"""What organisers do is written down, in the same transaction: who, what, to which registration; never a word of it."""

from __future__ import annotations

from bot.records import AuditEntry
from bot.registration.visit import Visit


def wrote_down(visit: Visit, what: str, number: str | None = None) -> None:
    """`what` is a verb and at most a question's id; `number` a registration's number or a consent's code."""
    visit.tx.audit.add(AuditEntry(organiser=visit.person.chat_id, what=what, number=number, at=visit.now))
