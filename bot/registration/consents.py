"""A consent that ends: the young person's data goes at once, and both are told plainly, each in their language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.ports import Transaction
from bot.records import NewMessage, Registration
from bot.registration import screens
from bot.registration.visit import Service, frame_of
from bot.screen import Screen


def tell(service: Service, tx: Transaction, chat_id: int | None, template: str, **params: str) -> list[NewMessage]:
    """A text of the catalogue to another chat, in its language; nothing where there is no such chat (any more)."""
    person = tx.people.situation(chat_id, service.content.event.id).person if chat_id is not None else None
    if chat_id is None or person is None:
        return []
    frame = frame_of(service, person)
    screen = screens.message(frame, template, **{**frame.facts, **params})
    return [NewMessage(chat_id=chat_id, screen=screen.to_dict())]


def show(chat_id: int, screen: Screen) -> NewMessage:
    """A screen that becomes the current one of another chat."""
    return NewMessage(chat_id=chat_id, screen=screen.to_dict(), live=True)


def end(
    service: Service,
    tx: Transaction,
    young_chat_id: int,
    now: datetime,
    *,
    to_young: str | None = None,
    to_guardian: str | None = None,
) -> list[NewMessage]:
    """Erase all that is held about a young person; what to say to whom is named by texts of the catalogue."""
    event_id = service.content.event.id
    row = tx.guardianships.of_young(event_id, young_chat_id)
    said = tell(service, tx, young_chat_id, to_young) if to_young else []
    if row is not None and to_guardian:
        said += tell(service, tx, row.guardian_chat_id, to_guardian, code=row.code)
    tx.erase_chat(young_chat_id, event_id, now)
    return said


def leave(service: Service, tx: Transaction, chat_id: int, now: datetime) -> list[NewMessage]:
    """Before everything about a chat is erased: the consents that hang on it end, and the other side is told.

    Call it, then `tx.erase_chat`, whoever the chat is: a young person, a guardian, or neither.
    """
    event_id = service.content.event.id
    said: list[NewMessage] = []
    own = tx.guardianships.of_young(event_id, chat_id)
    if own is not None:
        said += tell(service, tx, own.guardian_chat_id, "consent.young_left", code=own.code)
    for row in tx.guardianships.of_guardian(event_id, chat_id):
        said += end(service, tx, row.young_chat_id, now, to_young="consent.guardian_withdrew")
    return said


def emptied(registration: Registration, now: datetime) -> Registration:
    """A child's registration that ended: the number, which is never given again, and nothing about the child."""
    return replace(
        registration,
        status="withdrawn",
        answers={},
        search="",
        country=None,
        zone=None,
        note="",
        withdrawn_at=now,
        updated_at=now,
    )
