"""What becomes of a timer of this room when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.ports import Transaction
from bot.records import Timer
from bot.registration.visit import DRAFT_KEPT, EXPIRY_TIMER, UNDO_TIMER

PURGE_TIMER = "purge"
PURGE_EVERY = timedelta(days=1)
SETTLED_KEPT = timedelta(days=30)


def fire(tx: Transaction, timer: Timer, event_id: str, now: datetime) -> None:
    """Carry out a due timer. An unknown kind raises ValueError: it is kept, and seen in `status`."""
    tx.timers.done(timer.id)
    if timer.kind == PURGE_TIMER:
        tx.purge(now - SETTLED_KEPT)
        tx.timers.arm(replace(timer, due_at=now + PURGE_EVERY))
        return
    if timer.chat_id is None or timer.kind not in (UNDO_TIMER, EXPIRY_TIMER):
        raise ValueError(f"timer {timer.id}: unknown kind {timer.kind!r}")
    draft = tx.people.situation(timer.chat_id, event_id).draft
    if draft is None:
        return
    if timer.kind == UNDO_TIMER:
        if draft.cancelled_at is not None:
            _forget(tx, timer, event_id, now)
        return
    silent_until = draft.updated_at + DRAFT_KEPT
    if silent_until <= now:
        _forget(tx, timer, event_id, now)
    else:
        tx.timers.arm(replace(timer, due_at=silent_until))


def _forget(tx: Transaction, timer: Timer, event_id: str, now: datetime) -> None:
    assert timer.chat_id is not None  # noqa: S101 - checked by the caller
    tx.drafts.delete(timer.chat_id, event_id)
    tx.timers.disarm(EXPIRY_TIMER, timer.key)
    tx.timers.disarm(UNDO_TIMER, timer.key)
    situation = tx.people.situation(timer.chat_id, event_id)
    person, registration = situation.person, situation.registration
    if person is not None:  # country and zone came from the answers that go
        country, zone = (registration.country, registration.zone) if registration else (None, None)
        tx.people.save(replace(person, country=country, zone=zone, updated_at=now))


def arm_purge(tx: Transaction, now: datetime) -> None:
    """Make sure that the daily purge is on the timers' table."""
    if not any(t.kind == PURGE_TIMER for t in tx.timers.upcoming(1000)):
        tx.timers.arm(Timer(id=0, kind=PURGE_TIMER, key="daily", chat_id=None, due_at=now + PURGE_EVERY))
