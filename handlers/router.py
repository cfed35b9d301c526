"""Which room an update goes to. One function, read top to bottom; the rules live in `bot`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.faq.decision import Decision
from bot.incoming import Ignored, InGroup, Migrated, Tap, Text, Unreadable
from bot.organisers import desk as organisers
from bot.ports import Transaction
from bot.records import NewMessage
from bot.registration import desk, screens
from bot.registration.form_screens import Frame
from bot.registration.visit import Service
from bot.screen import Screen
from handlers.parse import parse

Handle = Callable[[Transaction, str, datetime, Decision | None], list[NewMessage]]


def handler(service: Callable[[], Service]) -> Handle:
    """A function of (transaction, raw JSON, now, what was understood) that carries out one update and returns what
    to send.

    `service()` is asked anew each time, so that changed content is taken up between two updates.
    """

    def handle(tx: Transaction, raw: str, now: datetime, understood: Decision | None = None) -> list[NewMessage]:
        return route(service(), tx, raw, now, understood)

    return handle


def route(
    service: Service, tx: Transaction, raw: str, now: datetime, understood: Decision | None = None
) -> list[NewMessage]:
    """Carry out one update. Raises handlers.parse.Unparsable."""
    incoming = parse(raw, service.bot_username)
    if understood is not None and isinstance(incoming, Text | Unreadable):
        incoming = replace(incoming, understood=understood)
    match incoming:
        case Ignored():
            return []
        case Migrated(old_chat_id=old, new_chat_id=new):
            tx.people.migrate_chat(old, new)
            return []
        case InGroup(chat_id=chat_id, language_hint=hint):
            return greet_group(service, tx, chat_id, hint, now)
        case Text() | Tap() if organisers.is_for(service, tx, incoming):
            return organisers.receive(service, tx, incoming, now)
        case _:
            return desk.receive(service, tx, incoming, now)


def greet_group(service: Service, tx: Transaction, chat_id: int, hint: str | None, now: datetime) -> list[NewMessage]:
    """One line with the way to the private chat, at most once a day."""
    if not tx.people.may_greet_group(chat_id, now):
        return []
    first, second = screens.both_languages(hint)
    link = Frame(content=service.content, texts=first, bot_username=service.bot_username).link
    text = "\n".join(t.t("group.line", link=link) for t in (first, second))
    return [NewMessage(chat_id=chat_id, screen=Screen(template="group", text=text).to_dict())]
