"""The few things the rim itself says: that it is slow, that it failed, that it was too much at once."""

from __future__ import annotations

from bot.ports import Transaction
from bot.records import NewMessage
from bot.registration.screens import both_languages
from bot.screen import Screen
from bot.texts import texts_for


def outage_screen() -> Screen:
    """Said while the store is away, when nobody's language can be looked up: in both."""
    text = "\n\n".join(t.t("outage.notice") for t in both_languages(None))
    return Screen(template="outage.notice", text=text)


def notice(tx: Transaction, chat_id: int, event_id: str, template: str) -> NewMessage:
    """A text of the catalogue, in the language of the chat; in both where it has none yet."""
    person = tx.people.situation(chat_id, event_id).person
    languages = (texts_for(person.language, person.country),) if person and person.language else both_languages(None)
    text = "\n\n".join(t.t(template) for t in languages)
    return NewMessage(chat_id=chat_id, screen=Screen(template=template, text=text).to_dict())
