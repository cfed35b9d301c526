"""What becomes of a timer of this room when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.guardians.bands import has_consent, is_minor
from bot.ports import Transaction
from bot.privacy.purging import purge
from bot.privacy.traces import TIDY_TIMER
from bot.records import NewMessage, Situation, Timer
from bot.registration import consents, my_data_desk, young_waiting
from bot.registration.visit import DRAFT_KEPT, EXPIRY_TIMER, UNDO_TIMER, WARNED_BEFORE, Service, frame_of
from bot.registration.window import Window, window

PURGE_TIMER = "purge"
PURGE_EVERY = timedelta(days=1)
TIDIED_AFTER = frozenset({PURGE_TIMER, TIDY_TIMER})  # what they deleted is to leave the files of the store too


def fire(tx: Transaction, timer: Timer, service: Service, now: datetime) -> list[NewMessage]:
    """Carry out a due timer; what there is to say. An unknown kind raises ValueError: it is kept, seen in `status`."""
    tx.timers.done(timer.id)
    if timer.kind in young_waiting.TIMERS:
        return young_waiting.fire(service, tx, timer, now)
    return _tidy(tx, timer, service, now)


def _tidy(tx: Transaction, timer: Timer, service: Service, now: datetime) -> list[NewMessage]:
    if timer.kind == PURGE_TIMER:
        purge(tx, service.content, now)
        tx.timers.arm(replace(timer, due_at=now + PURGE_EVERY))
        return []
    if timer.kind == TIDY_TIMER:
        return []
    if timer.chat_id is None or timer.kind not in (UNDO_TIMER, EXPIRY_TIMER):
        raise ValueError(f"timer {timer.id}: unknown kind {timer.kind!r}")
    situation = tx.people.situation(timer.chat_id, service.content.event.id)
    draft = situation.draft
    if draft is None:
        return []
    if timer.kind == UNDO_TIMER:
        return _forget(tx, timer.chat_id, service, now) if draft.cancelled_at is not None else []
    silent_until = draft.updated_at + DRAFT_KEPT
    warned = timer.data.get("warned") == draft.updated_at.isoformat() or not _may_be_warned(service, situation, now)
    if silent_until <= now and warned:
        return _forget(tx, timer.chat_id, service, now)
    if warned or now < silent_until - WARNED_BEFORE:
        tx.timers.arm(replace(timer, due_at=silent_until if warned else silent_until - WARNED_BEFORE))
        return []
    return _warn(tx, timer, service, situation, max(silent_until, now + WARNED_BEFORE))


def _may_be_warned(service: Service, situation: Situation, now: datetime) -> bool:
    """Not who can't be reached, who cancelled, who waits for a guardian (one nudge is all), nor after the event."""
    person, draft = situation.person, situation.draft
    if person is None or draft is None or draft.cancelled_at is not None or person.blocked_at is not None:
        return False
    answers = draft.data["answers"]
    waits = is_minor(answers) and not has_consent(service.content.form, answers)
    return not waits and window(service.content.event, now, draft.begun_at) is not Window.OVER


def _warn(tx: Transaction, timer: Timer, service: Service, situation: Situation, until: datetime) -> list[NewMessage]:
    """Once a silence: what was begun is erased then, unless the person goes on."""
    person, draft = situation.person, situation.draft
    if person is None or draft is None:
        return []
    tx.timers.arm(replace(timer, due_at=until, data={"warned": draft.updated_at.isoformat()}))
    frame = frame_of(service, person)
    return [consents.show(person.chat_id, my_data_desk.warning(frame, frame.when(until)))]


def _forget(tx: Transaction, chat_id: int, service: Service, now: datetime) -> list[NewMessage]:
    event_id = service.content.event.id
    situation = tx.people.situation(chat_id, event_id)
    person, draft, registration = situation.person, situation.draft, situation.registration
    if draft is not None and is_minor(draft.data["answers"]) and draft.data["number"] is None:
        said = consents.leave(service, tx, chat_id, now)  # the consent goes with what it was given for
        tx.erase_chat(chat_id, event_id, now)
        return said
    tx.drafts.delete(chat_id, event_id)
    tx.timers.disarm(EXPIRY_TIMER, str(chat_id))
    tx.timers.disarm(UNDO_TIMER, str(chat_id))
    if person is not None:  # country and zone came from the answers that go
        country, zone = (registration.country, registration.zone) if registration else (None, None)
        tx.people.save(replace(person, country=country, zone=zone, updated_at=now))
    return []


def arm_purge(tx: Transaction, now: datetime) -> None:
    """Make sure that the daily purge is on the timers' table, and that what a crash left untidied is tidied."""
    tx.timers.arm(Timer(id=0, kind=TIDY_TIMER, key="store", chat_id=None, due_at=now))
    if not any(t.kind == PURGE_TIMER for t in tx.timers.upcoming(1000)):
        tx.timers.arm(Timer(id=0, kind=PURGE_TIMER, key="daily", chat_id=None, due_at=now + PURGE_EVERY))
